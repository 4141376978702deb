"""Forming teams."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plumbline.people.models import Person, Team
from plumbline.web.forms.leads import LeadField
from plumbline.web.forms.versioned import Data, OpenForm, VersionedForm


class TeamForm(VersionedForm):
    """What a team is called and for, who leads it, and which team it is part of."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=120)
    purpose = forms.CharField(label=_("What it is for"), help_text=_("One sentence."), max_length=240, required=False)
    lead = LeadField(label=_("Lead"), empty_label=_("Nobody yet"))
    parent = forms.ModelChoiceField(
        label=_("Part of"),
        queryset=Team.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("No other team"),
    )

    def __init__(self, data: Data = None, *, team: Team | None = None) -> None:
        initial: dict[str, Any] = {}
        if team is not None:
            above = {name: getattr(getattr(team, name), "public_id", None) for name in ("lead", "parent")}
            initial = {"version": team.version, "name": team.name, "purpose": team.purpose, **above}
        super().__init__(data, initial=initial)
        others = Team.objects.open().order_by("name")
        if team is not None:
            others = others.exclude(pk=team.pk)
        kept = [team.lead_id] if team is not None and team.lead_id else []
        people = Person.objects.filter(Q(pk__in=Person.objects.present().values("pk")) | Q(pk__in=kept))
        self.offer(lead=people.order_by("name"), parent=others)


class MemberForm(OpenForm):
    """Who is to join a team."""

    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.none(), to_field_name="public_id", empty_label=_("Choose somebody")
    )

    def __init__(self, data: Data = None, *, team: Team) -> None:
        super().__init__(data)
        others = Person.objects.present().exclude(memberships__in=team.memberships.filter(last_day=None))
        self.offer(person=others.order_by("name"))

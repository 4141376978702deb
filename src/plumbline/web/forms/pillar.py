"""Raising pillars."""

from __future__ import annotations

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import Pillar
from plumbline.people.models import Team
from plumbline.web.forms.versioned import Data, VersionedForm


class PillarForm(VersionedForm):
    """What the organisation chooses to be good at."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=120)
    description = forms.CharField(
        label=_("What it means"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    owner_teams = forms.ModelMultipleChoiceField(
        label=_("Owned by"),
        queryset=Team.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Data = None, *, pillar: Pillar | None = None) -> None:
        names = ("version", "name", "description")
        initial = {name: getattr(pillar, name) for name in names} if pillar is not None else {}
        teams = list(pillar.owner_teams.all()) if pillar is not None else []
        super().__init__(data, initial=initial | {"owner_teams": [team.public_id for team in teams]})
        offered = Team.objects.filter(Q(archived_at=None, binned_at=None) | Q(pk__in=[team.pk for team in teams]))
        self.offer(owner_teams=offered.order_by("name"))

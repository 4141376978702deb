"""Where the draft of an example goes."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import Cycle
from plumbline.people.models import Person
from plumbline.usecases.move_goal import Destination
from plumbline.web.forms.objective import home_of, homes_of, teams_of
from plumbline.web.forms.versioned import OpenForm


class ExampleForm(OpenForm):
    """A home and a cycle: the homes are those where the person may set goals."""

    once = forms.CharField(required=False, widget=forms.HiddenInput)
    home = forms.ChoiceField(label=_("Whose goal is it?"))
    cycle = forms.ModelChoiceField(
        label=_("Cycle"), queryset=Cycle.objects.none(), to_field_name="public_id", empty_label=None
    )

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person, self.own_teams = person, list(teams_of(person))
        self.initial.setdefault("once", str(uuid.uuid4()))
        self.offer(cycle=Cycle.objects.at_hand(), home=homes_of(person, self.own_teams))

    def destination(self) -> Destination:
        """Return where the draft goes."""
        told = home_of(self.cleaned_data["home"], (), self.own_teams, self.person)
        return Destination(self.cleaned_data["cycle"], told["home"], tuple(told["teams"]), told.get("home_person"))

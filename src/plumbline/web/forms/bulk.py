"""What is to be done to many goals, and what that needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import Cycle, Tag
from plumbline.goals.models.objective import Home
from plumbline.people.models import Person
from plumbline.usecases.change_many import ACTS, Change
from plumbline.web.forms.leads import LeadField, leads
from plumbline.web.forms.objective import home_of, homes_of, teams_of
from plumbline.web.forms.versioned import OpenForm

#: What each act asks for.
ASKS = {"lead": ("lead", "reason"), "team": ("home", "reason"), "tag": ("tags",), "untag": ("tags",),
        "cycle": ("cycle", "reason")}  # fmt: skip
#: More than anybody ticks by hand, and few enough for one answer.
MOST = 200


class BulkForm(OpenForm):
    """Asks what the act needs and nothing else."""

    do = forms.ChoiceField(choices=[(act, act) for act in ACTS], widget=forms.HiddenInput)
    lead = LeadField(label=_("Lead"))
    home = forms.ChoiceField(label=_("Whose goals are they?"))
    tags = forms.ModelMultipleChoiceField(
        label=_("Tags"),
        queryset=Tag.objects.none(),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )
    cycle = forms.ModelChoiceField(
        label=_("Cycle"), queryset=Cycle.objects.none(), to_field_name="public_id", empty_label=None
    )
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Asked for where goalposts are locked; it is shown beside the change."),
    )

    def __init__(self, data: Any, *, act: str, person: Person) -> None:
        super().__init__(data, initial={"do": act})
        self.person, self.act = person, act
        for name in {"lead", "home", "tags", "cycle", "reason"} - set(ASKS.get(act, ())):
            del self.fields[name]
        self.asked = [name for name in ASKS.get(act, ()) if name in self.fields]
        self._offer_what_is_asked()

    def _offer_what_is_asked(self) -> None:
        if "lead" in self.fields:
            self.offer(lead=leads())
            self.fields["lead"].required = True
        if "home" in self.fields:
            self.own_teams = list(teams_of(self.person))
            homes = homes_of(self.person, self.own_teams)
            self.offer(home=[(key, name) for key, name in homes if key != Home.PERSON])
        if "tags" in self.fields:
            self.offer(tags=Tag.objects.in_use())
        if "cycle" in self.fields:
            self.offer(cycle=Cycle.objects.at_hand())

    @property
    def bound_fields(self) -> list[forms.BoundField]:
        """The fields that the act asks for."""
        return [self[name] for name in self.asked]

    def change(self) -> Change:
        """Return what is to be done."""
        said = self.cleaned_data
        told: dict[str, Any] = {name: said[name] for name in ("lead", "cycle", "reason") if name in said}
        if "home" in said:
            home = home_of(said["home"], [], self.own_teams, self.person)
            told |= {"home": home["home"], "teams": tuple(home["teams"])}
        return Change(self.act, tags=tuple(said.get("tags", ())), **told)

"""Moving and cloning goals: where to, and what comes along."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import Cycle, KeyResult, Objective
from plumbline.goals.models.objective import Home
from plumbline.people.models import Person, Team
from plumbline.usecases import move_goal
from plumbline.usecases.move_goal import Choices, Destination
from plumbline.web.forms.objective import MOST_PARENTS, home_of, homes_of, teams_of
from plumbline.web.forms.versioned import OpenForm

SAME: Final = "same"


class PlaceForm(OpenForm):
    """A cycle and a home for a goal that is there: the homes are those where the person may set goals."""

    cycle = forms.ModelChoiceField(
        label=_("Cycle"), queryset=Cycle.objects.none(), to_field_name="public_id", empty_label=None
    )
    home = forms.ChoiceField(label=_("Whose goal is it?"))
    teams = forms.ModelMultipleChoiceField(
        label=_("Shared with these teams"),
        queryset=Team.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any, *, person: Person, objective: Objective, **options: Any) -> None:
        super().__init__(data, **options)
        self.person, self.objective = person, objective
        self.own_teams = list(teams_of(person))
        self.offer(
            cycle=Cycle.objects.at_hand(),
            home=[*self.stays(), *homes_of(person, self.own_teams)],
            teams=teams_of(person),
        )

    def stays(self) -> list[tuple[str, str]]:
        """Return the choice to leave the home as it is."""
        names = ", ".join(team.name for team in self.objective.home_teams.all())
        person = self.objective.home_person.name if self.objective.home_person else ""
        home = names or person or gettext("Company")
        return [(SAME, gettext("As now: %(home)s") % {"home": home})]

    def destination(self) -> Destination:
        """Return where it goes."""
        said, goal = self.cleaned_data, self.objective
        if said["home"] == SAME:
            return Destination(said["cycle"], goal.home, tuple(goal.home_teams.all()), goal.home_person)
        told = home_of(said["home"], said["teams"], self.own_teams, self.person)
        return Destination(said["cycle"], told["home"], tuple(told["teams"]), told.get("home_person"))


class MoveForm(PlaceForm):
    """Where a goal goes, and what is decided about that which hangs on it."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    children = forms.ChoiceField(
        label=_("Goals that hang from it"),
        choices=[
            (move_goal.STAY, _("Stay in their cycle and go on hanging from it")),
            (move_goal.ALONG, _("Come along into the new cycle, where you may move them")),
            (move_goal.DETACH, _("Stay, and hang from nothing")),
        ],
        initial=move_goal.STAY,
        required=False,
        widget=forms.RadioSelect,
    )
    days = forms.ChoiceField(
        label=_("Days of its own"),
        choices=[
            (move_goal.KEEP, _("Stay as they are")),
            (move_goal.SHIFT, _("Move by as many days as the cycle")),
            (move_goal.CLEAR, _("Give way to those of the cycle")),
        ],
        initial=move_goal.KEEP,
        required=False,
        widget=forms.RadioSelect,
    )
    let_go = forms.BooleanField(label=_("Let go of what it hangs from"), required=False)
    reason = forms.CharField(
        label=_("Why it moves"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any] | None:
        """Refuse a move that leads nowhere."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("cycle") == self.objective.cycle and cleaned.get("home") == SAME:
            self.add_error("cycle", _("Choose another cycle or another home: it is there already."))
        return cleaned

    def choices(self) -> Choices:
        """Return what was decided."""
        said = self.cleaned_data
        return Choices(said["children"] or move_goal.STAY, said["days"] or move_goal.KEEP, said["let_go"])


class CloneForm(PlaceForm):
    """What the copy is called, where it stands, and whether the work comes along."""

    title = forms.CharField(label=_("Objective"), max_length=240)
    initiatives = forms.BooleanField(label=_("With its initiatives"), required=False)

    field_order = ("title", "cycle", "home", "teams", "initiatives")

    def stays(self) -> list[tuple[str, str]]:
        """Offer the same home to those who may set a goal there."""
        goal, own = self.objective, {team.pk for team in self.own_teams}
        if goal.home == Home.TEAM and all(team.pk in own for team in goal.home_teams.all()):
            return super().stays()
        return []


class ResultMoveForm(OpenForm):
    """Under which objective a key result goes."""

    objective = forms.ModelChoiceField(
        label=_("To which objective?"),
        queryset=Objective.objects.none(),
        to_field_name="public_id",
        empty_label=_("Choose an objective"),
    )
    reason = forms.CharField(
        label=_("Why it moves"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Any, *, key_result: KeyResult, places: Iterable[int]) -> None:
        super().__init__(data)
        rows = Objective.objects.filter(pk__in=list(places)[:MOST_PARENTS]).exclude(pk=key_result.objective_id)
        self.offer(objective=rows.order_by("title"))


class LearnedForm(forms.Form):
    """What was learned from a key result that is dropped."""

    learned = forms.CharField(
        label=_("What was learned"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("It stays on the page of the objective. Leave it empty if there is nothing to tell."),
    )

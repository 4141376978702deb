"""To whom a goal is handed out, and in which cycle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import Cycle
from plumbline.people.models import Person, Team
from plumbline.usecases.hand_out import MOST, Recipients
from plumbline.web.forms.versioned import OpenForm

EVERYBODY, MEMBERS, TEAMS, PEOPLE = "everybody", "members", "teams", "people"
TO = (
    (MEMBERS, _("Each person in these teams")),
    (TEAMS, _("These teams, as a goal of the team")),
    (PEOPLE, _("These people")),
    (EVERYBODY, _("Everybody")),
)


class HandoutForm(OpenForm):
    """Who gets a goal of their own."""

    cycle = forms.ChoiceField(label=_("Cycle"))
    to = forms.ChoiceField(
        label=_("Who gets one?"),
        choices=TO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who gets one.")},
    )
    teams = forms.MultipleChoiceField(label=_("Teams"), required=False, widget=forms.CheckboxSelectMultiple)
    people = forms.MultipleChoiceField(
        label=_("People"), required=False, widget=forms.SelectMultiple(attrs={"size": 8, "class": "input"})
    )

    def __init__(self, data: Mapping[str, Any] | None, *, cycles: Iterable[Cycle], initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]
        self.cycles = {cycle.public_id: cycle for cycle in cycles if not cycle.is_closed}
        self.every_team = {team.public_id: team for team in _teams()}
        self.everybody = {person.public_id: person for person in _people(Q())}
        self.offer(
            cycle=[(key, cycle.name) for key, cycle in self.cycles.items()],
            teams=[(key, team.name) for key, team in self.every_team.items()],
            people=[(key, person.name) for key, person in self.everybody.items()],
        )

    def clean(self) -> dict[str, Any]:
        """Ask for those who are named by the choice, and hold the number within what can be made at once."""
        said = self.cleaned_data
        if said.get("to") in {MEMBERS, TEAMS} and not said.get("teams"):
            self.add_error("teams", _("Tick at least one team."))
        elif said.get("to") == PEOPLE and not said.get("people"):
            self.add_error("people", _("Choose at least one person."))
        elif not self.errors and len(self._people() or self._of_team()) > MOST:
            words = _("At most %(most)s get one at once. Choose some teams first, and the others after them.")
            raise ValidationError(words, params={"most": MOST})
        return said

    def recipients(self) -> Recipients:
        """Return who is to get one."""
        return Recipients(self.cycles[self.cleaned_data["cycle"]], self._people(), self._of_team())

    def _people(self) -> list[Person]:
        said = self.cleaned_data
        if said["to"] == EVERYBODY:
            return list(self.everybody.values())
        if said["to"] == MEMBERS:
            return list(_people(Q(memberships__team__public_id__in=said["teams"], memberships__last_day=None)))
        return [self.everybody[key] for key in said["people"]] if said["to"] == PEOPLE else []

    def _of_team(self) -> list[Team]:
        said = self.cleaned_data
        return [self.every_team[key] for key in said["teams"]] if said["to"] == TEAMS else []

    def again(self) -> list[tuple[str, str]]:
        """Return what was said, to be sent once more with the confirmation."""
        names = ("cycle", "to", "teams", "people")
        values = ((name, self.cleaned_data[name]) for name in names)
        return [(name, each) for name, value in values for each in ([value] if isinstance(value, str) else value)]


def _teams() -> Iterable[Team]:
    return Team.objects.filter(binned_at=None, archived_at=None).select_related("lead").order_by("name", "pk")


def _people(among: Q) -> Iterable[Person]:
    there: QuerySet[Person] = Person.objects.filter(among, binned_at=None).exclude(state=Person.State.ARCHIVED)
    return there.distinct().order_by("name", "pk")

"""What stands around every page: who is here, the organisation, the cycle, what is due."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django.http import HttpRequest
from django.utils.functional import cached_property

from plumbline.goals.due import week_of
from plumbline.goals.models import Cycle
from plumbline.goals.progress import expected
from plumbline.people.models import Organisation, Person
from plumbline.people.models.organisation import Feature
from plumbline.people.models.person import Role
from plumbline.web.cycle_choice import PARAMETER, chosen_cycle
from plumbline.web.http import VisitRequest

THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class ShellCycle:
    """The chosen cycle, as the top bar shows it."""

    name: str
    week: int
    weeks: int
    percent_passed: Decimal


@dataclass(frozen=True, slots=True)
class CycleLink:
    """A cycle that can be chosen, with the address of this page in it."""

    name: str
    phase: str
    url: str
    current: bool


class Shell:
    """Everything around a page, each part read when the template first asks for it."""

    def __init__(self, request: VisitRequest) -> None:
        self._request = request

    @property
    def theme(self) -> str:
        """Return light or dark, or nothing: as on this device."""
        return theme_of(self._request)

    @property
    def person(self) -> Person:
        """Return who is signed in."""
        return self._request.visit.person

    @property
    def organisation(self) -> Organisation:
        """Return the organisation."""
        return self._request.visit.organisation

    @property
    def can_make_goals(self) -> bool:
        """Tell whether the person may set any goal at all."""
        return self.person.has_role(Role.MEMBER)

    @property
    def has_kpis(self) -> bool:
        """Tell whether the organisation watches KPIs here."""
        return self.organisation.has(Feature.KPIS)

    @cached_property
    def due_count(self) -> int:
        """Return how many check-ins the person owes this week."""
        _first, last = week_of(self._request.visit.today, self.organisation)
        return self._request.visit.frame.due_by(last)

    @cached_property
    def cycle(self) -> ShellCycle | None:
        """Return the chosen cycle; None before there is any."""
        cycle, today = self._chosen, self._request.visit.today
        if cycle is None:
            return None
        passed = expected(first_day=cycle.first_day, last_day=cycle.last_day, today=today)
        return ShellCycle(cycle.name, cycle.week(today), cycle.weeks, passed)

    @cached_property
    def cycles(self) -> list[CycleLink]:
        """Return the cycles that this page can be seen in."""
        return [self._link(cycle) for cycle in self._request.visit.cycles]

    @cached_property
    def _chosen(self) -> Cycle | None:
        return chosen_cycle(self._request)

    def _link(self, cycle: Cycle) -> CycleLink:
        query = self._request.GET.copy()
        query.pop("page", None)
        query[PARAMETER] = cycle.public_id
        phase = "" if cycle.phase == Cycle.Phase.ACTIVE else cycle.get_phase_display()
        return CycleLink(cycle.name, phase, f"{self._request.path}?{query.urlencode()}", cycle == self._chosen)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give templates the ``shell``; signed out it knows the theme only, and asks the database nothing."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not hasattr(request, "visit"):
        return {"shell": {"theme": theme_of(request)}}
    return {"shell": Shell(cast("VisitRequest", request))}


def theme_of(request: HttpRequest) -> str:
    """Return the theme that the cookie asks for; empty for anything else."""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else ""

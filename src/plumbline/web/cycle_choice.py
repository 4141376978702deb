"""Which cycle the pages are about: the one asked for, else the one chosen before, else the one that runs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from plumbline.goals.models import Cycle
from plumbline.web.http import VisitRequest

PARAMETER = "cycle"


def chosen_cycle(request: VisitRequest) -> Cycle | None:
    """Return the cycle that this visit is about, and remember it when the address names it; None before the first."""
    cycles = request.visit.cycles
    asked = _named(cycles, request.GET.get(PARAMETER, ""))
    if asked is not None and request.session.get(PARAMETER) != asked.public_id:
        request.session[PARAMETER] = asked.public_id
    return asked or _named(cycles, request.session.get(PARAMETER, "")) or _running(cycles, request.visit.today)


def _named(cycles: Iterable[Cycle], public_id: str) -> Cycle | None:
    return next((cycle for cycle in cycles if cycle.public_id == public_id), None)


def _running(cycles: list[Cycle], today: date) -> Cycle | None:
    running = [cycle for cycle in cycles if cycle.first_day <= today <= cycle.last_day]
    begun = [cycle for cycle in cycles if cycle.first_day <= today]
    return min(running, key=lambda cycle: cycle.days, default=None) or next(iter(begun or cycles), None)

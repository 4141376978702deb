"""What the calendar asks for: cycles made ahead of time, phases that begin on their day. Twice does nothing more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from plumbline.goals.models import Cadence, Cycle
from plumbline.people.models import Actor, Organisation


def keep_time(at: datetime) -> int:
    """Make the cycles that are missing and move those whose day has come; return how many things were done."""
    organisation = Organisation.objects.first()
    if organisation is None:
        return 0
    done = len(keep_ahead(at))
    today, closing_days = organisation.today(at), organisation.closing_days
    waiting = Cycle.objects.filter(binned_at=None, by_dates=True).exclude(phase=Cycle.Phase.CLOSED)
    for cycle in waiting.order_by("first_day", "pk"):
        if cycle.next_by_dates(today, closing_days=closing_days):
            done += cycle.keep_time(by=Actor.system(), at=at)
    return done


def keep_ahead(at: datetime) -> list[Cycle]:
    """Let every cadence make the cycles that are missing."""
    cadences = Cadence.objects.filter(binned_at=None, archived_at=None).order_by("pk")
    return [cycle for cadence in cadences for cycle in cadence.keep_ahead(by=Actor.system(), at=at)]


def is_late(cycles: Iterable[Cycle], today: date) -> bool:
    """Tell whether a cadence has no cycle for today, of cycles fetched with their cadence: the worker was away."""
    known = list(cycles)
    covering = [cycle for cycle in known if cycle.first_day <= today <= cycle.last_day]
    cadences = {cycle.cadence for cycle in known if cycle.cadence and not cycle.cadence.is_archived}
    return any(not _is_covered(cadence, known, covering, today) for cadence in cadences)


def _is_covered(cadence: Cadence, known: list[Cycle], covering: list[Cycle], today: date) -> bool:
    # A cycle of about its length that somebody planned by hand stands in its way: nothing to make there.
    if any(cycle.days <= cadence.months * 31 for cycle in covering):
        return True
    return any(cycle.last_day >= today for cycle in known if cycle.cadence == cadence)

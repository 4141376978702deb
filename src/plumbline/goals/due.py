"""Which check-ins somebody owes this week, and until when there is time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from plumbline.goals.models import KeyResult
from plumbline.people.models import Organisation, Person


def week_of(today: date, organisation: Organisation) -> tuple[date, date]:
    """Return the first and the last day of the week that today is in; weeks start where the organisation says."""
    first = today - timedelta(days=(today.weekday() - organisation.week_start) % 7)
    return first, first + timedelta(days=6)


def due_for(person: Person, *, today: date, organisation: Organisation) -> list[KeyResult]:
    """Return the key results that a person leads and is to check in on this week, longest waiting first."""
    _first, last = week_of(today, organisation)
    rows = KeyResult.objects.visible_to(person).to_check_in().filter(lead=person).for_reading().order_by("pk")
    waiting = [(due, row.pk, row) for row in rows if (due := row.due()) is not None and due <= last]
    return [row for _due, _pk, row in sorted(waiting, key=lambda each: each[:2])]


def due_count(person: Person, *, today: date, organisation: Organisation) -> int:
    """Return how many check-ins a person owes this week, in one query."""
    _first, last = week_of(today, organisation)
    rows = KeyResult.objects.visible_to(person).to_check_in().filter(lead=person)
    related = rows.select_related("objective__cycle", "latest_check_in")
    return sum(1 for row in related if (due := row.due()) is not None and due <= last)


def deadline(key_results: Iterable[KeyResult], *, today: date, organisation: Organisation) -> date | None:
    """Return the day by which the last of these would become outdated, today at the earliest; None for none."""
    days = [due + timedelta(days=organisation.grace_days) for row in key_results if (due := row.due())]
    return max(*days, today) if days else None


def next_due(person: Person, *, today: date) -> date | None:
    """Return the first day after today on which the person owes a check-in again."""
    rows = KeyResult.objects.visible_to(person).to_check_in().filter(lead=person)
    related = rows.select_related("objective__cycle", "latest_check_in")
    return min((due for row in related if (due := row.due()) is not None and due > today), default=None)

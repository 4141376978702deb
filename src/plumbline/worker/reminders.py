"""Reminders: in the morning, each lead hears once which key results wait for a check-in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from plumbline.goals.models import KeyResult
from plumbline.people.models import Actor, Organisation, Person

#: When a working day's morning begins and ends on the person's own clock.
MORNING = range(8, 12)
SATURDAY = 5


def remind_of_check_ins(at: datetime) -> int:
    """Tell every lead in whose place it is morning what is due; return how many were told."""
    organisation = Organisation.objects.first()
    if organisation is None:
        return 0
    told = 0
    for person, key_results in _leads_with_goals():
        day = morning(person, organisation, at)
        waiting = waiting_for(key_results, day, grace=organisation.grace_days) if day else []
        if day and waiting:
            told += person.remind(waiting, day=day, by=Actor.system(), at=at) is not None
    return told


def morning(person: Person, organisation: Organisation, at: datetime) -> date | None:
    """Return the person's date while it is the morning of a working day there, else None."""
    local = at.astimezone(ZoneInfo(person.time_zone or organisation.time_zone))
    return local.date() if local.hour in MORNING and local.weekday() < SATURDAY else None


def waiting_for(key_results: Iterable[KeyResult], day: date, *, grace: int) -> list[KeyResult]:
    """Return what is due, when any of it is worth a letter today, else nothing."""
    late = [(key_result, due) for key_result in key_results if (due := key_result.due()) and due <= day]
    if not any(_asks_on(day, due, grace) for _key_result, due in late):
        return []
    return [key_result for key_result, _due in sorted(late, key=lambda each: each[1])]


def _asks_on(day: date, due: date, grace: int) -> bool:
    # Every working day while it can still be in time, later on Mondays only: whoever lets
    # a goal rest for long knows it by then, and a daily letter would only be thrown away.
    return day <= _working_day(due) + timedelta(days=grace) or day.weekday() == 0


def _working_day(day: date) -> date:
    return day + timedelta(days=max(7 - day.weekday(), 0)) if day.weekday() >= SATURDAY else day


def _leads_with_goals() -> Iterable[tuple[Person, list[KeyResult]]]:
    open_goals = KeyResult.objects.to_check_in().filter(lead__state=Person.State.ACTIVE, lead__binned_at=None)
    grouped: dict[Person, list[KeyResult]] = defaultdict(list)
    for key_result in open_goals.select_related("lead", "objective__cycle", "latest_check_in").order_by("pk"):
        if key_result.lead:
            grouped[key_result.lead].append(key_result)
    return grouped.items()

"""Reminders: in the morning, each lead hears once which key results wait, and where that is on, their manager later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from plumbline.goals.models import KeyResult
from plumbline.people.models import Actor, Organisation, Person
from plumbline.people.models.organisation import Feature
from plumbline.people.models.person import Management

#: When a working day's morning begins and ends on the person's own clock.
MORNING = range(8, 12)
SATURDAY = 5


def remind_of_check_ins(at: datetime) -> int:
    """Tell every lead in whose place it is morning what is due; return how many were told."""
    organisation = Organisation.objects.first()
    if organisation is None:
        return 0
    told, goals = 0, _leads_with_goals()
    below = _managed(goals) if organisation.has(Feature.MANAGERS_HEAR) else {}
    for person in {**goals, **below}:
        day, grace = morning(person, organisation, at), organisation.grace_days
        if day is None:
            continue
        waiting = waiting_for(goals.get(person, ()), day, grace=grace)
        late = _seen_by(person, overdue_on(below.get(person, ()), day, grace=grace))
        if waiting or late:
            told += person.remind(waiting, of_others=late, day=day, by=Actor.system(), at=at) is not None
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


def overdue_on(key_results: Iterable[KeyResult], day: date, *, grace: int) -> list[KeyResult]:
    """Return what a manager hears of today: past its grace, on the first working day after it, on Mondays later."""
    late = [(row, due + timedelta(days=grace + 1)) for row in key_results if (due := row.due())]
    return [row for row, first in late if day == _working_day(first) or (day > first and day.weekday() == 0)]


def _managed(goals: Mapping[Person, Sequence[KeyResult]]) -> dict[Person, list[KeyResult]]:
    rows = Management.objects.filter(person__in=list(goals), last_day=None, manager__state=Person.State.ACTIVE)
    grouped: dict[Person, list[KeyResult]] = defaultdict(list)
    for row in rows.select_related("manager", "person").order_by("pk"):
        grouped[row.manager] += goals[row.person]
    return grouped


def _seen_by(person: Person, late: Sequence[KeyResult]) -> list[KeyResult]:
    if not late:
        return []
    seen = set(
        KeyResult.objects.visible_to(person).filter(pk__in=[row.pk for row in late]).values_list("pk", flat=True)
    )
    return [row for row in late if row.pk in seen]


def _asks_on(day: date, due: date, grace: int) -> bool:
    # Every working day while it can still be in time, later on Mondays only: whoever lets
    # a goal rest for long knows it by then, and a daily letter would only be thrown away.
    return day <= _working_day(due) + timedelta(days=grace) or day.weekday() == 0


def _working_day(day: date) -> date:
    return day + timedelta(days=max(7 - day.weekday(), 0)) if day.weekday() >= SATURDAY else day


def _leads_with_goals() -> dict[Person, list[KeyResult]]:
    open_goals = KeyResult.objects.to_check_in().filter(lead__state=Person.State.ACTIVE, lead__binned_at=None)
    grouped: dict[Person, list[KeyResult]] = defaultdict(list)
    for key_result in open_goals.select_related("lead", "objective__cycle", "latest_check_in").order_by("pk"):
        if key_result.lead:
            grouped[key_result.lead].append(key_result)
    return grouped

"""Which check-ins somebody owes this week, and until when there is time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from plumbline.goals.around import surround
from plumbline.goals.models import KeyResult
from plumbline.people.models import Organisation, Person


def week_of(today: date, organisation: Organisation) -> tuple[date, date]:
    """Return the first and the last day of the week that today is in; weeks start where the organisation says."""
    first = today - timedelta(days=(today.weekday() - organisation.week_start) % 7)
    return first, first + timedelta(days=6)


def due_for(person: Person, *, today: date, organisation: Organisation) -> list[KeyResult]:
    """Return the key results that a person leads and is to check in on this week, longest waiting first."""
    _first, last = week_of(today, organisation)
    there = KeyResult.objects.visible_to(person).to_check_in().filter(lead=person)
    rows = list(there.for_lists().select_related("objective__cycle").order_by("pk"))
    surround(rows)
    waiting = [(due, row.pk, row) for row in rows if (due := row.due()) is not None and due <= last]
    return [row for _due, _pk, row in sorted(waiting, key=lambda each: each[:2])]


class UpToDate(NamedTuple):
    """How many of the goals that are checked in on have a reading inside rhythm and grace, and how many there are."""

    fresh: int
    of: int

    @property
    def share(self) -> Decimal | None:
        """Return the share in points; None where nothing is checked in on."""
        return Decimal(self.fresh * 100) / self.of if self.of else None


def up_to_date(rows: Iterable[Any], *, today: date, organisation: Organisation) -> UpToDate:
    """Count the key results, or what lists show of them, that nobody has to ask about."""
    days = [due for row in rows if (due := row.numbers().due()) is not None]
    return UpToDate(sum((today - due).days <= organisation.grace_days for due in days), len(days))


def deadline(key_results: Iterable[KeyResult], *, today: date, organisation: Organisation) -> date | None:
    """Return the day by which the last of these would become outdated, today at the earliest; None for none."""
    days = [due + timedelta(days=organisation.grace_days) for row in key_results if (due := row.due())]
    return max(*days, today) if days else None

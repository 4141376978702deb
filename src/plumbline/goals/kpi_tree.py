"""Values of KPIs from period to period: typed, or rolled up from the KPIs below, worked out on reading.

Three queries for any number of KPIs: the tree below them, their readings, and
what was prefetched before. Sums are exact decimals; where the value of a KPI
below is missing, the whole is unknown and says who is missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from plumbline.goals.kinship import same_unit
from plumbline.goals.kpi_health import Health, is_fresh
from plumbline.goals.models.kpi import Driver, Kpi
from plumbline.goals.models.reading import Reading, that_count
from plumbline.goals.periods import FiscalCalendar, Period
from plumbline.goals.progress import weighted_mean
from plumbline.goals.tree import kpis_below
from plumbline.people.models import Organisation, Person
from plumbline.values.exact import ROOM


class Value(NamedTuple):
    """What a KPI stood at: the value, the day it is true for, and the KPIs below that keep it from being known."""

    value: Decimal | None = None
    on: date | None = None
    missing: tuple[Kpi, ...] = ()
    author: Person | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a KPI stands today."""

    value: Decimal | None
    on: date | None
    health: Health
    missing: tuple[Kpi, ...] = ()


def fiscal(organisation: Organisation) -> FiscalCalendar:
    """Return the calendar of an organisation's periods."""
    return FiscalCalendar(organisation.fiscal_year_start, organisation.week_start)


def rolled_up(driver: str, parts: Sequence[tuple[Decimal, Decimal]]) -> Decimal | None:
    """Return the sum or the weighted mean of (value, weight) pairs, exact; None of nothing or of weights that are 0."""
    if not parts:
        return None
    if driver == Driver.SUM:
        total = Decimal(0)
        for value, _weight in parts:
            total = ROOM.add(total, value)
        return total
    return weighted_mean(parts)


@dataclass(slots=True)
class Forest:
    """Some KPIs with everything below them that is still read."""

    calendar: FiscalCalendar
    rows: dict[int, Kpi] = field(default_factory=dict)
    below: dict[int, list[Kpi]] = field(default_factory=lambda: defaultdict(list))
    readings: dict[int, list[Reading]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, kpis: Iterable[Kpi], organisation: Organisation) -> Forest:
        """Fetch what hangs below those that roll up; the rest needs no query."""
        forest = cls(fiscal(organisation), {kpi.pk: kpi for kpi in kpis})
        keys = kpis_below(kpi.pk for kpi in forest.rows.values() if kpi.rolls_up)
        if keys:
            for row in Kpi.objects.kept().filter(pk__in=keys).order_by("name", "pk"):
                forest.rows.setdefault(row.pk, row)
                forest.below[row.parent_id or 0].append(forest.rows[row.pk])
        return forest

    def with_readings(self, since: date, until: date) -> Forest:
        """Fetch the readings that count between two days, of all of them in one query."""
        typed = [key for key, kpi in self.rows.items() if not kpi.rolls_up]
        rows = Reading.objects.standing().filter(kpi__in=typed, on__range=(since, until)).select_related("author")
        kept: dict[int, list[Reading]] = defaultdict(list)
        for row in rows.by_day():
            kept[row.kpi_id].append(row)
        self.readings = defaultdict(list, {key: that_count(days) for key, days in kept.items()})
        return self

    def in_period(self, kpi: Kpi, period: Period) -> Value:
        """Return what a KPI stood at in a period: its last reading in it, or the roll-up of those below."""
        if kpi.rolls_up:
            return self._rolled(kpi, [(child, self.in_period(child, period)) for child in self.below[kpi.pk]], max)
        inside = [row for row in self.readings[kpi.pk] if period.holds(row.on)]
        return Value(inside[-1].value, inside[-1].on, (), inside[-1].author) if inside else Value(missing=(kpi,))

    def today(self, kpi: Kpi, today: date, grace_days: int) -> Value:
        """Return where a KPI stands; of one that rolls up all have to be fresh."""
        if kpi.rolls_up:
            children = self.below[kpi.pk]
            return self._rolled(kpi, [(child, self.today(child, today, grace_days)) for child in children], min)
        stale = kpi.current_on is None or not is_fresh(
            kpi.current_on, kpi.frequency, today=today, grace_days=grace_days
        )
        return Value(kpi.current, kpi.current_on, (kpi,) if stale else ())

    def course(self, kpi: Kpi, since: date, until: date) -> list[Value]:
        """Return its values from old to new: each reading, or for a roll-up each whole period in which it is known."""
        if not kpi.rolls_up:
            rows = [row for row in self.readings[kpi.pk] if since <= row.on <= until]
            return [Value(row.value, row.on, (), row.author) for row in rows]
        known, period = [], self.calendar.period(until, kpi.frequency)
        while period.first_day >= since:
            known.append(self.in_period(kpi, period))
            period = self.calendar.before(period, kpi.frequency)
        return [value for value in known[::-1] if value.value is not None]

    def standing(self, kpi: Kpi, today: date, organisation: Organisation) -> Standing:
        """Return how a KPI does today."""
        now = self.today(kpi, today, organisation.grace_days)
        if kpi.rolls_up and now.missing:
            return Standing(None, None, Health.UNKNOWN, now.missing)
        health = kpi.health_of(now.value, now.on, today, organisation.grace_days, self.calendar)
        return Standing(now.value, now.on, health)

    def _rolled(self, kpi: Kpi, parts: list[tuple[Kpi, Value]], day: Callable[[list[date]], date]) -> Value:
        missing: dict[int, Kpi] = {}
        for child, part in parts:
            # The verbs keep units together; should one get apart by hand, nothing is added across.
            apart = (child,) if not same_unit(child, kpi) else part.missing
            missing |= {each.pk: each for each in apart}
        if missing or not parts:
            return Value(missing=tuple(missing.values()))
        value = rolled_up(kpi.driver, [(part.value, child.weight) for child, part in parts if part.value is not None])
        return Value(value, day([part.on for _child, part in parts if part.on]))


def standings(kpis: Iterable[Kpi], *, organisation: Organisation, today: date) -> dict[int, Standing]:
    """Return where each KPI stands today; ``targets`` are to be prefetched."""
    rows = list(kpis)
    forest = Forest.of(rows, organisation)
    return {kpi.pk: forest.standing(kpi, today, organisation) for kpi in rows}


def course_of(kpi: Kpi, *, since: date, until: date, around: date | None = None) -> dict[date, Value]:
    """Return the values of one KPI by day; ``around`` a day, only that of the day, or of its period for a roll-up."""
    organisation = Organisation.the()
    forest = Forest.of([kpi], organisation)
    if around is not None:
        span = forest.calendar.period(around, kpi.frequency) if kpi.rolls_up else Period(around, around)
        since, until = max(since, span.first_day), min(until, span.last_day)
    begun = forest.calendar.period(since, kpi.frequency).first_day if kpi.rolls_up else since
    forest.with_readings(begun, until)
    values = forest.course(kpi, begun, until)
    return {value.on: value for value in values if value.on is not None and since <= value.on <= until}

"""A KPI from period to period: the cells of a board, the table and the chart of its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from plumbline.charts import KpiHistory, Stretch
from plumbline.goals.kpi_health import Aiming, Frequency, Health, Rule, judged
from plumbline.goals.kpi_tree import Forest, Value
from plumbline.goals.models import Kpi, KpiTarget
from plumbline.goals.periods import Period
from plumbline.goals.progress import Range
from plumbline.values.unit import Unit, UnitKind
from plumbline.web.kpi_view import missing_words
from plumbline.web.period_words import period_words

#: How many periods stand beside each other.
COLUMNS = {"weekly": 12, "monthly": 12, "quarterly": 8, "yearly": 5}


@dataclass(frozen=True, slots=True)
class Cell:
    """What a KPI stood at in a period, and what it was to be."""

    kpi: Kpi
    period: Period
    name: str
    value: Value
    target: KpiTarget | None
    health: Health | None
    is_open: bool

    @property
    def key(self) -> str:
        """The period's first day, as forms name it."""
        return self.period.first_day.isoformat()

    @property
    def typed(self) -> str:
        """The value as it stands in the cell."""
        return self.kpi.unit.digits(self.value.value)

    @property
    def known(self) -> str:
        """The value exactly as it is kept, for the next who fills the cell to say what was seen."""
        return told(self.value.value)

    @property
    def shown(self) -> str:
        """The value in words."""
        return self.kpi.unit.show(self.value.value)

    @property
    def own(self) -> KpiTarget | None:
        """The target that begins with this very period."""
        begins = self.target is not None and self.target.first_day == self.period.first_day
        return self.target if begins else None

    @property
    def target_typed(self) -> str:
        """The target of this very period, as a person would type it."""
        return target_typed(self.kpi, self.own)

    @property
    def target_known(self) -> str:
        """The target of this very period exactly as it is kept."""
        return f"{told(self.own.target)}|{told(self.own.upper)}" if self.own else "|"

    @property
    def target_shown(self) -> str:
        """What holds in this period, carried forward or its own."""
        return target_typed(self.kpi, self.target)

    @property
    def missing(self) -> str:
        """Which KPIs below are missing."""
        return missing_words(self.value.missing) if self.kpi.rolls_up else ""


def told(value: Decimal | None) -> str:
    """Return a value as a hidden field carries it, whole."""
    return "" if value is None else format(value, "f")


def target_typed(kpi: Kpi, target: Aiming | None) -> str:
    """Return a target as it stands in a cell; a band has two edges."""
    if target is None:
        return ""
    edges = [target.target, target.upper] if kpi.rule == Rule.BETWEEN else [target.target]
    return " – ".join(kpi.unit.digits(edge) for edge in edges if edge is not None)


def cells_of(kpi: Kpi, forest: Forest, periods: Sequence[Period], today: date) -> list[Cell]:
    """Return the cells of a KPI, of a forest with readings; those that are still to come take no value."""
    return [cell_of(kpi, forest, period, today) for period in periods]


def cell_of(kpi: Kpi, forest: Forest, period: Period, today: date) -> Cell:
    """Return one cell."""
    value = forest.in_period(kpi, period)
    target = kpi.target_on(period.last_day)
    return Cell(
        kpi=kpi,
        period=period,
        name=period_words(period, kpi.frequency, forest.calendar),
        value=value,
        target=target,
        health=_health(kpi, forest, period, value, today),
        is_open=period.first_day <= today,
    )


def _health(kpi: Kpi, forest: Forest, period: Period, value: Value, today: date) -> Health | None:
    if value.value is None or value.on is None:
        return None
    # What is not over yet is held against the ramp of its day, what is over against the whole target.
    day = value.on if period.holds(today) else period.last_day
    return judged(value.value, kpi.rule, kpi.aim_on(day, forest.calendar), kpi.tolerance)


def history_of(kpi: Kpi, forest: Forest, since: date, today: date, health: Health) -> KpiHistory:
    """Return the chart of a KPI: its course since a day, with what was asked of it."""
    unit, course = replace(kpi.unit, places=None), forest.course(kpi, since, today)
    days = [value.on for value in course if value.on]
    first = min(days, default=since)
    if kpi.resets:
        first = forest.calendar.period(first, kpi.frequency).first_day
    return KpiHistory(
        first=first,
        last=today,
        readings=[(on, unit.to_shown(value)) for on, value in _points(kpi, forest, course)],
        longest=Frequency(kpi.frequency).days * 3 // 2 + 1,
        asked=list(_asked(kpi, forest, first, today)),
        label=_("%(name)s since %(day)s, with its target. Now %(value)s.")
        % {"name": kpi.name, "day": first.isoformat(), "value": kpi.unit.show(course[-1].value if course else None)},
        status=health,
        figure=lambda number: _bare(unit).show(unit.from_shown(Decimal(str(round(number, 6))))),
    )


def _points(kpi: Kpi, forest: Forest, course: Sequence[Value]) -> Iterator[tuple[date, Decimal]]:
    """Yield the points of the line; one that resets begins each period at zero."""
    before: Period | None = None
    for value in course:
        if value.on is None or value.value is None:
            continue
        period = forest.calendar.period(value.on, kpi.frequency)
        if kpi.resets and period != before and value.on > period.first_day:
            yield period.first_day, Decimal(0)
        before = period
        yield value.on, value.value


def _bare(unit: Unit) -> Unit:
    """Return the unit without its word: an axis says it once, not five times."""
    return replace(unit, code="") if unit.kind == UnitKind.WORD else unit


def _asked(kpi: Kpi, forest: Forest, first: date, last: date) -> Iterator[Stretch]:
    for begins, ends in _spans(kpi, forest, first, last):
        early = kpi.aim_on(begins, forest.calendar)
        late = kpi.aim_on(ends, forest.calendar) if kpi.resets else early
        if early is not None and late is not None:
            yield _stretch(kpi, (begins, ends), kpi.range(early), kpi.range(late))


def _stretch(kpi: Kpi, days: tuple[date, date], early: Range, late: Range) -> Stretch:
    low, high = ((getattr(early, edge), getattr(late, edge)) for edge in ("low", "high"))
    shown = kpi.unit.to_shown
    return Stretch(
        *days,
        low=None if low[0] is None or low[1] is None else (shown(low[0]), shown(low[1])),
        high=None if high[0] is None or high[1] is None else (shown(high[0]), shown(high[1])),
    )


def _spans(kpi: Kpi, forest: Forest, first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield the days between which one target holds, or one ramp rises."""
    begins = {first, *(row.first_day for row in kpi.targets.all() if first < row.first_day <= last)}
    if kpi.resets:
        period = forest.calendar.period(last, kpi.frequency)
        while period.last_day >= first:
            begins.add(max(period.first_day, first))
            period = forest.calendar.before(period, kpi.frequency)
    starts = sorted(begins)
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        # A step stands upright: it ends where the next begins; a ramp falls to its foot the day after.
        end = last if following is None else following - timedelta(days=1) if kpi.resets else following
        yield start, end

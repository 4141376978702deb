"""The numbers that keep running, with two years of readings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from plumbline.goals.models import Kpi, Memory
from plumbline.goals.models.measured import unit_fields
from plumbline.usecases.sample_company.calendar import Calendar, Stretch, wobble
from plumbline.usecases.sample_company.people import Staff
from plumbline.usecases.sample_company.plans import Scale, table
from plumbline.usecases.sample_company.strategy import Strategy

_WEEKS = 104
_STEADY = Decimal("0.04")


def watch(staff: Staff, strategy: Strategy, calendar: Calendar) -> dict[str, Kpi]:
    """Start watching every number of the data file, and read it up to now."""
    return {row["name"]: _watch(row, staff, strategy, calendar) for row in table("kpis")["kpi"]}


def _watch(row: dict[str, Any], staff: Staff, strategy: Strategy, calendar: Calendar) -> Kpi:
    scale = Scale.of(row["unit"], row["first"], row["month_ago"], row["now"])
    lead = staff.person(row["lead"])
    kpi = Kpi.watch(
        name=row["name"],
        description=row["description"],
        home="team" if "home" in row else "company",
        teams=[staff.teams[row["home"]]] if "home" in row else [],
        lead=lead,
        frequency=row["frequency"],
        rule=row["rule"],
        tolerance=Decimal(row.get("tolerance", 10)),
        pillar=strategy.pillars.get(row.get("pillar", "")),
        by=staff.actor(row["lead"]),
        at=calendar.moment(calendar.founded_on, 17, row["name"]),
        **unit_fields(scale.unit),
    )
    _aim(kpi, row, scale, staff, calendar)
    kpi.remember(_readings(row, scale, staff, calendar))
    return kpi


def _aim(kpi: Kpi, row: dict[str, Any], scale: Scale, staff: Staff, calendar: Calendar) -> None:
    for offset, target in zip((-2, -1, 0), row["targets"], strict=True):
        first_day = calendar.year(offset).first_day
        kpi.aim(
            first_day=first_day,
            target=scale.value(target) or Decimal(0),
            upper=scale.value(row.get("upper")),
            by=staff.actor(row["lead"]),
            at=calendar.moment(max(first_day, calendar.founded_on), 18, row["name"]),
        )


def _readings(row: dict[str, Any], scale: Scale, staff: Staff, calendar: Calendar) -> Iterator[Memory]:
    days = _days(row["frequency"], calendar)
    first, month_ago, now = (scale.value(row[name]) or Decimal(0) for name in ("first", "month_ago", "now"))
    turn = len(days) - (5 if row["frequency"] == "weekly" else 2)
    for place, day in enumerate(days):
        if place <= turn:
            value = first + (month_ago - first) * place / turn
            rough = value + (abs(month_ago - first) * _STEADY * Decimal(str(wobble(row["name"], place))))
            value = month_ago if place == turn else rough
        else:
            value = month_ago + (now - month_ago) * (place - turn) / (len(days) - 1 - turn)
        at = calendar.moment(day + timedelta(days=0 if row["frequency"] == "weekly" else 1), 8, row["name"])
        yield Memory(value=scale.rounded(value), on=day, by=staff.actor(row["lead"]), at=at)


def _days(frequency: str, calendar: Calendar) -> list[date]:
    if frequency == "weekly":
        return Stretch(calendar.today - timedelta(weeks=_WEEKS), calendar.today).fridays(calendar.today)
    months = 1 if frequency == "monthly" else 3
    return _ends_of_months(calendar, months, count=24 // months)


def _ends_of_months(calendar: Calendar, months: int, *, count: int) -> list[date]:
    this_month = calendar.today.year * 12 + calendar.today.month - 1
    latest = this_month - this_month % months
    starts = [latest - months * back for back in range(count)]
    return [date(start // 12, start % 12 + 1, 1) - timedelta(days=1) for start in reversed(starts)]

"""KPIs with a year of readings."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from plumbline.goals.models import Kpi, KpiTarget, Reading
from plumbline.goals.models.measured import unit_fields
from plumbline.goals.models.objective import Home
from plumbline.usecases.seed.chance import Chance
from plumbline.usecases.seed.people import Staff
from plumbline.usecases.seed.vocabulary import TEMPLATES, THINGS

_MONTHS = 12
_MONTH = timedelta(days=30)


def sow_kpis(count: int, staff: Staff, chance: Chance, today: date) -> int:
    """Make KPIs of teams, each with a target and monthly readings; return how many rows that were."""
    kpis = [_kpi(staff, chance) for _ in range(count)]
    for kpi in kpis:
        kpi.current_on = today - timedelta(days=int(chance.number((1, 40))))
    Kpi.objects.bulk_create(kpis, batch_size=500)
    targets, readings = [], []
    for kpi in kpis:
        targets.append(KpiTarget(kpi=kpi, first_day=today - 13 * _MONTH, target=kpi.current or Decimal(1)))
        readings += _readings(kpi, chance)
    homes = [Kpi.home_teams.through(kpi=kpi, team=chance.one_of(staff.teams)) for kpi in kpis]
    Kpi.home_teams.through.objects.bulk_create(homes, batch_size=500)
    KpiTarget.objects.bulk_create(targets, batch_size=500)
    Reading.objects.bulk_create(readings, batch_size=500)
    return len(kpis) + len(homes) + len(targets) + len(readings)


def _kpi(staff: Staff, chance: Chance) -> Kpi:
    template = chance.one_of(TEMPLATES)
    return Kpi(
        name=f"{template.metric}, {chance.one_of(THINGS)}",
        home=Home.TEAM,
        lead=chance.one_of(staff.people),
        rule="at_most" if template.type in {"decrease", "at_most"} else "at_least",
        current=chance.number(template.aims),
        **unit_fields(template.unit),
    )


def _readings(kpi: Kpi, chance: Chance) -> list[Reading]:
    newest, value = kpi.current_on, kpi.current or Decimal(1)
    assert newest is not None  # noqa: S101 - set above
    return [
        Reading(
            kpi=kpi,
            value=value if month == 0 else max(value + chance.number((-5, 5)), Decimal(0)),
            on=newest - month * _MONTH,
            entered_at=chance.moment(newest - month * _MONTH),
            author=kpi.lead,
        )
        for month in range(_MONTHS)
    ]

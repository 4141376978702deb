"""What a KPI's card and page tell: how it does, since when, and how it moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from plumbline.charts.kpi_lines import KpiLine
from plumbline.goals.kpi_health import Frequency, Health, Rule
from plumbline.goals.models import Kpi, KpiTarget, Reading
from plumbline.values.unit import Unit, UnitKind
from plumbline.web.http import Visit

MONTH = timedelta(days=28)
UPWARD = frozenset({Rule.AT_LEAST, Rule.INCREASE_TO})
DOWNWARD = frozenset({Rule.AT_MOST, Rule.DECREASE_TO})


@dataclass(frozen=True, slots=True)
class KpiCard:
    """One KPI, ready to be shown."""

    kpi: Kpi
    health: Health
    value: str
    target: str
    change: str
    line: KpiLine


def for_cards(rows: QuerySet[Kpi]) -> QuerySet[Kpi]:
    """Fetch along what a card shows."""
    return rows.select_related("lead", "pillar").prefetch_related("targets")


def cards(rows: Iterable[Kpi], visit: Visit, *, since: date) -> list[KpiCard]:
    """Return the cards of these KPIs, read with ``for_cards``, with their readings since a day."""
    kpis = list(rows)
    readings = _readings(kpis, since)
    return [card(kpi, readings[kpi.pk], visit) for kpi in kpis]


def card(kpi: Kpi, readings: Sequence[Reading], visit: Visit) -> KpiCard:
    """Return the card of one KPI; its readings come one a day, oldest first."""
    health = kpi.health(visit.today, visit.organisation.grace_days)
    target = kpi.target_on(visit.today)
    return KpiCard(
        kpi=kpi,
        health=health,
        value=kpi.unit.show(kpi.current),
        target=target_words(kpi, target),
        change=_change(kpi, readings),
        line=_line(kpi, readings, target, health),
    )


def _readings(kpis: Iterable[Kpi], since: date) -> dict[int, list[Reading]]:
    kept: dict[int, dict[date, Reading]] = defaultdict(dict)
    rows = Reading.objects.filter(kpi__in=list(kpis), on__gte=since).order_by("on", "entered_at", "pk")
    for row in rows:
        kept[row.kpi_id][row.on] = row
    return defaultdict(list, {key: list(days.values()) for key, days in kept.items()})


def readings_of(kpi: Kpi, since: date) -> list[Reading]:
    """Return the readings of one KPI that count, oldest first."""
    return _readings([kpi], since)[kpi.pk]


def target_words(kpi: Kpi, target: KpiTarget | None) -> str:
    """Say where the KPI is healthy."""
    if target is None:
        return _("No target yet")
    amount = kpi.unit.show(target.target)
    if kpi.rule in UPWARD:
        return _("Healthy from %(target)s up") % {"target": amount}
    if kpi.rule in DOWNWARD:
        return _("Healthy up to %(target)s") % {"target": amount}
    lower = _bare(kpi.unit).show(target.target)
    return _("Healthy between %(target)s and %(upper)s") % {"target": lower, "upper": kpi.unit.show(target.upper)}


def _bare(unit: Unit) -> Unit:
    """Return the unit without its word, which stands beside already and would be wrong behind a one."""
    return replace(unit, code="") if unit.kind == UnitKind.WORD else unit


def _line(kpi: Kpi, readings: Sequence[Reading], target: KpiTarget | None, health: Health) -> KpiLine:
    band = kpi.range(target) if target is not None else None
    return KpiLine(
        values=_with_gaps(kpi, readings),
        status=health,
        at_least=band.low if band else None,
        at_most=band.high if band else None,
        label=_("%(name)s, last readings. Now %(value)s.") % {"name": kpi.name, "value": kpi.unit.show(kpi.current)},
    )


def _with_gaps(kpi: Kpi, readings: Sequence[Reading]) -> list[Decimal | None]:
    """Return the values in order, with nothing where a reading was skipped."""
    longest = Frequency(kpi.frequency).days * 3 // 2 + 1
    values: list[Decimal | None] = []
    before: date | None = None
    for reading in readings:
        if before is not None and (reading.on - before).days > longest:
            values.append(None)
        values.append(reading.value)
        before = reading.on
    return values


def _change(kpi: Kpi, readings: Sequence[Reading]) -> str:
    if kpi.current is None or kpi.current_on is None:
        return _("No reading yet")
    earlier = [reading for reading in readings if reading.on <= kpi.current_on - MONTH]
    if not earlier:
        return ""
    then = earlier[-1].value
    if then == kpi.current:
        return _("no change in four weeks")
    return _("%(change)s in four weeks%(verdict)s") % {
        "change": _bare(kpi.unit).show_change(then, kpi.current),
        "verdict": _verdict(kpi, rose=kpi.current > then),
    }


def _verdict(kpi: Kpi, *, rose: bool) -> str:
    if kpi.rule not in UPWARD | DOWNWARD:
        return ""
    return _(", better") if rose == (kpi.rule in UPWARD) else _(", worse")

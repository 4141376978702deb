"""What a KPI's card and page tell: how it does, since when, and how it moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plumbline.charts.kpi_lines import KpiLine
from plumbline.goals.kpi_health import DOWNWARD, UPWARD, Aiming, Frequency, Health, Rule
from plumbline.goals.kpi_tree import Forest, Standing, Value
from plumbline.goals.models import Kpi
from plumbline.values.unit import Unit, UnitKind
from plumbline.web.http import Visit

MONTH = timedelta(days=28)
MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class KpiCard:
    """One KPI, ready to be shown."""

    kpi: Kpi
    health: Health
    value: str
    on: date | None
    target: str
    change: str
    missing: str
    line: KpiLine


def for_cards(rows: QuerySet[Kpi]) -> QuerySet[Kpi]:
    """Fetch along what a card shows."""
    return rows.select_related("lead", "pillar").prefetch_related("targets")


def cards(rows: Iterable[Kpi], visit: Visit, *, since: date) -> list[KpiCard]:
    """Return the cards of these KPIs, read with ``for_cards``, with their readings since a day."""
    kpis = list(rows)
    forest = Forest.of(kpis, visit.organisation).with_readings(since, visit.today)
    return [card(kpi, forest, visit, since=since) for kpi in kpis]


def card(kpi: Kpi, forest: Forest, visit: Visit, *, since: date) -> KpiCard:
    """Return the card of one KPI of a forest."""
    standing = forest.standing(kpi, visit.today, visit.organisation)
    course = forest.course(kpi, since, visit.today)
    aim = kpi.aim_on(visit.today, forest.calendar)
    return KpiCard(
        kpi=kpi,
        health=standing.health,
        value=kpi.unit.show(standing.value),
        on=standing.on,
        target=target_words(kpi, kpi.target_on(visit.today)),
        change=_change(kpi, course, standing),
        missing=missing_words(standing.missing),
        line=_line(kpi, course, aim, standing),
    )


def missing_words(missing: Sequence[Kpi]) -> str:
    """Say which KPIs below have no value: "Missing: Ghent, Lyon and 2 more"."""
    if not missing:
        return ""
    names = ", ".join(kpi.name for kpi in missing[:MOST_NAMES])
    if (more := len(missing) - MOST_NAMES) > 0:
        words = ngettext("Missing: %(names)s and %(count)s more", "Missing: %(names)s and %(count)s more", more)
        return words % {"names": names, "count": more}
    return _("Missing: %(names)s") % {"names": names}


def target_words(kpi: Kpi, target: Aiming | None) -> str:
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


def _line(kpi: Kpi, course: Sequence[Value], aim: Aiming | None, standing: Standing) -> KpiLine:
    band = kpi.range(aim) if aim is not None else None
    watch = kpi.range(aim, kpi.tolerance) if aim is not None and kpi.tolerance else None
    return KpiLine(
        values=_with_gaps(kpi, course),
        status=standing.health,
        at_least=band.low if band else None,
        at_most=band.high if band else None,
        watch_from=watch.low if watch else None,
        watch_to=watch.high if watch else None,
        label=_("%(name)s, last readings. Now %(value)s.") % {"name": kpi.name, "value": kpi.unit.show(standing.value)},
    )


def _with_gaps(kpi: Kpi, course: Sequence[Value]) -> list[Decimal | None]:
    """Return the values in order, with nothing where a reading was skipped."""
    longest = Frequency(kpi.frequency).days * 3 // 2 + 1
    values: list[Decimal | None] = []
    before: date | None = None
    for value in course:
        if before is not None and value.on is not None and (value.on - before).days > longest:
            values.append(None)
        values.append(value.value)
        before = value.on
    return values


def _change(kpi: Kpi, course: Sequence[Value], standing: Standing) -> str:
    now, on = standing.value, standing.on
    if now is None or on is None:
        return "" if standing.missing else _("No reading yet")
    earlier = [value.value for value in course if value.value is not None and value.on and value.on <= on - MONTH]
    if not earlier:
        return ""
    then = earlier[-1]
    if then == now:
        return _("no change in four weeks")
    return _("%(change)s in four weeks%(verdict)s") % {
        "change": _bare(kpi.unit).show_change(then, now),
        "verdict": _verdict(kpi, rose=now > then),
    }


def _verdict(kpi: Kpi, *, rose: bool) -> str:
    if kpi.rule == Rule.BETWEEN:
        return ""
    return _(", better") if rose == (kpi.rule in UPWARD) else _(", worse")

"""What the organisation measures already: KPIs and key results with a last reading, as one reader may see them.

The judge offers these readings instead of blanks; it never invents a number.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, Literal

from django.db.models import F
from django.utils.translation import gettext as _
from plumbline_judge import KnownMetric

from plumbline.goals.kpi_health import Rule
from plumbline.goals.models import KeyResult, Kpi
from plumbline.goals.models.surroundings import Type
from plumbline.people.models import Person
from plumbline.values.unit import UnitKind

#: Enough for any organisation's own words, and few enough to be read at every pause in typing.
MOST: Final = 300

Direction = Literal["increase", "decrease", "between", ""]
_DIRECTIONS: Final[dict[str, Direction]] = {
    **dict.fromkeys((Rule.AT_LEAST, Rule.INCREASE_TO, Type.AT_LEAST, Type.INCREASE), "increase"),
    **dict.fromkeys((Rule.AT_MOST, Rule.DECREASE_TO, Type.AT_MOST, Type.DECREASE), "decrease"),
    **dict.fromkeys((Rule.BETWEEN, Type.BETWEEN), "between"),
}
_WORD = re.compile(r"[^\W\d_]+")
_SMALL: Final = frozenset("a an and at by for from in of on our per share the their to who with number rate".split())


def known_metrics(reader: Person) -> tuple[KnownMetric, ...]:
    """Return the metrics that have a reading, newest first, without those that are private to others."""
    return (*_kpis(reader), *_key_results(reader))


def last_reading(metric: str, known: tuple[KnownMetric, ...]) -> KnownMetric | None:
    """Return the known metric that has the same words, whatever their order."""
    wanted = _words(metric)
    if not wanted:
        return None
    same = (each for each in known if _words(each.name) == wanted)
    holds = (each for each in known if len(_words(each.name)) > 1 and _words(each.name) <= wanted)
    return next(same, None) or next(holds, None)


def _kpis(reader: Person) -> list[KnownMetric]:
    rows = Kpi.objects.visible_to(reader).kept().exclude(current=None).order_by("-current_on", "pk")[:MOST]
    return [_known(row.name, row, _("KPI"), row.current_on, row.rule) for row in rows]


def _key_results(reader: Person) -> list[KnownMetric]:
    rows = (
        KeyResult.objects.visible_to(reader)
        .exclude(current=None)
        .exclude(metric="")
        .annotate(read_on=F("latest_check_in__on"))
        .order_by("-read_on", "pk")[:MOST]
    )
    return [_known(row.metric, row, _("last check-in"), row.read_on, row.type) for row in rows]  # type: ignore[attr-defined]


def _known(name: str, row: Kpi | KeyResult, source: str, on: date | None, rule: str) -> KnownMetric:
    unit = row.unit
    word = {UnitKind.PERCENT: "%", UnitKind.MONEY: "money"}.get(UnitKind(unit.kind), unit.code)
    return KnownMetric(name, word, unit.typed(row.current), source, on, _DIRECTIONS.get(rule, ""))


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text.casefold()) if word not in _SMALL)

"""What the organisation measures already: KPIs and key results with a last reading, as one reader may see them.

The judge offers these readings instead of blanks; it never invents a number.
"""

from __future__ import annotations

import re
from typing import Final

from django.db.models import F
from django.utils.translation import gettext as _
from plumbline_judge import KnownMetric

from plumbline.goals.models import KeyResult, Kpi
from plumbline.people.models import Person
from plumbline.values.unit import Unit, UnitKind

#: Enough for any organisation's own words, and few enough to be read at every pause in typing.
MOST: Final = 300

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
    return [_known(row.name, row.unit, row.unit.typed(row.current), _("KPI"), row.current_on) for row in rows]


def _key_results(reader: Person) -> list[KnownMetric]:
    rows = (
        KeyResult.objects.visible_to(reader)
        .exclude(current=None)
        .exclude(metric="")
        .annotate(read_on=F("latest_check_in__on"))
        .order_by("-read_on", "pk")[:MOST]
    )
    return [_known(row.metric, row.unit, row.unit.typed(row.current), _("last check-in"), row.read_on) for row in rows]  # type: ignore[attr-defined]


def _known(name: str, unit: Unit, value: str, source: str, on: object) -> KnownMetric:
    word = {UnitKind.PERCENT: "%", UnitKind.MONEY: "money"}.get(UnitKind(unit.kind), unit.code)
    return KnownMetric(name=name, unit=word, last_value=value, source=source, on=on)  # type: ignore[arg-type]


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text.casefold()) if word not in _SMALL)

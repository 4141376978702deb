"""What lies around many key results, in one query: milestones, planned paths and guardrails."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from plumbline.goals.models.key_result import KeyResult
from plumbline.goals.models.surroundings import Guardrail, Milestone, PathPoint
from plumbline.goals.numbers import Step
from plumbline.goals.progress import Range
from plumbline.values.exact import from_kept

_SQL = """
SELECT 'milestones', key_result_id, id, title, '', '', 0, CAST(NULL AS smallint), due_on, done_on, weight,
       CAST(NULL AS numeric), CAST(NULL AS numeric)
FROM goals_milestone WHERE key_result_id IN ({0})
UNION ALL
SELECT 'path_points', key_result_id, id, '', '', '', 0, NULL, "on", NULL, value, NULL, NULL
FROM goals_pathpoint WHERE key_result_id IN ({0})
UNION ALL
SELECT 'guardrails', key_result_id, id, metric, unit_kind, unit_code, unit_scale, unit_places, current_on, NULL,
       low, high, current
FROM goals_guardrail WHERE key_result_id IN ({0})
ORDER BY 1, 3
"""

_KINDS: dict[str, Any] = {"milestones": Milestone, "path_points": PathPoint, "guardrails": Guardrail}


class Around(NamedTuple):
    """What the numbers of one key result need of its surroundings."""

    steps: tuple[Step, ...] = ()
    points: tuple[tuple[date, Decimal], ...] = ()
    breached: bool = False


class _Row(NamedTuple):
    kind: str
    key: int
    pk: int
    words: str
    unit: tuple[Any, ...]
    days: tuple[date | None, date | None]
    values: tuple[Decimal | None, ...]


def surround(rows: Collection[KeyResult]) -> None:
    """Give each key result its milestones, planned path and guardrails, as if each had been prefetched."""
    grouped: dict[tuple[str, int], list[_Row]] = defaultdict(list)
    for found in _read([row.pk for row in rows]):
        grouped[found.kind, found.key].append(found)
    nothing = {kind: _fetched(model, ()) for kind, model in _KINDS.items()}
    for row in rows:
        kept = {kind: grouped.get((kind, row.pk), ()) for kind in _KINDS}
        row.keep_around(
            _around(*kept.values()),
            {
                kind: _fetched(_KINDS[kind], [_model(row, each) for each in found]) if found else nothing[kind]
                for kind, found in kept.items()
            },
        )


def around(keys: Collection[int]) -> dict[int, Around]:
    """Return what lies around these key results, by key; those with nothing around them are left out."""
    grouped: dict[int, dict[str, list[_Row]]] = defaultdict(lambda: defaultdict(list))
    for found in _read(keys):
        grouped[found.key][found.kind].append(found)
    return {key: _around(*(found[kind] for kind in _KINDS)) for key, found in grouped.items()}


def _around(milestones: Iterable[_Row], points: Iterable[_Row], guardrails: Iterable[_Row]) -> Around:
    return Around(
        tuple(Step(row.values[0], row.days[0], row.days[1] is not None) for row in milestones),  # type: ignore[arg-type]
        tuple((row.days[0], row.values[0]) for row in points),  # type: ignore[misc]
        any(
            row.values[2] is not None and not Range(row.values[0], row.values[1]).holds(row.values[2])
            for row in guardrails
        ),
    )


def _read(keys: Collection[int]) -> Iterable[_Row]:
    if not keys:
        return
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(", ".join(["%s"] * len(keys))), [*keys] * 3)
        for kind, key, pk, words, *unit, first, second, low, high, current in cursor.fetchall():
            values = (from_kept(low), from_kept(high), from_kept(current))
            yield _Row(kind, key, pk, words, tuple(unit), (day(first), day(second)), values)


def day(kept: str | date | None) -> date | None:
    """Turn what a plain statement returned into a date: some drivers hand over the text."""
    return date.fromisoformat(kept) if isinstance(kept, str) else kept


def _model(row: KeyResult, found: _Row) -> Any:
    if found.kind == "milestones":
        fields = {"title": found.words, "weight": found.values[0], "due_on": found.days[0], "done_on": found.days[1]}
    elif found.kind == "path_points":
        fields = {"on": found.days[0], "value": found.values[0]}
    else:
        names = ("unit_kind", "unit_code", "unit_scale", "unit_places", "low", "high", "current")
        fields = dict(zip(names, (*found.unit, *found.values), strict=True))
        fields |= {"metric": found.words, "current_on": found.days[0]}
    made = _KINDS[found.kind](pk=found.pk, key_result=row, **fields)
    made._state.adding = False
    made._state.db = row._state.db
    return made


def _fetched(model: Any, rows: Iterable[Any]) -> QuerySet[Any]:
    answer: Any = model.objects.all()
    answer._result_cache = list(rows)
    answer._prefetch_done = True
    return answer  # type: ignore[no-any-return]

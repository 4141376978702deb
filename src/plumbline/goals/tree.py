"""Who hangs from whom: one recursive query, asked so that each database walks along its indexes."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from plumbline.values.exact import plain

#: Far deeper than any strategy; stops the walk should a circle ever get in by hand.
_DEEPEST = 40

_BELOW = """
WITH RECURSIVE below(id, driver, depth) AS (
    SELECT id, driver, 0 FROM goals_objective WHERE id IN ({places})
    UNION
    SELECT child.id, child.driver, below.depth + 1
    FROM below
    JOIN goals_objective AS child ON {hangs}
    WHERE below.depth < {deepest}{only}
)
"""

#: SQLite takes both indexes for an OR; PostgreSQL does when the second half is an array.
HANGS = {
    "sqlite": """child.parent_objective_id = {0}.id
        OR child.parent_key_result_id IN (SELECT id FROM goals_keyresult WHERE objective_id = {0}.id)""",
    "postgresql": """child.parent_objective_id = {0}.id
        OR child.parent_key_result_id = ANY (ARRAY(SELECT id FROM goals_keyresult WHERE objective_id = {0}.id))""",
}

_DESCENDANTS = _BELOW + "SELECT DISTINCT id FROM below WHERE depth > 0"

#: Those that are counted: active or closed, not in the bin, not archived.
_FEEDING = (
    _BELOW
    + """
SELECT child.id, COALESCE(child.parent_objective_id, result.objective_id), child.driver, child.weight,
       NOT child.is_private OR child.id IN ({naming})
FROM goals_objective AS child
LEFT JOIN goals_keyresult AS result ON result.id = child.parent_key_result_id
WHERE child.id IN (SELECT id FROM below WHERE depth > 0)
  AND child.binned_at IS NULL AND child.archived_at IS NULL AND child.stage <> 'draft'
ORDER BY child.id
"""
)

#: The objectives that name a person. Every list asks this: in plain SQL it costs a tenth of what nested querysets do.
NAMING = """
    SELECT id FROM goals_objective WHERE is_private AND lead_id = %s
    UNION ALL SELECT objective_id FROM goals_objective_contributors WHERE person_id = %s
    UNION ALL SELECT objective_id FROM goals_objective_named WHERE person_id = %s
"""

_ABOVE = """
WITH RECURSIVE above(id, result, depth) AS (
    SELECT id, parent_key_result_id, 0 FROM goals_objective WHERE id = %s
    UNION
    SELECT parent.id, parent.parent_key_result_id, above.depth + 1
    FROM above
    JOIN goals_objective AS child ON child.id = above.id
    LEFT JOIN goals_keyresult AS result ON result.id = child.parent_key_result_id
    JOIN goals_objective AS parent ON parent.id = COALESCE(child.parent_objective_id, result.objective_id)
    WHERE above.depth < {deepest}
)
SELECT id FROM above WHERE depth > 0{order}
"""

#: The keys of what one objective hangs from, as a part of another statement.
ABOVE = _ABOVE.format(deepest=_DEEPEST, order="").strip()


def descendants(keys: Iterable[int]) -> set[int]:
    """Return the keys of all objectives that hang from these, directly or over their key results."""
    wanted = list(keys)
    if not wanted:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_filled(_DESCENDANTS, wanted), wanted)
        return {row[0] for row in cursor.fetchall()}


class Feeding(NamedTuple):
    """An aligned objective, as the roll-up of the one above it takes it in."""

    pk: int
    above: int
    driver: str
    weight: Decimal
    visible: bool


def feeding(keys: Iterable[int], *, reader: int | None) -> list[Feeding]:
    """Return the objectives that the progress of these is made of, and whether each exists for a reader.

    Without a reader, who is the house itself, all do.

    The walk goes on only below objectives that themselves follow what hangs from them.
    """
    wanted = list(keys)
    if not wanted:
        return []
    only = " AND below.driver <> 'key_results'"
    with connection.cursor() as cursor:
        cursor.execute(_filled(_FEEDING, wanted, only=only, naming=NAMING), [*wanted, *[reader or 0] * 3])
        rows = cursor.fetchall()
    return [
        Feeding(key, above, driver, plain(Decimal(str(weight))), reader is None or bool(visible))
        for key, above, driver, weight, visible in rows
    ]


def _filled(sql: str, keys: list[int], **more: Any) -> str:
    places = ", ".join(["%s"] * len(keys))
    known = {"places": places, "deepest": _DEEPEST, "hangs": HANGS[connection.vendor].format("below"), "only": ""}
    return sql.format(**{**known, **more})


def ancestors(key: int) -> list[int]:
    """Return the keys of the objectives that this one hangs from, directly or over a key result, nearest first."""
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE.format(deepest=_DEEPEST, order=" ORDER BY depth"), [key])
        return list(dict.fromkeys(row[0] for row in cursor.fetchall()))


_KPIS_BELOW = """
WITH RECURSIVE below(id, depth) AS (
    SELECT id, 0 FROM goals_kpi WHERE id IN ({places})
    UNION
    SELECT child.id, below.depth + 1
    FROM below
    JOIN goals_kpi AS child ON child.parent_id = below.id
    WHERE below.depth < {deepest}
)
SELECT DISTINCT id FROM below WHERE depth > 0
"""


def kpis_below(keys: Iterable[int]) -> set[int]:
    """Return the keys of all KPIs that hang from these, over however many steps."""
    wanted = list(keys)
    if not wanted:
        return set()
    places = ", ".join(["%s"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(_KPIS_BELOW.format(places=places, deepest=_DEEPEST), wanted)
        return {row[0] for row in cursor.fetchall()}

"""Who hangs from whom: one recursive query, the same on both databases."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

#: Far deeper than any strategy; stops the walk should a circle ever get in by hand.
_DEEPEST = 40

_BELOW = """
WITH RECURSIVE below(id, depth) AS (
    SELECT id, 0 FROM goals_objective WHERE id IN ({places})
    UNION
    SELECT child.id, below.depth + 1
    FROM goals_objective AS child
    LEFT JOIN goals_keyresult AS result ON result.id = child.parent_key_result_id
    JOIN below ON below.id = COALESCE(child.parent_objective_id, result.objective_id)
    WHERE below.depth < {deepest}
)
SELECT DISTINCT id FROM below WHERE depth > 0
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
SELECT id FROM above WHERE depth > 0 ORDER BY depth
"""


def descendants(keys: Iterable[int]) -> set[int]:
    """Return the keys of all objectives that hang from these, directly or over their key results."""
    wanted = list(keys)
    if not wanted:
        return set()
    places = ", ".join(["%s"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(_BELOW.format(places=places, deepest=_DEEPEST), wanted)
        return {row[0] for row in cursor.fetchall()}


def ancestors(key: int) -> list[int]:
    """Return the keys of the objectives that this one hangs from, directly or over a key result, nearest first."""
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE.format(deepest=_DEEPEST), [key])
        return list(dict.fromkeys(row[0] for row in cursor.fetchall()))

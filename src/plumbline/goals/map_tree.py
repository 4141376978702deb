"""The goals of a strategy map in one statement: where each hangs, breadth first, and no more than are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection

from plumbline.goals.tree import HANGS, NAMING

_DEEPEST = 40
_SEEN = "NOT {0}.is_private OR {0}.id IN (SELECT id FROM naming)"
_HERE = "{0}.cycle_id IN ({cycles}) AND {0}.archived_at IS NULL AND {0}.binned_at IS NULL AND (" + _SEEN + "){only}"
_ROOTS = """
    SELECT objective.id, 0 FROM goals_objective AS objective
    LEFT JOIN goals_keyresult AS result ON result.id = objective.parent_key_result_id
    LEFT JOIN goals_objective AS parent
        ON parent.id = COALESCE(objective.parent_objective_id, result.objective_id) AND {parent_here}
    WHERE {objective_here} AND parent.id IS NULL
"""
_BRANCH = "SELECT objective.id, 0 FROM goals_objective AS objective WHERE {objective_here} AND objective.public_id = %s"
_WAY = """,
way(id) AS (
    SELECT link.objective_id FROM goals_objective_home_teams AS link
    JOIN people_team AS team ON team.id = link.team_id WHERE team.public_id = %s
    UNION
    SELECT COALESCE(objective.parent_objective_id, result.objective_id) FROM way
    JOIN goals_objective AS objective ON objective.id = way.id
    LEFT JOIN goals_keyresult AS result ON result.id = objective.parent_key_result_id
    WHERE COALESCE(objective.parent_objective_id, result.objective_id) IS NOT NULL
)"""
_SQL = """
WITH RECURSIVE naming AS ({naming}){way},
tree(id, depth) AS (
    {start}
    UNION ALL
    SELECT child.id, below.depth + 1 FROM tree AS below JOIN goals_objective AS child ON {hangs}
    WHERE below.depth < {deepest} AND {child_here}
)
SELECT node.depth, objective.id, objective.public_id, objective.title, objective.stage, objective.home,
    objective.is_private, objective.driver, objective.cycle_id, objective.pillar_id,
    COALESCE(objective.parent_objective_id, result.objective_id), objective.parent_kpi_id, person.name,
    CASE WHEN parent.binned_at IS NULL AND ({parent_seen}) THEN parent.title END,
    CASE WHEN kpi.binned_at IS NULL AND (NOT kpi.is_private OR kpi.id IN ({naming_kpis})) THEN kpi.name END,
    (SELECT {list}({row}(team.public_id, team.name)) FROM goals_objective_home_teams AS link
        JOIN people_team AS team ON team.id = link.team_id WHERE link.objective_id = objective.id),
    EXISTS (SELECT 1 FROM goals_objective AS child WHERE ({below}) AND {child_here}),
    objective.starts_on || '', objective.due_on || ''
FROM (SELECT id, depth FROM tree LIMIT {most}) AS node
JOIN goals_objective AS objective ON objective.id = node.id
LEFT JOIN goals_keyresult AS result ON result.id = objective.parent_key_result_id
LEFT JOIN goals_objective AS parent ON parent.id = COALESCE(objective.parent_objective_id, result.objective_id)
LEFT JOIN goals_kpi AS kpi ON kpi.id = objective.parent_kpi_id
LEFT JOIN people_person AS person ON person.id = objective.home_person_id
"""
_NAMING_KPIS = (
    "SELECT id FROM goals_kpi WHERE is_private AND lead_id = %s"
    " UNION ALL SELECT kpi_id FROM goals_kpi_contributors WHERE person_id = %s"
)
_FUNCTIONS = {
    "sqlite": {"list": "json_group_array", "row": "json_array"},
    "postgresql": {"list": "json_agg", "row": "json_build_array"},
}


class Branch(NamedTuple):
    """One goal on the map, as the database tells it."""

    depth: int
    pk: int
    public_id: str
    title: str
    stage: str
    home: str
    is_private: bool
    driver: str
    cycle_id: int
    pillar_id: int | None
    above: int | None
    kpi: int | None
    person: str | None
    above_title: str | None
    kpi_name: str | None
    teams: Any
    has_children: bool
    starts_on: str | None = None
    due_on: str | None = None


def branches(cycles: Sequence[int], *, reader: int, most: int, team: str = "", under: str = "") -> list[Branch]:
    """Return at most so many goals of these cycles that a reader can see, breadth first.

    ``team`` keeps what leads to the goals of one team, ``under`` what hangs from one goal, which comes first.
    """
    if not cycles:
        return []
    there = ", ".join(str(int(key)) for key in cycles)
    only = {name: f" AND {name}.id IN (SELECT id FROM way)" if team else "" for name in _NAMES}
    here = {f"{name}_here": _HERE.format(name, cycles=there, only=only[name]) for name in _NAMES}
    # The plus keeps SQLite from walking through the whole cycle for each goal: children are found by their parent.
    here = {name: said if name == "objective_here" else "+" + said for name, said in here.items()}
    parts = {
        **here,
        **_FUNCTIONS[connection.vendor],
        "naming": NAMING,
        "way": _WAY if team else "",
        "start": (_BRANCH if under else _ROOTS).format(**here),
        "hangs": f"({HANGS[connection.vendor].format('below')})",
        "below": HANGS[connection.vendor].format("objective"),
        "deepest": _DEEPEST,
        "parent_seen": _SEEN.format("parent"),
        "naming_kpis": _NAMING_KPIS,
        "most": int(most),
    }
    asked = [reader] * 3 + ([team] if team else []) + ([under] if under else []) + [reader] * 2
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(**parts), asked)
        return [Branch(*row) for row in cursor.fetchall()]


_NAMES = ("objective", "parent", "child")

"""Who and what a goal names: home teams, contributors, people named, tags, in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import connection

from plumbline.goals.models.key_result import KeyResult
from plumbline.goals.models.objective import Objective
from plumbline.goals.models.tag import Tag
from plumbline.people.former import called
from plumbline.people.models import Person, Team

_SQL = """
SELECT 'home_teams', 0, noun.id, noun.public_id, noun.name FROM goals_objective_home_teams AS link
JOIN people_team AS noun ON noun.id = link.team_id WHERE link.objective_id = %s
UNION ALL
SELECT 'contributors', 0, noun.id, noun.public_id, noun.name FROM goals_objective_contributors AS link
JOIN people_person AS noun ON noun.id = link.person_id WHERE link.objective_id = %s
UNION ALL
SELECT 'named', 0, noun.id, noun.public_id, noun.name FROM goals_objective_named AS link
JOIN people_person AS noun ON noun.id = link.person_id WHERE link.objective_id = %s
UNION ALL
SELECT 'tags', 0, noun.id, noun.public_id, noun.name FROM goals_objective_tags AS link
JOIN goals_tag AS noun ON noun.id = link.tag_id WHERE link.objective_id = %s AND noun.binned_at IS NULL
UNION ALL
SELECT 'key_result', link.keyresult_id, noun.id, noun.public_id, noun.name FROM goals_keyresult_contributors AS link
JOIN people_person AS noun ON noun.id = link.person_id
WHERE link.keyresult_id IN (SELECT id FROM goals_keyresult WHERE objective_id = %s)
ORDER BY 1, 3
"""

_NOUNS: dict[str, Any] = {
    "home_teams": Team,
    "contributors": Person,
    "named": Person,
    "tags": Tag,
    "key_result": Person,
}


def name_company(objective: Objective, key_results: Sequence[KeyResult] = ()) -> None:
    """Give an objective and its key results who they name, as if it had been prefetched: key, public id and name."""
    found: dict[tuple[str, int], list[Any]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [objective.pk] * 5)
        for kind, key, *named in cursor.fetchall():
            found[kind, key].append(_noun(_NOUNS[kind], *named))
    found["tags", 0].sort(key=lambda tag: tag.name)
    known = {kind: found.get((kind, 0), []) for kind in ("home_teams", "contributors", "named", "tags")}
    _hold(objective, **known)
    for row in key_results:
        _hold(row, contributors=found.get(("key_result", row.pk), []))


def _noun(model: Any, key: int, public_id: str, name: str) -> Any:
    return model.from_db(
        connection.alias, ["id", "public_id", "name"], [key, public_id, called(name) if model is Person else name]
    )


def _hold(row: Any, **named: list[Any]) -> None:
    row._prefetched_objects_cache = {**getattr(row, "_prefetched_objects_cache", {}), **named}

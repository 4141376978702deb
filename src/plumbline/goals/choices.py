"""What a list of goals can be narrowed by, and the views of it that were kept, in one statement."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from django.db import connection

from plumbline.goals.models.cycle import Cycle
from plumbline.goals.tree import NAMING
from plumbline.people.models import Person

#: In an organisation of so many people all leads are offered; in a larger one those close by.
FEW_PEOPLE = 200
MOST_LEADS = 100

_SEEN = "(NOT objective.is_private OR objective.id IN (SELECT id FROM naming))"
_HERE = f"objective.cycle_id IN ({{{{cycles}}}}) AND objective.binned_at IS NULL AND {_SEEN}"
_LEADS = f"""(
    EXISTS (SELECT 1 FROM goals_objective AS objective WHERE objective.lead_id = person.id AND {_HERE})
    OR EXISTS (
        SELECT 1 FROM goals_keyresult AS result JOIN goals_objective AS objective ON objective.id = result.objective_id
        WHERE result.lead_id = person.id AND result.binned_at IS NULL AND {_HERE})
)"""
_DRAFT = """(objective.stage = 'draft' OR objective.stage = 'active' AND objective.id IN (
    SELECT objective_id FROM goals_keyresult WHERE stage = 'draft' AND binned_at IS NULL))"""
_OPEN = "SUM(CASE WHEN objective.archived_at IS NULL AND {} THEN 1 ELSE 0 END)"

_SQL = f"""
WITH naming AS ({{naming}}),
near AS (
    SELECT person_id FROM people_membership WHERE last_day IS NULL AND team_id IN (
        SELECT team_id FROM people_membership WHERE person_id = %(reader)s AND last_day IS NULL
        UNION ALL SELECT id FROM people_team WHERE public_id = %(team)s)
)
SELECT 'team' AS kind, public_id, name, 0, 0, 0, 0, '' FROM people_team WHERE archived_at IS NULL AND binned_at IS NULL
UNION ALL
SELECT * FROM (
    SELECT 'lead', public_id, name, 0, 0, 0, 0, '' FROM people_person AS person
    WHERE (SELECT COUNT(*) FROM people_person) <= {{few}} AND {_LEADS}
) AS leads
UNION ALL
SELECT * FROM (
    SELECT 'near', public_id, name, 0, 0, 0, 0, '' FROM people_person AS person
    WHERE (id IN (SELECT person_id FROM near) OR id = %(reader)s OR public_id = %(lead)s) AND {_LEADS}
    LIMIT {{most}}
) AS close
UNION ALL
SELECT 'tag', public_id, name, 0, 0, 0, 0, '' FROM goals_tag WHERE binned_at IS NULL
UNION ALL
SELECT 'pillar', public_id, name, place, 0, 0, 0, '' FROM goals_pillar WHERE archived_at IS NULL AND binned_at IS NULL
UNION ALL
SELECT 'field', public_id, name, place, 0, 0, 0, kind || ' ' || CAST(choices AS text)
FROM goals_customfield WHERE archived_at IS NULL AND binned_at IS NULL
UNION ALL
SELECT 'view', view.public_id, view.name, CASE WHEN view.owner_id = %(reader)s THEN 1 ELSE 0 END,
    CASE WHEN view.shared THEN 1 ELSE 0 END, CASE WHEN first.id IS NULL THEN 0 ELSE 1 END, view.version, view.query
FROM goals_goalsview AS view
LEFT JOIN goals_firstview AS first ON first.view_id = view.id AND first.person_id = %(reader)s
WHERE view.binned_at IS NULL AND (view.owner_id = %(reader)s OR view.shared)
UNION ALL
SELECT 'count', '', '', {_OPEN.format("objective.stage = 'active'")}, {_OPEN.format(_DRAFT)},
    {_OPEN.format("objective.stage = 'closed'")}, SUM(CASE WHEN objective.archived_at IS NULL THEN 0 ELSE 1 END), ''
FROM goals_objective AS objective WHERE {_HERE}
"""


class Choice(NamedTuple):
    """Something to choose: what the address calls it, and its name."""

    public_id: str
    name: str


class Field(NamedTuple):
    """A custom field that goals can be found by."""

    public_id: str
    name: str
    kind: str
    choices: tuple[str, ...]

    @property
    def key(self) -> str:
        """The name under which addresses ask for it."""
        return f"field_{self.public_id}"


class View(NamedTuple):
    """A look at the goals that somebody kept: what the address says, by a name."""

    public_id: str
    name: str
    mine: bool
    shared: bool
    is_first: bool
    version: int
    query: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from in some cycles, as one reader may see it."""

    teams: list[Choice]
    leads: list[Choice]
    counts: dict[str, int]
    tags: list[Choice] = field(default_factory=list)
    pillars: list[Choice] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    views: list[View] = field(default_factory=list)


def choices_for(reader: Person, cycles: Iterable[Cycle], *, team: str = "", lead: str = "") -> Choices:
    """Return the choices, in one query; the team and the lead that are chosen already are offered too."""
    asked: dict[str, int | str] = {"reader": reader.pk, "team": team, "lead": lead}
    within = ", ".join(str(int(cycle.pk)) for cycle in cycles) or "0"
    with connection.cursor() as cursor:
        cursor.execute(_sql().replace("{cycles}", within), asked)
        rows = cursor.fetchall()
    found: dict[str, list[Any]] = {"count": []} | {kind: [] for kind in _KINDS}
    for kind, *row in rows:
        found[kind].append(row)
    counts = [number or 0 for number in found["count"][0][2:6]]
    return Choices(
        teams=_by_name(found["team"]),
        leads=_by_name(found["lead"] or found["near"]),
        counts=dict(zip(STAGES, counts, strict=True)),
        tags=_by_name(found["tag"]),
        pillars=[Choice(*row[:2]) for row in sorted(found["pillar"], key=lambda row: row[2])],
        fields=[_field(row) for row in sorted(found["field"], key=lambda row: row[2])],
        views=[
            View(row[0], row[1], bool(row[2]), bool(row[3]), bool(row[4]), row[5], row[6])
            for row in sorted(found["view"], key=_mine_first)
        ],
    )


_KINDS = ("team", "lead", "near", "tag", "pillar", "field", "view")


def _field(row: list[Any]) -> Field:
    kind, _space, choices = row[6].partition(" ")
    return Field(row[0], row[1], kind, tuple(json.loads(choices)))


def _mine_first(row: list[Any]) -> tuple[bool, str]:
    return not row[2], row[1].casefold()


def _by_name(rows: list[Any]) -> list[Choice]:
    return sorted((Choice(*row[:2]) for row in rows), key=lambda each: each.name)


STAGES = ("active", "draft", "closed", "archived")


@cache
def _sql() -> str:
    return _SQL.format(naming=NAMING.replace("%s", "%(reader)s"), most=MOST_LEADS, few=FEW_PEOPLE)

"""What a list of goals can be narrowed by: open teams, who leads something, and how many there are of each stage."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from django.db import connection

from plumbline.goals.models.cycle import Cycle
from plumbline.goals.tree import NAMING
from plumbline.people.models import Person

#: In an organisation of so many people all leads are offered; in a larger one those close by.
FEW_PEOPLE = 200
MOST_LEADS = 100

_SEEN = "(NOT objective.is_private OR objective.id IN (SELECT id FROM naming))"
_HERE = f"objective.cycle_id = %(cycle)s AND objective.binned_at IS NULL AND {_SEEN}"
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
SELECT 'team' AS kind, public_id, name, 0, 0, 0, 0 FROM people_team WHERE archived_at IS NULL AND binned_at IS NULL
UNION ALL
SELECT * FROM (
    SELECT 'lead', public_id, name, 0, 0, 0, 0 FROM people_person AS person
    WHERE (SELECT COUNT(*) FROM people_person) <= {{few}} AND {_LEADS}
) AS leads
UNION ALL
SELECT * FROM (
    SELECT 'near', public_id, name, 0, 0, 0, 0 FROM people_person AS person
    WHERE (id IN (SELECT person_id FROM near) OR id = %(reader)s OR public_id = %(lead)s) AND {_LEADS}
    LIMIT {{most}}
) AS close
UNION ALL
SELECT 'count', '', '', {_OPEN.format("objective.stage = 'active'")}, {_OPEN.format(_DRAFT)},
    {_OPEN.format("objective.stage = 'closed'")}, SUM(CASE WHEN objective.archived_at IS NULL THEN 0 ELSE 1 END)
FROM goals_objective AS objective WHERE {_HERE}
"""


class Choice(NamedTuple):
    """Something to choose: what the address calls it, and its name."""

    public_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from in one cycle, as one reader may see it."""

    teams: list[Choice]
    leads: list[Choice]
    counts: dict[str, int]


def choices_for(reader: Person, cycle: Cycle | None, *, team: str = "", lead: str = "") -> Choices:
    """Return the choices, in one query; the team and the lead that are chosen already are offered too."""
    asked: dict[str, int | str] = {"reader": reader.pk, "cycle": cycle.pk if cycle else 0, "team": team, "lead": lead}
    with connection.cursor() as cursor:
        cursor.execute(_sql(), asked)
        rows = cursor.fetchall()
    found: dict[str, list[Choice]] = {"team": [], "lead": [], "near": []}
    counts = dict.fromkeys(STAGES, 0)
    for kind, public_id, name, *numbers in rows:
        if kind == "count":
            counts = {stage: number or 0 for stage, number in zip(STAGES, numbers, strict=True)}
        else:
            found[kind].append(Choice(public_id, name))
    leads = found["lead"] or found["near"]
    return Choices(_by_name(found["team"]), _by_name(leads), counts)


def _by_name(choices: list[Choice]) -> list[Choice]:
    return sorted(choices, key=lambda each: each.name)


STAGES = ("active", "draft", "closed", "archived")


@cache
def _sql() -> str:
    return _SQL.format(naming=NAMING.replace("%s", "%(reader)s"), most=MOST_LEADS, few=FEW_PEOPLE)

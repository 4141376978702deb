"""What stands around every page: the organisation, its cycles, and when somebody's check-ins are due, in one query."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from django.db import connection, models
from django.utils.timezone import is_naive

from plumbline.goals.models.cadence import Cadence
from plumbline.goals.models.cycle import Cycle
from plumbline.goals.status import RHYTHM_DAYS
from plumbline.goals.tree import NAMING
from plumbline.people.models import Organisation, Person
from plumbline.people.name import Name

_SQL = """
SELECT house.*,
    (SELECT {list}({row}({cycle_columns})) FROM goals_cycle WHERE binned_at IS NULL) AS known_cycles,
    (SELECT {list}({row}({cadence_columns})) FROM goals_cadence) AS known_cadences,
    (SELECT {list}({row}(result.rhythm, latest."on", result.activated_on,
            COALESCE(result.starts_on, objective.starts_on), cycle.first_day))
        FROM goals_keyresult AS result
        JOIN goals_objective AS objective ON objective.id = result.objective_id
        JOIN goals_cycle AS cycle ON cycle.id = objective.cycle_id
        LEFT JOIN goals_checkin AS latest ON latest.id = result.latest_check_in_id
        WHERE result.lead_id = %s AND result.stage = 'active'
            AND result.binned_at IS NULL AND result.archived_at IS NULL
            AND objective.stage = 'active' AND objective.binned_at IS NULL AND objective.archived_at IS NULL
            AND cycle.phase <> 'closed'
            AND (NOT objective.is_private OR objective.id IN ({naming}))
    ) AS known_rhythms,
    (SELECT {list}({row}(team.id, team.public_id, team.name, CASE WHEN team.archived_at IS NULL
            AND team.binned_at IS NULL THEN 1 ELSE 0 END))
        FROM people_membership AS member JOIN people_team AS team ON team.id = member.team_id
        WHERE member.person_id = %s AND member.last_day IS NULL
    ) AS known_teams,
    (SELECT {list}({row}(work.public_id, work.title, result.metric, result.statement))
        FROM goals_initiative AS work
        JOIN goals_bet AS bet ON bet.initiative_id = work.id AND bet.asked_at IS NOT NULL
        JOIN goals_keyresult AS result ON result.id = bet.key_result_id
        JOIN goals_objective AS objective ON objective.id = work.objective_id
        WHERE work.lead_id = %s AND work.binned_at IS NULL
            AND objective.binned_at IS NULL AND objective.archived_at IS NULL
            AND (NOT objective.is_private OR objective.id IN ({naming}))
    ) AS known_questions
FROM people_organisation AS house
"""

_FUNCTIONS = {
    "sqlite": {"list": "json_group_array", "row": "json_array"},
    "postgresql": {"list": "json_agg", "row": "json_build_array"},
}


class Question(NamedTuple):
    """A bet that somebody leads and is asked about: did the work move the number?"""

    public_id: str
    title: str
    number: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The organisation, its cycles from the newest, and the days on which somebody's check-ins are due."""

    organisation: Organisation
    cycles: list[Cycle]
    due_days: tuple[date, ...]
    teams: tuple[Name, ...] = ()
    questions: tuple[Question, ...] = ()
    #: The keys of all teams that the person is in, those that ended too.
    member_of: tuple[int, ...] = ()

    def due_by(self, day: date) -> int:
        """Return how many check-ins are due on a day or before it."""
        return sum(due <= day for due in self.due_days)

    def next_due(self, today: date) -> date | None:
        """Return the first day after today on which a check-in is due."""
        return min((day for day in self.due_days if day > today), default=None)


def frame_for(person: Person) -> Frame:
    """Return what stands around the pages of a person; raises ``DoesNotExist`` before there is an organisation."""
    rows: Iterable[Any] = Organisation.objects.raw(_sql(connection.vendor), [person.pk] * 9)
    for house in rows:
        cadences = {row.pk: row for row in (_made(Cadence, values) for values in _rows(house.known_cadences))}
        cycles = [_made(Cycle, values) for values in _rows(house.known_cycles)]
        for cycle in cycles:
            cycle.cadence = cadences.get(cycle.cadence_id)
        cycles.sort(key=lambda cycle: (-cycle.first_day.toordinal(), cycle.last_day))
        teams = _rows(house.known_teams)
        keys = tuple(team[0] for team in teams)
        person.__dict__["known_teams"] = list(keys)
        at_work = tuple(sorted((Name(*team[:3]) for team in teams if team[3]), key=lambda team: team.name))
        asked = tuple(sorted(_question(*values) for values in _rows(house.known_questions)))
        return Frame(house, cycles, tuple(_due(*values) for values in _rows(house.known_rhythms)), at_work, asked, keys)
    raise Organisation.DoesNotExist


@cache
def _sql(vendor: str) -> str:
    columns = {
        "cycle_columns": ", ".join(str(field.column) for field in Cycle._meta.concrete_fields),
        "cadence_columns": ", ".join(str(field.column) for field in Cadence._meta.concrete_fields),
    }
    return _SQL.format(**columns, naming=NAMING, **_FUNCTIONS[vendor])


def _rows(told: str | list[Any] | None) -> list[Any]:
    rows: list[Any] = json.loads(told) if isinstance(told, str) else told or []
    return rows


def _made(kind: Any, values: list[Any]) -> Any:
    fields = kind._meta.concrete_fields
    read = [_value(field, value) for field, value in zip(fields, values, strict=True)]
    return kind.from_db(connection.alias, [field.attname for field in fields], read)


def _value(field: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(field, models.JSONField):
        return json.loads(value) if isinstance(value, str) else value
    read = field.to_python(value)
    return read.replace(tzinfo=UTC) if isinstance(read, datetime) and is_naive(read) else read


def _question(public_id: str, title: str, metric: str, statement: str) -> Question:
    return Question(public_id, title, metric or statement)


def _due(rhythm: str, last: str | None, activated_on: str | None, starts_on: str | None, first_day: str) -> date:
    # The same as ``Numbers.due``; dates written the same way sort like dates.
    begun: str = last if last is not None else max(activated_on or "", starts_on or first_day)
    return date.fromisoformat(begun) + timedelta(days=RHYTHM_DAYS[rhythm])

"""Key results as long lists show them: two plain statements for a page, and no row of the database behind a line.

A ``KeyResult`` brings forty columns, and its people and check-ins as many; a list shows fifteen of them. ``Listed``
answers the same questions with the same names, so that a line does not care which of the two it shows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from plumbline.goals.around import Around, around, day
from plumbline.goals.models.objective import Objective
from plumbline.goals.numbers import Numbers, Step
from plumbline.people.former import called
from plumbline.people.name import Name
from plumbline.values.exact import from_kept
from plumbline.values.unit import Unit

_SQL = """
SELECT result.id, result.objective_id, result.public_id, result.statement, result.metric, result.stage, result.level,
    result.weight, result.unit_kind, result.unit_code, result.unit_scale, result.unit_places,
    lead.id, lead.public_id, lead.name, waiver.id,
    latest."on", latest.status, latest.confidence, latest.chance,
    result.type, result.baseline, result.target, result.target_upper, result.current,
    result.starts_on, result.due_on, result.rhythm, result.activated_on
FROM goals_keyresult AS result
LEFT JOIN people_person AS lead ON lead.id = result.lead_id
LEFT JOIN goals_waiver AS waiver ON waiver.key_result_id = result.id
LEFT JOIN goals_checkin AS latest ON latest.id = result.latest_check_in_id
WHERE result.objective_id IN ({places}) AND result.binned_at IS NULL AND result.archived_at IS NULL
ORDER BY result.id
"""


class Latest(NamedTuple):
    """The newest check-in, as lists show it."""

    on: date
    status: str
    confidence: int | None
    chance: Decimal | None


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list shows of a key result."""

    pk: int
    objective_id: int
    public_id: str
    statement: str
    metric: str
    stage: str
    level: str
    weight: Decimal
    unit: Unit
    lead: Name | None
    waiver: bool
    latest_check_in: Latest | None
    known: Numbers

    @property
    def lead_id(self) -> int | None:
        """The key of who leads it."""
        return self.lead.pk if self.lead else None

    @property
    def type(self) -> str:
        """How the number is meant."""
        return self.known.type

    @property
    def baseline(self) -> Decimal | None:
        """Where it began."""
        return self.known.baseline

    @property
    def target(self) -> Decimal | None:
        """Where it is to go."""
        return self.known.target

    @property
    def target_upper(self) -> Decimal | None:
        """The upper edge of a level that is kept between two."""
        return self.known.target_upper

    @property
    def current(self) -> Decimal | None:
        """Where it stands."""
        return self.known.current

    @property
    def activated_on(self) -> date | None:
        """The day on which it started."""
        return self.known.begun

    @property
    def counts_work(self) -> bool:
        """Tell whether the judge reads it as an activity rather than an impact."""
        return self.level in {"input", "output"}

    def is_waived(self) -> bool:
        """Tell whether somebody said why it stays although it counts work."""
        return self.waiver

    def numbers(self) -> Numbers:
        """Return the numbers that progress, pace and standing follow from."""
        return self.known

    def progress(self) -> Decimal | None:
        """Return the raw progress in points."""
        return self.known.progress()

    def steps(self) -> tuple[Step, ...]:
        """Return its milestones as numbers."""
        return self.known.steps


def listed(known: Mapping[int, Objective], below: Iterable[int] = ()) -> dict[int, list[Listed]]:
    """Return the key results of objectives that are fetched already, with their cycles, by objective.

    Of those ``below``, whose objectives are not fetched, the progress alone can be asked for.
    """
    keys = list({*known, *below})
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(places=", ".join(["%s"] * len(keys))), keys)
        rows = cursor.fetchall()
    surroundings = around([row[0] for row in rows])
    people: dict[int, Name] = {}
    grouped: dict[int, list[Listed]] = defaultdict(list)
    for row in rows:
        grouped[row[1]].append(_listed(row, known.get(row[1]), surroundings.get(row[0], _NOTHING), people))
    return grouped


_TEAMS = """
SELECT link.objective_id, team.id, team.public_id, team.name
FROM goals_objective_home_teams AS link JOIN people_team AS team ON team.id = link.team_id
WHERE link.objective_id IN ({places}) ORDER BY team.id
"""


def give_teams(objectives: Collection[Objective]) -> None:
    """Give objectives the names of their home teams, where lists look for the teams."""
    grouped: dict[int, list[Name]] = defaultdict(list)
    keys = [row.pk for row in objectives]
    if keys:
        with connection.cursor() as cursor:
            cursor.execute(_TEAMS.format(places=", ".join(["%s"] * len(keys))), keys)
            for key, *name in cursor.fetchall():
                grouped[key].append(Name(*name))
    for row in objectives:
        row._prefetched_objects_cache = {"home_teams": tuple(grouped.get(row.pk, ()))}  # type: ignore[attr-defined]


_NOTHING = Around()


def _listed(row: tuple[Any, ...], objective: Objective | None, near: Around, people: dict[int, Name]) -> Listed:
    lead = people.setdefault(row[12], Name(row[12], row[13], called(row[14]))) if row[12] is not None else None
    latest = Latest(day(row[16]), row[17], row[18], from_kept(row[19])) if row[16] is not None else None  # type: ignore[arg-type]
    cycle = objective.cycle if objective else None
    numbers = Numbers(
        row[20],
        from_kept(row[21]),
        from_kept(row[22]),
        from_kept(row[23]),
        from_kept(row[24]),
        day(row[25]) or (objective.first_day if objective else date.min),
        day(row[26]) or (objective.last_day if objective else date.max),
        near.steps,
        near.points if row[20] in {"increase", "decrease"} else (),
        latest.status if latest else "",
        latest.on if latest else None,
        row[27] if row[5] == "active" and cycle and not cycle.is_closed else "",
        day(row[28]),
        near.breached,
    )
    unit = Unit(row[8], row[9], row[10], row[11])
    weight = from_kept(row[7]) or Decimal(0)
    pk, objective_id, public_id, statement, metric, stage, level = row[:7]
    waived = row[15] is not None
    return Listed(
        pk, objective_id, public_id, statement, metric, stage, level, weight, unit, lead, waived, latest, numbers
    )

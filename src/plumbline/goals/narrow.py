"""Where hundreds of objectives stand, by the numbers of their key results alone, read in one statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from plumbline.goals.around import Around, day
from plumbline.goals.models.cycle import Cycle
from plumbline.goals.models.objective import Objective
from plumbline.goals.numbers import Numbers, Step
from plumbline.goals.progress import Part, Range
from plumbline.goals.rolling import RollUp
from plumbline.goals.status import Limits, Status, worst
from plumbline.goals.tree import feeding
from plumbline.values.exact import from_kept

_SQL = """
WITH wanted AS (
    SELECT id, objective_id, type, stage, rhythm, weight, baseline, target, target_upper, current, starts_on, due_on,
        activated_on, latest_check_in_id
    FROM goals_keyresult WHERE objective_id IN ({places}) AND binned_at IS NULL AND archived_at IS NULL
)
SELECT 0, wanted.id, wanted.objective_id, wanted.type, wanted.stage, wanted.rhythm, latest.status,
    wanted.weight, wanted.baseline, wanted.target, wanted.target_upper, wanted.current,
    wanted.starts_on || '', wanted.due_on || '', wanted.activated_on || '', latest."on" || ''
FROM wanted LEFT JOIN goals_checkin AS latest ON latest.id = wanted.latest_check_in_id
UNION ALL
SELECT 1, key_result_id, 0, '', '', '', '', weight, NULL, NULL, NULL, NULL, due_on || '', done_on || '', NULL, NULL
FROM goals_milestone WHERE key_result_id IN (SELECT id FROM wanted WHERE type = 'milestones')
UNION ALL
SELECT 2, key_result_id, 0, '', '', '', '', value, NULL, NULL, NULL, NULL, "on" || '', NULL, NULL, NULL
FROM goals_pathpoint WHERE key_result_id IN (SELECT id FROM wanted WHERE type IN ('increase', 'decrease'))
UNION ALL
SELECT 3, key_result_id, 0, '', '', '', '', low, high, current, NULL, NULL, NULL, NULL, NULL, NULL
FROM goals_guardrail WHERE key_result_id IN (SELECT id FROM wanted)
"""


class Heading(NamedTuple):
    """What is known of an objective beforehand: what drives its progress, its cycle, and days of its own."""

    driver: str
    cycle: Cycle
    starts_on: date | None = None
    due_on: date | None = None

    @property
    def first_day(self) -> date:
        """The day it runs from: its own, or its cycle's."""
        return self.starts_on or self.cycle.first_day

    @property
    def last_day(self) -> date:
        """The day it is due: its own, or its cycle's last."""
        return self.due_on or self.cycle.last_day

    @classmethod
    def of(cls, objective: Objective) -> Heading:
        """Return what is known of an objective that was fetched with its cycle."""
        return cls(objective.driver, objective.cycle, objective.starts_on, objective.due_on)


class Stands(NamedTuple):
    """Where one objective stands: progress, the worst status, how many key results it has and how they stand."""

    progress: Decimal | None
    status: Status
    key_results: int
    shown: Set[Status]


def stands(known: Mapping[int, Heading], *, reader: int, today: date, limits: Limits) -> dict[int, Stands]:
    """Return where each objective stands, by key, as a reader may see it, in two statements."""
    rolling = RollUp()
    followers = [key for key, each in known.items() if each.driver != "key_results"]
    below = rolling.feed(feeding(followers, reader=reader)) - set(known)
    rows, near = _read([*known, *below])
    shown: dict[int, set[Status]] = defaultdict(set)
    counts: dict[int, int] = defaultdict(int)
    for row in rows:
        heading = known.get(row[2])
        numbers = _numbers(row, heading, near.get(row[1], _NOTHING))
        counts[row[2]] += 1
        if row[4] != "draft":
            done = numbers.progress()
            rolling.parts[row[2]].append(Part(done, from_kept(row[7]) or Decimal(0)))
            if heading:
                shown[row[2]].add(numbers.shown(today, limits, done))
    return {
        key: Stands(rolling.progress(key, each.driver), worst(shown[key]), counts[key], shown[key])
        for key, each in known.items()
    }


_NOTHING = Around()
#: What the first column of the statement says.
_STEP, _POINT = 1, 2


def _read(keys: list[int]) -> tuple[list[Any], dict[int, Around]]:
    if not keys:
        return [], {}
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(places=", ".join(["%s"] * len(keys))), keys)
        found = cursor.fetchall()
    around: dict[int, list[Any]] = defaultdict(list)
    for row in found:
        if row[0]:
            around[row[1]].append(row)
    return [row for row in found if not row[0]], {key: _around(rows) for key, rows in around.items()}


def _around(rows: Iterable[Any]) -> Around:
    steps: list[Step] = []
    points: list[tuple[date, Decimal]] = []
    breached = False
    for row in rows:
        first, second, third = from_kept(row[7]), from_kept(row[8]), from_kept(row[9])
        if row[0] == _STEP:
            steps.append(Step(first, day(row[12]), row[13] is not None))  # type: ignore[arg-type]
        elif row[0] == _POINT:
            points.append((day(row[12]), first))  # type: ignore[arg-type]
        else:
            breached = breached or (third is not None and not Range(first, second).holds(third))
    return Around(tuple(steps), tuple(points), breached)


def _numbers(row: Any, heading: Heading | None, near: Around) -> Numbers:
    _kind, _key, _above, kind, stage, rhythm, said, _weight, *kept, starts_on, due_on, begun, last = row
    baseline, target, upper, current = map(from_kept, kept)
    heading = heading or _NONE_KNOWN
    return Numbers(
        kind,
        baseline,
        target,
        upper,
        current,
        date.fromisoformat(starts_on) if starts_on else heading.first_day,
        date.fromisoformat(due_on) if due_on else heading.last_day,
        near.steps,
        near.points,
        said or "",
        day(last),
        rhythm if stage == "active" and not heading.cycle.is_closed else "",
        day(begun),
        near.breached,
    )


_NONE_KNOWN = Heading("key_results", Cycle(first_day=date.min, last_day=date.max))

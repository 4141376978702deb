"""Where goals have been: progress day by day, from check-ins, as the goalposts stood then."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from plumbline.goals.as_of import Moment
from plumbline.goals.goalposts import Posts, progress_between
from plumbline.goals.models import CheckIn, KeyResult
from plumbline.goals.models.objective import Stage
from plumbline.goals.models.surroundings import KEEPING, Type
from plumbline.goals.progress import NONE, Part, milestones_done, roll_up
from plumbline.people.models import Event


@dataclass(frozen=True, slots=True)
class Point:
    """How far a goal had come on a day, in points."""

    on: date
    progress: Decimal | None
    check_in: CheckIn | None = None


def histories(key_results: Iterable[KeyResult], *, moment: Moment | None = None) -> dict[int, list[Point]]:
    """Return the course of each key result by its key, oldest first: two queries for however many.

    A point keeps the baseline and target that were valid when it was entered:
    goalposts that moved later do not change what was true then. Looking back
    from a ``moment``, the rows have been taken back to it already.
    """
    rows = {row.pk: row for row in key_results}
    check_ins: dict[int, list[CheckIn]] = defaultdict(list)
    known = moment.known(CheckIn.objects.all()) if moment else CheckIn.objects.standing()
    for check_in in known.filter(key_result__in=rows).select_related("author").by_day():
        check_ins[check_in.key_result_id].append(check_in)
    moves = _moves(rows.values(), moment)
    return {key: _course(row, check_ins[key], moves[row.public_id]) for key, row in rows.items()}


def rolled_up(key_results: Sequence[KeyResult], courses: dict[int, list[Point]]) -> list[Point]:
    """Return the course of an objective: on each day with a reading, the roll-up of what was known by then."""
    counted = [row for row in key_results if row.stage != Stage.DRAFT]
    days = sorted({point.on for row in counted for point in courses[row.pk]})
    known = {row.pk: [point.on for point in courses[row.pk]] for row in counted}
    return [Point(day, roll_up(_parts(counted, courses, known, day))) for day in days]


def _parts(
    rows: Sequence[KeyResult], courses: dict[int, list[Point]], known: dict[int, list[date]], day: date
) -> list[Part]:
    parts = []
    for row in rows:
        place = bisect_right(known[row.pk], day)
        before = NONE if row.type not in KEEPING and row.baseline is not None else None
        parts.append(Part(courses[row.pk][place - 1].progress if place else before, row.weight))
    return parts


def _course(row: KeyResult, check_ins: Sequence[CheckIn], moves: Sequence[Event]) -> list[Point]:
    latest = {check_in.on: check_in for check_in in check_ins}
    return [Point(on, _progress_then(row, check_in, moves), check_in) for on, check_in in latest.items()]


def _progress_then(row: KeyResult, check_in: CheckIn, moves: Sequence[Event]) -> Decimal | None:
    if row.type == Type.MILESTONES:
        steps = row.milestones.all()
        return milestones_done(
            (step.weight, step.done_on is not None and step.done_on <= check_in.on) for step in steps
        )
    if check_in.value is None:
        return None
    posts = Posts(*(_post_at(row, name, check_in.entered_at, moves) for name in Posts._fields))
    return progress_between(row.type, posts, check_in.value)


def _post_at(row: KeyResult, name: str, at: datetime, moves: Sequence[Event]) -> Decimal | None:
    later = next((move for move in moves if move.at > at and name in move.before), None)
    if later is None:
        return getattr(row, name)  # type: ignore[no-any-return]
    before = later.before[name]
    return None if before is None else Decimal(before)


def _moves(rows: Iterable[KeyResult], moment: Moment | None) -> dict[str, list[Event]]:
    moves: dict[str, list[Event]] = defaultdict(list)
    keys = [row.public_id for row in rows]
    events = Event.objects.filter(noun="key_result", noun_key__in=keys, verb__in=("amended", "changed"))
    if moment:
        events = events.filter(at__lte=moment.at)
    for event in events.order_by("at", "pk"):
        moves[event.noun_key].append(event)
    return moves

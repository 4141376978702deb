"""How numbers got where they are: check-ins from the first week to the last Friday before now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from plumbline.goals.models import KeyResult, Memory
from plumbline.goals.models.surroundings import KEEPING, Type
from plumbline.goals.progress import ALL, progress
from plumbline.goals.status import Limits, Status
from plumbline.usecases.sample_company.calendar import Calendar, Stretch, wobble
from plumbline.usecases.sample_company.people import Staff
from plumbline.usecases.sample_company.plans import Result, table

_STEPS = {"weekly": 1, "biweekly": 2, "monthly": 4, "quarterly": 13}
#: The week in which a number that is still running has the value of the data file: of a quarter, of a year.
_WEEK_READ = (8, 47)
_LONGEST_QUARTER = 92
#: A lead who says something else than the data began to say it this many weeks before.
_DOUBTS = 2
_NOISE = Decimal("0.07")
_STRETCHED = Decimal("1.05")
_MOST_PERCENT = Decimal(100)
_EARLY = 6


@dataclass(frozen=True, slots=True)
class Course:
    """The way of one key result through one cycle: on which days it was read, and what was read."""

    result: Result
    stretch: Stretch
    calendar: Calendar
    is_over: bool

    def weeks(self) -> list[tuple[int, date]]:
        """Return the weeks that were checked in on, counted from 1, with their days."""
        if self.result.never:
            return []
        fridays = self.stretch.fridays(self.calendar.today)
        step, late = _STEPS[self.result.rhythm], 0 if self.is_over else self.result.late
        last = len(fridays) % step if self.is_over else 0
        numbered = [(week, day) for week, day in enumerate(fridays, 1) if (week - last) % step == 0]
        kept = [(week, day) for week, day in numbered if week <= len(fridays) - late]
        if kept and late == 1:
            kept[-1] = (kept[-1][0], self.calendar.last_look(kept[-1][1]))
        return kept

    def week_read(self) -> int:
        """Return the week in which the number is the one of the data file."""
        if self.is_over:
            return self.weeks()[-1][0]
        step = _STEPS[self.result.rhythm]
        week = _WEEK_READ[(self.stretch.last_day - self.stretch.first_day).days > _LONGEST_QUARTER]
        return week // step * step - self.result.late

    def value(self, week: int) -> Decimal | None:
        """Return what was read in a week."""
        scale, kind = self.result.scale, self.result.kind
        if kind == Type.MILESTONES:
            return None
        if kind == Type.YES_NO:
            done = week >= self.week_read() if self.is_over else week >= self.result.done_week
            return Decimal(self.result.reads if self.is_over else 1) if done else Decimal(0)
        if week <= len(self.result.path):
            return scale.value(self.result.path[week - 1])
        reads = scale.value(self.result.reads) or Decimal(0)
        return scale.rounded(self._bounded(self._rough(week, reads), week))

    def _rough(self, week: int, reads: Decimal) -> Decimal:
        if week == self.week_read():
            return reads
        start = self.result.scale.value(self.result.start)
        shake = Decimal(str(wobble(self.result.metric, self.stretch.first_day, week)))
        if start is None:
            return reads + abs(reads) * _NOISE * shake
        way = (reads - start) * week / self.week_read()
        steady = self.result.level != "outcome"
        return start + way + (0 if steady else abs(reads - start) * _NOISE * shake)

    def _bounded(self, value: Decimal, week: int) -> Decimal:
        scale = self.result.scale
        start, aim = scale.value(self.result.start), scale.value(self.result.final_aim)
        if start is None or aim is None or week == self.week_read():
            return max(value, Decimal(0))
        furthest = start + (aim - start) * _STRETCHED
        bounded = min(value, furthest) if aim > start else max(value, furthest)
        return min(bounded, _MOST_PERCENT) if self.result.unit == "%" else bounded


def memories(course: Course, key_result: KeyResult, staff: Staff, limits: Limits) -> Iterator[Memory]:
    """Return the check-ins of a course, as its lead entered them."""
    result, weeks = course.result, course.weeks()
    lead = staff.actor(result.lead)
    values = [course.value(week) for week, _day in weeks]
    before = [course.result.scale.value(result.start), *values]
    for (week, day), (earlier, value) in zip(weeks, pairwise(before), strict=True):
        status = _status(course, key_result, week, day, value, limits)
        yield Memory(
            value=value,
            on=day,
            by=lead,
            at=course.calendar.moment(day, 15, result.metric, week),
            status=status,
            confidence=_confidence(course, week, status),
            note=_note(course, week, earlier, value),
            source="kpi" if result.kpi else "typed",
        )


def _status(
    course: Course, key_result: KeyResult, week: int, day: date, value: Decimal | None, limits: Limits
) -> Status:
    if claimed := _claimed(course, week):
        return claimed
    key_result.current = value
    is_last = course.is_over and week == course.week_read()
    if is_last and _is_there(key_result, course):
        return Status.ACHIEVED
    if key_result.type == Type.MILESTONES:
        late = [step for step in course.result.milestones if not step[3] and _due(course, step[1]) < day]
        return Status.NEEDS_ATTENTION if late else Status.ON_TRACK
    return key_result.data_status(day, limits)


def _claimed(course: Course, week: int) -> Status | None:
    if not course.result.claims:
        return None
    claims, read = Status(course.result.claims), course.week_read()
    begins = {Status.ON_TRACK: 1, Status.ACHIEVED: read}.get(claims, read - _DOUBTS)
    return claims if week >= begins else None


def _is_there(key_result: KeyResult, course: Course) -> bool:
    if key_result.type in KEEPING or key_result.type == Type.YES_NO:
        return key_result.progress() == ALL
    if key_result.type == Type.MILESTONES:
        return all(step[3] for step in course.result.milestones)
    return (
        progress(baseline=key_result.baseline, target=key_result.target, value=key_result.current) or Decimal(0)
    ) >= ALL


def _due(course: Course, days: int) -> date:
    return course.stretch.first_day.fromordinal(course.stretch.first_day.toordinal() + days)


def _confidence(course: Course, week: int, status: Status) -> int:
    if not course.is_over:
        share = min(Decimal(week) / course.week_read(), Decimal(1))
        return int(3 + (course.result.sure - 3) * share)
    if week <= _EARLY or status in {Status.ON_TRACK, Status.ACHIEVED}:
        return course.result.sure
    return max(course.result.sure - (1 if status == Status.NEEDS_ATTENTION else 2), 1)


def _note(course: Course, week: int, before: Decimal | None, value: Decimal | None) -> str:
    told = dict(course.result.notes).get(week)
    if told or (course.result.claims_note and week == course.week_read()):
        return told or course.result.claims_note
    if before is None or value is None:
        return ""
    better = (value - before) * (-1 if course.result.kind in {"decrease", "at_most"} else 1)
    kind = "better" if better > 0 else "worse" if better < 0 else "same"
    pool = table("notes")[kind]
    place = int((wobble(course.result.says, week, "note") + 1) * 2 * len(pool))
    return str(pool[place]) if place < len(pool) else ""

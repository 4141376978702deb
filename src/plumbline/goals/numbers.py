"""What follows from the numbers of one key result: progress, pace, due day and standing, without any row.

A page with hundreds of goals reads their numbers as narrow tuples (``narrow.py``); a verb has the whole
``KeyResult``. Both ask here, so that there is one rule.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from plumbline.goals.progress import ALL, NONE, Path, Range, expected, kept, milestones_done, progress
from plumbline.goals.status import RHYTHM_DAYS, Limits, Standing, Status, by_level, by_pace, standing

MOVING = frozenset({"increase", "decrease"})
KEEPING = frozenset({"at_least", "at_most", "between"})


class Step(NamedTuple):
    """A milestone: its weight, its planned day, and whether it is done."""

    weight: Decimal
    due_on: date
    done: bool


class Numbers(NamedTuple):
    """The numbers and days of one key result; what lies around it is left out where its type does not ask."""

    type: str
    baseline: Decimal | None
    target: Decimal | None
    target_upper: Decimal | None
    current: Decimal | None
    first_day: date
    last_day: date
    steps: tuple[Step, ...] = ()
    points: tuple[tuple[date, Decimal], ...] = ()
    #: What the last check-in said, and the day it is true for.
    said: str = ""
    last: date | None = None
    #: The rhythm of a goal that is checked in on, and the day it started; empty for one that is not.
    rhythm: str = ""
    begun: date | None = None
    breached: bool = False

    @property
    def is_kept(self) -> bool:
        """Tell whether it is a level to keep: it does not move, so there is no pace."""
        return self.type in KEEPING

    @property
    def range(self) -> Range:
        """Return where a kept level has to stay."""
        low = None if self.type == "at_most" else self.target
        high = self.target if self.type == "at_most" else self.target_upper if self.type == "between" else None
        return Range(low, high)

    def progress(self) -> Decimal | None:
        """Return the raw progress in points by the rule of its type; None while it can't be told."""
        if self.type in MOVING:
            return self._moved()
        if self.type == "milestones":
            return milestones_done((step.weight, step.done) for step in self.steps)
        if self.type == "yes_no":
            return ALL if self.current else NONE
        return None if self.current is None or self.target is None else kept(self.range, self.current)

    def _moved(self) -> Decimal | None:
        if self.baseline is None or self.target is None:
            return None
        value = self.baseline if self.current is None else self.current
        return progress(baseline=self.baseline, target=self.target, value=value)

    def expected(self, today: date) -> Decimal | None:
        """Return the progress its pace asks for today, in points; None for a level that is kept."""
        if self.type in KEEPING:
            return None
        if self.type == "yes_no":
            return ALL if today >= self.last_day else NONE
        if self.type == "milestones":
            return milestones_done((step.weight, step.due_on <= today) for step in self.steps)
        if self.points and self.baseline is not None and self.target is not None:
            return Path(self.first_day, self.last_day, self.baseline, self.target, self.points).expected(today)
        return expected(first_day=self.first_day, last_day=self.last_day, today=today)

    def data_status(self, today: date, limits: Limits) -> Status:
        """Return what the data say, whatever anybody says."""
        return self._data_status(self.progress(), self.expected(today), limits)

    def _data_status(self, done: Decimal | None, pace: Decimal | None, limits: Limits) -> Status:
        if self.type in KEEPING:
            return by_level(kept=None if done is None else done == ALL)
        return by_pace(progress=done, expected=pace or NONE, limits=limits)

    def due(self) -> date | None:
        """Return the day by which the next check-in is expected; None while none is."""
        if not self.rhythm:
            return None
        last = self.last or max(self.begun or self.first_day, self.first_day)
        return last + _RHYTHMS[self.rhythm]

    def shown(self, today: date, limits: Limits, done: Decimal | None) -> Status:
        """Return the status that is shown, given the progress; the data are asked only where the lead said nothing."""
        said = _SAID.get(self.said)
        asked = self.last is not None and said is None
        data = self._data_status(done, self.expected(today), limits) if asked else Status.NO_STATUS
        due, breached = self.due(), self.breached
        return standing(
            said=said, data=data, last=self.last, due=due, today=today, breached=breached, limits=limits
        ).shown

    def read(self, today: date, limits: Limits) -> tuple[Decimal | None, Decimal | None, Standing]:
        """Return progress, pace and standing, each worked out once."""
        done, pace = self.progress(), self.expected(today)
        found = standing(
            said=_SAID.get(self.said),
            data=self._data_status(done, pace, limits),
            last=self.last,
            due=self.due(),
            today=today,
            breached=self.breached,
            limits=limits,
        )
        return done, pace, found


_RHYTHMS = {name: timedelta(days=days) for name, days in RHYTHM_DAYS.items()}
_SAID = {status.value: status for status in Status}

"""Progress, roll-up and pace: numbers in, numbers out, no rows and no clock.

All results are points (50 is half of the way) as exact decimals, or None where
they are undefined: None is shown as –, left out of averages, and never 0.
The rules are numbers 1 to 3 of ``docs/concepts.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import NamedTuple

NONE = Decimal(0)
ALL = Decimal(100)

#: Values have up to 30 digits: products of two need 60 before the one division rounds.
_ARITHMETIC = Context(prec=80, rounding=ROUND_HALF_EVEN)
_KEPT = Context(prec=34, rounding=ROUND_HALF_EVEN)


def progress(*, baseline: Decimal, target: Decimal, value: Decimal) -> Decimal | None:
    """Return how much of the way from baseline to target is done, in points.

    Raw: beyond the target it is over 100, moving the wrong way it is below 0.
    Undefined (None) where baseline and target are the same.
    """
    way = _ARITHMETIC.subtract(target, baseline)
    if not way:
        return None
    done = _ARITHMETIC.multiply(_ARITHMETIC.subtract(value, baseline), ALL)
    return _KEPT.divide(done, way)


def counted(raw: Decimal | None) -> Decimal | None:
    """Return what a roll-up counts of a raw progress: 0 to 100."""
    if raw is None:
        return None
    return NONE if raw < NONE else min(raw, ALL)


@dataclass(frozen=True, slots=True)
class Range:
    """Where a kept level has to stay; an open end is None."""

    low: Decimal | None = None
    high: Decimal | None = None

    def holds(self, value: Decimal) -> bool:
        """Tell whether the value is inside, both edges included."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


def kept(within: Range, value: Decimal) -> Decimal:
    """Return 100 where the level is kept, else 0: there is no half-kept promise."""
    return ALL if within.holds(value) else NONE


def share_in_range(within: Range, readings: Sequence[tuple[date, Decimal]], *, until: date) -> Decimal | None:
    """Return the share of days, in points, on which the level was kept.

    A reading holds from its day to the day before the next one; the last holds
    through ``until``. ``readings`` are in order of their dates.
    """
    inside = total = 0
    for (day, value), following in zip(readings, [*(day for day, _ in readings[1:]), None], strict=True):
        days = (following - day).days if following else (until - day).days + 1
        total += max(days, 0)
        inside += max(days, 0) if within.holds(value) else 0
    return _KEPT.divide(Decimal(inside * 100), Decimal(total)) if total else None


class Part(NamedTuple):
    """One goal's share in a roll-up: its raw progress and its relative weight (0 or more)."""

    progress: Decimal | None
    weight: Decimal = Decimal(1)


def roll_up(parts: Iterable[Part]) -> Decimal | None:
    """Return the weighted mean of what is defined, each part counted from 0 to 100.

    Weights are relative: only their proportions matter. None where nothing is
    defined or all weights are 0.
    """
    weights = done = NONE
    for progress_of, weight in parts:
        share = counted(progress_of)
        if share is not None:
            weights = _ARITHMETIC.add(weights, weight)
            done = _ARITHMETIC.add(done, _ARITHMETIC.multiply(share, weight))
    return _KEPT.divide(done, weights) if weights else None


def weighted_mean(parts: Iterable[tuple[Decimal, Decimal]]) -> Decimal | None:
    """Return the mean of values by their relative weights; None of nothing, or where all weights are 0."""
    weights = total = NONE
    for value, weight in parts:
        weights = _ARITHMETIC.add(weights, weight)
        total = _ARITHMETIC.add(total, _ARITHMETIC.multiply(value, weight))
    return _KEPT.divide(total, weights) if weights else None


def milestones_done(parts: Iterable[tuple[Decimal, bool]]) -> Decimal | None:
    """Return the share of weighted milestones that are done; None where there are none."""
    return roll_up(Part(ALL if done else NONE, weight) for weight, done in parts)


def expected(*, first_day: date, last_day: date, today: date) -> Decimal:
    """Return the share of the time, in points, that has passed at the end of today.

    0 before the first day, 100 from the last day on, both days included: of a
    cycle of one day everything has passed on that day.
    """
    if today < first_day:
        return NONE
    if today >= last_day:
        return ALL
    return _KEPT.divide(Decimal(((today - first_day).days + 1) * 100), Decimal((last_day - first_day).days + 1))


@dataclass(frozen=True, slots=True)
class Path:
    """A planned course: the value that is planned for the end of each of some days."""

    first_day: date
    last_day: date
    baseline: Decimal
    target: Decimal
    points: tuple[tuple[date, Decimal], ...] = ()

    def planned(self, today: date) -> Decimal:
        """Return the value planned for today, on straight lines between the points."""
        corners = [*sorted(point for point in self.points if point[0] < self.last_day), (self.last_day, self.target)]
        before_day, before = None, self.baseline
        for day, value in corners:
            if today <= day:
                return self._between(before_day, before, day, value, today)
            before_day, before = day, value
        return self.target

    def expected(self, today: date) -> Decimal:
        """Return the progress, in points, that the path plans for today."""
        planned = progress(baseline=self.baseline, target=self.target, value=self.planned(today))
        return NONE if planned is None else planned

    def _between(self, start: date | None, low: Decimal, end: date, high: Decimal, today: date) -> Decimal:
        first = (self.first_day - date.resolution) if start is None else start
        days = (end - first).days
        if days <= 0 or today < self.first_day:
            return low
        step = _ARITHMETIC.multiply(_ARITHMETIC.subtract(high, low), Decimal((today - first).days))
        return _ARITHMETIC.add(low, _KEPT.divide(step, Decimal(days)))


def whole(points: Decimal) -> int:
    """Return points as people read them, whole; 99.96 stays 99 and 0.4 stays 1: only done reads as done."""
    rounded = int(points.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
    if rounded == ALL and points < ALL:
        return rounded - 1
    if rounded == 0 and points > 0:
        return 1
    return rounded

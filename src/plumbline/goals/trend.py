"""What a number did after some work ended, beside what it would have done anyway. Numbers in, numbers out.

The line through the readings before the end is the trend that the number had: its slope is the median of the slopes
between all pairs of readings (Theil and Sen), so that one odd reading bends it little. Carried on to the day of the
last reading after the end, it says what the number would have done by itself; what is left is *beyond the trend*. How
far the readings before lay from their line is the scatter: less than twice of it may be chance.
``docs/decisions/bets-against-the-trend.md`` says why so, and what it can't tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations
from statistics import median
from typing import Final

from plumbline.values.exact import exact

#: Fewer readings before the end have no trend that could be told from their noise.
FEWEST: Final = 3

#: Older readings say little about where a number was going when the work ended.
MOST: Final = 12

#: What lies within so many scatters may be chance.
CHANCE: Final = 2

Reading = tuple[date, Decimal]


@dataclass(frozen=True, slots=True)
class Course:
    """What a number did from the end of some work to its last reading that counts.

    ``change`` is from the last reading before to the last one after; ``trend`` is the part that the number would have
    moved by itself, ``beyond`` the rest. ``scatter`` is how far single readings lie from their line.
    """

    before: Reading
    after: Reading
    trend: Decimal
    scatter: Decimal
    readings_before: int
    readings_after: int

    @property
    def change(self) -> Decimal:
        """How far the number moved."""
        return self.after[1] - self.before[1]

    @property
    def beyond(self) -> Decimal:
        """How much of that the trend does not explain."""
        return self.change - self.trend

    @property
    def may_be_chance(self) -> bool:
        """Tell whether what is beyond the trend is no more than the readings scatter anyway."""
        return abs(self.beyond) <= CHANCE * self.scatter


@dataclass(frozen=True, slots=True)
class TooFew:
    """There is no trend to compare with, or nothing after the end yet: how many readings there are on each side."""

    before: int
    after: int

    @property
    def lacks_before(self) -> bool:
        """Tell whether it will stay so: readings of the past can only be entered late."""
        return self.before < FEWEST


def course(readings: Sequence[Reading], *, ended_on: date, last_day: date | None = None) -> Course | TooFew:
    """Compare the readings after the end with the trend before it; ``last_day`` is the horizon of the bet.

    ``readings`` are in order of their days, one for a day. What was read on the day of the end counts as before.
    """
    before = [reading for reading in readings if reading[0] <= ended_on]
    after = [reading for reading in readings if ended_on < reading[0] <= (last_day or date.max)]
    if len(before) < FEWEST or not after:
        return TooFew(len(before), len(after))
    line = _Line.through(before[-MOST:])
    last, end = before[-1], after[-1]
    return Course(
        before=last,
        after=end,
        trend=exact(line.slope * (end[0] - last[0]).days),
        scatter=exact(line.scatter),
        readings_before=len(before),
        readings_after=len(after),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    slope: Decimal
    scatter: Decimal

    @classmethod
    def through(cls, readings: Sequence[Reading]) -> _Line:
        first = readings[0][0]
        points = [((day - first).days, value) for day, value in readings]
        slope = median([(later - value) / (end - start) for (start, value), (end, later) in combinations(points, 2)])
        level = median([value - slope * day for day, value in points])
        return cls(slope, median([abs(value - slope * day - level) for day, value in points]))

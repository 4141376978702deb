"""Series of readings of which the end is known: what a forecast is measured on.

The kinds, their parameters and the seed were written down before the method that is measured on them, and do not
change after it. Six kinds of course: straight on, an S-curve, with a season, in steps, noisy, and one that stalls.
Every fourth series is a measure with hard limits (a percentage close to one of its ends); every second one goes down.
"""

import math
import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

SEED = 20_261_122
EACH = 150
KINDS = ("linear", "s_curve", "seasonal", "step", "noisy", "stalled")
WEEKS = (13, 13, 26, 52)
FIRST_DAY = date(2026, 1, 5)

#: A course that stalls early had been on its way to its end at this share of the time.
_AS_IF_STOPPED = 0.5

#: At which shares of the cycle somebody asks how it will end.
ASKED = (0.3, 0.5, 0.7, 0.85)


@dataclass(frozen=True)
class Series:
    """Weekly readings from ``baseline`` towards ``target``, some of them missed, and the reading of the last day."""

    kind: str
    baseline: Decimal
    target: Decimal
    last_day: date
    low: Decimal | None
    high: Decimal | None
    readings: tuple[tuple[date, Decimal], ...]
    final: Decimal

    @property
    def reached(self) -> bool:
        """Whether the last reading is at the target or beyond it."""
        return self.final >= self.target if self.target > self.baseline else self.final <= self.target

    def known_on(self, share: float) -> tuple[date, tuple[tuple[date, Decimal], ...]]:
        """Return a day after that share of the cycle, and what had been read by then."""
        day = FIRST_DAY + timedelta(days=round((self.last_day - FIRST_DAY).days * share))
        return day, tuple(reading for reading in self.readings if reading[0] <= day)


def all_series() -> list[Series]:
    """Return the same series every time."""
    chance = random.Random(SEED)  # noqa: S311
    return [_series(kind, number, chance) for kind in KINDS for number in range(EACH)]


def _series(kind: str, number: int, chance: random.Random) -> Series:
    weeks = WEEKS[number % len(WEEKS)]
    shares = _course(kind, weeks, chance)
    noise = chance.uniform(0.08, 0.20) if kind == "noisy" else chance.uniform(0.005, 0.04)
    baseline, target, low, high = _scale(number, chance)
    values = [_value(share + chance.gauss(0, noise), baseline, target, low, high) for share in shares]
    days = [FIRST_DAY + timedelta(weeks=week) for week in range(weeks + 1)]
    kept = [place for place in range(weeks) if place == 0 or chance.random() > 0.12]
    readings = tuple((days[place], values[place]) for place in kept)
    return Series(kind, baseline, target, days[-1], low, high, readings, values[-1])


def _scale(number: int, chance: random.Random) -> tuple[Decimal, Decimal, Decimal | None, Decimal | None]:
    if number % 4 == 3:
        return (
            (Decimal(80), Decimal(97), Decimal(0), Decimal(100))
            if number % 8 == 3
            else (Decimal(20), Decimal(3), Decimal(0), Decimal(100))
        )
    baseline = Decimal(chance.choice((0, 12, 250, 40_000)))
    way = Decimal(chance.choice((6, 30, 900)))
    return (baseline + way, baseline, None, None) if number % 2 else (baseline, baseline + way, None, None)


def _value(share: float, baseline: Decimal, target: Decimal, low: Decimal | None, high: Decimal | None) -> Decimal:
    value = baseline + (target - baseline) * Decimal(f"{share:.4f}")
    value = max(value, low) if low is not None else value
    return min(value, high) if high is not None else value


def _course(kind: str, weeks: int, chance: random.Random) -> list[float]:
    """Return the true share of the way for each week, the first and the last included."""
    drift = chance.uniform(0.002, 0.012)
    wander, course = 0.0, []
    shape = _shape(kind, chance)
    for week in range(weeks + 1):
        course.append(shape(week / weeks) + wander)
        wander += chance.gauss(0, drift)
    return course


def _shape(kind, chance: random.Random):
    end = chance.uniform(0.35, 1.45)
    match kind:
        case "s_curve":
            middle, steep = chance.uniform(0.3, 0.75), chance.uniform(6, 14)
            return lambda time: end * _logistic(steep * (time - middle))
        case "seasonal":
            height, turns, start = chance.uniform(0.04, 0.14), chance.uniform(1.5, 5), chance.uniform(0, math.tau)
            return lambda time: end * time + height * (math.sin(turns * math.tau * time + start) - math.sin(start))
        case "step":
            steps = sorted(chance.uniform(0.05, 0.98) for _ in range(chance.choice((1, 2, 3, 4))))
            return lambda time: end * sum(time >= step for step in steps) / len(steps)
        case "stalled":
            stop = chance.uniform(0.15, 0.65)
            return lambda time: end * min(time, stop) / max(stop, _AS_IF_STOPPED)
        case _:
            return lambda time: end * time


def _logistic(place: float) -> float:
    return 1 / (1 + math.exp(-place))

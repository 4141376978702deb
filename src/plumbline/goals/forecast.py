"""Forecast: how a number is likely to end, from its readings and their noise. Numbers in, numbers out.

A local linear trend (a level that wanders, and a slope that changes) is followed through the readings by a Kalman
filter, for a small grid of how noisy readings, level and slope may be. What the readings speak for most counts most:
the answer is a mixture of normal distributions, so that few or restless readings give a wide interval by themselves.
Before the first reading the slope is taken to be what goals usually do: a little short of the pace, and unsure.
Harvey, "Forecasting, Structural Time Series Models and the Kalman Filter" (1989), chapters 2 to 4, has the formulas;
``docs/decisions/forecast.md`` says what else was tried, and ``make bench`` how good it is.

Everything inside is in shares of the way from baseline to target, and in shares of the time from first to last day:
a forecast does not change when a measure is written in other units.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Final, NamedTuple

from plumbline.goals.progress import Range

#: Fewer readings tell nothing of their noise: "too early".
FEWEST: Final = 3

#: Older readings say little about the end, and each one costs time.
MOST: Final = 22

#: How noisy a reading may be, how far a level may wander, and how much a slope may change, over a whole cycle.
_GRID: Final = tuple(product((0.01, 0.04, 0.12), (0.03, 0.12, 0.4), (0.15, 0.7, 1.6)))

#: What goals usually do before anything is known: reach 0.7 of the way, give or take 0.45.
_USUAL_SLOPE: Final = 0.7
_UNSURE_SLOPE: Final = 0.45
_SURE_START: Final = 1e-4

_TENTH, _HALF, _NINE_TENTHS = 0.1, 0.5, 0.9
_HALVINGS: Final = 30
_LEAST_SHARE: Final = 1e-4

Reading = tuple[date, Decimal]

_ANYWHERE: Final = Range()


@dataclass(frozen=True, slots=True)
class Forecast:
    """How a number is likely to end.

    ``probability`` is of the last reading being at the target, 0 to 1. ``low`` to ``high`` holds the last reading in
    eight of ten cases, ``middle`` halves it; all three in the metric's own unit. ``slope`` is what it moves a week now,
    ``noise`` how far a reading is off, give or take, as far as the readings tell.
    """

    probability: Decimal
    low: Decimal
    middle: Decimal
    high: Decimal
    slope: Decimal
    noise: Decimal
    readings: int


class _Bell(NamedTuple):
    """One normal distribution of the mixture: its share, middle and width, and the slope and noise with it."""

    share: float
    middle: float
    width: float
    slope: float
    noise: float


class _Frame(NamedTuple):
    """How days and values of one goal are brought to shares of its time and its way, and back."""

    origin: float
    way: float
    first_day: date
    days: int

    def time(self, day: date) -> float:
        return (day - self.first_day).days / self.days

    def share(self, value: Decimal) -> float:
        return (float(value) - self.origin) / self.way

    def value(self, share: float) -> float:
        return self.origin + share * self.way


def forecast(
    readings: Sequence[Reading],
    *,
    baseline: Decimal,
    target: Decimal,
    first_day: date,
    last_day: date,
    bounds: Range = _ANYWHERE,
) -> Forecast | None:
    """Forecast a number that moves from baseline to target; None while it is too early or there is no way to go.

    ``readings`` are in order of their days. ``bounds`` are hard limits of the measure, such as 0 and 100 for a share:
    nothing outside them is forecast.
    """
    if len(readings) < FEWEST or baseline == target or last_day <= first_day:
        return None
    frame = _Frame(float(baseline), float(target - baseline), first_day, (last_day - first_day).days)
    bells = _follow(readings[-MOST:], frame, _USUAL_SLOPE)
    return _told(bells, frame, _above(bells, 1.0), bounds, len(readings))


def forecast_kept(
    readings: Sequence[Reading], *, within: Range, first_day: date, last_day: date, bounds: Range = _ANYWHERE
) -> Forecast | None:
    """Forecast a number that is to stay inside a range: how likely the last reading is inside; None while too early."""
    if len(readings) < FEWEST or last_day <= first_day:
        return None
    values = [float(value) for _, value in readings]
    edges = [float(edge) for edge in (within.low, within.high) if edge is not None]
    seen = [*values, *edges]
    way = max(seen) - min(seen) or abs(values[0]) or 1.0
    frame = _Frame(values[0], way, first_day, (last_day - first_day).days)
    bells = _follow(readings[-MOST:], frame, 0.0)
    above = 1.0 if within.low is None else _above(bells, frame.share(within.low))
    beyond = 0.0 if within.high is None else _above(bells, frame.share(within.high))
    return _told(bells, frame, max(above - beyond, 0.0), bounds, len(readings))


def _told(bells: list[_Bell], frame: _Frame, probability: float, bounds: Range, readings: int) -> Forecast:
    ends = sorted(_within(frame.value(_quantile(bells, share)), bounds) for share in (_TENTH, _HALF, _NINE_TENTHS))
    low, middle, high = (Decimal(repr(round(end, 10))) for end in ends)
    slope = sum(bell.share * bell.slope for bell in bells) * frame.way / frame.days * 7
    noise = sum(bell.share * bell.noise for bell in bells) * abs(frame.way)
    pace, off = (Decimal(repr(round(each, 10))) for each in (slope, noise))
    return Forecast(Decimal(f"{probability:.4f}"), low, middle, high, pace, off, readings)


def _within(value: float, bounds: Range) -> float:
    value = value if bounds.low is None else max(value, float(bounds.low))
    return value if bounds.high is None else min(value, float(bounds.high))


def _follow(readings: Sequence[Reading], frame: _Frame, usual_slope: float) -> list[_Bell]:
    """Return where the last day is expected, one bell for each combination of the grid that the readings allow."""
    points = [(frame.time(day), frame.share(value)) for day, value in readings]
    ends = [_filtered(points, usual_slope, *noise) for noise in _GRID]
    best = max(likelihood for likelihood, _ in ends)
    weights = [math.exp(likelihood - best) for likelihood, _ in ends]
    total = sum(weights)
    shares = zip(weights, (bell for _, bell in ends), strict=True)
    return [bell._replace(share=weight / total) for weight, bell in shares if weight > total * _LEAST_SHARE]


def _filtered(
    points: list[tuple[float, float]], slope: float, noise: float, wander: float, bend: float
) -> tuple[float, _Bell]:
    """Run the filter once; return the log-likelihood of the readings and the bell at the end of the time.

    ``level`` and ``slope`` are the state; ``ll``, ``ls`` and ``ss`` its variances: of the level, of both, of the slope.
    """
    level, ll, ls, ss, now, likelihood = 0.0, _SURE_START, 0.0, _UNSURE_SLOPE**2, 0.0, 0.0
    off, noise, wander, bend = noise, noise * noise, wander * wander, bend * bend
    for time, share in points:
        step, now = max(time - now, 0.0), time
        level += slope * step
        ll += step * (2 * ls + step * ss + wander + bend * step * step / 3)
        ls += step * (ss + bend * step / 2)
        ss += bend * step
        seen, miss = ll + noise, share - level
        likelihood -= (math.log(seen) + miss * miss / seen) / 2
        level += ll / seen * miss
        slope += ls / seen * miss
        ss -= ls * ls / seen
        ls -= ls * ll / seen
        ll -= ll * ll / seen
    left = max(1.0 - now, 0.0)
    spread = ll + left * (2 * ls + left * ss + wander + bend * left * left / 3) + noise
    return likelihood, _Bell(0.0, level + slope * left, math.sqrt(spread), slope, off)


def _above(bells: list[_Bell], share: float) -> float:
    """Return the probability of ending at or above a share of the way."""
    return sum(bell.share * 0.5 * math.erfc((share - bell.middle) / (bell.width * math.sqrt(2))) for bell in bells)


def _quantile(bells: list[_Bell], probability: float) -> float:
    """Return the share of the way below which the end lies with a probability, by halving."""
    low = min(bell.middle - 4 * bell.width for bell in bells)
    high = max(bell.middle + 4 * bell.width for bell in bells)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if 1 - _above(bells, middle) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2

"""Prospects: how a key result is likely to end, from its own readings.

Beside the status, never in place of it: a lead who says "on track" while the readings say otherwise is shown with both.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from plumbline.goals.forecast import FEWEST, Forecast, Reading, forecast, forecast_kept
from plumbline.goals.numbers import KEEPING, MOVING
from plumbline.goals.progress import ALL, NONE, Range
from plumbline.goals.status import GREEN
from plumbline.values.unit import UnitKind

if TYPE_CHECKING:
    from plumbline.goals.history import Point
    from plumbline.goals.models import KeyResult

#: Below this probability "on track" is contradicted by the readings.
DOUBTFUL: Final = Decimal(1) / 3


def can_be_forecast(row: KeyResult) -> bool:
    """Tell whether its readings are numbers on a way or in a range: a yes, a no and a milestone are neither."""
    return row.type in MOVING | KEEPING and row.target is not None


def readings_of(course: Sequence[Point]) -> list[Reading]:
    """Return the values of a course, oldest first."""
    return [(point.on, value) for point in course if point.check_in and (value := point.check_in.value) is not None]


def prospect(row: KeyResult, course: Sequence[Point], *, today: date) -> Forecast | None:
    """Forecast a key result; None while there are too few readings, and once its time is over."""
    return foreseen(row, readings_of(course), today=today)


def foreseen(row: KeyResult, readings: Sequence[Reading], *, today: date) -> Forecast | None:
    """Forecast a key result from its readings, oldest first."""
    if not can_be_forecast(row) or today >= row.last_day or len(readings) < FEWEST:
        return None
    days = {"first_day": min(row.first_day, readings[0][0]), "last_day": row.last_day}
    if row.type in KEEPING:
        return forecast_kept(readings, within=row.range, bounds=_bounds(row, readings), **days)
    if row.baseline is None or row.target is None:
        return None
    return forecast(readings, baseline=row.baseline, target=row.target, bounds=_bounds(row, readings), **days)


def doubts(chance: Decimal | None, shown: str) -> bool:
    """Tell whether green is shown, or said, while the readings give the target little chance: then both are said."""
    return chance is not None and shown in GREEN and chance < DOUBTFUL


def _bounds(row: KeyResult, readings: Sequence[Reading]) -> Range:
    """Return the hard limits of the measure: nothing counted falls below nothing, no share is more than the whole."""
    values = [value for _, value in readings] + [each for each in (row.baseline, row.target) if each is not None]
    low = NONE if min(values) >= 0 and row.unit.kind != UnitKind.RATIO else None
    whole = row.unit.kind == UnitKind.PERCENT and low is not None and max(values) <= ALL
    return Range(low, ALL if whole else None)

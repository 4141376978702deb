"""Periods of the fiscal calendar: the weeks, months, quarters and years that KPIs are read and aimed in. Days only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

_WEEK = 7
_MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}
_YEAR = 12


class Period(NamedTuple):
    """A stretch of days, both ends included."""

    first_day: date
    last_day: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last_day - self.first_day).days + 1

    def holds(self, day: date) -> bool:
        """Tell whether a day is in it."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """Where years and weeks begin: the month of the fiscal year (from 1) and the day of the week (Monday is 0)."""

    year_start: int = 1
    week_start: int = 0

    def period(self, day: date, frequency: str) -> Period:
        """Return the week, month, fiscal quarter or fiscal year that a day is in."""
        if frequency not in _MONTHS:
            first = day - timedelta(days=(day.weekday() - self.week_start) % _WEEK)
            return Period(first, first + timedelta(days=_WEEK - 1))
        months = _MONTHS[frequency]
        first = _month(day, -((day.month - self.year_start) % months))
        return Period(first, _month(first, months) - timedelta(days=1))

    def until(self, day: date, frequency: str, count: int) -> list[Period]:
        """Return the last so many periods up to the one a day is in, oldest first."""
        periods = [self.period(day, frequency)]
        while len(periods) < count:
            periods.append(self.before(periods[-1], frequency))
        return periods[::-1]

    def before(self, period: Period, frequency: str) -> Period:
        """Return the period that ends where another begins."""
        return self.period(period.first_day - timedelta(days=1), frequency)

    def quarter(self, day: date) -> int:
        """Return which quarter of the fiscal year a day is in, from 1."""
        return (day.month - self.year_start) % _YEAR // 3 + 1

    def year(self, day: date) -> int:
        """Return the fiscal year of a day, named after the calendar year that it ends in."""
        return day.year + (self.year_start > 1 and day.month >= self.year_start)


def _month(day: date, later: int) -> date:
    """Return the first of the month so many months later."""
    index = day.year * _YEAR + day.month - 1 + later
    return date(index // _YEAR, index % _YEAR + 1, 1)

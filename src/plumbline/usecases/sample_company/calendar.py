"""The sample's days: everything is counted from the instant it is built at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

ZONE = "Europe/Brussels"
_FRIDAY = 4
_QUARTERS = 4
_LONGEST_GRACE = 10


def seed(*words: object) -> int:
    """Return a number that looks random and is always the same for the same words."""
    return crc32(" ".join(map(str, words)).encode())


def wobble(*words: object) -> float:
    """Return a number between -1 and 1 that is always the same for the same words."""
    return seed(*words) % 2001 / 1000 - 1


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days of one cycle, both ends included."""

    first_day: date
    last_day: date

    def fridays(self, before: date) -> list[date]:
        """Return its Fridays that are over on a day."""
        first = self.first_day + timedelta(days=(_FRIDAY - self.first_day.weekday()) % 7)
        count = max((min(self.last_day, before - timedelta(days=1)) - first).days // 7 + 1, 0)
        return [first + timedelta(weeks=week) for week in range(count)]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Today, and the cycles around it."""

    at: datetime

    @property
    def today(self) -> date:
        """Return the company's date."""
        return self.at.astimezone(ZoneInfo(ZONE)).date()

    @property
    def founded_on(self) -> date:
        """Return the day the company began to keep its goals here: before everything else."""
        return min(date(self.quarter(-4).first_day.year, 1, 1), self.today - timedelta(days=731)) - timedelta(days=31)

    def quarter(self, offset: int) -> Stretch:
        """Return the quarter some quarters from the one that today is in."""
        index = self.today.year * _QUARTERS + (self.today.month - 1) // 3 + offset
        return Stretch(_quarter_start(index), _quarter_start(index + 1) - timedelta(days=1))

    def year(self, offset: int) -> Stretch:
        """Return the year some years from this one."""
        year = self.today.year + offset
        return Stretch(date(year, 1, 1), date(year, 12, 31))

    def moment(self, day: date, hour: int, *words: object) -> datetime:
        """Return an instant in that hour of a day, to the minute by the words; never after now."""
        spread = seed(*words) % 3600 if words else 0
        local = datetime.combine(day, time(hour), ZoneInfo(ZONE)) + timedelta(seconds=spread)
        return min(local, self.at)

    def last_look(self, friday: date) -> date:
        """Return the day on which somebody looked who is due again now: that Friday, or the Monday after.

        From Tuesday on a check-in of the Friday before last would be outdated,
        not due.
        """
        return friday if (self.today - friday).days <= _LONGEST_GRACE else friday + timedelta(days=3)


def _quarter_start(index: int) -> date:
    return date(index // _QUARTERS, index % _QUARTERS * 3 + 1, 1)

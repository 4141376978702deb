"""How a KPI does against its target: numbers and days in, a word out, no rows and no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from plumbline.goals.periods import Period
from plumbline.goals.progress import Range
from plumbline.values.exact import ROOM


class Health(models.TextChoices):
    """How a KPI does against its target."""

    HEALTHY = "healthy", _("Healthy")
    WATCH = "watch", _("Watch")
    ACT = "act", _("Act")
    UNKNOWN = "unknown", _("Unknown")


#: What speaks for many at once: the worst of them, and what nobody knows before what is fine.
WORST_FIRST = (Health.ACT, Health.WATCH, Health.UNKNOWN, Health.HEALTHY)


class Rule(models.TextChoices):
    """On which side of its target a KPI is healthy."""

    AT_LEAST = "at_least", _("Stay at or above")
    AT_MOST = "at_most", _("Stay at or below")
    INCREASE_TO = "increase_to", _("Increase to")
    DECREASE_TO = "decrease_to", _("Decrease to")
    BETWEEN = "between", _("Stay between")


UPWARD = frozenset({Rule.AT_LEAST, Rule.INCREASE_TO})
DOWNWARD = frozenset({Rule.AT_MOST, Rule.DECREASE_TO})


class Frequency(models.TextChoices):
    """How often a KPI is read."""

    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month")
    QUARTERLY = "quarterly", _("every quarter")
    YEARLY = "yearly", _("every year")

    @property
    def days(self) -> int:
        """Return the longest time between two readings, in days."""
        return {"weekly": 7, "monthly": 31, "quarterly": 92, "yearly": 366}[self.value]


class Aiming(Protocol):
    """A target that holds from a day on, until another begins."""

    @property
    def first_day(self) -> date:
        """The day it begins."""
        ...

    @property
    def target(self) -> Decimal:
        """What is aimed for, or the lower edge of a band."""
        ...

    @property
    def upper(self) -> Decimal | None:
        """The upper edge of a band."""
        ...


Row = TypeVar("Row", bound=Aiming)


@dataclass(frozen=True, slots=True)
class Aim:
    """A target on one day."""

    first_day: date
    target: Decimal
    upper: Decimal | None = None


def carried(aims: Iterable[Row], day: date) -> Row | None:
    """Return the target that holds on a day: the last one that began; an empty period takes over the one before."""
    begun = [aim for aim in aims if aim.first_day <= day]
    return max(begun, key=lambda aim: aim.first_day, default=None)


def ramped(aim: Aiming, period: Period, day: date) -> Aim:
    """Return the target as it stands on a day of a number that begins at zero each period: its share of the days."""
    passed = Decimal((min(day, period.last_day) - period.first_day).days + 1)
    target, upper = (_share(edge, passed, period.days) for edge in (aim.target, aim.upper))
    return Aim(aim.first_day, target or Decimal(0), upper)


def _share(edge: Decimal | None, passed: Decimal, days: int) -> Decimal | None:
    return None if edge is None else ROOM.divide(ROOM.multiply(edge, passed), Decimal(days))


def healthy_range(rule: str, aim: Aiming, tolerance: Decimal = Decimal(0)) -> Range:
    """Return where a value is healthy, widened by a tolerance in percent of the target."""
    room = ROOM.divide(ROOM.multiply(abs(aim.target), tolerance), Decimal(100))
    if rule in UPWARD:
        return Range(low=ROOM.subtract(aim.target, room))
    if rule in DOWNWARD:
        return Range(high=ROOM.add(aim.target, room))
    high = None if aim.upper is None else ROOM.add(aim.upper, room)
    return Range(ROOM.subtract(aim.target, room), high)


def judged(value: Decimal, rule: str, aim: Aiming | None, tolerance: Decimal) -> Health:
    """Return the health of a fresh value: healthy without a target, watch inside the tolerance, else act."""
    if aim is None or healthy_range(rule, aim).holds(value):
        return Health.HEALTHY
    return Health.WATCH if healthy_range(rule, aim, tolerance).holds(value) else Health.ACT


def is_fresh(on: date, frequency: str, *, today: date, grace_days: int) -> bool:
    """Tell whether a reading still speaks for today: inside the frequency and the grace behind it."""
    return today <= on + timedelta(days=Frequency(frequency).days + grace_days)


def worst(healths: Iterable[Health]) -> Health | None:
    """Return the worst of many; None where there is none."""
    found = set(healths)
    return next((health for health in WORST_FIRST if health in found), None)

"""Status: what the lead says beside what the data say, and what may be shown of it.

Plain functions of plain values; rule 4 and rule 6 of ``docs/concepts.md``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """How a goal is going. The first four can be said by a lead."""

    ON_TRACK = "on_track", _("On track")
    NEEDS_ATTENTION = "needs_attention", _("Needs attention")
    OFF_TRACK = "off_track", _("Off track")
    ACHIEVED = "achieved", _("Achieved")
    NO_STATUS = "no_status", _("No status")
    OUTDATED = "outdated", _("Outdated")


SAYABLE = (Status.ON_TRACK, Status.NEEDS_ATTENTION, Status.OFF_TRACK, Status.ACHIEVED)
GREEN = frozenset({Status.ON_TRACK, Status.ACHIEVED})
WORST_FIRST = (
    Status.OFF_TRACK,
    Status.OUTDATED,
    Status.NEEDS_ATTENTION,
    Status.NO_STATUS,
    Status.ON_TRACK,
    Status.ACHIEVED,
)


class Rhythm(models.TextChoices):
    """How often a goal is checked in on."""

    WEEKLY = "weekly", _("every week")
    BIWEEKLY = "biweekly", _("every two weeks")
    MONTHLY = "monthly", _("every month")
    QUARTERLY = "quarterly", _("every quarter")
    TERMLY = "termly", _("every four months")

    @property
    def days(self) -> int:
        """Return the longest time between two check-ins, in days."""
        return RHYTHM_DAYS[self.value]


RHYTHM_DAYS = {"weekly": 7, "biweekly": 14, "monthly": 31, "quarterly": 92, "termly": 123}


@dataclass(frozen=True, slots=True)
class Limits:
    """How far behind is too far, in points, and how many days of grace a due check-in has."""

    attention: Decimal = Decimal(15)
    off_track: Decimal = Decimal(30)
    grace_days: int = 3


def by_pace(*, progress: Decimal | None, expected: Decimal, limits: Limits) -> Status:
    """Return what the data say of a goal that moves: how far it is behind its pace."""
    if progress is None:
        return Status.NO_STATUS
    behind = expected - progress
    if behind > limits.off_track:
        return Status.OFF_TRACK
    return Status.NEEDS_ATTENTION if behind > limits.attention else Status.ON_TRACK


def by_level(*, kept: bool | None) -> Status:
    """Return what the data say of a level to keep: there is no half-kept promise."""
    if kept is None:
        return Status.NO_STATUS
    return Status.ON_TRACK if kept else Status.OFF_TRACK


class Why(StrEnum):
    """Why the shown status is not simply what the lead said."""

    NEVER_CHECKED_IN = "never_checked_in"
    SILENT = "silent"
    GUARDRAIL = "guardrail"
    DATA_ONLY = "data_only"


class Standing(NamedTuple):
    """Where one goal stands: both voices, and what is shown.

    ``shown`` is never green without a reading inside rhythm and grace, nor
    while a guardrail is breached.
    """

    shown: Status
    said: Status | None
    data: Status
    why: Why | None = None

    @property
    def disagrees(self) -> bool:
        """Tell whether lead and data say different things, which is shown, and overwritten by neither."""
        if self.said is None or self.data == Status.NO_STATUS:
            return False
        return self.said != self.data and not (self.said == Status.ACHIEVED and self.data == Status.ON_TRACK)


def standing(
    *,
    said: Status | None,
    data: Status,
    last: date | None,
    due: date | None,
    today: date,
    breached: bool,
    limits: Limits,
) -> Standing:
    """Put both voices side by side and decide what is shown.

    ``last`` is the day that the newest reading is true for, ``due`` the day the
    next one is expected; None means that nothing is expected any more.
    """
    if last is None:
        return Standing(Status.NO_STATUS, said, data, Why.NEVER_CHECKED_IN)
    if due is not None and (today - due).days > limits.grace_days:
        return Standing(Status.OUTDATED, said, data, Why.SILENT)
    shown = said or data
    if breached and shown in GREEN:
        return Standing(Status.NEEDS_ATTENTION, said, data, Why.GUARDRAIL)
    return Standing(shown, said, data, None if said else Why.DATA_ONLY)


def worst(statuses: Iterable[Status]) -> Status:
    """Return the worst of the counted goals; no status where there is none."""
    found = set(statuses)
    return next((status for status in WORST_FIRST if status in found), Status.NO_STATUS)

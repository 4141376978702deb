"""Time: cadences make cycles, and goals live in a cycle."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from plumbline.people.models import Actor, Noun, Organisation

LEVELS = ("company", "team", "person")


def every_level() -> list[str]:
    """Return all levels, the default of a cadence and a cycle."""
    return list(LEVELS)


class Cadence(Noun):
    """A rhythm of cycles, with a formula for their names.

    The formula may hold ``{year}``, ``{quarter}``, ``{month}``, ``{number}``
    and ``{fiscal_year}``: "Q{quarter} {year}" gives "Q4 2026".
    """

    class Kind(models.TextChoices):
        """How long its cycles are."""

        ANNUAL = "annual", _("Every year")
        QUARTERLY = "quarterly", _("Every quarter")
        CUSTOM = "custom", _("A number of months")

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    months = models.PositiveSmallIntegerField(default=3)
    formula = models.CharField(max_length=80)
    levels = models.JSONField(default=every_level)
    archived_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return self.name

    class BadFormula(Exception):
        """Raised when a naming formula holds something that is not known."""

    @classmethod
    @transaction.atomic
    def begin(cls, *, name: str, kind: str, formula: str, by: Actor, at: datetime, months: int = 3) -> Cadence:
        """Start a cadence; ``make_cycle`` then makes its cycles one after the other."""
        length = {cls.Kind.ANNUAL: 12, cls.Kind.QUARTERLY: 3}.get(cls.Kind(kind), months)
        cadence = cls(name=name, kind=kind, months=length, formula=formula)
        cadence.name_for(at.date(), at.date())
        cadence.save()
        cadence.record("begun", by=by, at=at, after={"name": name})
        return cadence

    def make_cycle(self, *, first_day: date, by: Actor, at: datetime) -> Cycle:
        """Make the cycle of this cadence that begins on a day, named by the formula."""
        last_day = months_later(first_day, self.months) - timedelta(days=1)
        name = self.name_for(first_day, last_day)
        return Cycle.plan(
            name=name, first_day=first_day, last_day=last_day, levels=self.levels, cadence=self, by=by, at=at
        )

    def name_for(self, first_day: date, last_day: date) -> str:
        """Return the name that the formula gives a cycle, with months in the organisation's language."""
        organisation = Organisation.the()
        start = organisation.fiscal_year_start
        months_in = (first_day.month - start) % 12
        parts = {
            "year": first_day.year,
            "month": _month_in(organisation.language, first_day),
            "quarter": months_in // 3 + 1,
            "number": months_in // self.months + 1,
            "fiscal_year": last_day.year if start == 1 else first_day.year + (first_day.month >= start),
        }
        if set(re.findall(r"[{]([^}]*)[}]?", self.formula)) - set(parts):
            raise self.BadFormula(self.formula)
        return re.sub(r"[{](\w+)[}]", lambda found: str(parts[found[1]]), self.formula)

    def next_first_day(self, today: date) -> date:
        """Return where its next cycle begins: behind the last one, or with the stretch of the year today is in."""
        last = self.cycles.filter(binned_at=None).order_by("-last_day").first()
        if last is not None:
            return last.last_day + timedelta(days=1)
        months_in = (today.month - Organisation.the().fiscal_year_start) % 12
        return months_later(today.replace(day=1), -(months_in % self.months))


def _month_in(language: str, day: date) -> str:
    # A name is kept: whoever happens to make the cycle must not decide in which language.
    with translation.override(language):
        return date_format(day, "F")


def months_later(day: date, months: int) -> date:
    """Return the same day of the month some months later (the first of a month stays the first)."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, min(day.day, 28))


class CycleQuerySet(models.QuerySet["Cycle"]):
    """Questions about cycles."""

    def at_hand(self) -> CycleQuerySet:
        """Cycles that people plan or work in, earliest first."""
        return self.filter(binned_at=None).exclude(phase=Cycle.Phase.CLOSED).order_by("first_day")

    def running(self, today: date) -> Cycle | None:
        """Return the shortest cycle that today is in, the one pages open with."""
        found = self.filter(binned_at=None, first_day__lte=today, last_day__gte=today)
        return min(found, key=lambda cycle: cycle.days, default=None)


class Cycle(Noun):
    """A stretch of days, both ends included, that goals are set for."""

    class Phase(models.TextChoices):
        """How far the cycle has come."""

        PLANNING = "planning", _("Planning")
        ACTIVE = "active", _("Active")
        CLOSING = "closing", _("Closing")
        CLOSED = "closed", _("Closed")

    name = models.CharField(max_length=80)
    first_day = models.DateField()
    last_day = models.DateField()
    levels = models.JSONField(default=every_level)
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.PLANNING)
    cadence = models.ForeignKey(Cadence, models.PROTECT, null=True, related_name="cycles")
    locked_at = models.DateTimeField(null=True, editable=False)

    objects = CycleQuerySet.as_manager()

    class Overlaps(Exception):
        """Raised when another cycle at the same level has some of the same days; holds that cycle."""

        def __init__(self, other: Cycle) -> None:
            super().__init__(other.name)
            self.other = other

    class NameTaken(Exception):
        """Raised when another cycle has the name."""

    class OutOfOrder(Exception):
        """Raised when a cycle would skip a phase."""

    class Closed(Exception):
        """Raised when a goal of a closed cycle is asked to change."""

    class Meta:
        constraints = [
            models.CheckConstraint(name="cycle_ends_after_it_begins", condition=Q(last_day__gte=F("first_day"))),
            models.UniqueConstraint(fields=["name"], condition=Q(binned_at=None), name="cycle_name_is_free"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def days(self) -> int:
        """Return how many days it has, both ends included."""
        return (self.last_day - self.first_day).days + 1

    @property
    def weeks(self) -> int:
        """Return how many weeks it has, to the nearest: a quarter has 13, whatever its months."""
        return max(round(self.days / 7), 1)

    def week(self, today: date) -> int:
        """Return which week today is in, from 1."""
        return min(max((today - self.first_day).days // 7 + 1, 1), self.weeks)

    def days_left(self, today: date) -> int:
        """Return the days after today, 0 when it is over."""
        return max((self.last_day - today).days, 0)

    @property
    def is_closed(self) -> bool:
        """Tell whether its goals can't change any more."""
        return self.phase == self.Phase.CLOSED

    @property
    def is_locked(self) -> bool:
        """Tell whether changes of its goals need a reason."""
        return self.locked_at is not None

    @classmethod
    @transaction.atomic
    def plan(
        cls,
        *,
        name: str,
        first_day: date,
        last_day: date,
        by: Actor,
        at: datetime,
        levels: Iterable[str] = LEVELS,
        cadence: Cadence | None = None,
    ) -> Cycle:
        """Add a cycle; ``Overlaps`` names the cycle that is in the way."""
        Organisation.the().lock()
        cycle = cls(name=name, first_day=first_day, last_day=last_day, levels=list(levels), cadence=cadence)
        cycle.refuse_taken_name()
        cycle.refuse_overlap()
        cycle.save()
        cycle.record("planned", by=by, at=at, after={"name": name, "first_day": first_day, "last_day": last_day})
        return cycle

    @transaction.atomic
    def change(self, *, by: Actor, at: datetime, expected_version: int | None = None, **fields: Any) -> None:
        """Change name, days or levels; ``Overlaps`` names the cycle that is in the way."""
        Organisation.the().lock()
        self.lock(expected_version)
        names = ("name", "first_day", "last_day", "levels")
        asked = Cycle(pk=self.pk, **{name: fields.get(name, getattr(self, name)) for name in names})
        asked.refuse_taken_name()
        asked.refuse_overlap()
        self.write("changed", by=by, at=at, **fields)

    def refuse_taken_name(self) -> None:
        """Raise ``NameTaken`` when another cycle is called the same."""
        if Cycle.objects.filter(binned_at=None, name=self.name).exclude(pk=self.pk).exists():
            raise self.NameTaken(self.name)

    def refuse_overlap(self) -> None:
        """Raise ``Overlaps`` for a cycle that shares days and a level, unless one lies inside the other."""
        others = Cycle.objects.filter(binned_at=None, first_day__lte=self.last_day, last_day__gte=self.first_day)
        for other in others.exclude(pk=self.pk).order_by("first_day"):
            if set(other.levels) & set(self.levels) and not self._nests_with(other):
                raise self.Overlaps(other)

    def _nests_with(self, other: Cycle) -> bool:
        longer, shorter = sorted((self, other), key=lambda cycle: -cycle.days)
        inside = longer.first_day <= shorter.first_day and shorter.last_day <= longer.last_day
        return inside and longer.days > shorter.days

    @transaction.atomic
    def move_to(
        self, phase: str, *, by: Actor, at: datetime, reason: str = "", expected_version: int | None = None
    ) -> None:
        """Go to the next phase; a closed cycle goes back to closing with a reason.

        Becoming active locks the goalposts of its active goals.
        """
        self.lock(expected_version)
        steps = {("planning", "active"), ("active", "closing"), ("closing", "closed"), ("closing", "active")}
        reopens = (self.phase, phase) == ("closed", "closing") and bool(reason.strip())
        if (self.phase, phase) not in steps and not reopens:
            raise self.OutOfOrder(f"{self.phase} → {phase}")
        locks: dict[str, Any] = {"locked_at": at} if phase == self.Phase.ACTIVE and self.locked_at is None else {}
        self.write("phase_changed", by=by, at=at, reason=reason, phase=phase, **locks)
        if locks:
            self._commit_goals(at=at)

    def _commit_goals(self, *, at: datetime) -> None:
        for objective in self.objectives.filter(stage="active", binned_at=None):
            for key_result in objective.key_results.filter(stage="active", binned_at=None):
                key_result.commit(at=at)

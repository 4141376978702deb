"""Time: goals live in a cycle, a stretch of days that is planned, worked in and closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plumbline.people.models import Actor, Noun, Organisation

if TYPE_CHECKING:
    from plumbline.goals.models.cadence import Cadence

LEVELS = ("company", "team", "person")


def every_level() -> list[str]:
    """Return all levels, the default of a cadence and a cycle."""
    return list(LEVELS)


#: The steps from phase to phase, and those of them that open something again.
FORWARD = frozenset({("planning", "active"), ("active", "closing"), ("closing", "closed")})
BACK = frozenset({("active", "planning"), ("closing", "active"), ("closed", "closing")})
OPENING = BACK - {("closing", "active")}

_OF_OBJECTIVE = """
SELECT cycle.* FROM goals_cycle AS cycle
JOIN goals_objective AS objective ON objective.cycle_id = cycle.id WHERE objective.id = %s
"""
_BY_KEY = "SELECT * FROM goals_cycle WHERE id = %s"


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
    cadence = models.ForeignKey("goals.Cadence", models.PROTECT, null=True, related_name="cycles")
    locked_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    by_dates = models.BooleanField(default=True)

    objects = CycleQuerySet.as_manager()

    class Overlaps(Exception):
        """Raised when another cycle at the same level has some of the same days; holds that cycle."""

        def __init__(self, other: Cycle) -> None:
            super().__init__(other.name)
            self.other = other

    class NameTaken(Exception):
        """Raised when another cycle has the name."""

    class OutOfOrder(Exception):
        """Raised when a cycle would skip a phase, or open something again without a reason."""

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
        """Go to the next phase, or one back; what opens something again needs a reason.

        Becoming active locks the goalposts of its active goals; going back to
        planning unlocks them. Whoever goes back takes the cycle off the
        calendar: the dates would only push it forward again.
        """
        self.lock(expected_version)
        step = (self.phase, phase)
        if step not in FORWARD | BACK or (step in OPENING and not reason.strip()):
            raise self.OutOfOrder(f"{self.phase} → {phase}")
        changes: dict[str, Any] = {"phase": phase, "closed_at": at if phase == self.Phase.CLOSED else None}
        if step in BACK:
            changes["by_dates"] = False
        if phase == self.Phase.PLANNING:
            changes["locked_at"] = None
        locks = phase == self.Phase.ACTIVE and self.locked_at is None
        if locks:
            changes["locked_at"] = at
        self.write("phase_changed", by=by, at=at, reason=reason, **changes)
        if locks:
            self._commit_goals(at=at)
        elif phase == self.Phase.PLANNING:
            self._release_goals()

    @transaction.atomic
    def follow_dates(self, *, by: Actor, at: datetime) -> None:
        """Let the calendar move it again from phase to phase."""
        self.lock()
        self.write("follows_dates", by=by, at=at, by_dates=True)

    def phase_by_dates(self, today: date, *, closing_days: int) -> str:
        """Return the phase that the calendar gives it: closing begins behind the last day and takes some days."""
        if today < self.first_day:
            return self.Phase.PLANNING
        if today <= self.last_day:
            return self.Phase.ACTIVE
        return self.Phase.CLOSING if (today - self.last_day).days <= closing_days else self.Phase.CLOSED

    def next_by_dates(self, today: date, *, closing_days: int) -> str:
        """Return the next phase where the calendar is ahead of it, else nothing: it never goes back by itself."""
        order = list(self.Phase)
        behind = order.index(self.Phase(self.phase)) < order.index(
            self.Phase(self.phase_by_dates(today, closing_days=closing_days))
        )
        return order[order.index(self.Phase(self.phase)) + 1] if self.by_dates and behind else ""

    @transaction.atomic
    def keep_time(self, *, by: Actor, at: datetime) -> int:
        """Go through the phases that the calendar asks for, one after the other; return how many."""
        organisation = Organisation.the()
        self.lock()
        steps = 0
        while phase := self.next_by_dates(organisation.today(at), closing_days=organisation.closing_days):
            self.move_to(phase, by=by, at=at)
            steps += 1
        return steps

    def takes_final_values(self, at: datetime) -> bool:
        """Tell whether last readings may still come in: while it closes, and some days after it closed."""
        if self.phase == self.Phase.CLOSING:
            return True
        if not self.is_closed or self.closed_at is None:
            return False
        return at < self.closed_at + timedelta(days=Organisation.the().late_days)

    @classmethod
    def held(cls, *, objective: int) -> Cycle:
        """Return the cycle of an objective, kept in its phase until the transaction ends.

        Whoever writes to a goal holds its cycle first, then the objective, then
        the key result. Any number of writers hold it together; a change of phase
        waits for them, and they for it: nothing lands in a cycle that closed.
        """
        share = " FOR SHARE OF cycle" if connection.vendor == "postgresql" else ""
        rows = cls.objects.raw(_OF_OBJECTIVE + share, [objective])
        return next(iter(rows))

    @classmethod
    def hold(cls, key: int) -> Cycle:
        """Return a cycle, kept in its phase until the transaction ends: for goals that are only being made."""
        share = " FOR SHARE" if connection.vendor == "postgresql" else ""
        return next(iter(cls.objects.raw(_BY_KEY + share, [key])))

    def _commit_goals(self, *, at: datetime) -> None:
        for objective in self.objectives.filter(stage="active", binned_at=None):
            for key_result in objective.key_results.filter(stage="active", binned_at=None):
                key_result.commit(at=at)

    def _release_goals(self) -> None:
        # The event keeps that it was unlocked and why; what counts are the goalposts of the next lock.
        for objective in self.objectives.all():
            for key_result in objective.key_results.filter(commitment__isnull=False):
                key_result.commitment.delete()

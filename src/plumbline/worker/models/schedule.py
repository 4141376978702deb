"""The schedule: one row per job, which is its clock, its claim and its retries in one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F

from plumbline.worker.models.heartbeat import Heartbeat


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    """Questions to the schedule."""

    def due(self, at: datetime) -> ScheduleQuerySet:
        """Jobs whose time has come and that no worker has taken."""
        return self.filter(claimed_by="", next_run_at__lte=at)

    def left_behind(self, at: datetime) -> ScheduleQuerySet:
        """Jobs that a dead worker holds."""
        held = self.exclude(claimed_by="").filter(claimed_at__lt=at - Heartbeat.SILENCE)
        return held.exclude(claimed_by__in=Heartbeat.objects.alive(at).values("worker"))


class Schedule(models.Model):
    """When a job runs next, who runs it now, and how it went."""

    name = models.CharField(max_length=60, unique=True)
    next_run_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=80, blank=True)
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=200, blank=True)
    ran_at = models.DateTimeField(null=True)

    objects = ScheduleQuerySet.as_manager()

    #: Waiting times after a failure; after the last one the job waits for its next time.
    PATIENCE: ClassVar = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30))

    def __str__(self) -> str:
        return f"{self.name} at {self.next_run_at}"

    @classmethod
    def put_up(cls, names: Iterable[str], *, at: datetime) -> None:
        """Make sure that every job has a row; a new job is due at once."""
        rows = [Schedule(name=name, next_run_at=at) for name in names]
        Schedule.objects.bulk_create(rows, ignore_conflicts=True)

    @classmethod
    def give_back(cls, *, at: datetime) -> int:
        """Free the jobs of dead workers, so that another runs them again."""
        return cls.objects.left_behind(at).update(claimed_by="", next_run_at=at)

    def claim(self, *, worker: str, at: datetime) -> bool:
        """Take this run for one worker; False when another was quicker."""
        free = Schedule.objects.filter(pk=self.pk, claimed_by="", next_run_at=self.next_run_at)
        won = free.update(claimed_by=worker, claimed_at=at, attempts=F("attempts") + 1)
        if won:
            self.refresh_from_db()
        return bool(won)

    def done(self, *, at: datetime, every: timedelta) -> None:
        """Note that it ran, and when it runs next."""
        self._settle(next_run_at=next_slot(at, every), ran_at=at, attempts=0, trouble="")

    def failed(self, *, at: datetime, every: timedelta, trouble: str) -> None:
        """Try again after a growing wait, or at its next time after the last try."""
        if self.attempts > len(self.PATIENCE):
            self._settle(next_run_at=next_slot(at, every), attempts=0, trouble=trouble[:200])
        else:
            again = min(at + self.PATIENCE[self.attempts - 1], next_slot(at, every))
            self._settle(next_run_at=again, trouble=trouble[:200])

    def _settle(self, **fields: Any) -> None:
        # Only while this worker holds it: it may have been thought dead, and another may run it by now.
        mine = Schedule.objects.filter(pk=self.pk, claimed_by=self.claimed_by, claimed_at=self.claimed_at)
        mine.update(claimed_by="", **fields)
        self.refresh_from_db()


def next_slot(at: datetime, every: timedelta) -> datetime:
    """Return the next instant that is a whole multiple of ``every`` away from midnight 1970, UTC.

    All workers count from the same instant, and what was missed while nobody
    worked is run once, not many times.
    """
    seconds = int(every.total_seconds())
    passed = int(at.timestamp()) // seconds
    return datetime.fromtimestamp((passed + 1) * seconds, tz=at.tzinfo)

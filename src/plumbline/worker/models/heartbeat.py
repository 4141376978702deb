"""Heartbeats: which workers live, so that what a dead one held can be given back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    """Questions about workers."""

    def alive(self, at: datetime) -> HeartbeatQuerySet:
        """Workers that were heard of lately."""
        return self.filter(at__gt=at - Heartbeat.SILENCE)


class Heartbeat(models.Model):
    """That a worker was alive at an instant; without a row, or silent for long, it is dead."""

    worker = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField()

    objects = HeartbeatQuerySet.as_manager()

    #: How often a worker is heard of, and after how long without it counts as dead.
    EVERY: ClassVar = timedelta(seconds=10)
    SILENCE: ClassVar = timedelta(seconds=60)
    KEPT: ClassVar = timedelta(days=7)

    def __str__(self) -> str:
        return f"{self.worker} at {self.at}"

    @classmethod
    def beat(cls, worker: str, *, at: datetime) -> None:
        """Say that a worker lives."""
        cls.objects.update_or_create(worker=worker, defaults={"at": at})

    @classmethod
    def bury(cls, worker: str) -> None:
        """Say that a worker ended in good order."""
        cls.objects.filter(worker=worker).delete()

    @classmethod
    def forget(cls, *, at: datetime) -> None:
        """Drop the rows of workers that died long ago."""
        cls.objects.filter(at__lt=at - cls.KEPT).delete()

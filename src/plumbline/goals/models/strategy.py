"""Strategy: the pillars under the ultimate goal, and the goal's own measure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction

from plumbline.goals.models.measured import Measured
from plumbline.people.models import Actor, Archivable, Noun, Team
from plumbline.values.exact import ValueField


class PillarQuerySet(models.QuerySet["Pillar"]):
    """Questions about pillars."""

    def standing(self) -> PillarQuerySet:
        """Pillars that hold something up, in their order."""
        return self.filter(archived_at=None, binned_at=None).order_by("place", "pk")


class Pillar(Archivable):
    """What the organisation chooses to be good at."""

    name = models.CharField(max_length=120)
    description = models.CharField(max_length=400, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    owner_teams = models.ManyToManyField(Team, related_name="pillars")

    objects = PillarQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def raise_up(
        cls, *, name: str, by: Actor, at: datetime, description: str = "", owner_teams: Iterable[Team] = ()
    ) -> Pillar:
        """Add a pillar behind the last one, with the teams that own it."""
        place, teams = cls.objects.count(), list(owner_teams)
        pillar = cls.objects.create(name=name, description=description, place=place)
        pillar.owner_teams.set(teams)
        pillar.record("raised", by=by, at=at, after={"name": name, "owner_teams": teams})
        return pillar

    @transaction.atomic
    def change(
        self,
        *,
        by: Actor,
        at: datetime,
        expected_version: int | None = None,
        owner_teams: Iterable[Team] | None = None,
        **fields: Any,
    ) -> None:
        """Change name, description, place, or the teams that own it."""
        self.lock(expected_version)
        told: dict[str, Any] = {}
        if owner_teams is not None and set(teams := list(owner_teams)) != set(self.owner_teams.all()):
            self.owner_teams.set(teams)
            told["owner_teams"] = teams
        self.write("changed", by=by, at=at, also=told, **fields)

    @transaction.atomic
    def move(self, *, up: bool, by: Actor, at: datetime) -> None:
        """Change places with the pillar before it, or behind it; the outermost stay."""
        row = list(Pillar.objects.standing().select_for_update())
        here = next((place for place, pillar in enumerate(row) if pillar.pk == self.pk), None)
        there = -1 if here is None else here + (-1 if up else 1)
        if here is None or not 0 <= there < len(row):
            return
        row.insert(there, row.pop(here))
        for place, pillar in enumerate(row):
            pillar.write("moved", by=by, at=at, place=place)


class UltimateMeasure(Noun, Measured):
    """How the organisation measures its ultimate goal: at most one."""

    metric = models.CharField(max_length=120)
    baseline = ValueField()
    baseline_on = models.DateField()
    current = ValueField()
    current_on = models.DateField()
    target = ValueField()
    target_on = models.DateField()
    only_one = models.BooleanField(default=True, editable=False, unique=True)

    def __str__(self) -> str:
        return self.metric

    @classmethod
    @transaction.atomic
    def set_up(cls, *, by: Actor, at: datetime, **fields: Any) -> UltimateMeasure:
        """Say how the ultimate goal is measured."""
        measure = cls.objects.create(**fields)
        measure.record("set_up", by=by, at=at, after={"metric": measure.metric})
        return measure

    @transaction.atomic
    def change(self, *, by: Actor, at: datetime, expected_version: int | None = None, **fields: Any) -> None:
        """Change the measure or note a new reading."""
        self.lock(expected_version)
        self.write("changed", by=by, at=at, **fields)

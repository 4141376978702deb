"""What a KPI was and what it should be: its readings, and its targets from period to period."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q

from plumbline.people.models import Person
from plumbline.values.exact import ValueField


class KpiTarget(models.Model):
    """What a KPI aims for from a day on."""

    kpi = models.ForeignKey("goals.Kpi", models.CASCADE, related_name="targets")
    first_day = models.DateField()
    target = ValueField()
    upper = ValueField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kpi", "first_day"], name="kpi_has_one_target_a_day")]

    def __str__(self) -> str:
        return f"{self.target} from {self.first_day}"


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Questions about readings."""

    def standing(self) -> ReadingQuerySet:
        """Those that nobody took back; of two for one day the newer counts."""
        return self.filter(withdrawn_at=None)

    def told(self) -> ReadingQuerySet:
        """Each with whether a newer one of its day took its place, as ``replaced``."""
        newer = Q(entered_at__gt=OuterRef("entered_at")) | Q(entered_at=OuterRef("entered_at"), pk__gt=OuterRef("pk"))
        others = Reading.objects.standing().filter(newer, kpi=OuterRef("kpi"), on=OuterRef("on"))
        return self.annotate(replaced=Exists(others))

    def by_day(self) -> ReadingQuerySet:
        """In the order of the days they are true for, oldest first, the one that counts last of its day."""
        return self.order_by("on", "entered_at", "pk")


class Reading(models.Model):
    """One value of a KPI, never changed: a newer one for the same day takes its place, and it can be taken back."""

    kpi = models.ForeignKey("goals.Kpi", models.PROTECT, related_name="readings")
    value = ValueField()
    on = models.DateField()
    entered_at = models.DateTimeField()
    author = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)
    source = models.CharField(max_length=10, default="typed")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = ReadingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kpi", "on"], name="reading_by_day")]

    def __str__(self) -> str:
        return f"{self.value} on {self.on}"

    @property
    def state(self) -> str:
        """Say whether it counts, was taken back, or was replaced by a newer one; read with ``told``."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        return "replaced" if getattr(self, "replaced", False) else "counts"


def that_count(rows: Iterable[Reading]) -> list[Reading]:
    """Return of standing readings, given ``by_day``, the one that counts of each day."""
    days: dict[date, Reading] = {}
    for row in rows:
        days[row.on] = row
    return list(days.values())

"""KPIs: evergreen metrics, with readings and targets per period."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models.measured import Measured
from plumbline.goals.models.memory import Memory
from plumbline.goals.models.objective import Home
from plumbline.goals.models.strategy import Pillar
from plumbline.goals.progress import Range
from plumbline.people.models import Actor, Archivable, Event, Organisation, Person, Team
from plumbline.people.models.organisation import Feature
from plumbline.values.exact import ValueField
from plumbline.values.unit import UnitKind

#: The KPIs that name a person.
_NAMING = """
    SELECT id FROM goals_kpi WHERE is_private AND lead_id = %s
    UNION ALL SELECT kpi_id FROM goals_kpi_contributors WHERE person_id = %s
"""


class Health(models.TextChoices):
    """How a KPI does against its target."""

    HEALTHY = "healthy", _("Healthy")
    WATCH = "watch", _("Watch")
    ACT = "act", _("Act")
    UNKNOWN = "unknown", _("Unknown")


class Rule(models.TextChoices):
    """On which side of its target a KPI is healthy."""

    AT_LEAST = "at_least", _("Stay at or above")
    AT_MOST = "at_most", _("Stay at or below")
    INCREASE_TO = "increase_to", _("Increase to")
    DECREASE_TO = "decrease_to", _("Decrease to")
    BETWEEN = "between", _("Stay between")


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


class KpiQuerySet(models.QuerySet["Kpi"]):
    """Questions about KPIs."""

    def visible_to(self, person: Person) -> KpiQuerySet:
        """What exists for this person."""
        theirs = Q(pk__in=RawSQL(_NAMING, [person.pk] * 2))  # noqa: S611
        return self.filter(Q(binned_at=None) & (Q(is_private=False) | theirs))

    def kept(self) -> KpiQuerySet:
        """KPIs that are still read."""
        return self.filter(binned_at=None, archived_at=None)


class Kpi(Archivable, Measured):
    """A number that is always watched, in no cycle."""

    name = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    home = models.CharField(max_length=10, choices=Home.choices, default=Home.COMPANY)
    home_teams = models.ManyToManyField(Team, related_name="kpis")
    home_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="personal_kpis")
    lead = models.ForeignKey(Person, models.PROTECT, null=True, related_name="led_kpis")
    contributors = models.ManyToManyField(Person, related_name="contributed_kpis")
    frequency = models.CharField(max_length=10, choices=Frequency.choices, default=Frequency.MONTHLY)
    rule = models.CharField(max_length=12, choices=Rule.choices, default=Rule.AT_LEAST)
    tolerance = ValueField(default=Decimal(10))
    pillar = models.ForeignKey(Pillar, models.PROTECT, null=True, related_name="kpis")
    is_private = models.BooleanField(default=False)
    current = ValueField(null=True, editable=False)
    current_on = models.DateField(null=True, editable=False)

    objects = KpiQuerySet.as_manager()

    class Closed(Exception):
        """Raised when an archived KPI is asked to change."""

    class UnitIsFixed(Exception):
        """Raised when the unit would change under noted readings."""

    class InTheFuture(Exception):
        """Raised when a reading is dated after today."""

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def watch(cls, *, name: str, by: Actor, at: datetime, teams: Iterable[Team] = (), **fields: Any) -> Kpi:
        """Start watching a number."""
        Organisation.refuse_without(Feature.KPIS)
        if fields.get("is_private"):
            Organisation.refuse_without(Feature.PRIVATE_GOALS)
        teams = list(teams)
        if any(not team.is_open for team in teams):
            raise cls.Closed(str(_("An archived team gets no new KPIs.")))
        kpi = cls.objects.create(name=name, **fields)
        kpi.home_teams.set(teams)
        kpi.record("watched", by=by, at=at, after={"name": name})
        return kpi

    @transaction.atomic
    def change(self, *, by: Actor, at: datetime, expected_version: int | None = None, **fields: Any) -> None:
        """Change what it is called, who leads it, its rule and so on."""
        self.lock(expected_version)
        self._refuse_when_archived()
        if fields.get("is_private") and not self.is_private:
            Organisation.refuse_without(Feature.PRIVATE_GOALS)
        self._refuse_reinterpretation(fields)
        self.write("changed", by=by, at=at, **fields)

    @transaction.atomic
    def read(
        self, *, value: Decimal, on: date, by: Actor, at: datetime, note: str = "", source: str = "typed"
    ) -> Reading:
        """Note a reading; the newest of a day counts, and the current value follows the latest day.

        The same act sent twice notes one reading.
        """
        self.lock()
        self._refuse_when_archived()
        if (noted := self._already(by)) is not None:
            return noted
        if on > Organisation.the().today(at):
            raise self.InTheFuture(on)
        reading = self.readings.create(value=value, on=on, entered_at=at, author=by.person, note=note, source=source)
        latest = self.readings.order_by("-on", "-entered_at", "-pk").first()
        self.write(
            "read",
            by=by,
            at=at,
            also={"value": value, "on": on},
            current=latest.value if latest else None,
            current_on=latest.on if latest else None,
        )
        return reading

    @transaction.atomic
    def remember(self, memories: Iterable[Memory]) -> list[Reading]:
        """Take in many readings of the past at once: the rows and events are those of ``read``, one by one."""
        self.lock()
        self._refuse_when_archived()
        organisation, readings, events = Organisation.the(), [], []
        latest = self.readings.order_by("-on", "-entered_at", "-pk").first()
        for memory in memories:
            if memory.on > organisation.today(memory.at):
                raise self.InTheFuture(memory.on)
            reading = self._recall(memory)
            newer = latest is None or (reading.on, reading.entered_at) >= (latest.on, latest.entered_at)
            latest = reading if newer else latest
            readings.append(reading)
            events.append(self._take_in(reading, latest, by=memory.by, at=memory.at))
        Reading.objects.bulk_create(readings)
        Event.objects.bulk_create(event for event in events if event)
        self.save(update_fields=["current", "current_on", "version"])
        return readings

    @transaction.atomic
    def aim(
        self, *, first_day: date, by: Actor, at: datetime, target: Decimal, upper: Decimal | None = None
    ) -> KpiTarget:
        """Set the target from a day on; it carries forward until another one begins."""
        self.lock()
        self._refuse_when_archived()
        row, _new = self.targets.update_or_create(first_day=first_day, defaults={"target": target, "upper": upper})
        self.write("aimed", by=by, at=at, also={"first_day": first_day, "target": target, "upper": upper})
        return row

    def target_on(self, day: date) -> KpiTarget | None:
        """Return the target that holds on a day; prefetch ``targets`` for many KPIs."""
        begun = [row for row in self.targets.all() if row.first_day <= day]
        return max(begun, key=lambda row: row.first_day, default=None)

    def health(self, today: date, grace_days: int = 3) -> Health:
        """Return how it does: unknown without a fresh reading, healthy without a target."""
        if self.current is None or self.current_on is None:
            return Health.UNKNOWN
        if today > self.current_on + timedelta(days=Frequency(self.frequency).days + grace_days):
            return Health.UNKNOWN
        target = self.target_on(today)
        if target is None or self.range(target).holds(self.current):
            return Health.HEALTHY
        return Health.WATCH if self.range(target, self.tolerance).holds(self.current) else Health.ACT

    def range(self, target: KpiTarget, tolerance: Decimal = Decimal(0)) -> Range:
        """Return where the value is healthy, widened by a tolerance in percent of the target."""
        room = abs(target.target) * tolerance / 100
        match self.rule:
            case Rule.AT_LEAST | Rule.INCREASE_TO:
                return Range(low=target.target - room)
            case Rule.AT_MOST | Rule.DECREASE_TO:
                return Range(high=target.target + room)
            case _:
                return Range(target.target - room, None if target.upper is None else target.upper + room)

    def _recall(self, memory: Memory) -> Reading:
        return Reading(
            kpi=self,
            value=memory.value,
            on=memory.on,
            entered_at=memory.at,
            author=memory.by.person,
            note=memory.note,
            source=memory.source,
        )

    def _take_in(self, reading: Reading, latest: Reading | None, *, by: Actor, at: datetime) -> Event | None:
        return self.alter(
            "read",
            by=by,
            at=at,
            also={"value": reading.value, "on": reading.on},
            current=latest.value if latest else None,
            current_on=latest.on if latest else None,
        )

    def _refuse_reinterpretation(self, fields: dict[str, Any]) -> None:
        # Hours may be shown as minutes; euros never become dollars, nor percent a count.
        kind = fields.get("unit_kind", self.unit_kind)
        renamed = kind == UnitKind.MONEY and fields.get("unit_code", self.unit_code) != self.unit_code
        if (kind != self.unit_kind or renamed) and self.readings.exists():
            raise self.UnitIsFixed(self.name)

    def _already(self, by: Actor) -> Reading | None:
        same = Event.objects.about(self.noun, self.public_id).filter(verb="read", idempotency_key=by.idempotency_key)
        if not by.idempotency_key or not same.filter(actor=by.person).exists():
            return None
        return self.readings.filter(author=by.person).order_by("-pk").first()

    def _refuse_when_archived(self) -> None:
        if self.archived_at is not None or self.binned_at is not None:
            raise self.Closed(self.name)


class KpiTarget(models.Model):
    """What a KPI aims for from a day on."""

    kpi = models.ForeignKey(Kpi, models.CASCADE, related_name="targets")
    first_day = models.DateField()
    target = ValueField()
    upper = ValueField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kpi", "first_day"], name="kpi_has_one_target_a_day")]

    def __str__(self) -> str:
        return f"{self.target} from {self.first_day}"


class Reading(models.Model):
    """One value of a KPI, never changed: a newer one for the same day takes its place."""

    kpi = models.ForeignKey(Kpi, models.PROTECT, related_name="readings")
    value = ValueField()
    on = models.DateField()
    entered_at = models.DateTimeField()
    author = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)
    source = models.CharField(max_length=10, default="typed")

    class Meta:
        indexes = [models.Index(fields=["kpi", "on"], name="reading_by_day")]

    def __str__(self) -> str:
        return f"{self.value} on {self.on}"

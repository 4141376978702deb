"""What stands around a key result: its type, milestones, planned path, guardrails, and the goalposts as locked."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models.measured import Measured, unit_fields
from plumbline.goals.progress import Range
from plumbline.people.models import Person
from plumbline.values.exact import ValueField
from plumbline.values.unit import Unit

if TYPE_CHECKING:
    from plumbline.goals.models.key_result import KeyResult


class Type(models.TextChoices):
    """How the number is meant."""

    INCREASE = "increase", _("Increase to")
    DECREASE = "decrease", _("Decrease to")
    AT_LEAST = "at_least", _("Stay at or above")
    AT_MOST = "at_most", _("Stay at or below")
    BETWEEN = "between", _("Stay between")
    YES_NO = "yes_no", _("Yes or no")
    MILESTONES = "milestones", _("Milestones")


MOVING = frozenset({Type.INCREASE, Type.DECREASE})
KEEPING = frozenset({Type.AT_LEAST, Type.AT_MOST, Type.BETWEEN})


class PlannedStep(NamedTuple):
    """A milestone as somebody plans it."""

    title: str
    due_on: date
    weight: Decimal


class PlannedLimit(NamedTuple):
    """A guardrail as somebody plans it: a metric and between what it has to stay."""

    metric: str
    unit: Unit
    low: Decimal | None
    high: Decimal | None


class Milestone(models.Model):
    """A step on the way, with a weight and a planned day."""

    key_result = models.ForeignKey("goals.KeyResult", models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=160)
    weight = ValueField(default=Decimal(1))
    due_on = models.DateField()
    done_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.title

    @classmethod
    def plan(cls, key_result: KeyResult, steps: list[PlannedStep]) -> bool:
        """Make these the milestones of a key result; ticks stay. Tell whether that changed anything."""
        rows = cls.objects.filter(key_result=key_result)
        before = list(rows.order_by("pk").values_list("title", "due_on", "weight"))
        if before == [tuple(step) for step in steps]:
            return False
        rows.exclude(title__in=[step.title for step in steps]).delete()
        for title, due_on, weight in steps:
            rows.update_or_create(key_result=key_result, title=title, defaults={"due_on": due_on, "weight": weight})
        return True


class PathPoint(models.Model):
    """A value that is planned for a day, where the course is not straight."""

    key_result = models.ForeignKey("goals.KeyResult", models.CASCADE, related_name="path_points")
    on = models.DateField()
    value = ValueField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key_result", "on"], name="path_has_one_value_a_day")]

    def __str__(self) -> str:
        return f"{self.value} on {self.on}"

    @classmethod
    def plan(cls, key_result: KeyResult, points: dict[date, Decimal]) -> bool:
        """Make these the planned path of a key result. Tell whether that changed anything."""
        rows = cls.objects.filter(key_result=key_result)
        if dict(rows.values_list("on", "value")) == points:
            return False
        rows.delete()
        PathPoint.objects.bulk_create(
            [PathPoint(key_result=key_result, on=on, value=value) for on, value in points.items()]
        )
        return True


class Guardrail(Measured):
    """A metric that must not get worse meanwhile; while it is breached nothing is green."""

    key_result = models.ForeignKey("goals.KeyResult", models.CASCADE, related_name="guardrails")
    metric = models.CharField(max_length=160)
    low = ValueField(null=True)
    high = ValueField(null=True)
    current = ValueField(null=True)
    current_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.metric

    @property
    def is_breached(self) -> bool:
        """Tell whether the last reading lies outside."""
        return self.current is not None and not Range(self.low, self.high).holds(self.current)

    def follow_latest(self) -> None:
        """Let the current value be the one of the latest day, of check-ins that stand."""
        standing = self.readings.filter(check_in__withdrawal=None)
        latest = standing.order_by("-on", "-check_in__entered_at", "-pk").first()
        self.current, self.current_on = (latest.value, latest.on) if latest else (None, None)
        self.save(update_fields=["current", "current_on"])

    @classmethod
    def plan(cls, key_result: KeyResult, limits: list[PlannedLimit]) -> bool:
        """Make these the guardrails of a key result; readings stay. Tell whether that changed anything."""
        rows = cls.objects.filter(key_result=key_result)
        before = [(each.metric, each.unit, each.low, each.high) for each in rows.order_by("pk")]
        if before == [tuple(limit) for limit in limits]:
            return False
        rows.exclude(metric__in=[limit.metric for limit in limits]).delete()
        for metric, unit, low, high in limits:
            within = {"low": low, "high": high, **unit_fields(unit)}
            rows.update_or_create(key_result=key_result, metric=metric, defaults=within)
        return True


class GuardrailReading(models.Model):
    """Where a guardrail stood on a day, told with a check-in: a breach stays in the history when it is over."""

    guardrail = models.ForeignKey(Guardrail, models.CASCADE, related_name="readings")
    check_in = models.ForeignKey("goals.CheckIn", models.CASCADE, related_name="guarded")
    value = ValueField()
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guardrail", "check_in"], name="guardrail_is_read_once_a_check_in"),
        ]

    def __str__(self) -> str:
        return f"{self.value} on {self.on}"

    @property
    def is_breach(self) -> bool:
        """Tell whether it lay outside."""
        return not Range(self.guardrail.low, self.guardrail.high).holds(self.value)


class Commitment(models.Model):
    """The goalposts as they were locked: what the first of the two scores is measured against."""

    key_result = models.OneToOneField("goals.KeyResult", models.CASCADE, related_name="commitment")
    statement = models.CharField(max_length=400)
    baseline = ValueField(null=True)
    target = ValueField(null=True)
    target_upper = ValueField(null=True)
    due_on = models.DateField()
    weight = ValueField()
    lead = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.statement

    @classmethod
    def remember(cls, key_result: KeyResult, *, at: datetime) -> Commitment:
        """Keep the goalposts as they stand, once: later ones are told apart by the difference."""
        names = ("statement", "baseline", "target", "target_upper", "weight", "lead")
        posts = {name: getattr(key_result, name) for name in names}
        row, _new = cls.objects.get_or_create(
            key_result=key_result, defaults={**posts, "due_on": key_result.last_day, "at": at}
        )
        return row

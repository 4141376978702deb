"""Check-ins: where a number stood, said by whom, and how sure they are. Never changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models.memory import Memory
from plumbline.goals.models.objective import Objective
from plumbline.goals.prospects import doubts
from plumbline.goals.status import Status
from plumbline.people.models import Person
from plumbline.values.exact import ValueField
from plumbline.values.public_id import PublicIdField

if TYPE_CHECKING:
    from plumbline.goals.models.key_result import KeyResult


class Confidence(models.IntegerChoices):
    """How sure the author is of reaching the target."""

    UNLIKELY = 1, _("Unlikely")
    DOUBTFUL = 2, _("Doubtful")
    EVEN_ODDS = 3, _("Even odds")
    LIKELY = 4, _("Likely")
    SURE = 5, _("Sure")


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    """Questions about check-ins."""

    def visible_to(self, person: Person) -> CheckInQuerySet:
        """What exists for this person: the check-ins on the key results of the objectives that do."""
        there = Q(key_result__binned_at=None, key_result__objective__binned_at=None)
        return self.filter(there & Objective.seen_by(person, "key_result__objective__"))

    def standing(self) -> CheckInQuerySet:
        """Those that count: neither withdrawn nor corrected by one that was not withdrawn."""
        corrections = CheckIn.objects.filter(corrects=OuterRef("pk"), withdrawal=None)
        return self.filter(~Exists(corrections), withdrawal=None)

    def by_day(self) -> CheckInQuerySet:
        """In the order of the days they are true for, oldest first."""
        return self.order_by("on", "entered_at", "pk")


class CheckIn(models.Model):
    """One reading of a key result. Two dates: the day it is true for, and the instant it was entered."""

    class Source(models.TextChoices):
        """Where the value came from."""

        TYPED = "typed", _("typed")
        KPI = "kpi", _("a KPI")
        CONNECTOR = "connector", _("a connector")
        IMPORT = "import", _("an import")

    public_id = PublicIdField()
    key_result = models.ForeignKey("goals.KeyResult", models.PROTECT, related_name="check_ins")
    value = ValueField(null=True)
    value_before = ValueField(null=True)
    status = models.CharField(max_length=16, choices=Status.choices[:4], blank=True)
    confidence = models.PositiveSmallIntegerField(choices=Confidence.choices, null=True)
    #: The chance of arriving, 0 to 1, that the readings gave it when this one came in; None while too early.
    chance = ValueField(null=True, editable=False)
    note = models.TextField(blank=True)
    on = models.DateField()
    entered_at = models.DateTimeField()
    author = models.ForeignKey(Person, models.PROTECT, null=True, related_name="check_ins")
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.TYPED)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    idempotency_key = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=10, default="en")

    objects = CheckInQuerySet.as_manager()

    #: The page offers Undo for 8 seconds; two more are for the way there.
    UNDO: ClassVar = timedelta(seconds=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key_result", "author", "idempotency_key"],
                condition=~Q(idempotency_key=""),
                name="check_in_happens_once",
            ),
            models.CheckConstraint(
                name="check_in_confidence_has_five_steps",
                condition=Q(confidence=None) | Q(confidence__range=(1, 5)),
            ),
        ]
        indexes = [models.Index(fields=["key_result", "on"], name="check_in_by_day")]

    def __str__(self) -> str:
        return f"{self.value} on {self.on}"

    @classmethod
    def recalled(cls, key_result: KeyResult, memory: Memory) -> CheckIn:
        """Return a remembered check-in, unsaved; without a value the number stood where it was."""
        return cls(
            key_result=key_result,
            value=key_result.current if memory.value is None else memory.value,
            value_before=key_result.current,
            status=memory.status,
            confidence=memory.confidence,
            note=memory.note,
            on=memory.on,
            entered_at=memory.at,
            author=memory.by.person,
            source=memory.source,
            idempotency_key=memory.by.idempotency_key,
        )

    @property
    def change(self) -> Decimal | None:
        """Return by how much the value moved, None for a first reading."""
        return None if self.value is None or self.value_before is None else self.value - self.value_before

    @property
    def is_doubted(self) -> bool:
        """Tell whether it says green while the readings said otherwise."""
        return doubts(self.chance, self.status)

    def may_be_undone(self, at: datetime) -> bool:
        """Tell whether it is fresh enough to be taken back without a word."""
        return at - self.entered_at <= self.UNDO


class Withdrawal(models.Model):
    """That a check-in was taken back, by whom and why."""

    check_in = models.OneToOneField(CheckIn, models.CASCADE, related_name="withdrawal")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"withdrawn {self.at}"

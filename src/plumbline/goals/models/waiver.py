"""Waivers: why an output stays a key result this once."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from plumbline.goals.models.key_result import KeyResult
from plumbline.people.models import Actor, Person


class Waiver(models.Model):
    """A reason, the outcome it prepares, and why that can't be measured now; it ends with the cycle."""

    key_result = models.OneToOneField(KeyResult, models.CASCADE, related_name="waiver")
    reason = models.TextField()
    prepares = models.CharField(max_length=300, blank=True)
    prepares_key_result = models.ForeignKey(KeyResult, models.SET_NULL, null=True, related_name="prepared_by")
    why_not_measurable = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Empty(Exception):
        """Raised when no reason is given."""

    def __str__(self) -> str:
        return self.reason

    @classmethod
    @transaction.atomic
    def give(
        cls,
        key_result: KeyResult,
        *,
        reason: str,
        by: Actor,
        at: datetime,
        prepares: str = "",
        prepares_key_result: KeyResult | None = None,
        why_not_measurable: str = "",
    ) -> Waiver:
        """Keep a key result that counts work, because…; a second one takes the place of the first."""
        if not reason.strip():
            raise cls.Empty
        key_result.lock()
        key_result.refuse_when_closed()
        waiver, _new = cls.objects.update_or_create(
            key_result=key_result,
            defaults={
                "reason": reason.strip(),
                "prepares": prepares.strip(),
                "prepares_key_result": prepares_key_result,
                "why_not_measurable": why_not_measurable.strip(),
                "by": by.person,
                "at": at,
            },
        )
        key_result.write("waived", by=by, at=at, reason=reason.strip(), also={"prepares": prepares})
        return waiver

    @transaction.atomic
    def withdraw(self, *, by: Actor, at: datetime) -> None:
        """Take the reason back; what was said stays in the key result's history."""
        self.key_result.lock()
        self.key_result.refuse_when_closed()
        self.key_result.write("waiver_withdrawn", by=by, at=at, also={"reason_was": self.reason})
        self.delete()

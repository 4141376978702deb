"""Dismissals: why something that stands out in a plan is fine, said once and shown beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Q

from plumbline.goals.models.cycle import Cycle
from plumbline.goals.models.objective import Objective
from plumbline.people.models import Actor, Person


class Dismissal(models.Model):
    """Somebody's word that a finding of the plan check is fine, and why; it can be taken back.

    ``key`` names the goals that the finding is about, so that it holds as long as the finding does. It belongs to
    the first of them, in whose log its events stand, for those who see that goal.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="dismissals")
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="dismissals")
    rule = models.CharField(max_length=40)
    key = models.CharField(max_length=240)
    reason = models.CharField(max_length=400)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    #: The fewest characters that can be a reason.
    SHORTEST_REASON: ClassVar = 3

    class NeedsReason(Exception):
        """Raised when nothing is said."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "rule", "key"], condition=Q(withdrawn_at=None), name="finding_is_dismissed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.reason}"

    @classmethod
    @transaction.atomic
    def say(cls, objective: Objective, *, rule: str, key: str, reason: str, by: Actor, at: datetime) -> Dismissal:
        """Say why a finding is fine; of two who do so the first one's reason stands."""
        if len(reason.strip()) < cls.SHORTEST_REASON:
            raise cls.NeedsReason
        objective.lock()
        told: dict[str, Any] = {"reason": reason.strip(), "by": by.person, "at": at, "objective": objective}
        row, new = cls.objects.get_or_create(
            cycle=objective.cycle, rule=rule, key=key, withdrawn_at=None, defaults=told
        )
        if new:
            objective.record("finding_dismissed", by=by, at=at, reason=row.reason, after={"finding": rule})
        return row

    @transaction.atomic
    def withdraw(self, *, by: Actor, at: datetime) -> None:
        """Take it back: the finding stands among the others again."""
        self.objective.lock()
        self.refresh_from_db()
        if self.withdrawn_at is None:
            self.withdrawn_at, self.withdrawn_by = at, by.person
            self.save(update_fields=["withdrawn_at", "withdrawn_by"])
            self.objective.record("dismissal_withdrawn", by=by, at=at, after={"finding": self.rule})

"""Closures: how an objective or a key result ended, and what was learned."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models.objective import Objective, Stage
from plumbline.people.models import Actor, Person


class Verdict(models.TextChoices):
    """How it ended."""

    ACHIEVED = "achieved", _("Achieved")
    PARTLY_ACHIEVED = "partly_achieved", _("Partly achieved")
    MISSED = "missed", _("Missed")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


class Closure(models.Model):
    """The end of an objective: score 0 to 1, verdict, a rating of the execution, what was learned."""

    objective = models.ForeignKey(Objective, models.PROTECT, related_name="closures")
    score = models.DecimalField(max_digits=3, decimal_places=2, null=True)
    verdict = models.CharField(max_length=16, choices=Verdict.choices)
    rating = models.PositiveSmallIntegerField(null=True)
    learned = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["objective"], condition=Q(reopened_at=None), name="objective_closes_once"),
            models.CheckConstraint(
                name="closure_score_is_a_share", condition=Q(score=None) | Q(score__gte=0, score__lte=1)
            ),
            models.CheckConstraint(name="closure_has_five_stars", condition=Q(rating=None) | Q(rating__range=(1, 5))),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} ({self.score})"

    @classmethod
    @transaction.atomic
    def close(
        cls,
        objective: Objective,
        *,
        verdict: str,
        by: Actor,
        at: datetime,
        score: Decimal | None = None,
        rating: int | None = None,
        learned: str = "",
        reason: str = "",
    ) -> Closure:
        """End an objective with its key results; ``reason`` says why the score is not the suggested one."""
        objective.lock()
        objective.refuse_when_closed()
        closure = cls.objects.create(
            objective=objective, verdict=verdict, score=score, rating=rating, learned=learned, by=by.person, at=at
        )
        for key_result in objective.key_results.filter(stage=Stage.ACTIVE):
            key_result.lock().write("closed", by=by, at=at, stage=Stage.CLOSED)
        also = {"verdict": verdict, "score": score}
        objective.write("closed", by=by, at=at, reason=reason, stage=Stage.CLOSED, also=also)
        return closure

    @transaction.atomic
    def reopen(self, *, by: Actor, at: datetime, reason: str = "") -> None:
        """Make the objective and its key results active again."""
        objective = self.objective.lock()
        if objective.cycle.is_closed:
            raise objective.cycle.Closed(objective.cycle.name)
        self.reopened_at, self.reopened_by = at, by.person
        self.save(update_fields=["reopened_at", "reopened_by"])
        for key_result in objective.key_results.filter(stage=Stage.CLOSED):
            key_result.lock().write("reopened", by=by, at=at, stage=Stage.ACTIVE)
        objective.write("reopened", by=by, at=at, reason=reason, stage=Stage.ACTIVE)

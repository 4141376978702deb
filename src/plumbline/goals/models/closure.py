"""Closures: how an objective or a key result ended, and what was learned."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models.objective import Objective, Stage
from plumbline.goals.scores import suggested_score
from plumbline.people.models import Actor, Organisation, Person


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
    suggested = models.DecimalField(max_digits=3, decimal_places=2, null=True)
    reason = models.CharField(max_length=400, blank=True)
    rating = models.PositiveSmallIntegerField(null=True)
    learned = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class NeedsReason(Exception):
        """Raised when a score differs from the suggested one and nobody said why; holds the suggested one."""

        def __init__(self, suggested: Decimal) -> None:
            super().__init__(str(suggested))
            self.suggested = suggested

    class NotOpen(Exception):
        """Raised when a closure that was reopened meanwhile is asked to change."""

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
        """End an objective with its key results; without a score it gets the one that its progress suggests.

        Raises ``NeedsReason`` when the score is another one and ``reason`` does not say why.
        """
        objective.lock()
        objective.refuse_when_closed()
        organisation = Organisation.the()
        suggested = suggested_score(
            objective, reader=by.person, organisation=organisation, today=organisation.today(at)
        )
        score = suggested if score is None else score
        if suggested is not None and score != suggested and not reason.strip():
            raise cls.NeedsReason(suggested)
        closure = cls.objects.create(
            objective=objective,
            verdict=verdict,
            score=score,
            suggested=suggested,
            reason=reason.strip(),
            rating=rating,
            learned=learned,
            by=by.person,
            at=at,
        )
        for key_result in objective.key_results.filter(stage=Stage.ACTIVE):
            key_result.lock().write("closed", by=by, at=at, stage=Stage.CLOSED)
        also = {"verdict": verdict, "score": score}
        objective.write("closed", by=by, at=at, reason=reason, stage=Stage.CLOSED, also=also)
        return closure

    @transaction.atomic
    def annotate(self, *, learned: str, rating: int | None, by: Actor, at: datetime) -> None:
        """Put the note right: what was learned, and how well the work was done. Score and verdict stay."""
        objective = self.objective.lock()
        objective.refuse_in_closed_cycle()
        self.refresh_from_db()
        if self.reopened_at is not None:
            raise self.NotOpen
        before = {"learned": self.learned, "rating": self.rating}
        if before == {"learned": learned, "rating": rating}:
            return
        self.learned, self.rating = learned, rating
        self.save(update_fields=["learned", "rating"])
        objective.write("closing_note_changed", by=by, at=at, also={"rating": rating, "rating_was": before["rating"]})

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
        for key_result in objective.key_results.filter(stage=Stage.ACTIVE, source="kpi"):
            key_result.follow(by=by, at=at)

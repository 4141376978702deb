"""Decisions: what becomes of a key result when its cycle ends. Nothing goes on unless somebody decides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models.initiative import Initiative
from plumbline.goals.models.key_result import KeyResult
from plumbline.people.models import Actor, Person
from plumbline.values.exact import ValueField


class Decision(models.Model):
    """Keep, change or drop: said by somebody, on one key result, with what goes along."""

    class Choice(models.TextChoices):
        """What becomes of it."""

        KEEP = "keep", _("Keep")
        CHANGE = "change", _("Change")
        DROP = "drop", _("Drop")

    key_result = models.OneToOneField(KeyResult, models.CASCADE, related_name="decision")
    choice = models.CharField(max_length=8, choices=Choice.choices)
    baseline = ValueField(null=True)
    initiatives = models.ManyToManyField(Initiative, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.choice

    @property
    def goes_on(self) -> bool:
        """Tell whether the key result lives on in the next cycle."""
        return self.choice != self.Choice.DROP

    @classmethod
    @transaction.atomic
    def decide(
        cls,
        key_result: KeyResult,
        *,
        choice: str,
        by: Actor,
        at: datetime,
        baseline: Decimal | None = None,
        initiatives: Iterable[Initiative] = (),
    ) -> Decision:
        """Say what becomes of a key result; a second decision takes the place of the first.

        Without a ``baseline`` the copy begins at the last actual value.
        """
        key_result.lock()
        key_result.refuse_in_closed_cycle()
        chosen = [each for each in initiatives if each.key_result_id == key_result.pk]
        told = {"choice": choice, "baseline": baseline}
        decision, _new = cls.objects.update_or_create(
            key_result=key_result, defaults={**told, "by": by.person, "at": at}
        )
        decision.initiatives.set(chosen)
        key_result.write("decided", by=by, at=at, also={**told, "initiatives": chosen})
        return decision

"""Handouts: one goal given to many as a goal of their own, and who got one, who did not, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models.cycle import Cycle
from plumbline.goals.models.objective import Objective
from plumbline.people.models import Actor, Event, Person, Team
from plumbline.values.public_id import PublicIdField


class Outcome(models.TextChoices):
    """What came of it for one recipient."""

    MADE = "made", _("Gets a goal")
    HAS_ONE = "has_one", _("Has one already")
    VIEWER = "viewer", _("Is a viewer, who leads no goals")
    GONE = "gone", _("Has left")
    NO_LEAD = "no_lead", _("The team has no lead")


class Given(NamedTuple):
    """One recipient, what comes of it, and the goal once it is made."""

    outcome: Outcome
    person: Person | None = None
    team: Team | None = None
    objective: Objective | None = None

    @property
    def name(self) -> str:
        """What the recipient is called."""
        return str(self.person or self.team or "")


class Handout(models.Model):
    """One act: a goal was given to many, in one cycle."""

    public_id = PublicIdField()
    template = models.ForeignKey(Objective, models.PROTECT, related_name="handouts")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.template_id} in {self.cycle_id}"

    @classmethod
    @transaction.atomic
    def note(cls, template: Objective, cycle: Cycle, given: Iterable[Given], *, by: Actor, at: datetime) -> Handout:
        """Keep who got one and who did not; the log says how many, and names nobody."""
        rows = list(given)
        handout = cls.objects.create(template=template, cycle=cycle, by=by.person, at=at)
        HandoutRow.objects.bulk_create(
            HandoutRow(handout=handout, outcome=row.outcome, person=row.person, team=row.team, objective=row.objective)
            for row in rows
        )
        made = sum(row.objective is not None for row in rows)
        told = {"handout": handout, "cycle": cycle, "made": made, "skipped": len(rows) - made}
        template.record("handed_out", by=by, at=at, after=told)
        return handout

    @transaction.atomic
    def take_back(self, *, by: Actor, at: datetime) -> int:
        """Put the goals that it made into the bin, but for those that somebody works on; return how many went."""
        self.template.lock()
        self.refresh_from_db()
        if self.taken_back_at is not None:
            return 0
        gone = self._untouched()
        for objective in gone:
            objective.bin(by=by, at=at)
        self.taken_back_at, self.taken_back_by = at, by.person
        self.save(update_fields=["taken_back_at", "taken_back_by"])
        self.template.record("handout_taken_back", by=by, at=at, after={"handout": self, "binned": len(gone)})
        return len(gone)

    def _untouched(self) -> list[Objective]:
        """Return the goals that are still as they were handed out: nothing happened under them since."""
        made = Objective.objects.filter(handed_out__handout=self, binned_at=None).order_by("pk")
        lived = Event.objects.filter(under__in=made.values("public_id"), at__gt=self.at).values_list("under", flat=True)
        worked_on = set(lived)
        return [objective for objective in made if objective.public_id not in worked_on]


class HandoutRow(models.Model):
    """One recipient of a handout."""

    handout = models.ForeignKey(Handout, models.CASCADE, related_name="rows")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    objective = models.OneToOneField(Objective, models.PROTECT, null=True, related_name="handed_out")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="handout_goes_to_one",
                condition=Q(person__isnull=False, team=None) | Q(person=None, team__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id or self.team_id}: {self.outcome}"

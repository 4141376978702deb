"""Initiatives: what we do. Each is a bet that it moves a number."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models.key_result import KeyResult
from plumbline.goals.models.objective import Objective
from plumbline.people.models import Actor, Noun, Person
from plumbline.values.exact import ValueField


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    """Questions about initiatives."""

    def visible_to(self, person: Person) -> InitiativeQuerySet:
        """What exists for this person: the initiatives of the objectives that do."""
        return self.filter(Q(binned_at=None, objective__binned_at=None) & Objective.seen_by(person, "objective__"))


class Initiative(Noun):
    """An output: work on a key result, or on an objective that has none for it yet."""

    class State(models.TextChoices):
        """Where the bet stands. Screens say Next, Now, Learned, Dropped."""

        IDEA = "idea", _("Next")
        DOING = "doing", _("Now")
        DONE = "done", _("Learned")
        DROPPED = "dropped", _("Dropped")

    title = models.CharField(max_length=240)
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="initiatives")
    key_result = models.ForeignKey(KeyResult, models.PROTECT, null=True, related_name="initiatives")
    state = models.CharField(max_length=8, choices=State.choices, default=State.IDEA)
    due_on = models.DateField(null=True)
    lead = models.ForeignKey(Person, models.PROTECT, null=True, related_name="led_initiatives")
    note = models.TextField(blank=True)
    link = models.URLField(max_length=500, blank=True)
    weight = ValueField(default=Decimal(0))
    came_from = models.CharField(max_length=400, blank=True)
    language = models.CharField(max_length=10, default="en")

    objects = InitiativeQuerySet.as_manager()

    class OtherObjective(Exception):
        """Raised when the key result belongs to another objective."""

    def __str__(self) -> str:
        return self.title

    @property
    def under(self) -> str:
        """The public id of its objective, in whose feed its events stand."""
        return self.objective.public_id

    @classmethod
    @transaction.atomic
    def take_on(
        cls,
        *,
        title: str,
        objective: Objective,
        by: Actor,
        at: datetime,
        key_result: KeyResult | None = None,
        **fields: Any,
    ) -> Initiative:
        """Plan work under an objective, best on one of its key results."""
        if key_result is not None and key_result.objective_id != objective.pk:
            raise cls.OtherObjective
        objective.refuse_when_closed()
        initiative = cls.objects.create(title=title, objective=objective, key_result=key_result, **fields)
        initiative.record("taken_on", by=by, at=at, after={"title": title, "key_result": key_result})
        return initiative

    @classmethod
    @transaction.atomic
    def from_key_result(
        cls, key_result: KeyResult, *, title: str, by: Actor, at: datetime, under: KeyResult | None = None
    ) -> Initiative:
        """Turn a key result that counts work into an initiative; the key result goes to the bin."""
        initiative = cls.take_on(
            title=title,
            objective=key_result.objective,
            key_result=under,
            lead=key_result.lead,
            due_on=key_result.due_on,
            came_from=key_result.statement,
            by=by,
            at=at,
        )
        key_result.bin(by=by, at=at)
        return initiative

    @transaction.atomic
    def change(self, *, by: Actor, at: datetime, expected_version: int | None = None, **fields: Any) -> None:
        """Change title, lead, due date, state, link or what it is a bet on."""
        self.lock(expected_version)
        moved = "state" in fields and fields["state"] != self.state
        self.write("moved" if moved else "changed", by=by, at=at, **fields)

    @transaction.atomic
    def place_bet(
        self,
        *,
        key_result: KeyResult,
        expected_change: Decimal | None,
        by: Actor,
        at: datetime,
        due_on: date | None = None,
    ) -> Bet:
        """Say which number it should move, by how much and by when."""
        self.lock()
        bet, _new = Bet.objects.update_or_create(
            initiative=self,
            defaults={"key_result": key_result, "expected_change": expected_change, "by_day": due_on},
        )
        self.write("bet_placed", by=by, at=at, also={"key_result": key_result, "expected_change": expected_change})
        return bet

    @transaction.atomic
    def settle_bet(
        self, *, verdict: str, by: Actor, at: datetime, actual_change: Decimal | None = None, learned: str = ""
    ) -> None:
        """Say what really happened to the number."""
        self.lock()
        bet = self.bet
        bet.verdict, bet.actual_change, bet.learned, bet.settled_at = verdict, actual_change, learned, at
        bet.save(update_fields=["verdict", "actual_change", "learned", "settled_at"])
        self.write("bet_settled", by=by, at=at, also={"verdict": verdict, "actual_change": actual_change})

    @transaction.atomic
    def remove_input(self, row: Input, *, by: Actor, at: datetime) -> None:
        """Take an input off again; the event keeps what it was."""
        self.lock()
        told = {"kind": row.kind, "amount": row.amount, "unit": row.unit}
        row.delete()
        self.write("input_removed", by=by, at=at, also=told)

    @transaction.atomic
    def add_input(
        self, *, kind: str, by: Actor, at: datetime, amount: Decimal | None = None, unit: str = "", note: str = ""
    ) -> Input:
        """Note what is put in: time, money or people."""
        self.lock()
        row = self.inputs.create(kind=kind, amount=amount, unit=unit, note=note)
        self.write("input_added", by=by, at=at, also={"kind": kind, "amount": amount, "unit": unit})
        return row


class Input(models.Model):
    """What an initiative costs: an amount of time, money or people."""

    class Kind(models.TextChoices):
        """What is put in."""

        TIME = "time", _("Time")
        MONEY = "money", _("Money")
        PEOPLE = "people", _("People")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="inputs")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    amount = ValueField(null=True)
    unit = models.CharField(max_length=24, blank=True)
    note = models.CharField(max_length=240, blank=True)

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}".strip()


class Bet(models.Model):
    """Which key result an initiative should move, by how much, by when; and what happened."""

    class Verdict(models.TextChoices):
        """What the lead says afterwards."""

        MOVED = "moved", _("Moved it")
        PARTLY = "partly", _("Moved it partly")
        NOT = "not", _("Did not move it")
        TOO_EARLY = "too_early", _("Too early to tell")

    initiative = models.OneToOneField(Initiative, models.CASCADE, related_name="bet")
    key_result = models.ForeignKey(KeyResult, models.PROTECT, related_name="bets")
    expected_change = ValueField(null=True)
    by_day = models.DateField(null=True)
    actual_change = ValueField(null=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    learned = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.initiative_id} on {self.key_result_id}"

    @property
    def expected_words(self) -> str:
        """The change that is expected, with its sign and unit; a dash where nobody said."""
        return self._shown(self.expected_change)

    @property
    def actual_words(self) -> str:
        """What really happened, with its sign and unit; a dash before it is known."""
        return self._shown(self.actual_change)

    def _shown(self, change: Decimal | None) -> str:
        return "–" if change is None else self.key_result.unit.show_change(Decimal(0), change)

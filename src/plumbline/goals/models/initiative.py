"""Initiatives: what we do. Each is a bet that it moves a number."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plumbline.goals import kinds
from plumbline.goals.models.bet import Bet, Input, Work
from plumbline.goals.models.key_result import KeyResult
from plumbline.goals.models.objective import Objective
from plumbline.people.models import Actor, Noun, Organisation, Person
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

    #: Nothing is done any more: from that day on its number shows what came of it.
    OVER: ClassVar = frozenset({State.DONE, State.DROPPED})

    title = models.CharField(max_length=240)
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="initiatives")
    key_result = models.ForeignKey(KeyResult, models.PROTECT, null=True, related_name="initiatives")
    state = models.CharField(max_length=8, choices=State.choices, default=State.IDEA)
    #: The kind of work: as it was chosen, or as the title tells; empty where it doesn't.
    work = models.CharField(max_length=12, choices=Work.choices, blank=True)
    due_on = models.DateField(null=True)
    #: The day on which it was done or dropped.
    ended_on = models.DateField(null=True, editable=False)
    lead = models.ForeignKey(Person, models.PROTECT, null=True, related_name="led_initiatives")
    note = models.TextField(blank=True)
    link = models.URLField(max_length=500, blank=True)
    weight = ValueField(default=Decimal(0))
    came_from = models.CharField(max_length=400, blank=True)
    language = models.CharField(max_length=10, default="en")

    objects = InitiativeQuerySet.as_manager()

    #: Who said "too early" is asked again after so many days.
    PATIENCE: ClassVar = timedelta(days=28)

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
        work = fields.pop("work", "") or kinds.of_work(title)
        initiative = cls.objects.create(title=title, objective=objective, key_result=key_result, work=work, **fields)
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
        if moved:
            fields["ended_on"] = Organisation.the().today(at) if fields["state"] in self.OVER else None
        if "title" in fields and not fields.get("work", self.work):
            fields["work"] = kinds.of_work(fields["title"])
        self.write("moved" if moved else "changed", by=by, at=at, **fields)
        if moved and (bet := getattr(self, "bet", None)):
            bet.asked_at = None
            bet.save(update_fields=["asked_at"])

    @transaction.atomic
    def place_bet(
        self,
        *,
        key_result: KeyResult,
        expected_change: Decimal | None,
        by: Actor,
        at: datetime,
        due_on: date | None = None,
        moves: str = "",
        expected_version: int | None = None,
    ) -> Bet:
        """Say which number it should move, by how much and by when."""
        self.lock(expected_version)
        said = {
            "key_result": key_result,
            "expected_change": expected_change,
            "by_day": due_on,
            "moves": moves or kinds.of_number(key_result),
            "asked_at": None,
        }
        bet, _new = Bet.objects.update_or_create(initiative=self, defaults=said)
        also = {name: value for name, value in said.items() if name != "asked_at"}
        self.write("bet_placed", by=by, at=at, also=also)
        return bet

    @transaction.atomic
    def ask_for_verdict(self, *, by: Actor, at: datetime) -> bool:
        """Ask the lead what came of the bet, once its day has come; False where there is nothing to ask."""
        self.lock()
        bet = getattr(self, "bet", None)
        if bet is None or self.state != self.State.DONE or self.binned_at is not None:
            return False
        if not bet.is_to_be_asked(Organisation.the().today(at)):
            return False
        bet.asked_at = at
        bet.save(update_fields=["asked_at"])
        # The version stays: to be asked is no change that anybody could write over.
        self.record("verdict_asked", by=by, at=at, after={"key_result": bet.key_result, "by_day": bet.by_day})
        return True

    @transaction.atomic
    def settle_bet(
        self,
        *,
        verdict: str,
        by: Actor,
        at: datetime,
        actual_change: Decimal | None = None,
        learned: str = "",
        expected_version: int | None = None,
    ) -> None:
        """Say what really happened to the number; said again, the earlier verdict stays in the log."""
        self.lock(expected_version)
        bet, early = self.bet, verdict == Bet.Verdict.TOO_EARLY
        told = {"verdict": verdict, "actual_change": actual_change, "learned": learned}
        before = {"verdict_before": bet.verdict} if bet.verdict else {}
        for name, value in told.items():
            setattr(bet, name, value)
        bet.settled_at, bet.asked_at = at, None
        bet.ask_again_on = Organisation.the().today(at) + self.PATIENCE if early else None
        bet.save(update_fields=[*told, "settled_at", "asked_at", "ask_again_on"])
        self.write("bet_settled", by=by, at=at, also=told | before)

    @transaction.atomic
    def remove_input(self, row: Input, *, by: Actor, at: datetime) -> None:
        """Take an input off again; the event keeps what it was."""
        self.lock()
        told = {"kind": row.kind, "amount": row.amount, "unit": row.unit}
        row.delete()
        self.write("input_removed", by=by, at=at, also=told)

    @transaction.atomic
    def change_input(
        self,
        row: Input,
        *,
        kind: str,
        by: Actor,
        at: datetime,
        amount: Decimal | None = None,
        unit: str = "",
        note: str = "",
        expected_version: int | None = None,
    ) -> None:
        """Correct what is put in; the event keeps what it was."""
        self.lock(expected_version)
        now = {"kind": kind, "amount": amount, "unit": unit, "note": note}
        changed = {name: value for name, value in now.items() if getattr(row, name) != value}
        told = {"input_before": {name: getattr(row, name) for name in changed}, **changed}
        for name, value in changed.items():
            setattr(row, name, value)
        if changed:
            row.save(update_fields=list(changed))
            self.write("input_changed", by=by, at=at, also=told)

    @transaction.atomic
    def add_input(
        self, *, kind: str, by: Actor, at: datetime, amount: Decimal | None = None, unit: str = "", note: str = ""
    ) -> Input:
        """Note what is put in: time, money or people."""
        self.lock()
        row = self.inputs.create(kind=kind, amount=amount, unit=unit, note=note)
        self.write("input_added", by=by, at=at, also={"kind": kind, "amount": amount, "unit": unit})
        return row

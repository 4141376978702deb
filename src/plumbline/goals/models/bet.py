"""Bets: which number some work should move, by how much, by when, and what happened; and what is put in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plumbline.goals.models.key_result import KeyResult
from plumbline.values.exact import ValueField
from plumbline.values.unit import Unit, UnitKind


class Work(models.TextChoices):
    """Kinds of work, as the judge knows them from the words of a title."""

    TEACHING = "teaching", pgettext_lazy("kind of work", "Training and teaching")
    DOCUMENT = "document", pgettext_lazy("kind of work", "Texts and guides")
    TALK = "talk", pgettext_lazy("kind of work", "Campaigns and messages")
    WEBSITE = "website", pgettext_lazy("kind of work", "Website and shop")
    EVENT = "event", pgettext_lazy("kind of work", "Events")
    MEETING = "meeting", pgettext_lazy("kind of work", "Meetings and conversations")
    RESEARCH = "research", pgettext_lazy("kind of work", "Research and experiments")
    TOOL = "tool", pgettext_lazy("kind of work", "Features and tools")
    INSIDE = "inside", pgettext_lazy("kind of work", "Technical work inside")
    DATA = "data", pgettext_lazy("kind of work", "Data and reports")
    CHECK = "check", pgettext_lazy("kind of work", "Checks and audits")
    RULE = "rule", pgettext_lazy("kind of work", "Rules and contracts")
    PROCESS = "process", pgettext_lazy("kind of work", "Processes and automation")
    SERVICE = "service", pgettext_lazy("kind of work", "Services and programmes")
    PLACE = "place", pgettext_lazy("kind of work", "Places and buildings")
    EQUIPMENT = "equipment", pgettext_lazy("kind of work", "Equipment")
    HIRING = "hiring", pgettext_lazy("kind of work", "Hiring")
    SELLING = "selling", pgettext_lazy("kind of work", "Selling")
    PLAN = "plan", pgettext_lazy("kind of work", "Plans and structure")


class Moves(models.TextChoices):
    """Kinds of numbers, by what changes when they move."""

    BEHAVIOUR = "behaviour", pgettext_lazy("kind of number", "What people do")
    FEELING = "feeling", pgettext_lazy("kind of number", "How people find it")
    PERFORMANCE = "performance", pgettext_lazy("kind of number", "How well and fast it works")
    MONEY = "money", pgettext_lazy("kind of number", "Money")
    SALES = "sales", pgettext_lazy("kind of number", "Customers won")
    ATTENTION = "attention", pgettext_lazy("kind of number", "Attention")
    OF_PEOPLE = "of_people", pgettext_lazy("kind of number", "How people here fare")


class Input(models.Model):
    """What an initiative costs: an amount of time, money or people."""

    class Kind(models.TextChoices):
        """What is put in."""

        TIME = "time", _("Time")
        MONEY = "money", _("Money")
        PEOPLE = "people", _("People")

    initiative = models.ForeignKey("goals.Initiative", models.CASCADE, related_name="inputs")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    amount = ValueField(null=True)
    unit = models.CharField(max_length=24, blank=True)
    note = models.CharField(max_length=240, blank=True)

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """The amount as people write it: "€6,400", "120 hours"; the unit stays as it was typed."""
        unit = Unit.named(self.unit)
        if self.amount is not None and unit.kind == UnitKind.MONEY and not unit.scale:
            return unit.show(self.amount)
        return f"{Unit().show(self.amount)} {self.unit}".strip()


class Bet(models.Model):
    """Which key result an initiative should move, by how much, by when; and what happened."""

    class Verdict(models.TextChoices):
        """What the lead says afterwards."""

        MOVED = "moved", _("Moved it")
        PARTLY = "partly", _("Moved it partly")
        NOT = "not", _("Did not move it")
        TOO_EARLY = "too_early", _("Too early to tell")

    initiative = models.OneToOneField("goals.Initiative", models.CASCADE, related_name="bet")
    key_result = models.ForeignKey(KeyResult, models.PROTECT, related_name="bets")
    expected_change = ValueField(null=True)
    by_day = models.DateField(null=True)
    #: The kind of number: as it was chosen, or as its words tell; empty where they don't.
    moves = models.CharField(max_length=12, choices=Moves.choices, blank=True)
    actual_change = ValueField(null=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    learned = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    #: Since when the lead is asked what came of it; nothing once they answered.
    asked_at = models.DateTimeField(null=True)
    #: The day on which "too early" is asked again.
    ask_again_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["initiative"], condition=Q(asked_at__isnull=False), name="bet_asked")]

    def __str__(self) -> str:
        return f"{self.initiative_id} on {self.key_result_id}"

    @property
    def is_settled(self) -> bool:
        """Tell whether somebody said what came of it; "too early" says nothing yet."""
        return self.verdict not in {"", self.Verdict.TOO_EARLY}

    @property
    def expected_words(self) -> str:
        """The change that is expected, with its sign and unit; a dash where nobody said."""
        return self.shown(self.expected_change)

    @property
    def actual_words(self) -> str:
        """What really happened, with its sign and unit; a dash before it is known."""
        return self.shown(self.actual_change)

    def shown(self, change: Decimal | None) -> str:
        """Return a change in the unit of its number, with its sign."""
        return "–" if change is None else self.key_result.unit.show_change(Decimal(0), change)

    def is_to_be_asked(self, today: date) -> bool:
        """Tell whether its day has come: the work is done, and the day by which the number should move is over."""
        if self.asked_at is not None or self.is_settled:
            return False
        if self.verdict == self.Verdict.TOO_EARLY:
            return self.ask_again_on is not None and self.ask_again_on <= today
        return self.by_day is None or self.by_day < today

"""What is answered when something was done to a whole goal, and what is told of its past."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ninja import Schema


class TagOut(Schema):
    """A tag."""

    id: str
    name: str
    hue: int


class BinOut(Schema):
    """Whether it lies in the bin now."""

    id: str
    binned: bool
    version: int


class SwitchOut(Schema):
    """What it is now: a ``key_result``, an ``initiative`` or an ``objective``, and its id."""

    kind: str
    id: str


class ClosureOut(Schema):
    """How an objective ended: the score, and the one that its progress suggested."""

    objective: str
    verdict: str
    score: Decimal | None
    suggested: Decimal | None
    reason: str
    rating: int | None
    learned: str
    at: datetime


class GoalpostOut(Schema):
    """One goalpost that moved; people are told by their ids."""

    field: str
    before: str | None
    after: str | None


class AmendmentOut(Schema):
    """What one person moved at once after the goalposts were locked, and why."""

    objective: str
    key_result: str | None
    moves: list[GoalpostOut]
    by: str | None
    at: datetime
    reason: str


class GuardrailReadingOut(Schema):
    """One reading of a guardrail, with the check-in it came with."""

    check_in: str
    value: Decimal
    on: date
    breach: bool


class GuardrailOut(Schema):
    """A metric that must not get worse meanwhile, with its readings, the newest first."""

    metric: str
    unit: str
    low: Decimal | None
    high: Decimal | None
    current: Decimal | None
    breached: bool
    readings: list[GuardrailReadingOut]

"""The shapes of the JSON door: what goes out, and what comes in."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import BeforeValidator, Field, StringConstraints

from plumbline.api.door import Body, PublicId


def _iso(value: Any) -> Any:
    # Pydantic would take 0 for the first of January 1970.
    if not isinstance(value, str | date):
        msg = "a day in ISO form, such as 2026-05-22"
        raise ValueError(msg)
    return value


Day = Annotated[date, BeforeValidator(_iso)]
Value = Annotated[Decimal, Field(max_digits=30, decimal_places=10, allow_inf_nan=False)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
Text = Annotated[str, StringConstraints(max_length=10_000)]


class PersonOut(Schema):
    """Somebody in the organisation."""

    id: str
    name: str
    role: str


class KeyResultOut(Schema):
    """A key result with what follows from its numbers; progress and expected are points, null is undefined."""

    id: str
    objective: str
    statement: str
    metric: str
    type: str
    unit: str
    baseline: Decimal | None
    current: Decimal | None
    target: Decimal | None
    progress: float | None
    expected: float | None
    status: str
    said: str | None
    data: str
    level: str
    waived: bool
    archived: bool
    stage: str
    lead: str | None
    due_on: date
    rhythm: str
    automatic_status: bool
    version: int


class ObjectiveOut(Schema):
    """An objective with its roll-up."""

    id: str
    title: str
    cycle: str
    home: str
    lead: str | None
    stage: str
    progress: float | None
    expected: float
    status: str
    private: bool
    archived: bool
    version: int
    key_results: list[KeyResultOut]


class ObjectivePage(Schema):
    """Some objectives, and where the next ones begin."""

    items: list[ObjectiveOut]
    next: str | None


class KeyResultIn(Body):
    """A new key result, as a draft. Only the statement is needed."""

    statement: Words
    metric: Annotated[str, StringConstraints(max_length=160)] = ""
    type: Literal["increase", "decrease", "at_least", "at_most", "between", "yes_no"] = "increase"
    unit_kind: Literal["count", "percent", "money", "duration", "ratio", "word"] = "count"
    unit_code: Annotated[str, StringConstraints(max_length=24)] = ""
    baseline: Value | None = None
    target: Value | None = None
    target_upper: Value | None = None
    due_on: Day | None = None
    rhythm: Literal["weekly", "biweekly", "monthly", "quarterly", "termly"] = "weekly"
    automatic_status: bool = False


class CheckInIn(Body):
    """A check-in. Without a day it is about today; values are in the unit that is stored (durations in seconds)."""

    value: Value | None = None
    status: Literal["", "on_track", "needs_attention", "off_track", "achieved"] = ""
    confidence: Annotated[int, Field(ge=1, le=5)] | None = None
    note: Text = ""
    on: Day | None = None
    guarded: dict[Words, Value] = Field(default_factory=dict, description="Readings of its guardrails, by metric.")


class LikelyEnd(Schema):
    """Where a number is likely to end: in eight of ten cases between low and high, in the unit that is stored.

    ``chance`` is the probability of being at the target on the last day, 0 to 1; ``per_week`` is how it moves now.
    """

    chance: Decimal
    low: Decimal
    middle: Decimal
    high: Decimal
    per_week: Decimal


class ForecastOut(Schema):
    """The forecast of a key result; null before three readings, after its last day, and without numbers."""

    id: str
    readings: int
    forecast: LikelyEnd | None


class PartOut(Schema):
    """One part of a roll-up, in points: its progress, what is counted of it, and its share of the weights.

    Without a share it is left out.
    """

    name: str
    progress: float | None
    counts: float | None
    share: float | None


class ExplanationOut(Schema):
    """One number explained: what it is, the rule with the values put in, and the values as they are stored.

    ``more`` says that goals count which the token's person does not see.
    """

    of: str
    name: str
    words: str
    values: dict[str, str | int | None]
    parts: list[PartOut]
    more: bool


class CheckInOut(Schema):
    """A check-in as it was kept."""

    id: str
    key_result: str
    value: Decimal | None
    value_before: Decimal | None
    status: str
    confidence: int | None
    note: str
    on: date
    entered_at: datetime
    author: str | None
    source: str
    chance: Decimal | None
    corrects: str | None
    withdrawn: bool


class KpiOut(Schema):
    """A KPI with its health today."""

    id: str
    name: str
    unit: str
    current: Decimal | None
    current_on: date | None
    health: str
    lead: str | None
    driver: str
    parent: str | None
    missing: list[str]


class ReadingIn(Body):
    """A reading of a KPI."""

    value: Value
    on: Day
    note: Text = ""


class ReadingOut(Schema):
    """A reading as it was kept."""

    kpi: str
    value: Decimal
    on: date


class CommentIn(Body):
    """Something to say about an objective."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=10_000)]


class CommentOut(Schema):
    """A comment as it was kept."""

    id: str
    objective: str
    author: str
    text: str
    said_at: datetime


Language = Literal["en", "de"]


class JudgementIn(Body):
    """A sentence to judge, in its role, with what stands around it. ``language`` is that of the answer."""

    text: Text
    role: Literal["key_result", "objective", "initiative", "kpi"] = "key_result"
    objective: PublicId | None = None
    objective_title: Annotated[str, StringConstraints(max_length=400)] = ""
    siblings: Annotated[list[Words], Field(max_length=50)] = []
    language: Language | None = None
    explain: bool = False


class SetIn(Body):
    """An objective's words with its key results, to be judged together."""

    objective_title: Annotated[str, StringConstraints(max_length=400)] = ""
    key_results: Annotated[list[Words], Field(min_length=1, max_length=50)]
    language: Language | None = None


class SaidEvidence(Schema):
    """Words that decided: where they stand, for which level they speak, and what they say."""

    start: int
    end: int
    words: str
    level: str
    says: str
    says_key: str
    weight: float


class SaidFinding(Schema):
    """A remark of one rule; without a span it is about the whole. ``place`` is where the sentence fits better."""

    rule: str
    severity: str
    span: list[int] | None
    parameters: dict[str, str]
    place: str
    message: str


class SaidNeed(Schema):
    """One thing that a result needs: there, weak or missing."""

    name: str
    label: str
    state: str
    text: str


class SaidVerdict(Schema):
    """The answer in one sentence, and the reason in another."""

    title: str
    reason: str


class SuggestionOut(Schema):
    """A sentence that would measure a change; numbers are blanks."""

    text: str
    metric: str
    unit: str
    baseline: str
    source: str


class Judged(Schema):
    """How a sentence reads; the probabilities add up to 1."""

    text: str
    role: str
    level: str
    probabilities: dict[str, float]
    verdict: SaidVerdict
    evidence: list[SaidEvidence]
    measure: dict[str, Any]
    findings: list[SaidFinding]
    needs: list[SaidNeed]
    question: str
    suggestions: list[SuggestionOut]
    initiative_title: str
    noun: str
    reason: str
    move: dict[str, str] | None
    explanation: dict[str, Any] | None = None
    version: str
    settings: dict[str, Any]


class JudgedSet(Schema):
    """How an objective reads together with its key results."""

    objective: str
    judgements: list[Judged]
    findings: list[SaidFinding]
    counts: dict[str, int]
    version: str
    settings: dict[str, Any]

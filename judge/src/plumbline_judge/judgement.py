"""What the judge answers with: frozen values that travel to pages, files and terminals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, NamedTuple

Level = Literal["input", "output", "outcome", "unclear"]
Severity = Literal["hint", "ask"]
Role = Literal["key_result", "objective", "initiative", "kpi"]
LEVELS: tuple[Level, ...] = ("input", "output", "outcome", "unclear")
ROLES: tuple[Role, ...] = ("key_result", "objective", "initiative", "kpi")
SEVERITIES: tuple[Severity, ...] = ("hint", "ask")


class Span(NamedTuple):
    """Where something stands in the text: ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that decided.

    ``level`` is what they speak for, ``says_key`` names what they say (``says`` renders it), ``weight`` is their
    share in the log-odds of that level against the others.
    """

    start: int
    end: int
    level: Level
    says_key: str
    weight: float

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return {
            "start": self.start,
            "end": self.end,
            "level": self.level,
            "says_key": self.says_key,
            "weight": round(self.weight, 3),
        }


@dataclass(frozen=True, slots=True)
class Measure:
    """What a goal tool can fill in by itself.

    ``baseline`` and ``target`` are exact decimals or None. ``change`` is relative ("+30%", "-5", "x2").
    ``direction`` is ``increase``, ``decrease``, ``at_least``, ``at_most``, ``reach`` or ``none``. ``spans`` holds
    where each value stands, by the field's name; a field without words in the text has no span.
    """

    metric: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    change: str | None = None
    unit: str = ""
    direction: str = "none"
    deadline: str = ""
    spans: Mapping[str, Span] = field(default_factory=dict)

    def spans_text(self, text: str, name: str) -> str:
        """Return the words of one part as they stand in the text, or nothing."""
        return text[slice(*self.spans[name])] if name in self.spans else ""

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data; numbers are whole where they can be."""
        return {
            "metric": self.metric,
            "baseline": plain(self.baseline),
            "target": plain(self.target),
            "change": self.change,
            "unit": self.unit,
            "direction": self.direction,
            "deadline": self.deadline,
            "spans": {name: list(span) for name, span in self.spans.items()},
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark of one rule; ``render`` turns it into words.

    ``severity`` is ``ask`` (worth a question before the goal is active) or ``hint``. ``span`` is None where the
    remark is about the whole text or the whole set. ``place`` is the role in which the sentence would fit better, or
    nothing.
    """

    rule: str
    severity: Severity
    span: Span | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    place: Role | Literal[""] = ""

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "span": list(self.span) if self.span else None,
            "parameters": dict(self.parameters),
            "place": self.place,
        }


@dataclass(frozen=True, slots=True)
class Move:
    """Where a sentence belongs, and the text to carry there: enough for one button."""

    place: Role
    text: str

    def to_dict(self) -> dict[str, str]:
        """Return plain JSON data."""
        return {"place": self.place, "text": self.text}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sentence that would measure a change; every number in it is a blank or a reading of the organisation."""

    text: str
    metric: str
    unit: str = ""
    baseline: str = ""
    source: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return {
            "text": self.text,
            "metric": self.metric,
            "unit": self.unit,
            "baseline": self.baseline,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Judgement:
    """How one sentence reads.

    ``probabilities`` has the four levels and sums to 1. ``evidence`` is in text order and never overlaps.
    ``reason`` says why a text is ``unclear`` (``empty``, ``language``, ``nothing_named``), else it is empty.
    ``question`` is empty where nothing is to be asked, ``suggestions`` are for work only. ``move`` names the place
    where the sentence fits better than in its role, None where it is at home. ``settings`` names what the answer
    depends on besides text and context.
    """

    text: str
    role: str
    level: Level
    probabilities: Mapping[str, float]
    evidence: tuple[Evidence, ...]
    measure: Measure
    findings: tuple[Finding, ...]
    question: str
    suggestions: tuple[Suggestion, ...]
    initiative_title: str
    noun: str
    reason: str
    version: str
    settings: Mapping[str, Any]
    move: Move | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data, with the keys of this class."""
        return {
            "text": self.text,
            "role": self.role,
            "level": self.level,
            "probabilities": dict(self.probabilities),
            "evidence": [piece.to_dict() for piece in self.evidence],
            "measure": self.measure.to_dict(),
            "findings": [finding.to_dict() for finding in self.findings],
            "question": self.question,
            "suggestions": [suggestion.to_dict() for suggestion in self.suggestions],
            "initiative_title": self.initiative_title,
            "noun": self.noun,
            "reason": self.reason,
            "version": self.version,
            "settings": dict(self.settings),
            "move": self.move.to_dict() if self.move else None,
        }


@dataclass(frozen=True, slots=True)
class SetJudgement:
    """How an objective reads together with its key results: one judgement each, and remarks on the set."""

    objective: str
    judgements: tuple[Judgement, ...]
    findings: tuple[Finding, ...]
    version: str
    settings: Mapping[str, Any]

    def counts(self) -> dict[Level, int]:
        """Return how many key results read as each level."""
        return {level: sum(one.level == level for one in self.judgements) for level in LEVELS}

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return {
            "objective": self.objective,
            "judgements": [judgement.to_dict() for judgement in self.judgements],
            "findings": [finding.to_dict() for finding in self.findings],
            "counts": self.counts(),
            "version": self.version,
            "settings": dict(self.settings),
        }


def plain(value: Decimal | None) -> int | float | None:
    """Return a JSON number: whole where the value is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)

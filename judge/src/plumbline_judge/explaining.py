"""Explain a judgement in full: every contribution, until they add up to the score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plumbline_judge.context import STANDARD, Config
from plumbline_judge.judgement import LEVELS, Level, Span
from plumbline_judge.judging import VERSION, settings_told
from plumbline_judge.model import Contribution, account
from plumbline_judge.says import says_key
from plumbline_judge.speech import say
from plumbline_judge.statement import Statement, read
from plumbline_judge.weights import Row

JUDGED: tuple[Level, ...] = LEVELS[:3]


@dataclass(frozen=True, slots=True)
class Part:
    """What one feature adds to the score of each level.

    ``span`` is where its words stand, None where the whole sentence says it. ``level`` is the one it speaks for most,
    ``lead`` how far it puts that level ahead of the mean of the others.
    """

    feature: str
    span: Span | None
    level: Level
    says_key: str
    adds: Mapping[Level, float]
    lead: float

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return {
            "feature": self.feature,
            "span": list(self.span) if self.span else None,
            "level": self.level,
            "says_key": self.says_key,
            "adds": dict(self.adds),
            "lead": self.lead,
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a sentence came to its level: for each level, ``start`` and what all parts add are its score.

    The probabilities are the scores' shares (softmax), less ``doubt``, which is left for ``unclear``.
    """

    text: str
    level: Level
    start: Mapping[Level, float]
    parts: tuple[Part, ...]
    scores: Mapping[Level, float]
    doubt: float
    probabilities: Mapping[str, float]
    reason: str
    version: str
    settings: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data, with the keys of this class."""
        return {
            "text": self.text,
            "level": self.level,
            "start": dict(self.start),
            "parts": [part.to_dict() for part in self.parts],
            "scores": dict(self.scores),
            "doubt": self.doubt,
            "probabilities": dict(self.probabilities),
            "reason": self.reason,
            "version": self.version,
            "settings": dict(self.settings),
        }


def explain(text: str, *, config: Config = STANDARD) -> Explanation:
    """Return every contribution to the level of a sentence, the loudest first; ``judge`` gives the same level."""
    statement = read(text, config.text_language)
    told = account(statement)
    return Explanation(
        text=text,
        level=told.reading.level,
        start=_by_level(told.start),
        parts=tuple(sorted((_part(statement, one) for one in told.contributions), key=_loudest_first)),
        scores=_by_level(told.scores),
        doubt=told.doubt,
        probabilities=told.reading.probabilities,
        reason=told.reading.reason,
        version=VERSION,
        settings=settings_told(config),
    )


def part_says(part: Part, language: str = "en") -> str:
    """Return what a part says, as the end of a sentence that begins with its words."""
    return say(f"says.{part.says_key}", language)


def _part(statement: Statement, one: Contribution) -> Part:
    best = one.row.index(max(one.row))
    lead = one.row[best] - (sum(one.row) - one.row[best]) / 2
    span = statement.span(*one.place) if one.place[1] else None
    return Part(one.feature, span, JUDGED[best], says_key(one.feature, JUDGED[best]), _by_level(one.row), lead)


def _loudest_first(part: Part) -> tuple[float, str]:
    return -part.lead, part.feature


def _by_level(row: Row) -> dict[Level, float]:
    return dict(zip(JUDGED, row, strict=True))

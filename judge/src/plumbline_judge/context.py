"""What the judge may know besides the sentence, and how it is set up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from plumbline_judge.judgement import Severity


@dataclass(frozen=True, slots=True)
class KnownMetric:
    """A metric the organisation keeps, with its last reading as people would write it (``"5.1"``).

    ``direction`` is where it gets better: ``increase``, ``decrease``, ``between`` where it has two sides, empty where
    nobody said.
    """

    name: str
    unit: str = ""
    last_value: str = ""
    source: str = ""
    on: date | None = None
    direction: Literal["increase", "decrease", "between", ""] = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a sentence. Everything is optional.

    ``current`` is the metric's value today as text, ``unit`` the unit that was chosen beside the sentence,
    ``siblings`` are the other key results of the same objective, ``metrics`` the organisation's own metrics,
    ``language`` the reader's (``en`` or ``de``). The judge has no clock: without ``today`` nothing is said about dates
    in the past, and without both days of the cycle nothing about how long it is.
    """

    objective: str = ""
    current: str = ""
    cycle_first_day: date | None = None
    cycle_last_day: date | None = None
    siblings: tuple[str, ...] = ()
    metrics: tuple[KnownMetric, ...] = ()
    language: str = "en"
    today: date | None = None
    unit: str = ""

    @property
    def cycle_days(self) -> int | None:
        """How many days the cycle has, where both its ends are known."""
        if self.cycle_first_day is None or self.cycle_last_day is None:
            return None
        return (self.cycle_last_day - self.cycle_first_day).days + 1


@dataclass(frozen=True, slots=True)
class Config:
    """How the judge is set up; ``settings_file.config_of`` reads one from a file.

    ``disabled`` names rules that stay silent, ``severity`` pairs a rule's name with how loudly it speaks. ``language``
    is the one it answers in (empty: the reader's), ``text_language`` the one the texts are in (empty: found out).
    ``question`` and ``suggestions`` say whether it asks its question and offers what the work may be for.
    """

    disabled: frozenset[str] = frozenset()
    text_language: str = ""
    severity: tuple[tuple[str, Severity], ...] = ()
    language: str = ""
    question: bool = True
    suggestions: bool = True


NO_CONTEXT = Context()
STANDARD = Config()

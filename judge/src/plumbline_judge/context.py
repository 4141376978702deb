"""What the judge may know besides the sentence, and how it is set up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class KnownMetric:
    """A metric the organisation keeps, with its last reading as people would write it (``"5.1"``)."""

    name: str
    unit: str = ""
    last_value: str = ""
    source: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a sentence. Everything is optional.

    ``current`` is the metric's value today as text, ``siblings`` are the other key results of the same objective,
    ``metrics`` the organisation's own metrics, ``language`` the reader's (``en`` or ``de``). The judge has no clock:
    without ``today`` nothing is said about dates in the past.
    """

    objective: str = ""
    current: str = ""
    cycle_first_day: date | None = None
    cycle_last_day: date | None = None
    siblings: tuple[str, ...] = ()
    metrics: tuple[KnownMetric, ...] = ()
    language: str = "en"
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """How the judge is set up: rules switched off by name, and the language of the texts (empty: found out)."""

    disabled: frozenset[str] = frozenset()
    text_language: str = ""


NO_CONTEXT = Context()
STANDARD = Config()

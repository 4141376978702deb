"""The number that the title of an objective names, where it names one: few do, and only those are read closely."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from plumbline.goals import judgements
from plumbline.goals.plan_check.wording import telling

_HAS_NUMBER: Final = re.compile(r"\d")
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b|\bQ[1-4]\b")


@dataclass(frozen=True, slots=True)
class Named:
    """A metric that a title names, and how far it is to go."""

    metric: str
    words: frozenset[str]
    number: Decimal
    #: Whether parts of it can be added up: a share of something can't.
    adds_up: bool


@lru_cache(maxsize=4096)
def named_in(title: str) -> Named | None:
    """Return the metric and the number of a title; None where it names none, or a year only."""
    if not _HAS_NUMBER.search(_YEAR.sub("", title)):
        return None
    measure = judgements.measure_in(title, role="objective")
    words = telling(measure.metric)
    if measure.target is None or not words:
        return None
    return Named(measure.metric, words, measure.target, measure.unit != "%" and measure.direction != "decrease")

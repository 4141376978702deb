"""Which languages are read."""

from __future__ import annotations

from functools import cache

from plumbline_judge import deadlines
from plumbline_judge.lexicon import entries, lexicon
from plumbline_judge.tongues import german, romance
from plumbline_judge.tongues.tongue import Tongue
from plumbline_judge.words import words


@cache
def english() -> Tongue:
    """Return English, the language whose order and small words the grammar is written in."""
    known = lexicon("en")
    return Tongue(
        "en",
        lambda text: words(text, known),
        deadlines.deadline,
        frozenset(entries("en", "months")),
        known.units,
        lambda low: float(low in known.entries or low in known.units),
        lambda low: low.endswith("s") and not low.endswith("ss"),
    )


@cache
def tongues() -> dict[str, Tongue]:
    """Return the languages that are read, by code."""
    return {"de": german.tongue(), **{code: romance.tongue(code) for code in romance.CODES}}


def spoken(code: str) -> Tongue:
    """Return the language of a statement; what is not read has the words that English sees."""
    return english() if code == "en" else tongues().get(code, english())

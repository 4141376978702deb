"""Name what a feature says, so that it can be put into words."""

from __future__ import annotations

from functools import cache

from plumbline_judge.judgement import Level
from plumbline_judge.vocabulary import KINDS

_BY_LEVEL = {"input": "effort", "output": "made", "outcome": "change", "unclear": "change"}
_BY_USE = {"input": "near_effort", "output": "near_work", "outcome": "near_change", "unclear": "near_change"}
_BY_WORD = (
    ("counts", {"output": "counts_made", "outcome": "counts_effect", "input": "counts_effort"}),
    ("people_will", {"output": "work", "outcome": "they_decide", "input": "effort"}),
    ("staff_will", {"output": "work", "outcome": "they_decide", "input": "effort"}),
    ("money", {"output": "made", "outcome": "money", "input": "effort"}),
    ("sales", {"output": "made", "outcome": "they_decide", "input": "effort"}),
    ("performance", {"output": "made", "outcome": "performs", "input": "effort"}),
    ("feeling", {"output": "made", "outcome": "feel", "input": "effort"}),
    ("behaviour", {"output": "made", "outcome": "behave", "input": "effort"}),
    ("attention", {"output": "made", "outcome": "attention", "input": "effort"}),
    ("outside", {"output": "made", "outcome": "they_decide", "input": "effort"}),
    ("figure:from", {"output": "made", "outcome": "how_far", "input": "effort"}),
    ("figure:by", {"output": "made", "outcome": "how_far", "input": "effort"}),
    ("figure", {"output": "number", "outcome": "number", "input": "number"}),
    ("done", {"output": "done", "outcome": "change", "input": "effort"}),
    ("verb", {"output": "doing", "outcome": "change", "input": "effort"}),
    ("act", {"output": "doing", "outcome": "change", "input": "effort"}),
    ("also", {"output": "doing", "outcome": "change", "input": "effort"}),
)


_NUMERIC = ("count", "percent", "duration", "times", "unit", "rank", "0", "100")
_HOW_FAR = ("figure:from", "figure:by")


def telling_rank(name: str) -> int:
    """Return how much a feature tells in words, the most first.

    What is counted comes before how far, that before a plain number, and a word of our own sentences comes last.
    """
    if name.partition("@")[0] in KINDS:
        return 4
    if not (name.startswith("figure") or name.rsplit(":", 1)[-1] in _NUMERIC):
        return 0
    if name in _HOW_FAR:
        return 1
    return 2 if name.startswith("figure") else 3


@cache
def says_key(feature: str, level: Level) -> str:
    """Return the key of what the feature says for a level; the words are in ``phrases``."""
    if feature.partition("@")[0] in KINDS:
        return _BY_USE[level]
    for part, keys in _BY_WORD:
        if part in feature:
            return keys.get(level, "change")
    return _BY_LEVEL[level]

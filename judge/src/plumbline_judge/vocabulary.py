"""Words as they stand: each word with its stem, its neighbour, and the first, second and last word that say something.

What the grammar does not know is told by words that our own sentences have. They are weighed like any other feature.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from plumbline_judge.lexicon import singular
from plumbline_judge.statement import Statement

KINDS = ("word", "stem", "pair", "first", "second", "last")
_SIGNS = "%$€"
_AWAY = frozenset(("means", "purpose", "aside"))
_LEAST_STEM = 3
_WHOLE_WORD = 4
_ENDINGS = (
    ("ization", ""), ("isation", ""), ("ations", ""), ("ation", ""), ("ising", ""), ("izing", ""), ("ise", ""),
    ("ize", ""), ("ised", ""), ("ized", ""), ("ments", ""), ("ment", ""), ("ities", ""), ("ity", ""), ("ions", ""),
    ("ion", ""), ("ings", ""), ("ing", ""), ("ied", "y"), ("ies", "y"), ("ed", ""), ("ers", ""), ("er", ""),
    ("ors", ""), ("or", ""), ("es", ""), ("s", ""), ("ly", ""), ("e", ""),
)  # fmt: skip


class Said(NamedTuple):
    """One word feature: its kind, its text and the words (first, end) that carry it."""

    kind: str
    text: str
    first: int
    end: int


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return what is left of an English word without its ending, so that its forms fall together."""
    if len(word) <= _WHOLE_WORD or " " in word:
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            return _single(word[: len(word) - len(ending)] + instead)
    return word


def _single(left: str) -> str:
    doubled = left[-1] == left[-2] and left[-1] not in "lse"
    return left[:-1] if doubled else left


def vocabulary(statement: Statement) -> list[Said]:
    """Return the word features of a statement in the order of the text."""
    found: list[Said] = []
    zones, before, telling = statement.zones, "", []
    for at, word in enumerate(statement.words):
        if word.kind == "p" and word.low not in _SIGNS:
            continue
        text = "#" if word.kind == "n" else singular(word.low)
        root, away = stem(text), zones[at] in _AWAY
        tail = f"@{zones[at]}" if away else ""
        found.append(Said(f"word{tail}", text, at, at + 1))
        found.append(Said(f"stem{tail}", root, at, at + 1))
        if before and not away:
            found.append(Said("pair", f"{before} {text}", at - 1, at + 1))
        before = "" if away else text
        if word.kind == "w" and "stopwords" not in word.tags.marks:
            telling.append((root, at))
    return found + _places(telling)


def _places(telling: list[tuple[str, int]]) -> list[Said]:
    """Return which words stand first, second and last among those that say something."""
    places = [Said(kind, root, at, at + 1) for kind, (root, at) in zip(("first", "second"), telling, strict=False)]
    return places + [Said("last", root, at, at + 1) for root, at in telling[-1:]]

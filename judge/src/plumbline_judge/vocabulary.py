"""Words as they stand: each word with its stem, its neighbour, and the first, second and last word that say something.

What the grammar does not know is told by words that our own sentences have. They are weighed like any other feature.
"""

from __future__ import annotations

from functools import lru_cache

from plumbline_judge.lexicon import singular
from plumbline_judge.roles import KINDS as PARTS_PLAYED
from plumbline_judge.roles import parts_played
from plumbline_judge.statement import Statement
from plumbline_judge.stems import stem

KINDS = ("word", "stem", "pair", "first", "second", "last", *PARTS_PLAYED, "spelling")
_SIGNS = "%$€"
_NO_CLAIM = frozenset(("means", "purpose"))
_NUMBER = ("#", "#")
Said = tuple[str, str, int]


@lru_cache(maxsize=8192)
def _forms(low: str) -> tuple[str, str]:
    whole = singular(low)
    return whole, stem(whole)


def vocabulary(statement: Statement) -> list[Said]:
    """Return the word features of a statement: their kind, their text and the position of the word that carries them.

    A pair is carried by its second word. Means and purposes claim nothing, so their words are not heard.
    """
    found: list[Said] = []
    telling: list[tuple[str, int]] = []
    before = ""
    zones = statement.zones
    for at, word in enumerate(statement.words):
        zone, kind = zones[at], word.kind
        if zone in _NO_CLAIM or (kind == "p" and word.low not in _SIGNS):
            continue
        text, root = _NUMBER if kind == "n" else _forms(word.low)
        if zone == "aside":
            found += (("word@aside", text, at), ("stem@aside", root, at))
            before = ""
            continue
        found += (("word", text, at), ("stem", root, at), ("pair", f"{before} {text}", at))
        before = text
        if kind == "w" and "stopwords" not in word.tags.marks:
            telling.append((root, at))
    return found + _places(telling) + parts_played(statement)


def _places(telling: list[tuple[str, int]]) -> list[Said]:
    """Return which words stand first, second and last among those that say something."""
    places = [(kind, root, at) for kind, (root, at) in zip(("first", "second"), telling, strict=False)]
    return places + [("last", root, at) for root, at in telling[-1:]]

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
SIGNS = "%$€"
_NO_CLAIM = frozenset(("means", "purpose"))
_NUMBER = ("#", "#")

Said = tuple[str, str, int]


@lru_cache(maxsize=1024)
def forms(low: str) -> tuple[str, str]:
    whole = singular(low)
    return whole, stem(whole)


def vocabulary(statement: Statement) -> list[Said]:
    """Return the word features of a statement: their kind, their text and the position of the word that carries them.

    A pair is carried by its second word. Means and purposes claim nothing, so their words are not heard.
    """
    heard, telling = heard_words(statement)
    found: list[Said] = []
    for at, text, root, before in heard:
        if before is None:
            found += (("word@aside", text, at), ("stem@aside", root, at))
        else:
            found += (("word", text, at), ("stem", root, at), ("pair", f"{before} {text}", at))
    return found + in_places(telling) + parts_played(statement)


def heard_words(statement: Statement) -> tuple[list[tuple[int, str, str, str | None]], list[tuple[int, str]]]:
    """Return the words that are heard and those that say something, each with its position.

    A heard word comes with its singular, its stem and the word before it; None for a word in brackets.
    """
    heard: list[tuple[int, str, str, str | None]] = []
    telling: list[tuple[int, str]] = []
    before, zones = "", statement.zones
    for at, word in enumerate(statement.words):
        zone, kind = zones[at], word.kind
        if zone in _NO_CLAIM or (kind == "p" and word.low not in SIGNS):
            continue
        text, root = _NUMBER if kind == "n" else forms(word.low)
        if zone == "aside":
            heard.append((at, text, root, None))
            before = ""
            continue
        heard.append((at, text, root, before))
        before = text
        if kind == "w" and "stopwords" not in word.tags.marks:
            telling.append((at, root))
    return heard, telling


def in_places(telling: list[tuple[int, str]]) -> list[Said]:
    """Return which words stand first, second and last among those that say something."""
    found = [(kind, root, at) for kind, (at, root) in zip(("first", "second"), telling, strict=False)]
    return found + [("last", root, at) for at, root in telling[-1:]]

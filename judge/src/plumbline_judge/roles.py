"""Words by the part they play: what is worked on, who or what acts, what a number counts, what a share is of.

A word says more where its part is known: "calls" that we make are work, calls that are counted may be other people's.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from plumbline_judge.found import opening
from plumbline_judge.lexicon import singular
from plumbline_judge.measure import usable
from plumbline_judge.metric import counted
from plumbline_judge.statement import Phrase, Statement, phrase, through_of
from plumbline_judge.stems import stem

PARTS = ("object", "subject", "counted", "share")
KINDS = (*(kind for part in PARTS for kind in (part, f"{part} of", f"{part} beside")), "verb object")
_NO_CLAIM = ("means", "purpose")
_MOST_LINKS = 3

Said = tuple[str, str, int]


def parts_played(statement: Statement) -> list[Said]:
    """Return the words that play a part: the part, the stem of the word and its position."""
    at = opening(statement)
    found = list(_opening_parts(statement, at)) if at < len(statement.words) else []
    for figure in usable(statement):
        if statement.zones[figure.first] not in _NO_CLAIM:
            found += _phrase_parts(
                statement, "share" if figure.kind == "percent" else "counted", counted(statement, figure)
            )
    return found


def _opening_parts(statement: Statement, at: int) -> Iterator[Said]:
    """Yield the object of the verb that opens the sentence, or its subject where no verb does."""
    verb = statement.words[at]
    if not verb.verb("bgd"):
        yield from _phrase_parts(statement, "subject", phrase(statement, at))
        return
    done = stem(verb.low)
    for kind, text, place in _phrase_parts(statement, "object", phrase(statement, at + 1)):
        yield kind, text, place
        if kind != "object beside":
            yield "verb object", f"{done} {text}", place


def _phrase_parts(statement: Statement, part: str, named: Phrase | None) -> Iterator[Said]:
    """Yield the last word of a phrase, the words beside it, and what it is of: "number", "weekly", "calls"."""
    if named is None:
        return
    words = statement.words
    for at in range(named.first, named.head):
        if words[at].kind == "w":
            yield f"{part} beside", _beside(words[at].low), at
    for link, place in enumerate(through_of(statement, named)[:_MOST_LINKS]):
        head = words[place.head]
        if head.kind == "w":
            yield f"{part} of" if link else part, _last(head.low), place.head


@lru_cache(maxsize=2048)
def _last(low: str) -> str:
    return stem(singular(low).rsplit(" ", 1)[-1])


@lru_cache(maxsize=2048)
def _beside(low: str) -> str:
    return stem(singular(low))

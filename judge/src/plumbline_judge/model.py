"""Weigh the features: a small readable model whose contributions are the evidence."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from plumbline_judge.evidence import evidence
from plumbline_judge.features import features
from plumbline_judge.heard import NOWHERE, Heard, Places, hear
from plumbline_judge.judgement import LEVELS, Evidence, Level
from plumbline_judge.lexicon import word_set
from plumbline_judge.statement import Statement
from plumbline_judge.vocabulary import vocabulary
from plumbline_judge.weights import Row, Weights, weights, weights_from
from plumbline_judge.words import Word

__all__ = ["Account", "Contribution", "Reading", "Weights", "account", "weigh", "weights", "weights_from"]

READ = frozenset(("en", "de", "fr", "es", "pt"))
_LEAST_KNOWN = 0.6
_LEAST_SURE = 0.5
_DOUBT_IF_UNCLEAR = 0.94
# Of a text that it cannot read it knows what it knows of any goal: two in three are outputs.
_ANY_GOAL = (-3.0, 0.0, -0.7)
_DOUBTS = {"": 0.01, "language": 0.6}
_EMPTY = word_set("things thing stuff it everything tbd todo tba etc phase topics topic other misc items")
_ONLY_VERBS = frozenset(("improving", "increasing", "making"))


class Reading(NamedTuple):
    """The level of a statement with everything that led to it."""

    level: Level
    probabilities: dict[str, float]
    evidence: tuple[Evidence, ...]
    reason: str


def weigh(statement: Statement, given: Weights | None = None) -> Reading:
    """Return the level of a statement, by the shipped weights or by those given."""
    table = given or weights(statement.language)
    heard = _heard(statement, table)
    put_in, made, changed = table.start
    for one in heard.values():
        put_in += one.put_in
        made += one.made
        changed += one.changed
    scores = (put_in, made, changed)
    reason = why_unclear(statement)
    if not reason and statement.trust < 1:
        scores = _trusted(scores, statement.trust)
        reason = "language" if max(_probabilities(scores, _DOUBTS[""]).values()) < _LEAST_SURE else ""
    if reason == "language":
        scores = _ANY_GOAL
    probabilities = _probabilities(scores, _DOUBTS.get(reason, _DOUBT_IF_UNCLEAR))
    level = max(LEVELS, key=probabilities.__getitem__)
    heard.pop(NOWHERE, None)
    return Reading(level, probabilities, () if reason else evidence(statement, heard, level), reason)


def _heard(statement: Statement, table: Weights) -> Places:
    """Return what is said of each place: by features of the grammar, then by words and their pieces."""
    heard: Places = {}
    known = table.features
    for name, place in features(statement).places.items():
        said = known.get(name)
        if said is None:
            continue
        one = heard.get(place)
        if one is None:
            one = heard[place] = Heard()
        one.add(said.row, said.is_effort)
        one.said += (said,)
    if table.words or table.spelling:
        hear(statement, table, heard)
    return heard


def why_unclear(statement: Statement) -> str:
    """Return why nothing can be told (``empty``, ``language``, ``nothing_named``), or an empty string."""
    spoken = [word for word in statement.words if word.kind == "w"]
    if not spoken:
        return "empty"
    if statement.language not in READ and not (len(spoken) == 1 and spoken[0].low.isascii()):
        return "language"
    if statement.trust < 1 and sum(any(word.tags) for word in spoken) < len(spoken) * _LEAST_KNOWN:
        return "language"
    return "nothing_named" if _says_nothing(statement) else ""


def _says_nothing(statement: Statement) -> bool:
    """Whether a line is a heading or a wish without an object: "Marketing", "Phase 2", "Improve things"."""
    if any([figure.kind != "name" for figure in statement.figures]):  # noqa: C419 - a generator costs more here
        return False
    told, vague = 0, True
    for word in statement.words:
        if word.kind != "w" or "stopwords" in word.tags.marks or word.low in _EMPTY:
            continue
        told += 1
        vague = vague and ("vague_words" in word.tags.marks or _only_verb(word))
        if told > 1 and not vague:
            return False
    return True


def _only_verb(word: Word) -> bool:
    """Whether a word moves something without naming it."""
    return not word.tags.nouns and not _ONLY_VERBS.isdisjoint(word.verb("b"))


def _probabilities(scores: Row, doubt: float) -> dict[str, float]:
    highest = max(scores)
    put_in, made, changed = [math.exp(score - highest) for score in scores]
    total = put_in + made + changed
    told = 1 - doubt
    sure = [round(put_in / total * told, 6), round(made / total * told, 6), round(changed / total * told, 6)]
    return {"input": sure[0], "output": sure[1], "outcome": sure[2], "unclear": round(1 - sum(sure), 6)}


class Contribution(NamedTuple):
    """What one feature adds to the score of each judged level, with the words (first, end) it stands on."""

    feature: str
    place: tuple[int, int]
    row: Row


class Account(NamedTuple):
    """How a reading came about: ``start`` and the rows of ``contributions`` add up to ``scores``, nothing else does.

    The probabilities are the softmax of the scores, less ``doubt``, which is left for ``unclear``.
    """

    start: Row
    contributions: tuple[Contribution, ...]
    scores: Row
    doubt: float
    reading: Reading


def account(statement: Statement, given: Weights | None = None) -> Account:
    """Return every contribution to the level of a statement, also those too quiet to be evidence."""
    table = given or weights(statement.language)
    reading = weigh(statement, table)
    doubt = _DOUBTS.get(reading.reason, _DOUBT_IF_UNCLEAR)
    if reading.reason == "language":
        return Account(_ANY_GOAL, (), _ANY_GOAL, doubt, reading)
    trust = 1.0 if reading.reason else statement.trust
    start = _trusted(table.start, trust)
    said = tuple(one._replace(row=_trusted(one.row, trust)) for one in _contributions(statement, table))
    rows = (start, *(one.row for one in said))
    scores = (sum(row[0] for row in rows), sum(row[1] for row in rows), sum(row[2] for row in rows))
    return Account(start, said, scores, doubt, reading)


def _contributions(statement: Statement, table: Weights) -> Iterator[Contribution]:
    """Yield what has a weight: features of the grammar, then each word and each piece once."""
    known = table.features
    for name, place in features(statement).places.items():
        if name in known:
            yield Contribution(name, place, known[name].row)
    once: dict[tuple[str, str], int] = {}
    for kind, text, at in vocabulary(statement) if table.words else ():
        once.setdefault((kind, text), at)
    for (kind, text), at in once.items():
        row = table.of(kind).get(text)
        if row is not None:
            yield Contribution(kind, (at, at + 1), row)
    yield from _pieces(statement, table)


def _pieces(statement: Statement, table: Weights) -> Iterator[Contribution]:
    """Yield what the pieces of each word say that no word before it had."""
    heard = 0
    for at, word in enumerate(statement.words):
        if word.kind != "w":
            continue
        met = table.met.get(word.low) or table.meet(word.low)
        row = table.left(met, heard)
        heard |= met.mask
        if row is not None:
            yield Contribution("spelling", (at, at + 1), row)


def _trusted(row: Row, trust: float) -> Row:
    """Return what a row adds in a language whose lexicon carries only so far."""
    return row if trust == 1 else (row[0] * trust, row[1] * trust, row[2] * trust)

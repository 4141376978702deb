"""Weigh the features: a small readable model whose contributions are the evidence."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from plumbline_judge.evidence import Heard, Place, evidence
from plumbline_judge.features import features
from plumbline_judge.judgement import LEVELS, Evidence, Level
from plumbline_judge.lexicon import word_set
from plumbline_judge.roles import parts_played
from plumbline_judge.statement import Statement
from plumbline_judge.vocabulary import heard_words, in_places
from plumbline_judge.weights import Row, Said, Weights, together, weights, weights_from
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
_NOWHERE = (0, 0)
_NO_CLAIM = frozenset(("means", "purpose"))
_SMALL = frozenset(("stopwords", "ends_markers", "means_markers", "purpose_markers"))

PlaceOf = Callable[[Statement, int], Place]


class Reading(NamedTuple):
    """The level of a statement with everything that led to it."""

    level: Level
    probabilities: dict[str, float]
    evidence: tuple[Evidence, ...]
    reason: str


def weigh(statement: Statement, given: Weights | None = None) -> Reading:
    """Return the level of a statement, by the shipped weights or by those given."""
    table = given or weights(statement.language)
    put_in, made, changed = table.start
    heard: Heard = {}
    for one, place in _said(statement, table, _shown_at):
        put_in += one.input
        made += one.output
        changed += one.outcome
        if place in heard:
            heard[place].append(one)
        elif place[1]:
            heard[place] = [one]
    scores = (put_in, made, changed)
    reason = why_unclear(statement)
    if not reason and statement.trust < 1:
        scores = _trusted(scores, statement.trust)
        reason = "language" if max(_probabilities(scores, _DOUBTS[""]).values()) < _LEAST_SURE else ""
    if reason == "language":
        scores = _ANY_GOAL
    probabilities = _probabilities(scores, _DOUBTS.get(reason, _DOUBT_IF_UNCLEAR))
    level = max(LEVELS, key=probabilities.__getitem__)
    return Reading(level, probabilities, () if reason else evidence(statement, heard, level), reason)


def _said(statement: Statement, table: Weights, place_of: PlaceOf) -> list[tuple[Said, Place]]:
    """Return what has a weight, with its place: features of the grammar, then each word and each piece once."""
    known = table.features
    said = [(known[name], place) for name, place in features(statement).places.items() if name in known]
    if table.words:
        said += _words_said(statement, table, place_of)
    if table.spelling:
        said += _spelling_said(statement, table, place_of)
    return said


def _words_said(statement: Statement, table: Weights, place_of: PlaceOf) -> list[tuple[Said, Place]]:
    """Return what the words say, each once, with its place."""
    words, stems, pairs = table.of("word"), table.of("stem"), table.of("pair")
    heard, telling = heard_words(statement)
    said: dict[Said, Place] = {}
    for at, text, root, before in heard:
        if before is None:
            here: tuple[Said | None, ...] = (table.of("word@aside").get(text), table.of("stem@aside").get(root))
        else:
            here = (words.get(text), stems.get(root), pairs.get(f"{before} {text}"))
        place = place_of(statement, at)
        for one in here:
            if one is not None and one not in said:
                said[one] = place
    for kind, root, at in (*in_places(telling), *parts_played(statement)):
        found = table.of(kind).get(root)
        if found is not None and found not in said:
            said[found] = place_of(statement, at)
    return list(said.items())


def _spelling_said(statement: Statement, table: Weights, place_of: PlaceOf) -> list[tuple[Said, Place]]:
    """Return what the pieces of words say: each piece once, with the first word that has it."""
    said: list[tuple[Said, Place]] = []
    once: set[str] = set()
    for at, word in enumerate(statement.words):
        spelt = table.spelling.of(word.low) if word.kind == "w" else None
        if spelt is None:
            continue
        if once.isdisjoint(spelt.pieces):
            said.append((spelt.said, place_of(statement, at)))
        else:
            new = [row for piece, row in spelt.pieces.items() if piece not in once]
            said += [(together(new), place_of(statement, at))] if new else []
        once.update(spelt.pieces)
    return said


def _shown_at(statement: Statement, at: int) -> Place:
    """Return the place of a word that tells a reader something.

    Small words, dates and what is no claim ("to increase traffic") are weighed, but they are no evidence.
    """
    word, until = statement.words[at], statement.deadline
    if statement.zones[at] in _NO_CLAIM or not _SMALL.isdisjoint(word.tags.marks):
        return _NOWHERE
    return _NOWHERE if until is not None and until.start <= word.start < until.end else (at, at + 1)


def _stands_at(_: Statement, at: int) -> Place:
    return at, at + 1


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
    said = tuple(
        Contribution(one.name, place, _trusted(one.row, trust)) for one, place in _said(statement, table, _stands_at)
    )
    rows = (start, *(one.row for one in said))
    scores = (sum(row[0] for row in rows), sum(row[1] for row in rows), sum(row[2] for row in rows))
    return Account(start, said, scores, doubt, reading)


def _trusted(row: Row, trust: float) -> Row:
    """Return what a row adds in a language whose lexicon carries only so far."""
    return row if trust == 1 else (row[0] * trust, row[1] * trust, row[2] * trust)

"""Weigh the features: a small readable model whose contributions are the evidence."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from plumbline_judge.features import features
from plumbline_judge.judgement import LEVELS, Evidence, Level, Span
from plumbline_judge.lexicon import word_set
from plumbline_judge.says import says_key, telling_names
from plumbline_judge.statement import Statement
from plumbline_judge.vocabulary import KINDS, vocabulary
from plumbline_judge.words import Word

READ = frozenset(("en", "de", "fr", "es", "pt"))
_LEAST_KNOWN = 0.6
_LEAST_SURE = 0.5
_JUDGED: tuple[Level, ...] = LEVELS[:3]
_DOUBT_IF_UNCLEAR = 0.94
# Of a text that it cannot read it knows what it knows of any goal: two in three are outputs.
_ANY_GOAL = (-3.0, 0.0, -0.7)
_DOUBTS = {"": 0.01, "language": 0.6}
_EFFORT = ("spend", "effort", "posts", "inside", "staff", "money")
_LEAST_WEIGHT = 0.15
_EFFORT_AHEAD = 0.3
_MOST_PIECES = 4
_EMPTY = word_set("things thing stuff it everything tbd todo tba etc phase topics topic other misc items")


Row = tuple[float, float, float]
Said = tuple[str, Row]
Heard = dict[tuple[int, int], list[Said]]


class Weights(NamedTuple):
    """Log-odds by level: a start for every statement, what each feature and each word adds, and what names effort.

    ``words`` has a table for each kind of word feature; without it only the grammar speaks.
    """

    start: Row
    features: Mapping[str, Row]
    words: Mapping[str, Mapping[str, Row]]
    effort: frozenset[str]


class Piece(NamedTuple):
    """What all features of one place say together: the level they speak for and how loudly."""

    place: tuple[int, int]
    best: int
    weight: float
    rows: list[Said]


class Reading(NamedTuple):
    """The level of a statement with everything that led to it."""

    level: Level
    probabilities: dict[str, float]
    evidence: tuple[Evidence, ...]
    reason: str


@cache
def weights(language: str = "en") -> Weights:
    """Return the weights that are shipped for a language; where it has none of its own, those of the grammar alone."""
    room = files("plumbline_judge")
    own = room / f"weights-{language}.json"
    file = own if own.is_file() else room / "weights.json"
    return weights_from(json.loads(file.read_text(encoding="utf-8")))


def weights_from(data: Mapping[str, Any]) -> Weights:
    """Return weights from JSON data: ``start``, ``features`` and ``words`` by kind, rows of input, output, outcome."""
    rows = {name: _row(row) for name, row in data["features"].items()}
    words = {kind: {text: _row(row) for text, row in table.items()} for kind, table in data.get("words", {}).items()}
    effort = frozenset(name for name in rows if any(part in name for part in _EFFORT))
    return Weights(_row(data["start"]), rows, words, effort)


def _row(values: Sequence[float]) -> Row:
    return (values[0], values[1], values[2])


def _names_effort(row: Row) -> bool:
    return row[0] - max(row[1], row[2]) >= _EFFORT_AHEAD


def weigh(statement: Statement, given: Weights | None = None) -> Reading:
    """Return the level of a statement, by the shipped weights or by those given."""
    table = given or weights(statement.language)
    scores = list(table.start)
    heard: Heard = {}
    for name, row, place in _rows(statement, table):
        scores[0] += row[0]
        scores[1] += row[1]
        scores[2] += row[2]
        if place in heard:
            heard[place].append((name, row))
        elif place[1]:
            heard[place] = [(name, row)]
    reason = why_unclear(statement)
    if not reason and statement.trust < 1:
        scores = [score * statement.trust for score in scores]
        reason = "language" if max(_probabilities(scores, _DOUBTS[""]).values()) < _LEAST_SURE else ""
    if reason == "language":
        scores = list(_ANY_GOAL)
    probabilities = _probabilities(scores, _DOUBTS.get(reason, _DOUBT_IF_UNCLEAR))
    level = max(LEVELS, key=probabilities.__getitem__)
    return Reading(level, probabilities, () if reason else _evidence(statement, heard, table, level), reason)


def _rows(statement: Statement, table: Weights) -> Iterator[tuple[str, Row, tuple[int, int]]]:
    """Yield what has a weight: the features of the grammar, then each word once."""
    known, words = table.features, table.words
    for name, place in features(statement).places.items():
        if name in known:
            yield name, known[name], place
    said = set()
    for kind, text, at in vocabulary(statement) if words else ():
        row = words[kind].get(text) if kind in words else None
        if row and (kind, text) not in said:
            said.add((kind, text))
            yield kind, row, _shown_at(statement, at)


def _shown_at(statement: Statement, at: int) -> tuple[int, int]:
    """Return the place of a word; small words and dates are weighed, but they tell a reader nothing."""
    word, until = statement.words[at], statement.deadline
    small = "stopwords" in word.tags.marks or bool(until and until.start <= word.start < until.end)
    return (0, 0) if small else (at, at + 1)


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
    if any(figure.kind != "name" for figure in statement.figures):
        return False
    told = [word for word in statement.words if word.kind == "w" and not _is_empty(word)]
    if len(told) <= 1:
        return True
    return all("vague_words" in word.tags.marks or _only_verb(word) for word in told)


def _only_verb(word: Word) -> bool:
    """Whether a word moves something without naming it."""
    return bool({"improving", "increasing", "making"} & set(word.verb("b"))) and not word.tags.nouns


def _is_empty(word: Word) -> bool:
    return "stopwords" in word.tags.marks or word.low in _EMPTY


def _probabilities(scores: list[float], doubt: float) -> dict[str, float]:
    highest = max(scores)
    shares = [math.exp(score - highest) for score in scores]
    total = sum(shares)
    sure: dict[str, float] = {
        level: round(share / total * (1 - doubt), 6) for level, share in zip(_JUDGED, shares, strict=True)
    }
    return {**sure, "unclear": round(1 - sum(sure.values()), 6)}


def _evidence(statement: Statement, heard: Heard, table: Weights, level: Level) -> tuple[Evidence, ...]:
    """Return the words that speak loudest for any level, in text order and without overlap.

    The verdict is never shown without a word that speaks for it, however softly, where there is one.
    """
    whole = _gathered(heard)
    pieces = [_piece(place, rows, table) for place, rows in whole.items()]
    loud = sorted([piece for piece in pieces if piece.weight >= _LEAST_WEIGHT], key=_softness)
    wanted = _JUDGED.index(level)
    if whole and not any(piece.best == wanted for piece in loud):
        softest = max([_speaking(place, rows, wanted) for place, rows in whole.items()], key=_loudness)
        loud = [softest, *loud] if softest.weight > 0 else loud
    return _apart(statement, loud)


def _loudness(piece: Piece) -> float:
    return piece.weight


def _softness(piece: Piece) -> float:
    return -piece.weight


def _speaking(place: tuple[int, int], rows: list[Said], level: int) -> Piece:
    """Return what the features of a place say for one level."""
    sums = [sum([row[at] for _, row in rows]) for at in range(3)]
    return Piece(place, level, sums[level] - (sum(sums) - sums[level]) / 2, rows)


def _gathered(heard: Heard) -> Heard:
    """Put what is said of "10" and of "articles" together with what is said of "10 articles"."""
    whole: Heard = {}
    for place in sorted(heard, key=_shortness):
        first, end = place
        for one in whole:
            if one[0] <= first and end <= one[1]:
                place = one  # noqa: PLW2901 - the longer place takes over
                break
        whole.setdefault(place, []).extend(heard[first, end])
    return whole


def _shortness(place: tuple[int, int]) -> int:
    return place[0] - place[1]


def _piece(place: tuple[int, int], rows: list[Said], table: Weights) -> Piece:
    """Sum what is said of one place; the weight is how far the best level is ahead of the mean of the others.

    Only words of effort may speak for an input: a plain number or verb of change that leans there does so by chance.
    """
    sums = [0.0, 0.0, 0.0]
    for _, row in rows:
        sums[0] += row[0]
        sums[1] += row[1]
        sums[2] += row[2]
    effort = table.effort
    from_level = 1
    for name, row in rows:
        if name in effort or (name in KINDS and _names_effort(row)):
            from_level = 0
            break
    best = sums.index(max(sums[from_level:]), from_level)
    return Piece(place, best, sums[best] - (sum(sums) - sums[best]) / 2, rows)


def _apart(statement: Statement, pieces: list[Piece]) -> tuple[Evidence, ...]:
    """Keep the loudest pieces that don't overlap, and put them in the order of the text."""
    kept: list[Evidence] = []
    for piece in pieces:
        if len(kept) == _MOST_PIECES:
            break
        span = statement.span(*piece.place)
        if all([span.end <= one.start or span.start >= one.end for one in kept]):  # noqa: C419 - short and hot
            kept.append(_shown(span, piece))
    return tuple(sorted(kept, key=_start))


def _start(one: Evidence) -> int:
    return one.start


def _shown(span: Span, piece: Piece) -> Evidence:
    level = _JUDGED[piece.best]
    names = {name: row[piece.best] for name, row in piece.rows}
    telling = telling_names(names)
    loudest = max(telling, key=lambda name: names[name])
    return Evidence(span.start, span.end, level, says_key(loudest, level), piece.weight)


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
    said = tuple(Contribution(name, place, _trusted(row, trust)) for name, row, place in _rows(statement, table))
    rows = (start, *(one.row for one in said))
    scores = (sum(row[0] for row in rows), sum(row[1] for row in rows), sum(row[2] for row in rows))
    return Account(start, said, scores, doubt, reading)


def _trusted(row: Row, trust: float) -> Row:
    """Return what a row adds in a language whose lexicon carries only so far."""
    return row if trust == 1 else (row[0] * trust, row[1] * trust, row[2] * trust)

"""Weigh the features: a small readable model whose contributions are the evidence."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from plumbline_judge.features import features
from plumbline_judge.judgement import LEVELS, Evidence, Level
from plumbline_judge.lexicon import word_set
from plumbline_judge.says import says_key, telling_names
from plumbline_judge.statement import Statement
from plumbline_judge.words import Word

_JUDGED: tuple[Level, ...] = LEVELS[:3]
_DOUBT_IF_UNCLEAR = 0.94
_DOUBT = 0.01
_EFFORT = ("spend", "effort", "posts", "inside", "staff", "money")
_LEAST_WEIGHT = 0.15
_MOST_PIECES = 4
_EMPTY = word_set("things thing stuff it everything tbd todo tba etc phase topics topic other misc items")


Row = tuple[float, float, float]
Said = tuple[str, Row]
Heard = dict[tuple[int, int], list[Said]]


class Weights(NamedTuple):
    """Log-odds by level: a start for every statement, what each feature adds, and which features name effort."""

    start: Row
    features: Mapping[str, Row]
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
def weights() -> Weights:
    """Return the weights that are shipped with the library."""
    return weights_from(json.loads((files("plumbline_judge") / "weights.json").read_text(encoding="utf-8")))


def weights_from(data: Mapping[str, object]) -> Weights:
    """Return weights from JSON data with ``start`` and ``features``, each three numbers: input, output, outcome."""
    table = data["features"]
    assert isinstance(table, dict)  # noqa: S101
    effort = frozenset(name for name in table if any(part in name for part in _EFFORT))
    rows = {name: tuple(row) for name, row in table.items()}
    return Weights(tuple(data["start"]), rows, effort)  # type: ignore[arg-type]


def weigh(statement: Statement, given: Weights | None = None) -> Reading:
    """Return the level of a statement, by the shipped weights or by those given."""
    table = given or weights()
    scores = list(table.start)
    heard: dict[tuple[int, int], list[Said]] = {}
    for name, place in features(statement).places.items():
        row = table.features.get(name)
        if row:
            scores[0] += row[0]
            scores[1] += row[1]
            scores[2] += row[2]
            if place[1]:
                heard.setdefault(place, []).append((name, row))
    reason = why_unclear(statement)
    probabilities = _probabilities(scores, _DOUBT_IF_UNCLEAR if reason else _DOUBT)
    level = max(LEVELS, key=probabilities.__getitem__)
    return Reading(level, probabilities, () if reason else _evidence(statement, heard, table), reason)


def why_unclear(statement: Statement) -> str:
    """Return why nothing can be told (``empty``, ``language``, ``nothing_named``), or an empty string."""
    spoken = [word for word in statement.words if word.kind == "w"]
    if not spoken:
        return "empty"
    if statement.language != "en" and not (len(spoken) == 1 and spoken[0].low.isascii()):
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


def _evidence(statement: Statement, heard: Heard, table: Weights) -> tuple[Evidence, ...]:
    """Return the words that speak loudest for any level, in text order and without overlap."""
    pieces = [_piece(place, rows, table) for place, rows in _gathered(heard).items()]
    loud = [piece for piece in pieces if piece.weight >= _LEAST_WEIGHT]
    return _apart(statement, sorted(loud, key=lambda one: -one.weight))


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
    from_level = 0 if any(name in table.effort for name, _ in rows) else 1
    best = sums.index(max(sums[from_level:]), from_level)
    return Piece(place, best, sums[best] - (sum(sums) - sums[best]) / 2, rows)


def _apart(statement: Statement, pieces: list[Piece]) -> tuple[Evidence, ...]:
    """Keep the loudest pieces that don't overlap, and put them in the order of the text."""
    kept: list[Piece] = []
    for piece in pieces:
        first, end = piece.place
        if len(kept) < _MOST_PIECES and all(end <= one.place[0] or first >= one.place[1] for one in kept):
            kept.append(piece)
    return tuple([_shown(statement, piece) for piece in sorted(kept)])


def _shown(statement: Statement, piece: Piece) -> Evidence:
    span, level = statement.span(*piece.place), _JUDGED[piece.best]
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
    table = given or weights()
    reading = weigh(statement, table)
    said = tuple(
        Contribution(name, place, table.features[name])
        for name, place in features(statement).places.items()
        if name in table.features
    )
    rows = (table.start, *(one.row for one in said))
    scores = (sum(row[0] for row in rows), sum(row[1] for row in rows), sum(row[2] for row in rows))
    return Account(table.start, said, scores, _DOUBT_IF_UNCLEAR if reading.reason else _DOUBT, reading)

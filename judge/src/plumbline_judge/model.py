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
from plumbline_judge.says import says_key
from plumbline_judge.statement import Statement

_JUDGED: tuple[Level, ...] = LEVELS[:3]
_DOUBT_IF_UNCLEAR = 0.94
_DOUBT = 0.01
_LEAST_WEIGHT = 0.15
_MOST_PIECES = 4
_FEW_WORDS = 3


class Weights(NamedTuple):
    """Log-odds by level: a start for every statement, and what each feature adds."""

    start: tuple[float, float, float]
    features: Mapping[str, tuple[float, float, float]]


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
    return Weights(tuple(data["start"]), {name: tuple(row) for name, row in table.items()})  # type: ignore[arg-type]


def weigh(statement: Statement, given: Weights | None = None) -> Reading:
    """Return the level of a statement, by the shipped weights or by those given."""
    table = given or weights()
    places = features(statement).places
    scores = list(table.start)
    for name in places:
        for level, weight in enumerate(table.features.get(name, ())):
            scores[level] += weight
    reason = why_unclear(statement)
    probabilities = _probabilities(scores, _DOUBT_IF_UNCLEAR if reason else _DOUBT)
    level = max(LEVELS, key=lambda one: probabilities[one])
    return Reading(level, probabilities, () if reason else _evidence(statement, places, table), reason)


def why_unclear(statement: Statement) -> str:
    """Return why nothing can be told (``empty``, ``language``, ``nothing_named``), or an empty string."""
    spoken = [word for word in statement.words if word.kind == "w"]
    if not spoken:
        return "empty"
    if statement.language != "en":
        return "language"
    return "nothing_named" if _says_nothing(statement, len(spoken)) else ""


def _says_nothing(statement: Statement, spoken: int) -> bool:
    """Whether a line is a heading or a wish without an object: "Marketing", "Phase 2", "Improve things"."""
    if any(figure.kind != "name" for figure in statement.figures):
        return False
    told = [word for word in statement.words if word.kind == "w" and not _is_empty(word.low, word.tags.marks)]
    verbs = [word for word in told if word.verb("bsdg")]
    nouns = [word for word in told if word.tags.nouns or not (word.tags.verbs or word.tags.marks)]
    effects = any(group.startswith("outcomes") for word in told for group in word.tags.nouns)
    if not nouns:
        return not any("states_of_done" in word.tags.marks or "qualities" in word.tags.marks for word in told)
    return not effects and spoken <= _FEW_WORDS and not verbs and len(nouns) < _FEW_WORDS


def _is_empty(low: str, marks: tuple[str, ...]) -> bool:
    return "stopwords" in marks or low in ("things", "stuff", "it", "everything", "tbd", "todo", "tba", "etc", "phase")


def _probabilities(scores: list[float], doubt: float) -> dict[str, float]:
    highest = max(scores)
    shares = [math.exp(score - highest) for score in scores]
    total = sum(shares)
    sure = {level: round(share / total * (1 - doubt), 6) for level, share in zip(_JUDGED, shares, strict=True)}
    return {**sure, "unclear": round(1 - sum(sure.values()), 6)}


def _evidence(statement: Statement, places: dict[str, tuple[int, int]], table: Weights) -> tuple[Evidence, ...]:
    """Return the words that speak loudest for any level, in text order and without overlap."""
    heard: dict[tuple[int, int], list[tuple[float, float, float, str]]] = {}
    for name, place in places.items():
        row = table.features.get(name)
        if row and place[1] > place[0]:
            heard.setdefault(place, []).append((*row, name))
    pieces = sorted((_piece(statement, place, rows) for place, rows in heard.items()), key=lambda one: -one.weight)
    return _apart([piece for piece in pieces if piece.weight >= _LEAST_WEIGHT])


def _piece(statement: Statement, place: tuple[int, int], rows: list[tuple[float, float, float, str]]) -> Evidence:
    sums = [sum(row[level] for row in rows) for level in range(3)]
    best = max(range(3), key=lambda level: sums[level])
    rest = sum(sums) - sums[best]
    loudest = max(rows, key=lambda row: row[best])  # type: ignore[arg-type, return-value]
    span = statement.span(*place)
    return Evidence(span.start, span.end, _JUDGED[best], says_key(loudest[3], _JUDGED[best]), sums[best] - rest / 2)


def _apart(pieces: list[Evidence]) -> tuple[Evidence, ...]:
    kept: list[Evidence] = []
    for piece in pieces:
        if len(kept) < _MOST_PIECES and all(piece.end <= one.start or piece.start >= one.end for one in kept):
            kept.append(piece)
    return tuple(sorted(kept, key=lambda one: one.start))

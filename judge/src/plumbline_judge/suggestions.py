"""Suggest what the work is likely for: outcome-shaped sentences, numbers left blank or the organisation's own."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from plumbline_judge.context import Context, KnownMetric
from plumbline_judge.judgement import Suggestion
from plumbline_judge.lexicon import lexicon, singular
from plumbline_judge.statement import Statement

_MOST = 3
_BLANK = "___"
_IN_SENTENCE = 3.0
_IN_OBJECTIVE = 1.0
_WORD = re.compile(r"[^\W\d_]+(?:[-/][^\W\d_]+)*")


class Entry(NamedTuple):
    """One metric of the catalogue."""

    domain: str
    metric: str
    unit: str
    sentence: str


class Catalogue(NamedTuple):
    """All metrics, and the calling words with the places of the metrics they call."""

    entries: tuple[Entry, ...]
    calls: dict[str, tuple[int, ...]]


@cache
def catalogue() -> Catalogue:
    """Return the catalogue, read once."""
    text = (files("plumbline_judge") / "catalogue" / "metrics.txt").read_text(encoding="utf-8")
    found: list[Entry] = []
    calls: dict[str, list[int]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            domain, words, metric, unit, sentence = (part.strip() for part in line.split("|"))
            for word in words.split(","):
                calls.setdefault(word.strip(), []).append(len(found))
            found.append(Entry(domain, metric, unit, sentence))
    return Catalogue(tuple(found), {word: tuple(places) for word, places in calls.items()})


def suggestions(statement: Statement, context: Context) -> tuple[Suggestion, ...]:
    """Return up to three sentences, best first: by the sentence itself, then by the objective above it."""
    known = catalogue()
    scores: dict[int, float] = {}
    _call(known, _called(statement), _IN_SENTENCE, scores)
    if context.objective:
        _call(known, frozenset(_plain(context.objective)), _IN_OBJECTIVE, scores)
    ranked = sorted(scores, key=lambda place: (-scores[place], place))
    chosen = [*ranked[:_MOST], *_general(known, len(ranked))]
    return tuple(_suggestion(known.entries[place], context.metrics) for place in chosen[:_MOST])


def _called(statement: Statement) -> frozenset[str]:
    """Return the words that may call a metric: nouns and verbs of the claim, base forms, phrases whole and apart."""
    found: set[str] = set()
    for word, zone in zip(statement.words, statement.zones, strict=True):
        if word.kind == "w" and zone != "aside" and "stopwords" not in word.tags.marks:
            found.add(singular(word.low))
            found.update(singular(part) for part in word.low.split(" "))
    return frozenset(found)


def _plain(text: str) -> set[str]:
    known = lexicon("en").entries
    words = (singular(word) for word in _WORD.findall(text[:500].lower()))
    return {word for word in words if "stopwords" not in (known[word].marks if word in known else ())}


def _call(known: Catalogue, words: frozenset[str], weight: float, scores: dict[int, float]) -> None:
    for word in words:
        places = known.calls.get(word, ())
        for place in places:
            scores[place] = scores.get(place, 0.0) + weight / len(places) ** 0.5


def _general(known: Catalogue, found: int) -> list[int]:
    if found >= 1:
        return []
    return [place for place, entry in enumerate(known.entries) if entry.domain == "general"]


def _suggestion(entry: Entry, metrics: tuple[KnownMetric, ...]) -> Suggestion:
    own = _own(entry, metrics)
    if own is None:
        return Suggestion(entry.sentence.replace("{baseline}", _BLANK), entry.metric, entry.unit)
    source = ", ".join(part for part in (own.source, own.on.isoformat() if own.on else "") if part)
    return Suggestion(
        entry.sentence.replace("{baseline}", own.last_value), own.name, own.unit or entry.unit, own.last_value, source
    )


def _own(entry: Entry, metrics: tuple[KnownMetric, ...]) -> KnownMetric | None:
    """Return the organisation's metric that is the same by its words, if it has a reading in the same unit."""
    if not metrics:
        return None
    wanted = _plain(entry.metric)
    for metric in metrics:
        same_unit = not metric.unit or metric.unit == entry.unit
        if metric.last_value and same_unit and _plain(metric.name) == wanted:
            return metric
    return None

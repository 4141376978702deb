"""Put the organisation's own metrics first, where one fits: by its name and by what the sentence is about."""

from __future__ import annotations

import re
from functools import lru_cache

from plumbline_judge.clues import Clues
from plumbline_judge.context import KnownMetric
from plumbline_judge.judgement import Suggestion
from plumbline_judge.lexicon import lexicon, word_set
from plumbline_judge.library import Metric
from plumbline_judge.speech import say
from plumbline_judge.wording import called

BLANK = "___"
_WORD = re.compile(r"[^\W\d_]+(?:[-/][^\W\d_]+)*")
_MEASURES = word_set(
    "share rate number count percentage average total per ratio level score month week year quarter "
    "monthly weekly quarterly yearly daily who anteil quote "
    "zahl anzahl der die das von pro je im am in und"
)
_SAME = 0.75
_FITS = 0.5
#: Whom it is about says too little alone: half of all metrics count customers.
_WIDE = word_set("customer user employee people new active time day first kunde")
_CENTRAL = 2.0


def own_first(
    known: tuple[KnownMetric, ...], found: Clues, best: list[Metric], language: str
) -> list[tuple[Suggestion, Metric | None]]:
    """Return a suggestion for each own metric that fits, best first, with the metric of the library that it is."""
    fitting: list[tuple[float, Suggestion, Metric | None]] = []
    for one in known:
        twin = next((metric for metric in best if _is_the_same(one, metric)), None)
        fit = 1.0 if twin else _fit(one, found)
        if fit >= _FITS:
            fitting.append((fit, _said(one, twin, language), twin))
    fitting.sort(key=lambda row: -row[0])
    return [(suggestion, twin) for _, suggestion, twin in fitting]


def sign(metric: Metric) -> str:
    """Return the unit as people write it behind a number."""
    unit, _, code = metric.unit.partition(" ")
    return code or {"percent": "%", "money": "money"}.get(unit, "")


def _is_the_same(own: KnownMetric, metric: Metric) -> bool:
    """Whether both have the same words, in English or in German, and units that go together."""
    if own.unit and (own.unit == "%") != (sign(metric) == "%"):
        return False
    mine = _words(own.name)
    for name in (metric.name, metric.said("de")[0]):
        theirs = _words(name)
        if mine and len(mine & theirs) >= _SAME * max(len(mine), len(theirs)):
            return True
    return False


def _fit(own: KnownMetric, found: Clues) -> float:
    """Return how much of a metric's name is what the sentence is made for, or clearly about."""
    words = _words(own.name)
    clear = {call for clue in found.words if (clue.work >= _CENTRAL or clue.aim >= 1) for call in clue.calls}
    there = [word for word in words if not clear.isdisjoint(_calls(word))]
    return len(there) / len(words) if set(there) - _WIDE else 0.0


@lru_cache(maxsize=2048)
def _words(name: str) -> frozenset[str]:
    """Return the words of a name that say something, in base form."""
    known = lexicon("en").entries
    found = (word for word in _WORD.findall(name[:160].lower()) if word not in _MEASURES)
    return frozenset(
        called(word, "en")[0] for word in found if "stopwords" not in (known[word].marks if word in known else ())
    )


@lru_cache(maxsize=4096)
def _calls(word: str) -> tuple[str, ...]:
    return (*called(word, "en"), *called(word, "de"))


def _said(own: KnownMetric, twin: Metric | None, language: str) -> Suggestion:
    """Return the sentence with the last reading in its first blank; the target stays blank."""
    unit = own.unit or (sign(twin) if twin else "")
    if twin and own.direction in ("", twin.head[2]):
        text = twin.said(language)[1][-1]
        text = text.replace(BLANK, own.last_value, 1) if own.last_value else text
    else:
        way = f"suggestion.own.{own.direction}" if own.direction else "suggestion.own"
        text = say(way, language, name=own.name, value=_dressed(own), blank=_blank(own))
    source = ", ".join(part for part in (own.source, own.on.isoformat() if own.on else "") if part)
    return Suggestion(text, own.name, unit, own.last_value, source if own.last_value else "")


def _dressed(own: KnownMetric) -> str:
    return f"{own.last_value or BLANK} {_written(own)}".strip()


def _blank(own: KnownMetric) -> str:
    return f"{BLANK} {_written(own)}".strip()


def _written(own: KnownMetric) -> str:
    """Return the unit as it stands behind a number; of money nobody said the currency."""
    return "" if own.unit == "money" else own.unit

"""The library of metrics: what work of a kind is likely for, read from the text files in ``catalogue``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from plumbline_judge.shipped import names_in, text_of

Direction = Literal["increase", "decrease"]
Rhythm = Literal["weekly", "monthly", "quarterly"]
Kind = Literal["behaviour", "experience", "result"]
#: Files of the folder that hold no metrics of a domain.
_OTHERS = frozenset(("words", "general"))
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One metric of the library, in one language.

    ``key`` names it in addresses and files. ``unit`` is a kind of unit (``percent``, ``count``, ``money``,
    ``duration``, ``ratio``, ``word``), ``unit_code`` what a duration is typed in or the word behind a number.
    ``direction`` is where it gets better, ``rhythm`` how often it is typically read. ``kind`` is ``behaviour`` (what
    somebody does, the earliest sign), ``experience`` (how it is for them) or ``result`` (what comes of it).
    ``guardrail`` is the name of another metric, which must not get worse meanwhile; ``guardrail_key`` is its key. In
    ``sentence`` every number is a blank.
    """

    key: str
    domain: str
    domain_name: str
    name: str
    unit: str
    unit_code: str
    direction: Direction
    rhythm: Rhythm
    kind: Kind
    guardrail: str
    guardrail_key: str
    sentence: str


class Metric(NamedTuple):
    """A metric as its file has it: ``head`` is the line with its name, ``lines`` are those below, by their names."""

    domain: str
    head: tuple[str, ...]
    lines: dict[str, list[str]]

    @property
    def name(self) -> str:
        """Return the English name."""
        return self.head[0]

    @property
    def unit(self) -> str:
        """Return the unit as the file has it: "percent", "duration h"."""
        return self.head[1]

    @property
    def kind(self) -> str:
        """Return which kind of measure it is."""
        return self.head[4]

    def said(self, language: str) -> tuple[str, list[str]]:
        """Return the name and the sentences in a language; what is no language of ours falls back to English."""
        if language == "de":
            name, sentence = self.lines["de"][0].split(" | ")
            return name, [sentence]
        return self.name, self.lines["en"]

    def calls(self, line: str) -> list[str]:
        """Return the words of one of its lines, the best first."""
        return self.lines[line][0].split(", ") if line in self.lines else []


def read_file(name: str) -> tuple[str, list[Metric]]:
    """Return the title of a file and its metrics; under a heading in brackets, the heading is their domain."""
    text = text_of("catalogue", f"{name}.txt")
    found: list[Metric] = []
    domain = name
    for line in text.splitlines():
        if line.startswith("["):
            domain = line.strip("[]")
        elif line.startswith(" "):
            key, _, said = line.strip().partition(": ")
            found[-1].lines.setdefault(key, []).append(said)
        elif line and not line.startswith("#"):
            found.append(Metric(domain, tuple(line.split(" | ")), {}))
    return text.split("\n", 1)[0].strip("# "), found


@cache
def domains() -> dict[str, str]:
    """Return the title line of each domain ("Sales | Vertrieb"), read once together with the metrics."""
    return {name: title for name, (title, _) in _read().items()}


@cache
def metrics() -> tuple[Metric, ...]:
    """Return all metrics of the domains, as their files have them."""
    return tuple(metric for _, found in _read().values() for metric in found)


@cache
def general() -> dict[str, list[Metric]]:
    """Return the metrics that fit whatever the subject is, by the kind of work."""
    found: dict[str, list[Metric]] = {}
    for metric in read_file("general")[1]:
        found.setdefault(metric.domain, []).append(metric)
    return found


@cache
def _read() -> dict[str, tuple[str, list[Metric]]]:
    return {name: read_file(name) for name in names_in("catalogue") if name not in _OTHERS}


@cache
def catalogue(language: str = "en") -> tuple[CatalogueEntry, ...]:
    """Return the library of metrics by domain, in English or German; any other language gives English."""
    by_name = {metric.name: metric for metric in metrics()}
    entries = [_entry(metric, by_name[metric.lines["guard"][0]], language) for metric in by_name.values()]
    return tuple(sorted(entries, key=lambda entry: entry.domain_name.casefold()))


def _entry(metric: Metric, guardrail: Metric, language: str) -> CatalogueEntry:
    name, sentences = metric.said(language)
    unit, _, code = metric.unit.partition(" ")
    english, _, german = domains()[metric.domain].partition(" | ")
    return CatalogueEntry(
        key=key_of(metric),
        domain=metric.domain,
        domain_name=german if language == "de" else english,
        name=name,
        unit=unit,
        unit_code=code,
        direction=metric.head[2],  # type: ignore[arg-type]
        rhythm=metric.head[3],  # type: ignore[arg-type]
        kind=metric.head[4],  # type: ignore[arg-type]
        guardrail=guardrail.said(language)[0],
        guardrail_key=key_of(guardrail),
        sentence=sentences[0],
    )


def key_of(metric: Metric) -> str:
    """Return what names a metric in addresses: its English name in small letters."""
    return _NOT_A_LETTER.sub("-", metric.name.lower()).strip("-")

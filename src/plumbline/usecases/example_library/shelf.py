"""The examples, read from the files in ``shelves``: one file for each field of work.

A file names an objective in English and German, why it matters in both, and its key results by their keys in the
judge's catalogue of metrics, each with numbers that show what such a key result looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from plumbline_judge import CatalogueEntry, catalogue

SHELVES: Final = Path(__file__).parent / "shelves"
BLANK: Final = "___"
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One key result of an example: the metric it is made of, and its sentence with numbers in it."""

    entry: CatalogueEntry
    sentence: str


@dataclass(frozen=True, slots=True)
class Example:
    """One objective with its key results, in one language; ``key`` names it in addresses, the same in all."""

    key: str
    domain: str
    domain_name: str
    title: str
    why: str
    results: tuple[ExampleResult, ...]

    @property
    def text(self) -> str:
        """Return all its words, for looking something up in them."""
        return " ".join((self.domain_name, self.title, self.why, *(result.sentence for result in self.results)))


@cache
def examples(language: str = "en") -> tuple[Example, ...]:
    """Return every example by the name of its field, in English or German; any other language gives English."""
    entries = {entry.key: entry for entry in catalogue(language)}
    names = {entry.domain: entry.domain_name for entry in entries.values()}
    found = [
        _told(block, file.stem, names[file.stem], entries, language)
        for file in SHELVES.glob("*.txt")
        for block in _blocks(file.read_text("utf-8"))
    ]
    return tuple(sorted(found, key=lambda example: (example.domain_name.casefold(), example.domain)))


def example(key: str, language: str = "en") -> Example | None:
    """Return the example of that key."""
    return next((each for each in examples(language) if each.key == key), None)


def _blocks(text: str) -> Iterator[list[str]]:
    for block in text.strip().split("\n\n"):
        yield [line for line in block.splitlines() if not line.startswith("#")]


def _told(lines: list[str], domain: str, name: str, entries: dict[str, CatalogueEntry], language: str) -> Example:
    titles, why, *results = lines
    return Example(
        key=_NOT_A_LETTER.sub("-", titles.partition(" | ")[0].lower()).strip("-"),
        domain=domain,
        domain_name=name,
        title=_in(titles, language),
        why=_in(why.strip().removeprefix("why: "), language),
        results=tuple(_result(line, entries, language) for line in results),
    )


def _in(pair: str, language: str) -> str:
    english, _, german = pair.partition(" | ")
    return german if language == "de" else english


def _result(line: str, entries: dict[str, CatalogueEntry], language: str) -> ExampleResult:
    key, _, numbers = line.strip().partition(": ")
    entry = entries[key]
    sentence = entry.sentence
    for number in numbers.split(" to "):
        sentence = sentence.replace(BLANK, _number(number, entry, language), 1)
    return ExampleResult(entry, sentence)


def _number(number: str, entry: CatalogueEntry, language: str) -> str:
    """Write a number as the language does; money with its sign."""
    value = float(number) if "." in number else int(number)
    told = f"{value:,}"
    if language == "de":
        told = told.translate(str.maketrans(",.", ".,"))
    if entry.unit != "money":
        return told
    return f"{told} €" if language == "de" else f"€{told}"

"""The weights as they are shipped: for every feature and word what it adds to each level, ready to be summed."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from plumbline_judge.says import telling_rank
from plumbline_judge.shipped import is_there, text_of
from plumbline_judge.spelling import pieces
from plumbline_judge.vocabulary import KINDS, forms

_EFFORT = ("spend", "effort", "posts", "inside", "staff", "money")
_EFFORT_AHEAD = 0.3
NUMBER = "#"
_MOST_MET = 4096

Row = tuple[float, float, float]
_NO_BITS = array("H")


@dataclass(slots=True, eq=False)
class Said:
    """What a feature says: what it adds to input, output and outcome.

    ``is_effort`` tells that it names effort, ``rank`` how much it tells a reader beside others (the lowest is shown).
    Each is one of its kind in its table.
    """

    name: str
    row: Row
    is_effort: bool
    rank: int


class Met:
    """All that the weights say of one word, worked out when it is met for the first time.

    ``row`` is what the word and its stem say together, ``spelt`` what its pieces say, None where they say nothing.
    """

    __slots__ = ("bits", "is_effort", "is_paired", "mask", "root", "row", "spells_effort", "spelt", "text", "word")

    def __init__(self, text: str, root: str, word: Row | None, stem: Row | None) -> None:
        self.text, self.root, self.word = text, root, word
        rows = [row for row in (word, stem) if row is not None]
        self.row = summed(rows) if rows else None
        self.is_effort = any(is_effort(row) for row in rows)
        self.is_paired, self.mask, self.spells_effort = False, 0, False
        self.spelt: Row | None = None
        self.bits = _NO_BITS

    def spell(self, pieces_said: dict[int, Row]) -> None:
        """Take what its pieces say, each with the bit that stands for it."""
        self.bits, self.mask = array("H", pieces_said), sum([1 << bit for bit in pieces_said])
        self.spelt = summed(list(pieces_said.values()))
        self.spells_effort = is_effort(self.spelt)


class Weights(NamedTuple):
    """Log-odds by level: a start for every statement, and what each feature and each word says.

    ``words`` has a table for each kind of word feature; without it only the grammar speaks. ``spelling`` has the
    pieces of words. ``met`` keeps the words that were met, as far as there is room, ``numbered`` the pieces that
    were met and ``bits`` their places there, and ``paired`` the words that a pair ends with.
    """

    start: Row
    features: Mapping[str, Said]
    words: Mapping[str, Mapping[str, Row]]
    spelling: Mapping[str, Row]
    paired: frozenset[str]
    met: dict[str, Met]
    bits: dict[str, int]
    numbered: list[Row]

    def of(self, kind: str) -> Mapping[str, Row]:
        """Return what the words of a kind say."""
        return self.words.get(kind, _NOTHING)

    def meet(self, low: str) -> Met:
        """Return what is said of a word that was not met before."""
        text, root = (NUMBER, NUMBER) if low == NUMBER else forms(low)
        met = Met(text, root, self.of("word").get(text), self.of("stem").get(root))
        met.is_paired = text in self.paired
        rows, bits = self.spelling, self.bits
        known = [piece for piece in pieces(low) if piece in rows] if rows else []
        if known:
            for piece in known:
                if piece not in bits:
                    bits[piece] = len(bits)
                    self.numbered.append(rows[piece])
            met.spell({bits[piece]: rows[piece] for piece in known})
        if len(self.met) >= _MOST_MET:
            self.met.clear()
        self.met[low] = met
        return met

    def left(self, met: Met, heard: int) -> Row | None:
        """Return what the pieces of a word say but for those that were heard."""
        numbered = self.numbered
        rows = [numbered[bit] for bit in met.bits if not heard >> bit & 1]
        return summed(rows) if rows else None


def summed(rows: Sequence[Row]) -> Row:
    """Return what several words or pieces say together."""
    return (sum([row[0] for row in rows]), sum([row[1] for row in rows]), sum([row[2] for row in rows]))


_NOTHING: Mapping[str, Row] = {}


@cache
def weights(language: str = "en") -> Weights:
    """Return the weights that are shipped for a language; where it has none of its own, those of the grammar alone."""
    own = f"weights-{language}.json"
    values = _Values()
    return weights_from(json.loads(text_of(own if is_there(own) else "weights.json"), parse_float=values.__getitem__))


class _Values(dict[str, float]):
    """Numbers by their text: 60,000 weights have a thousand values, and each is kept once."""

    def __missing__(self, text: str) -> float:
        value = self[text] = float(text)
        return value


def weights_from(data: Mapping[str, Any]) -> Weights:
    """Return weights from JSON data: ``start``, ``features`` and ``words`` by kind, rows of input, output, outcome."""
    words, spelling = data.get("words", {}), data.get("spelling", {})
    ends = [pair.split(" ")[1:] for pair in words.get("pair", ())]
    return Weights(
        _row(data["start"]),
        {name: _feature(name, row) for name, row in data["features"].items()},
        {kind: dict(zip(table, map(tuple, table.values()), strict=True)) for kind, table in words.items()},
        dict(zip(spelling, map(tuple, spelling.values()), strict=True)),
        frozenset([" ".join(said[at:]) for said in ends for at in range(len(said))]),
        {},
        {},
        [],
    )


def _row(values: Sequence[float]) -> Row:
    return (values[0], values[1], values[2])


def _feature(name: str, row: Sequence[float]) -> Said:
    return Said(name, _row(row), any(part in name for part in _EFFORT), telling_rank(name))


def is_effort(row: Row, kind: str = "word") -> bool:
    """Whether a word names effort: it speaks for an input clearly, and stands in no brackets."""
    return row[0] - max(row[1], row[2]) >= _EFFORT_AHEAD and kind in KINDS

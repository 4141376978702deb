"""The weights as they are shipped: for every feature and word what it adds to each level, ready to be summed."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from plumbline_judge.says import telling_rank
from plumbline_judge.shipped import is_there, text_of
from plumbline_judge.spelling import pieces
from plumbline_judge.vocabulary import KINDS

_EFFORT = ("spend", "effort", "posts", "inside", "staff", "money")
_EFFORT_AHEAD = 0.3
_MOST_MET = 4096

Row = tuple[float, float, float]


@dataclass(slots=True, eq=False)
class Said:
    """What a feature or a word says: what it adds to input, output and outcome.

    ``is_effort`` tells that it names effort, ``rank`` how much it tells a reader beside others (the lowest is shown).
    Each is one of its kind in its table.
    """

    name: str
    input: float
    output: float
    outcome: float
    is_effort: bool
    rank: int

    @property
    def row(self) -> Row:
        """What it adds to each of the judged levels."""
        return self.input, self.output, self.outcome


class Spelt(NamedTuple):
    """What the known pieces of a word say, one by one and together."""

    pieces: Mapping[str, Row]
    said: Said


class Spelling:
    """The weights of pieces of words; each word is looked up once, as far as there is room."""

    def __init__(self, rows: Mapping[str, Row]) -> None:
        """Take the rows by piece."""
        self.rows = rows
        self._met: dict[str, Spelt | None] = {}

    def __bool__(self) -> bool:
        """Whether any piece has a weight."""
        return bool(self.rows)

    def of(self, low: str) -> Spelt | None:
        """Return what the pieces of a word say, None where none is known."""
        if low not in self._met:
            if len(self._met) >= _MOST_MET:
                self._met.clear()
            rows = self.rows
            known = {piece: rows[piece] for piece in pieces(low) if piece in rows}
            self._met[low] = Spelt(known, together(known.values())) if known else None
        return self._met[low]


def together(rows: Collection[Row]) -> Said:
    """Return what several pieces of one word say."""
    row = [sum(column) for column in zip(*rows, strict=True)]
    return _word("spelling", row)


class Weights(NamedTuple):
    """Log-odds by level: a start for every statement, and what each feature and each word says.

    ``words`` has a table for each kind of word feature; without it only the grammar speaks. ``spelling`` has the
    pieces of words, and keeps for each word that was met which pieces of it speak.
    """

    start: Row
    features: Mapping[str, Said]
    words: Mapping[str, Mapping[str, Said]]
    spelling: Spelling

    def of(self, kind: str) -> Mapping[str, Said]:
        """Return what the words of a kind say."""
        return self.words.get(kind, _NOTHING)


_NOTHING: Mapping[str, Said] = {}


@cache
def weights(language: str = "en") -> Weights:
    """Return the weights that are shipped for a language; where it has none of its own, those of the grammar alone."""
    own = f"weights-{language}.json"
    return weights_from(json.loads(text_of(own if is_there(own) else "weights.json")))


def weights_from(data: Mapping[str, Any]) -> Weights:
    """Return weights from JSON data: ``start``, ``features`` and ``words`` by kind, rows of input, output, outcome."""
    return Weights(
        _row(data["start"]),
        {name: _feature(name, row) for name, row in data["features"].items()},
        {
            kind: {text: _word(kind, row) for text, row in table.items()}
            for kind, table in data.get("words", {}).items()
        },
        Spelling({piece: _row(row) for piece, row in data.get("spelling", {}).items()}),
    )


def _row(values: Sequence[float]) -> Row:
    return (values[0], values[1], values[2])


def _feature(name: str, row: Sequence[float]) -> Said:
    return Said(name, *_row(row), any(part in name for part in _EFFORT), telling_rank(name))


def _word(kind: str, row: Sequence[float]) -> Said:
    """Return what a word says; it names effort where it speaks for an input clearly."""
    is_effort = kind in KINDS and row[0] - max(row[1], row[2]) >= _EFFORT_AHEAD
    return Said(kind, *_row(row), is_effort, telling_rank(kind))

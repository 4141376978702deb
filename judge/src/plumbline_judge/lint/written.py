"""What stands in a file: sentences with the place of each letter, put together as objectives with their results."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Role = Literal["objective", "key_result", "initiative"]
_BREAK = re.compile(r"\r\n|\r|\n")


class Unreadable(Exception):
    """Raised when a file can't be read as a list of goals; says why, and where if there is a line."""

    def __init__(self, why: str, line: int = 0) -> None:
        super().__init__(f"line {line}: {why}" if line else why)
        self.why = why
        self.line = line


class Cell(NamedTuple):
    """A cell of a workbook, both numbers counted from 1."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{self.sheet}!{column_letters(self.column)}{self.row}"


class Place(NamedTuple):
    """Where words stand: lines and columns from 1, the end not included; in a workbook, those within the cell."""

    line: int
    column: int
    end_line: int
    end_column: int
    cell: Cell | None = None


class Goal(NamedTuple):
    """One sentence. ``at`` tells for each letter where it stands in the file's text, or in its cell.

    ``block`` is the whole of the lines that it takes up, where it can be moved as a list item.
    """

    text: str
    role: Role
    at: Sequence[int]
    cell: Cell | None = None
    block: tuple[int, int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the sentence begins and ends in the file's text."""
        if not self.at:
            return 0, 0
        last = len(self.at) - 1
        if start >= end:
            return self.at[min(start, last)], self.at[min(start, last)]
        return self.at[min(start, last)], self.at[min(end - 1, last)] + 1


class Slot(NamedTuple):
    """Where an initiative of a set can be written: at an offset, as ``before`` + sentence + ``after``."""

    at: int
    before: str
    after: str


@dataclass
class GoalSet:
    """An objective with its key results and initiatives, in the order of the file."""

    objective: Goal | None = None
    key_results: list[Goal] = field(default_factory=list)
    initiatives: list[Goal] = field(default_factory=list)
    slot: Slot | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing stands in it."""
        return self.objective is None and not self.key_results and not self.initiatives


@dataclass(frozen=True)
class Document:
    """A file as it was read: its text (empty for a workbook) and the goals in it."""

    name: str
    kind: str
    text: str
    sets: tuple[GoalSet, ...]
    starts: tuple[int, ...] = (0,)

    def place(self, goal: Goal, start: int = 0, end: int | None = None) -> Place:
        """Return where a part of a sentence stands, or the whole of it."""
        first, last = goal.span(start, len(goal.text) if end is None else end)
        if goal.cell:
            return Place(1, first + 1, 1, last + 1, goal.cell)
        (line, column), (end_line, end_column) = self.position(first), self.position(last)
        return Place(line, column, end_line, end_column)

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, both from 1."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return a line without its end."""
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[self.starts[number - 1] : end].rstrip("\r\n")


def line_starts(text: str) -> tuple[int, ...]:
    """Return the offset at which each line begins."""
    return (0, *(found.end() for found in _BREAK.finditer(text)))


def column_letters(number: int) -> str:
    """Return the letters of a workbook's column: 28 is AB."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def trimmed(text: str, at: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Return a text without the blanks around it, with the places of what is left."""
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    return (text[start:end], at[start:end]) if start < end else ("", ())

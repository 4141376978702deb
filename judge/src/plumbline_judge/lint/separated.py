"""Read separated values with the place of every letter: commas, semicolons, tabs, whatever parts the columns."""

from __future__ import annotations

from plumbline_judge.lint.tables import Grid, TableCell, names_columns
from plumbline_judge.lint.written import Unreadable, line_starts, trimmed

_SIGNS = ",;\t|^"
_TRIED = 20_000


def grid_of(text: str) -> Grid:
    """Return the cells of a text, parted by the sign that makes most sense of its head."""
    head = text[:_TRIED]
    sign = max(_SIGNS, key=lambda one: _sense(head, one))
    return _cells(text, sign)


def _sense(head: str, sign: str) -> tuple[int, int]:
    try:
        grid = _cells(head, sign)
    except Unreadable:  # the head may end within quotes
        grid = [[TableCell(part.strip()) for part in line.split(sign)] for line in head.splitlines()]
    return names_columns(grid), sum(len(row) > 1 for row in grid)


def _cells(text: str, sign: str) -> Grid:
    grid: Grid = []
    row: list[TableCell] = []
    at = 0
    while at < len(text):
        cell, at = _quoted(text, at) if text.startswith('"', at) else _bare(text, at, sign)
        row.append(cell)
        if at < len(text) and text[at] == sign:
            at += 1
            if at == len(text):
                row.append(TableCell())
            continue
        at = _after_break(text, at)
        grid.append(row)
        row = []
    return [*grid, row] if row else grid


def _after_break(text: str, at: int) -> int:
    return at + 2 if text.startswith("\r\n", at) else at + 1


def _bare(text: str, at: int, sign: str) -> tuple[TableCell, int]:
    end = at
    while end < len(text) and text[end] not in (sign, "\n", "\r"):
        end += 1
    return TableCell(*trimmed(text[at:end], range(at, end))), end


def _quoted(text: str, at: int) -> tuple[TableCell, int]:
    """Read a cell in quotes, in which two quotes stand for one; what follows it up to the sign is left out."""
    begin, letters, places = at, list[str](), list[int]()
    at += 1
    while True:
        end = text.find('"', at)
        if end < 0:
            raise Unreadable("a quote is opened here and never closed", len(line_starts(text[:begin])))
        letters.append(text[at:end])
        places.extend(range(at, end))
        if not text.startswith('""', end):
            break
        letters.append('"')
        places.append(end)
        at = end + 2
    return TableCell(*trimmed("".join(letters), places)), _to_sign(text, end + 1)


def _to_sign(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t" and text[at] not in _SIGNS:
        at += 1
    return at

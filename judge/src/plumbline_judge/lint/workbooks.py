"""Read the cells of a workbook (.xlsx) with python-calamine, which reads them in Rust."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import IO, NamedTuple
from xml.parsers import expat

import python_calamine as calamine

from plumbline_judge.lint.tables import Grid, TableCell
from plumbline_judge.lint.written import Cell, Unreadable, trimmed

_MOST_BYTES = 100_000_000
_MOST_CELLS = 2_000_000
_REFERENCE = re.compile(r"([A-Z]{1,4})(\d{1,9})$")
_NOTHING = TableCell()
_DAMAGED = (
    calamine.CalamineError, zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, KeyError, ValueError,
    NotImplementedError,
)  # fmt: skip
_LOCKED = "this workbook is protected with a password"


class Sheet(NamedTuple):
    """One sheet with its cells."""

    name: str
    grid: Grid


def sheets_of(data: bytes) -> list[Sheet]:
    """Return the sheets of a workbook in their order, with the words of their cells."""
    try:
        _refuse_huge(data)
        with calamine.load_workbook(io.BytesIO(data)) as book:
            tables = [one.name for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
            return [Sheet(name, _grid(book.get_sheet_by_name(name), name)) for name in tables]
    except calamine.PasswordError as error:
        raise Unreadable(_LOCKED) from error
    except _DAMAGED as error:
        raise Unreadable("this workbook is damaged") from error
    except RuntimeError as error:  # how zipfile says that a part is locked
        raise Unreadable(_LOCKED) from error


def _grid(sheet: calamine.CalamineSheet, name: str) -> Grid:
    rows = enumerate(sheet.to_python(skip_empty_area=False), 1)
    return [[_cell(value, Cell(name, row, column)) for column, value in enumerate(line, 1)] for row, line in rows]


def _cell(value: object, cell: Cell) -> TableCell:
    if value == "":
        return _NOTHING
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return TableCell(*trimmed(text, range(len(text))), cell)


def _refuse_huge(data: bytes) -> None:
    """Look at a workbook before it is read.

    calamine makes room for the whole rectangle around the cells of a sheet, and two cells in far corners end the
    process (github.com/tafia/calamine/issues/693); so the rectangle is measured first.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        if "xl/workbook.xml" not in parts.namelist():
            raise Unreadable("this is no workbook (.xlsx)")
        if sum(part.file_size for part in parts.infolist()) > _MOST_BYTES:
            raise Unreadable("this workbook is too large when unpacked (over 100 MB)")
        area = 0
        for name in parts.namelist():
            if name.endswith(".xml"):
                with parts.open(name) as part:
                    area += _Extent().of(part)
        if area > _MOST_CELLS:
            raise Unreadable("this workbook spans more than 2,000,000 cells")


class _Extent:
    """How far the filled cells of a sheet reach."""

    def __init__(self) -> None:
        self.row = self.column = self.last_row = self.last_column = 0

    def of(self, part: IO[bytes]) -> int:
        """Return how many cells lie in the rectangle from A1 to the farthest one that is filled."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._opened
        parser.ParseFile(part)
        return self.last_row * self.last_column

    def _opened(self, tag: str, named: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "row":
            self.row, self.column = int(named.get("r") or self.row + 1), 0
        elif kind == "c":
            found = _REFERENCE.match(named.get("r", ""))
            self.column = _number(found[1]) if found else self.column + 1
            self.row = int(found[2]) if found else self.row
        elif kind in ("v", "is"):
            self.last_row, self.last_column = max(self.last_row, self.row), max(self.last_column, self.column)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number

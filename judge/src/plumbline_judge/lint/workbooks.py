"""Read the cells of a workbook (.xlsx): a zip of XML parts, read with bounds and without any library."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from plumbline_judge.lint.tables import Grid, TableCell
from plumbline_judge.lint.written import Cell, Unreadable, trimmed

_MOST_BYTES = 100_000_000
_MOST_CELLS = 500_000
_MOST_COLUMNS = 500
_LINK = re.compile(r"\}id$")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")


class Sheet(NamedTuple):
    """One sheet with its cells."""

    name: str
    grid: Grid


def sheets_of(data: bytes) -> list[Sheet]:
    """Return the sheets of a workbook in their order, with the words of their cells."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _MOST_BYTES:
                raise Unreadable("this workbook is too large when unpacked (over 100 MB)")
            return _sheets(parts)
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, EOFError, NotImplementedError, ValueError) as error:
        raise Unreadable("this workbook is damaged") from error
    except RuntimeError as error:  # how zipfile says that a part is locked
        raise Unreadable("this workbook is protected with a password") from error


def _sheets(parts: zipfile.ZipFile) -> list[Sheet]:
    if "xl/workbook.xml" not in parts.namelist():
        raise Unreadable("this is no workbook (.xlsx)")
    shared = [_words(one) for one in _root(parts, "xl/sharedStrings.xml")] if _has(parts, "sharedStrings") else []
    targets = {one.get("Id", ""): one.get("Target", "") for one in _root(parts, "xl/_rels/workbook.xml.rels")}
    book = _root(parts, "xl/workbook.xml")
    found = []
    for sheet in (one for one in book.iter() if _local(one) == "sheet"):
        link = next((value for name, value in sheet.attrib.items() if _LINK.search(name)), "")
        path = targets.get(link, "")
        if "worksheet" in path:
            name = sheet.get("name", "")
            path = path.lstrip("/") if path.startswith("/") else f"xl/{path}"
            found.append(Sheet(name, _grid(_root(parts, path), name, shared)))
    return found


def _has(parts: zipfile.ZipFile, name: str) -> bool:
    return f"xl/{name}.xml" in parts.namelist()


def _root(parts: zipfile.ZipFile, path: str) -> ElementTree.Element:
    data = parts.read(path)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Unreadable("this workbook holds XML that workbooks never hold")
    return ElementTree.fromstring(data)  # noqa: S314 - see above


def _local(one: ElementTree.Element) -> str:
    return one.tag.rpartition("}")[2]


def _words(one: ElementTree.Element) -> str:
    """Return the text of a cell or shared string, its runs put together, without the readings beside them."""
    words = []
    for child in one:
        if _local(child) == "t":
            words.append(child.text or "")
        elif _local(child) == "r":
            words.append(_words(child))
    return "".join(words)


def _grid(sheet: ElementTree.Element, name: str, shared: list[str]) -> Grid:
    grid: Grid = []
    count = 0
    for number, row in enumerate((one for one in sheet.iter() if _local(one) == "row"), 1):
        place = int(row.get("r") or number)
        cells: list[TableCell] = []
        for column, found in _filled(row):
            count += 1
            if count > _MOST_CELLS:
                raise Unreadable("this workbook has more than 500,000 cells")
            cells.extend([TableCell()] * (column - 1 - len(cells)))
            text = _text(found, shared)
            cells.append(TableCell(*trimmed(text, range(len(text))), Cell(name, place, column)))
        grid.append(cells)
    return grid


def _filled(row: ElementTree.Element) -> Iterator[tuple[int, ElementTree.Element]]:
    last = 0
    for one in row:
        found = _REFERENCE.match(one.get("r", ""))
        last = _number(found[1]) if found else last + 1
        if last <= _MOST_COLUMNS:
            yield last, one


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _text(cell: ElementTree.Element, shared: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_words(one) for one in cell if _local(one) == "is")
    value = next((one.text or "" for one in cell if _local(one) == "v"), "")
    if kind == "s":
        at = int(value or -1)
        return shared[at] if 0 <= at < len(shared) else ""
    return value

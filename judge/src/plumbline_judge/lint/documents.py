"""Read a file, whatever it is: bytes to text to goals, or one clear reason why not."""

from __future__ import annotations

import codecs
import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from plumbline_judge.lint.outlines import outline
from plumbline_judge.lint.separated import grid_of
from plumbline_judge.lint.tables import sets_of
from plumbline_judge.lint.written import Document, GoalSet, Unreadable, line_starts

KINDS = {
    ".md": "markdown", ".markdown": "markdown", ".mdx": "markdown", ".txt": "text", ".text": "text", "": "text",
    ".yaml": "yaml", ".yml": "yaml", ".csv": "csv", ".tsv": "csv", ".xlsx": "workbook", ".xlsm": "workbook",
}  # fmt: skip
MOST_BYTES = 20_000_000
_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_TEXT = {b"%PDF": "a PDF", b"\x89PNG": "a picture", b"\x1f\x8b": "a packed file", b"\x7fELF": "a program"}
_LIBRARIES = {
    "yaml": "YAML is read with PyYAML, which is not installed here: pip install pyyaml",
    "python_calamine": "workbooks are read with python-calamine, which is not installed here: "
    "pip install python-calamine",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Source(NamedTuple):
    """The bytes of a file, its kind, and how its letters are written."""

    name: str
    kind: str
    data: bytes
    encoding: str = "utf-8"


def read_source(name: str, *, kind: str = "") -> Source:
    """Return the bytes of a file, or of standard input for ``-``. Raises ``Unreadable``."""
    kind = kind or KINDS.get(Path(name).suffix.lower() if name != "-" else "", "")
    if not kind:
        raise Unreadable(f"files that end in {Path(name).suffix} are not read; say what it is with --as")
    try:
        data = sys.stdin.buffer.read(MOST_BYTES + 1) if name == "-" else _bytes(Path(name))
    except OSError as error:
        raise Unreadable(error.strerror or str(error)) from error
    if len(data) > MOST_BYTES:
        raise Unreadable("this file is larger than 20 MB; a list of goals is not")
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8")
    return Source(name, kind, data, encoding)


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def read_document(source: Source) -> Document:
    """Return the goals of a file. Raises ``Unreadable`` with the reason."""
    if source.kind == "workbook":
        return Document(source.name, source.kind, "", _of_workbook(source.data))
    return document_of(_text(source), source.kind, name=source.name)


def document_of(text: str, kind: str, *, name: str = "-") -> Document:
    """Return the goals of a text of a kind: ``markdown``, ``text``, ``yaml`` or ``csv``."""
    return Document(name, kind, text, _sets(text, kind), line_starts(text))


def _sets(text: str, kind: str) -> tuple[GoalSet, ...]:
    if kind == "yaml":
        found: tuple[GoalSet, ...] = _reader("yaml_goals").goals_in(text)
        return found
    if kind == "csv":
        return tuple(one for one in sets_of(grid_of(text)) if not one.is_empty)
    return outline(text, plain=kind == "text")


def _reader(module: str) -> ModuleType:
    """Return the module that reads a kind of file with a library, which not everybody has."""
    try:
        return importlib.import_module(f"plumbline_judge.lint.{module}")
    except ModuleNotFoundError as missing:
        if missing.name not in _LIBRARIES:
            raise
        raise Unreadable(_LIBRARIES[missing.name]) from missing


def _of_workbook(data: bytes) -> tuple[GoalSet, ...]:
    if data.startswith(_LOCKED):
        raise Unreadable("this workbook is protected with a password, or is in the old format (.xls); save it as .xlsx")
    if not data.startswith(b"PK"):
        raise Unreadable("this is no workbook (.xlsx)")
    sheets = _reader("workbooks").sheets_of(data)
    return tuple(one for sheet in sheets for one in sets_of(sheet.grid) if not one.is_empty)


def _text(source: Source) -> str:
    """Return the letters of a file; line ends stay as they are, so that it can be written back."""
    looks_like = next((what for mark, what in _NO_TEXT.items() if source.data.startswith(mark)), "")
    if looks_like or (source.encoding == "utf-8" and b"\0" in source.data):
        raise Unreadable(f"this is {looks_like or 'no text'}")
    try:
        return source.data.decode(source.encoding)
    except UnicodeDecodeError as error:
        line = source.data[: error.start].count(b"\n") + 1
        raise Unreadable(
            "this is not UTF-8; save the file as UTF-8", line if source.encoding == "utf-8" else 0
        ) from error

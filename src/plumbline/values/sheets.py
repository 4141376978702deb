"""Rows for spreadsheets, one after the other: as CSV, or as a workbook that is written while it is sent.

What people typed can never be a formula: in CSV such a text gets an apostrophe before it, in a workbook it is a text.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from io import RawIOBase, StringIO
from typing import Any, Final
from xml.sax.saxutils import escape

Cell = str | int | Decimal | date | None

#: What programs take for the beginning of a formula; also behind spaces, and in full width.
_FORMULA: Final = re.compile("^\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r|]")
#: What XML can't hold.
_UNTOLD: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: The longest text that a cell of a workbook holds.
_LONGEST: Final = 32_767
#: Rows that are sent together.
_TOGETHER: Final = 100


def harmless(text: str) -> str:
    """Return a text that no program takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def as_csv(rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Write rows as CSV: UTF-8 with its mark, so that Excel reads it as such."""
    yield b"\xef\xbb\xbf"
    kept = StringIO()
    writer = csv.writer(kept, lineterminator="\r\n")
    for number, row in enumerate(rows, start=1):
        writer.writerow([_plain(cell) for cell in row])
        if number % _TOGETHER == 0:
            yield _taken(kept)
    yield _taken(kept)


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Decimal():
            return format(cell, "f")
        case date():
            return cell.isoformat()
        case str():
            return harmless(cell)
        case _:
            return str(cell)


def _taken(kept: StringIO) -> bytes:
    text = kept.getvalue()
    kept.seek(0)
    kept.truncate()
    return text.encode("utf-8", "replace")


class _Outlet(RawIOBase):
    """Takes what is written and hands it on: nobody can go back in it."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = bytearray()
        self.gone = 0

    def writable(self) -> bool:
        return True

    def write(self, told: Any) -> int:
        self.waiting += told
        return len(told)

    def tell(self) -> int:
        return self.gone + len(self.waiting)

    def taken(self) -> bytes:
        told = bytes(self.waiting)
        self.gone += len(told)
        self.waiting.clear()
        return told


def as_workbook(rows: Iterable[Sequence[Cell]], *, name: str) -> Iterator[bytes]:
    """Write rows as a workbook (.xlsx) of one sheet, the first row as its head."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as book:
        for path, text in _PARTS.items():
            book.writestr(path, text)
        title = escape(re.sub(r"[\\/*?:\[\]']", " ", _UNTOLD.sub("", name))[:31] or "1", {'"': "&quot;"})
        book.writestr("xl/workbook.xml", _WORKBOOK.format(name=title))
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(_HEAD.encode())
            for number, row in enumerate(rows, start=1):
                sheet.write(_row(row, is_head=number == 1).encode("utf-8", "replace"))
                if number % _TOGETHER == 0:
                    yield outlet.taken()
            sheet.write(b"</sheetData></worksheet>")
    yield outlet.taken()


def _row(row: Sequence[Cell], *, is_head: bool) -> str:
    return f"<row>{''.join(_cell(cell, is_head=is_head) for cell in row)}</row>"


def _cell(cell: Cell, *, is_head: bool) -> str:
    match cell:
        case None | "":
            return "<c/>"
        case Decimal() | int():
            return f"<c><v>{cell:f}</v></c>" if isinstance(cell, Decimal) else f"<c><v>{cell}</v></c>"
        case date():
            return f'<c s="1"><v>{cell.toordinal() - _EPOCH}</v></c>'
        case _:
            text = escape(_UNTOLD.sub("", cell)[:_LONGEST])
            style = ' s="2"' if is_head else ""
            return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{text}</t></is></c>'


#: Workbooks count days from the end of 1899.
_EPOCH: Final = date(1899, 12, 30).toordinal()
_SPACE: Final = "http://schemas.openxmlformats.org"
_MAIN: Final = f"{_SPACE}/spreadsheetml/2006/main"
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD: Final = (
    f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)
_WORKBOOK: Final = (
    f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_SPACE}/officeDocument/2006/relationships"><sheets>'
    '<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_PARTS: Final = {
    "[Content_Types].xml": (
        f'{_XML}<Types xmlns="{_SPACE}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{_XML}<Relationships xmlns="{_SPACE}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{_SPACE}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'{_XML}<Relationships xmlns="{_SPACE}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_SPACE}/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_SPACE}/officeDocument/2006/relationships/styles" Target="styles.xml"/>'
        "</Relationships>"
    ),
    "xl/styles.xml": (
        f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill>'
        '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3">'
        '<xf xfId="0"/><xf xfId="0" numFmtId="14" applyNumberFormat="1"/><xf xfId="0" fontId="1" applyFont="1"/>'
        '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}

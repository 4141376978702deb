"""Rows as files: read back by others, and never a formula."""

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pytest

from plumbline.values.sheets import Cell, as_csv, as_workbook

ROWS: list[Sequence[Cell]] = [
    ["Goal", "Now", "On", "Note"],
    ['Riders stay, "gladly"', Decimal("36.80"), date(2026, 5, 22), "Ä\nö 🚲"],
    ["", 4, None, "\x00ok"],
]


def test_a_program_reads_the_rows_back_from_csv() -> None:
    text = b"".join(as_csv(ROWS)).decode("utf-8-sig")

    read = list(csv.reader(StringIO(text, newline="")))
    assert read[1] == ['Riders stay, "gladly"', "36.80", "2026-05-22", "Ä\nö 🚲"]
    assert read[2][1:3] == ["4", ""]


def test_a_program_reads_the_rows_back_from_a_workbook() -> None:
    sheet = openpyxl.load_workbook(BytesIO(b"".join(as_workbook(ROWS, name="Goals: [all]")))).active

    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("Goal", "Now", "On", "Note")
    assert (rows[1][0], rows[1][1], rows[1][2].date(), rows[1][3]) == (
        'Riders stay, "gladly"', 36.8, date(2026, 5, 22), "Ä\nö 🚲",
    )  # fmt: skip
    assert rows[2] == (None, 4, None, "ok")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "\uff1d1", "|calc", "\r=1"])
def test_what_people_typed_is_never_a_formula(text: str) -> None:
    read = next(csv.reader(StringIO(b"".join(as_csv([[text]])).decode("utf-8-sig"), newline="")))
    book = openpyxl.load_workbook(BytesIO(b"".join(as_workbook([["Goal"], [text]], name="Goals"))))

    assert read[0] == f"'{text}"
    assert book.active["A2"].data_type == "s"


def test_numbers_below_zero_stay_numbers() -> None:
    assert b"".join(as_csv([[Decimal("-3.5"), -2]])).endswith(b"-3.5,-2\r\n")


def test_rows_are_sent_while_others_are_read() -> None:
    told: list[int] = []

    def rows():
        for number in range(1_000):
            told.append(number)
            yield [number]

    for write in (as_csv, lambda found: as_workbook(found, name="Goals")):
        told.clear()
        steps = write(rows())
        next(steps)
        next(steps)
        assert len(told) < 300

"""Measures are read right on lines that were set apart for it, as often as `docs/judge.md` says."""

import hashlib
import sys
from pathlib import Path

import pytest
from plumbline_judge import judge

sys.path.insert(0, str(Path(__file__).parent.parent / "training"))

from measures import LINES, lines, score

SHA = "077d5f4d984dc6cae76e2b76d089349ae38fcf58285c3d7f3d51238d6f77d132"


@pytest.fixture(scope="module")
def found():
    return lines()


def test_the_lines_are_never_changed():
    assert hashlib.sha256(LINES.read_bytes()).hexdigest() == SHA


def test_enough_lines_name_a_start_or_a_change(found):
    assert sum(line.gold["baseline"] is not None or line.gold["change"] is not None for line in found) >= 150


@pytest.mark.parametrize("field", ["baseline", "change"])
def test_starts_and_changes_are_found_and_not_invented(found, field):
    result = score(field, found)

    assert result.precision >= 0.95
    assert result.recall >= 0.95


@pytest.mark.parametrize(
    ("field", "least"), [("target", 0.94), ("unit", 0.93), ("direction", 0.94), ("deadline", 0.97)]
)
def test_what_is_read_is_exact(found, field, least):
    assert score(field, found).exact >= least


MORE = [
    ("Reduce waste to 4 t from 9 t", 9, 4, None, "t", "decrease"),
    ("Reach 40 schools from all 16 districts", None, 40, None, "schools", "reach"),
    ("Cut refunds by at least 12 %", None, None, "-12%", "%", "decrease"),
    ("A 4 % dip in fares", None, None, "-4%", "%", "decrease"),
    ("Attendance of 90 % or more", None, 90, None, "%", "at_least"),
    ("3 out of 4 clinics answer on the same day", None, 3, None, "of 4", "reach"),
    ("Publish 4 React / Vue guides", None, 4, None, "guides", "reach"),
    ("Sign 6 partners joining from abroad", None, 6, None, "partners", "reach"),
    ("Keep the growth rate at 5 %", None, 5, None, "%", "reach"),
    ("Temperature from -5 °C to -12 °C", -5, -12, None, "°C", "decrease"),
    ("Move billing from Rails 6 to Rails 8", None, None, None, "", "none"),
    ("Raise takings from CHF 900 to CHF 1'200", 900, 1200, None, "CHF", "increase"),
    ("Costs of printing down 15% on last year", None, None, "-15%", "%", "decrease"),
    ("Now at 12%, composting should reach 30%", 12, 30, None, "%", "increase"),
    ("Reach 24 shops, starting from 9", 9, 24, None, "shops", "increase"),
    ("Three times as many repairs", None, None, "x3", "", "increase"),
    ("Cut queue length by one third", None, None, "-33%", "%", "decrease"),
    ("Close 5-8 audit findings", None, 5, None, "findings", "reach"),
    ("Twice as many nurses stay", None, None, "x2", "", "increase"),
]


@pytest.mark.parametrize("case", MORE, ids=lambda case: case[0])
def test_near_neighbours_are_told_apart(case):
    text, baseline, target, change, unit, direction = case

    read = judge(text).measure

    assert (read.baseline, read.target, read.change) == (baseline, target, change)
    assert (read.unit, read.direction) == (unit, direction)

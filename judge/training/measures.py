"""Measure how measures are read: the numbers, unit, direction and deadline of lines that were set apart for it.

    python judge/training/measures.py [FILE.jsonl ...] [--wrong]

The lines stand in `tests/measured/measures.jsonl`: written before the reader was tuned on its kinds of error, and never
changed. Other files of the same form are added to them. `--wrong` lists what is read otherwise than labelled.
Conventions: a change is relative ("+30%", "-5", "x2") and no target; a range counts by its first number; "2 out of 3"
is 2 with the unit "of 3"; a number that is a name, a version or a date is none; a deadline keeps its preposition.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

from plumbline_judge import judge

LINES = Path(__file__).parent.parent / "tests" / "measured" / "measures.jsonl"
FIELDS = ("target", "baseline", "change", "unit", "direction", "deadline", "metric")


class Score(NamedTuple):
    """How a field is read: how often exactly (nothing where there is nothing counts), precision and recall."""

    exact: float
    precision: float
    recall: float
    there: int

    def __str__(self) -> str:
        return f"exact {self.exact:.3f}  precision {self.precision:.3f}  recall {self.recall:.3f} ({self.there})"


class Line(NamedTuple):
    """A line, its measure as labelled and as read."""

    text: str
    gold: dict[str, Any]
    read: dict[str, Any]


def lines(*paths: Path) -> list[Line]:
    """Read the lines of the files, by default of those set apart."""
    texts = [text for path in paths or (LINES,) for text in path.read_text(encoding="utf-8").splitlines() if text]
    rows = [json.loads(text) for text in texts]
    return [Line(row["text"], row, judge(row["text"]).measure.to_dict()) for row in rows]


def score(field: str, found: list[Line]) -> Score:
    """Score one field; a value given where there is none counts against precision."""
    pairs = [(said(field, line.gold), said(field, line.read)) for line in found]
    right = sum(gold == read is not None for gold, read in pairs)
    given, there = (sum(pair[side] is not None for pair in pairs) for side in (1, 0))
    exact = sum(gold == read for gold, read in pairs) / len(pairs)
    return Score(exact, right / given if given else 0.0, right / there if there else 0.0, there)


def said(field: str, measure: dict[str, Any]) -> float | str | None:
    """Return a field in one way of writing, None where it is empty."""
    value = measure.get(field)
    if value is None or value == "":
        return None
    return round(float(value), 6) if field in ("baseline", "target") else " ".join(str(value).split()).lower()


def main() -> None:
    """Measure and print."""
    found = lines(LINES, *(Path(name) for name in sys.argv[1:] if name != "--wrong"))
    for field in FIELDS:
        sys.stdout.write(f"{field:<10} {score(field, found)}\n")
    for line in found if "--wrong" in sys.argv else []:
        wrong = [field for field in FIELDS[:-1] if said(field, line.gold) != said(field, line.read)]
        if wrong:
            told = "; ".join(f"{field} {line.gold[field]!r}, read {line.read[field]!r}" for field in wrong)
            sys.stdout.write(f"{line.text}\n    {told}\n")


if __name__ == "__main__":
    main()

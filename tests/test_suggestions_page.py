"""The lists of suggestions in docs/judge.md: what is suggested first for two fixed lists, and how it was read.

``PLUMBLINE_TEST_WRITE_DOCS=1`` writes it anew instead of comparing. A reading stands in ``readings.txt`` beside the
first list, and in ``further-readings.txt`` beside the second ("17 | fits | the suggestion that was read"); one of
another suggestion than today's is left out.
"""

from __future__ import annotations

import os
from pathlib import Path

from plumbline_judge import Context
from plumbline_judge.statement import read
from plumbline_judge.suggestions import suggestions

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "judge.md"
SUGGESTED = ROOT / "judge" / "tests" / "suggested"
LISTS = (("suggestions", "outputs", "readings"), ("further suggestions", "further", "further-readings"))


def test_the_page_lists_what_is_suggested_today():
    written = PAGE.read_text("utf-8")
    for mark, outputs, readings in LISTS:
        begins, ends = f"<!-- {mark} begin -->\n", f"<!-- {mark} end -->"
        written = written.split(begins)[0] + begins + table(outputs, readings) + ends + written.split(ends)[1]
    if os.environ.get("PLUMBLINE_TEST_WRITE_DOCS"):
        PAGE.write_text(written, "utf-8")

    assert PAGE.read_text("utf-8") == written, "write it anew with PLUMBLINE_TEST_WRITE_DOCS=1"


def table(outputs: str, readings_file: str) -> str:
    """Return the outputs with their first suggestions, and with the readings once there are any."""
    readings = _readings(readings_file)
    read_too = " read as |" if readings else ""
    lines = [
        f"| | output | objective above it | suggested first |{read_too}",
        "|---|---|---|---|" + "---|" * bool(read_too),
    ]
    for number, (text, objective) in enumerate(_outputs(outputs), 1):
        first = suggestions(read(text), Context(objective=objective))[0].text
        verdict = f" {readings.get((number, first), '')} |" if readings else ""
        lines.append(f"| {number} | {text} | {objective} | {first} |{verdict}")
    return "\n".join(lines) + "\n"


def _outputs(file: str) -> list[tuple[str, str]]:
    rows = (SUGGESTED / f"{file}.txt").read_text("utf-8").splitlines()
    parts = [[part.strip() for part in row.split("|")] for row in rows if not row.startswith("#")]
    return [(text, objective) for _, text, objective in parts]


def _readings(name: str) -> dict[tuple[int, str], str]:
    file = SUGGESTED / f"{name}.txt"
    rows = file.read_text("utf-8").splitlines() if file.exists() else []
    parts = [row.split(" | ", 2) for row in rows if row and not row.startswith("#")]
    return {(int(number), said): verdict for number, verdict, said in parts}

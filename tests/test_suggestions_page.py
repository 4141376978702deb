"""The list of suggestions in docs/judge.md: what is suggested first for a hundred outputs, and how it was read.

``PLUMBLINE_TEST_WRITE_DOCS=1`` writes it anew instead of comparing. A reading stands in ``readings.txt`` beside the
outputs ("17 | fits | the suggestion that was read"); one of another suggestion than today's is left out.
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
BEGINS, ENDS = "<!-- suggestions begin -->\n", "<!-- suggestions end -->"


def test_the_page_lists_what_is_suggested_today():
    text = PAGE.read_text("utf-8")
    before, after = text.split(BEGINS)[0], text.split(ENDS)[1]
    written = before + BEGINS + table() + ENDS + after
    if os.environ.get("PLUMBLINE_TEST_WRITE_DOCS"):
        PAGE.write_text(written, "utf-8")

    assert PAGE.read_text("utf-8") == written, "write it anew with PLUMBLINE_TEST_WRITE_DOCS=1"


def table() -> str:
    """Return the outputs with their first suggestions, and with the readings once there are any."""
    readings = _readings()
    read_too = " read as |" if readings else ""
    lines = [
        f"| | output | objective above it | suggested first |{read_too}",
        "|---|---|---|---|" + "---|" * bool(read_too),
    ]
    for number, (text, objective) in enumerate(_outputs(), 1):
        first = suggestions(read(text), Context(objective=objective))[0].text
        verdict = f" {readings.get((number, first), '')} |" if readings else ""
        lines.append(f"| {number} | {text} | {objective} | {first} |{verdict}")
    return "\n".join(lines) + "\n"


def _outputs() -> list[tuple[str, str]]:
    rows = (SUGGESTED / "outputs.txt").read_text("utf-8").splitlines()
    parts = [[part.strip() for part in row.split("|")] for row in rows if not row.startswith("#")]
    return [(text, objective) for _, text, objective in parts]


def _readings() -> dict[tuple[int, str], str]:
    file = SUGGESTED / "readings.txt"
    rows = file.read_text("utf-8").splitlines() if file.exists() else []
    parts = [row.split(" | ", 2) for row in rows if row and not row.startswith("#")]
    return {(int(number), said): verdict for number, verdict, said in parts}

"""``docs/reference/access.md`` is written from the access table; ``PLUMBLINE_TEST_WRITE_DOCS=1`` writes it anew."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from django.urls import URLPattern, get_resolver

from tests.web.access_table import SECTIONS, Row

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "access.md"
#: The cast as people call them, in the order of the columns.
COLUMNS = {
    "vera": "viewer",
    "cleo": "member elsewhere",
    "ben": "member of the home team",
    "carl": "contributor",
    "ada": "lead",
    "root": "admin",
    "olga": "owner",
}
HEAD = """# Who may do what in the browser

Written from the table that the tests hold against every address (`tests/web/access_table.py`).

✔ may, – may not and is told so (403), · is told that it does not exist (404). A private goal exists for its lead,
its contributors and the people named on it; the second table of a section tells of private goals, where
an admin and an owner see as little as everybody else. Whoever is signed out is asked to sign in, but for the addresses
of the last section. A form that comes without its token is refused, whoever sends it.
"""


def test_the_page_says_what_the_table_says() -> None:
    written = page()
    if os.environ.get("PLUMBLINE_TEST_WRITE_DOCS"):
        PAGE.write_text(written)
    assert PAGE.read_text() == written, "write it anew with PLUMBLINE_TEST_WRITE_DOCS=1"


def page() -> str:
    """Return the page."""
    parts = [HEAD]
    for title, rows in SECTIONS.items():
        parts.append(f"\n## {title}\n\n{_table(rows, private=False)}")
        hidden = [row for row in rows if row.private is not None]
        if hidden:
            parts.append(f"\nOf a private goal:\n\n{_table(hidden, private=True)}")
    return "".join(parts)


def _table(rows: Iterable[Row], *, private: bool) -> str:
    lines = ["| | " + " | ".join(COLUMNS.values()) + " |", "|---" * (len(COLUMNS) + 1) + "|"]
    return "\n".join([*lines, *(_line(row, private=private) for row in rows)]) + "\n"


def _line(row: Row, *, private: bool) -> str:
    note = f" ({row.note})" if row.note else ""
    marks = " | ".join(_mark(row, name, private=private) for name in COLUMNS)
    return f"| {row.method.upper()} `{ADDRESSES[row.name]}`{note} | {marks} |"


def _mark(row: Row, name: str, *, private: bool) -> str:
    may, sees = (row.private, row.private_sees) if private else (row.may, row.sees)
    if name in (may or ()):
        return "✔"
    return "–" if name in sees else "·"


def _addresses(patterns: Iterable[object], before: str = "") -> Iterable[tuple[str, str]]:
    for pattern in patterns:
        route = f"{before}{pattern.pattern}"  # type: ignore[attr-defined]
        if isinstance(pattern, URLPattern):
            yield pattern.name or "", "/" + re.sub(r"^\^|\$$|\(\?P(<\w+>)[^)]*\)|<\w+:", _plain, route)
        elif pattern.namespace != "api":  # type: ignore[attr-defined]
            yield from _addresses(pattern.url_patterns, route)  # type: ignore[attr-defined]


def _plain(found: re.Match[str]) -> str:
    return found[1] or ("<" if found[0].startswith("<") else "")


ADDRESSES = dict(_addresses(get_resolver().url_patterns))

"""``docs/reference/api.md`` is written from the door's own description and the access table.

``PLUMBLINE_TEST_WRITE_DOCS=1`` writes it anew.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.api.test_access import TABLE

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "api.md"
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
HEAD = """# The JSON door

Every operation under `/api/v1`, written from its own description (`/api/v1/openapi.json`) and from the table that the
tests hold against each of them (`tests/api/test_access.py`).

A request carries `Authorization: Bearer <token>`; tokens are made on one's own profile. A token has at most its
person's rights, and one that only reads changes nothing. A write that is sent again with the same `Idempotency-Key` is
one act. Values are in the unit that is stored (durations in seconds). A refusal says why in `detail`, and in one word
for programs in `code`: 401 without a usable token, 403 for what may be seen and not done, 404 for what does not exist
for the token's person, 409 where its state refuses, 422 for what is not understood.

✔ may, – may not and is told so (403). A private goal exists for its lead, its contributors and the people named on it;
for everybody else it does not (404). The last column says who may do it to a private one.
"""


@pytest.mark.django_db
def test_the_page_says_what_the_door_says(client: Client) -> None:
    written = page(json.loads(client.get("/api/v1/openapi.json").content))
    if os.environ.get("PLUMBLINE_TEST_WRITE_DOCS"):
        PAGE.write_text(written)
    assert PAGE.read_text() == written, "write it anew with PLUMBLINE_TEST_WRITE_DOCS=1"


def page(described: dict[str, Any]) -> str:
    """Return the page."""
    sections: dict[str, list[str]] = {}
    for tag, operation, does in _operations(described):
        sections.setdefault(tag, []).append(_line(operation, does))
    head = ["| | " + " | ".join(COLUMNS.values()) + " | private |", "|---" * (len(COLUMNS) + 2) + "|"]
    parts = [f"\n## {tag.capitalize()}\n\n" + "\n".join([*head, *rows]) + "\n" for tag, rows in sections.items()]
    return HEAD + "".join(parts)


def _operations(described: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield operation["tags"][0], f"{method} {path.removeprefix('/api/v1')}", operation["description"]


def _line(operation: str, does: str) -> str:
    method, path = operation.split()
    _sees, public, private, _body = TABLE[operation]
    cells = ["✔" if name in public else "–" for name in COLUMNS]
    named = ", ".join(word for name, word in COLUMNS.items() if name in private) if "{" in path else "–"
    words = " ".join(does.split()).replace("|", "\\|")
    return f"| {method.upper()} `{path}`<br>{words} | " + " | ".join(cells) + f" | {named} |"

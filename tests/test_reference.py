"""The pages in docs/reference that are written from the code.

``PLUMBLINE_TEST_WRITE_DOCS=1`` writes them anew instead of comparing.
"""

from __future__ import annotations

import ast
import doctest
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from plumbline_judge import CatalogueEntry, catalogue

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
RULES = ROOT / "judge" / "src" / "plumbline_judge" / "rules"
WRITERS = {"record", "write"}


@pytest.mark.parametrize("page", ["rules", "events", "metrics"])
def test_the_page_says_what_the_code_says(page):
    file, written = REFERENCE / f"{page}.md", PAGES[page]()
    if os.environ.get("PLUMBLINE_TEST_WRITE_DOCS"):
        file.write_text(written)
    assert file.read_text() == written, "write it anew with PLUMBLINE_TEST_WRITE_DOCS=1"


def test_the_page_on_the_library_shows_real_answers():
    failed, tried = doctest.testfile(str(ROOT / "docs" / "metrics.md"), module_relative=False)

    assert (failed, tried) == (0, 4)


def rules() -> str:
    """Return each rule of the judge with its reason and its examples."""
    files = sorted(path for path in RULES.glob("*.py") if path.stem != "__init__")
    pages = [
        f"## `{path.stem}`\n\n{_as_markdown(ast.get_docstring(ast.parse(path.read_text())) or '')}" for path in files
    ]
    return "# Rules of the judge\n\nWhat it remarks on, why, and an example of each.\n\n" + "\n\n".join(pages) + "\n"


def metrics() -> str:
    """Return the library of metrics, by field of work."""
    entries = catalogue()
    domains = list(dict.fromkeys((entry.domain, entry.domain_name) for entry in entries))
    head = f"# Metrics\n\nThe library: {len(entries)} metrics in {len(domains)} fields of work. "
    head += "How to add one: [the library of metrics](../metrics.md).\n"
    return head + "".join(_domain(name, [one for one in entries if one.domain == key]) for key, name in domains)


def _domain(name: str, entries: list[CatalogueEntry]) -> str:
    rows = "".join(
        f"| {one.name} | {one.unit} {one.unit_code}".rstrip()
        + f" | {one.direction} | {one.rhythm} | {one.kind} | {one.guardrail} | {one.sentence} |\n"
        for one in entries
    )
    columns = (
        "| metric | unit | better | read | kind | must not get worse | sentence |\n|---|---|---|---|---|---|---|\n"
    )
    return f"\n## {name}\n\n{columns}{rows}"


def _as_markdown(docstring: str) -> str:
    lines = [f"- {line.strip()}" if line.startswith("    ") else line for line in docstring.splitlines()]
    return "\n".join(lines).replace("Flagged:\n", "Flagged:\n\n").replace("Fine:\n", "Fine:\n\n")


def events() -> str:
    """Return every verb that leaves an event, by the noun it happens to."""
    rows = sorted(set(_verbs()))
    head = "# Events\n\nWhat the log, feeds and webhooks call the things that happen.\n\n| event | when |\n|---|---|\n"
    return head + "".join(f"| `{noun}.{verb}` | {why} |\n" for noun, verb, why in rows)


def _verbs() -> Iterator[tuple[str, str, str]]:
    for path in sorted((ROOT / "src" / "plumbline").glob("*/models/*.py")):
        for noun in ast.parse(path.read_text()).body:
            if isinstance(noun, ast.ClassDef):
                yield from _verbs_of(noun)


def _verbs_of(noun: ast.ClassDef) -> Iterator[tuple[str, str, str]]:
    for method in noun.body:
        for node in ast.walk(method) if isinstance(method, ast.FunctionDef) else ():
            verb = _verb(node)
            if verb and isinstance(method, ast.FunctionDef):
                yield _owner(noun, node), verb, (ast.get_docstring(method) or "").split("\n")[0]


def _verb(node: ast.AST) -> str:
    """Return the verb that a call leaves an event for; nothing for any other node."""
    leaves = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITERS
    if not leaves or not node.args or not isinstance(node.args[0], ast.Constant):
        return ""
    return str(node.args[0].value)


def _owner(noun: ast.ClassDef, node: ast.AST) -> str:
    """Name the noun: the class itself, unless the call is on a variable that is named after another."""
    name = ast.unparse(node.func.value) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""
    return _snake(noun.name) if name == "self" or "." in name else name


def _snake(name: str) -> str:
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name).strip("_")


PAGES = {"rules": rules, "events": events, "metrics": metrics}

"""docs/reference/rules.md says what the rules say of themselves; PLUMBLINE_TEST_WRITE_DOCS=1 writes it anew."""

import inspect
import os
from pathlib import Path

from plumbline_judge.registry import Rule, all_rules

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "rules.md"
HEAD = """# What the judge remarks on

Each rule looks at one thing, and can be switched off by its name. Written from the rules' own words; `make test`
compares them. *Asks* is worth a question before a goal becomes active, *hints* is for whoever wants to know.
"""


def test_the_reference_is_what_the_rules_say() -> None:
    written = reference()
    if os.environ.get("PLUMBLINE_TEST_WRITE_DOCS"):
        PAGE.write_text(written)
    assert PAGE.read_text() == written


def reference() -> str:
    rules = sorted(all_rules().values(), key=lambda rule: (rule.on_set, rule.name))
    return "\n".join([HEAD, *(page(rule) for rule in rules)])


def page(rule: Rule) -> str:
    about = "an objective with its key results" if rule.on_set else "one sentence"
    how = {"ask": "Asks", "hint": "Hints"}[rule.severity]
    return f"## `{rule.name}`\n\n{how}, about {about}.\n\n{inspect.cleandoc(listed(rule.doc))}\n"


def listed(doc: str) -> str:
    """Turn the indented examples into a list, each under its heading."""
    lines = inspect.cleandoc(doc).splitlines()
    return "\n".join(f"- {line.strip()}" if line.startswith("    ") else _heading(line) for line in lines)


def _heading(line: str) -> str:
    return f"**{line}**\n" if line in {"Flagged:", "Fine:"} else line

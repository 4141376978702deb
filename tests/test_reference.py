"""The pages in docs/reference that are written from the code.

``PLUMBLINE_TEST_WRITE_DOCS=1`` writes them anew instead of comparing.
"""

from __future__ import annotations

import ast
import doctest
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from plumbline_judge import CatalogueEntry, catalogue
from plumbline_judge.registry import Rule, all_rules
from plumbline_judge.speech import phrases

from plumbline.goals.plan_check.registry import all_checks

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
RULES = ROOT / "docs" / "rules"
WRITERS = {"record", "write"}
NOUNS = {"key_result": "key results", "objective": "objectives", "initiative": "initiatives", "kpi": "KPIs"}
LOUD = {"ask": "**Asks**: worth a question before the goal is active.", "hint": "**Hints**: good to know."}
SURROUNDINGS = {
    "today": "on {0}",
    "cycle": "in a cycle from {0} to {1}",
    "objective": "below “{2}”",
    "unit": "with the unit {0} beside it",
}
RULES_HEAD = """# Rules of the judge

What it remarks on: {count} rules, each with a page that says why it matters, how to mend it, and shows both sides. The
examples on these pages are the rules' tests. A rule grades texts, never people, and blocks nothing.

{table}

## Settings

The nearest `plumbline-judge.toml`, from the folder upwards, says which rules are silent and how loudly the others
speak; in a project with a `pyproject.toml` the same can stand below `[tool.plumbline-judge]`. A server reads the file
that `PLUMBLINE_JUDGE_SETTINGS` names. Over it stands what admins and owners choose under *Settings → Judge*: each rule
by default, as a warning, as a note, or off. The page gives its choice as this file, and takes such a file over.

```toml
disable = ["no_date", "vague_words"]
language = "de"          # en or de: the language of the answers; the reader's without it
question = true          # false: it asks no question
suggestions = true       # false: it suggests nothing

[severity]
milestone = "hint"       # ask or hint
```

`text_language = "en"` tells the judge in which language the goals are written, where it guesses otherwise. A name that
no rule has is answered with the nearest that there is.
"""


PLAN_HEAD = """# The plan check

What is asked about the goals of a cycle together, before it starts and at any time after: on the page of the goals,
*Check the plan*. Each finding comes with the sentences that show it and the step that mends it. Where it is fine,
anybody who may change one of the goals says why; that stands beside it with who and when, and can be taken back.

Everybody is told of the goals that they can see, and of no others.
"""


@pytest.mark.parametrize("page", ["events", "metrics", "plan-check"])
def test_the_page_says_what_the_code_says(page):
    _compare(REFERENCE / f"{page}.md", PAGES[page]())


@pytest.mark.parametrize("name", sorted(all_rules()))
def test_the_page_of_a_rule_says_what_the_rule_says(name):
    _compare(RULES / f"{name}.md", rule_page(all_rules()[name]))


def test_the_page_on_rules_lists_them_all():
    _compare(RULES / "index.md", rules_page())


def test_no_page_is_left_of_a_rule_that_is_gone():
    assert {path.stem for path in RULES.glob("*.md")} == {*all_rules(), "index"}


def _compare(file: Path, written: str) -> None:
    if os.environ.get("PLUMBLINE_TEST_WRITE_DOCS"):
        file.write_text(written)
    assert file.read_text() == written, "write it anew with PLUMBLINE_TEST_WRITE_DOCS=1"


def test_the_page_on_the_library_shows_real_answers():
    failed, tried = doctest.testfile(str(ROOT / "docs" / "metrics.md"), module_relative=False)

    assert (failed, tried) == (0, 4)


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


def rule_page(rule: Rule) -> str:
    """Return the page of one rule: what it finds, why, how to mend it, and its examples."""
    finds, why, mend = rule.doc.split("Found:\n")[0].strip().split("\n\n")
    return "\n\n".join(
        (
            f"# `{rule.name}`",
            f"{finds}",
            f"{LOUD[rule.severity]} Looks at {_looked_at(rule)}.",
            f"## Why it matters\n\n{why}",
            f"## How to mend it\n\n{mend.removeprefix('Mend: ')}",
            f"## Found\n\n{_examples(rule.doc, 'Found')}",
            f"## Good\n\n{_examples(rule.doc, 'Good')}",
            f"## What it says\n\n> {phrases('en')[f'rule.{rule.name}']}\n\n> {phrases('de')[f'rule.{rule.name}']}",
            f'Silent with `disable = ["{rule.name}"]`: see [settings of the judge](index.md#settings).\n',
        )
    )


def _looked_at(rule: Rule) -> str:
    if rule.on_set:
        return "an objective with its key results"
    return ", ".join(NOUNS[role] for role in rule.roles)


def _examples(doc: str, heading: str) -> str:
    block = doc.split(f"\n{heading}:\n", 1)[1].split("\n\n", 1)[0]
    return "\n".join(f"- {_example(line.strip())}" for line in block.splitlines() if line.strip())


def _example(line: str) -> str:
    """Dress an example: what is known beside it stands ahead in brackets, key results of one set are parted by bars."""
    found = re.match(r"\[(\w+) ([^\]]*)\] (.*)", line)
    known = f" ({SURROUNDINGS[found[1]].format(*found[2].split(' ', 1), found[2])})" if found else ""
    texts = (found[3] if found else line).split(" | ")
    return " · ".join(f"*{text}*" for text in texts) + known


def rules_page() -> str:
    """Return the list of all rules with what each finds, and how to set them."""
    rows = [
        f"| [`{rule.name}`]({rule.name}.md) | {rule.doc.splitlines()[0]} | {rule.severity} | {_looked_at(rule)} |"
        for rule in all_rules().values()
    ]
    table = "\n".join(["| rule | what it does | severity | looks at |", "|---|---|---|---|", *rows])
    return RULES_HEAD.format(count=len(rows), table=table)


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


def plan_checks() -> str:
    """Return every check on the goals of a cycle, as its file says what it looks for and how to mend it."""
    parts = [PLAN_HEAD]
    for known in all_checks().values():
        title, _blank, rest = known.doc.partition("\n")
        parts.append(f"## `{known.name}`\n\n**{title}**{_as_markdown(rest)}\n")
    return "\n".join(parts)


def _as_markdown(text: str) -> str:
    """Write what is indented as code, so that examples stand as they are typed."""
    return text.rstrip().replace("\nFound:\n    ", "\nFound:\n\n    ").replace("\nGood:\n    ", "\nGood:\n\n    ")


PAGES = {"events": events, "metrics": metrics, "plan-check": plan_checks}

"""Every story that a goal platform must get right has a test that bears its name in its docstring."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent

#: The stories: A progress, B check-ins, C cycles, D alignment, E permissions, F ends, G many writers, H many goals.
STORIES = """
A01 A02 A03 A04 A05 A06 A08 A09 A10 A11 A12 A13 A15 A16 A17 A19 A20 A21 A22 A23 A24 A25 A26
B01 B02 B04 B05 B06 B07 B08 B09 B11
C01 C03 C04 C05 C06 C07
D01 D02 D03 D04 D06
E01 E02 E03 E04 E05 E07 E08 E10 E11 E12
F01 F02 F03 F04 F05 F07
G01 G03 G04
H06
"""
#: Stories whose tests are still to be written.
NOT_YET: frozenset[str] = frozenset()

_STORY = re.compile(r"\b[A-H]\d\d\b")


def told() -> Iterator[tuple[str, str]]:
    """Return each story that a test names as its own, with the test."""
    for path in sorted(HERE.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                named = (ast.get_docstring(node) or "").partition(": ")[0].partition(". ")[0]
                yield from ((story, f"{path}::{node.name}") for story in _STORY.findall(named))


def bearing(story: str) -> list[str]:
    """Return the tests of a story, as pytest is asked for them."""
    return [test for name, test in told() if name == story]


def test_every_story_has_its_test() -> None:
    assert set(STORIES.split()) - {story for story, _test in told()} == NOT_YET


def test_every_story_that_a_test_names_is_one() -> None:
    assert {story for story, _test in told()} <= set(STORIES.split())

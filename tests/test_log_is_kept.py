"""No line of the product changes or clears the log (K06), but for the marks of the outbox."""

import ast

from tests.test_house import TREES, found

#: Noting that an event was handed on is no change of what it says.
MARK = "dispatched_at"


def _touches_events(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    changes = node.func.attr in {"delete", "update", "bulk_update", "_raw_delete"}
    return changes and "Event.objects" in ast.unparse(node.func.value)


def test_no_code_changes_or_clears_events() -> None:
    places = list(found(_touches_events))

    for place in places:
        path, line = place.rsplit(":", 1)
        calls = [node for node in ast.walk(TREES[path]) if getattr(node, "lineno", 0) == int(line)]
        told = [ast.unparse(node) for node in calls if _touches_events(node)]
        assert all(MARK in call for call in told), place


def test_events_have_no_verb_of_their_own() -> None:
    tree = TREES["plumbline/people/models/event.py"]
    event = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Event")

    assert [node.name for node in event.body if isinstance(node, ast.FunctionDef)] == ["__str__", "record", "of"]

"""The walls of the house, as tests; STYLE.md says why they stand where they stand."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (ROOT / "src", ROOT / "judge" / "src")
SOURCES = [path for room in ROOMS for path in sorted(room.rglob("*.py")) if "migrations" not in path.parts]
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "base"}

# Doors may write where Django or a library leaves no verb to call, each with its reason.
MAY_WRITE: dict[str, str] = {
    "plumbline/web/static_storage": "it saves a file, and no row",
    "plumbline/worker": "the clock keeps its own books: schedules, heartbeats and attempts",
    "plumbline/integrations": "a delivery is marked as sent by what sent it",
}


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in SOURCES:
        yield str(path.relative_to(path.parents[_depth(path)])), ast.parse(path.read_text())


def _depth(path: Path) -> int:
    return next(number for number, parent in enumerate(path.parents) if parent.name == "src")


TREES = dict(trees())


def test_every_file_is_named_after_what_it_holds():
    assert [str(path) for path in SOURCES if path.stem in NAMELESS or path.parent.name in NAMELESS] == []


def test_imports_stand_at_the_top():
    late = [
        f"{path}:{node.lineno}"
        for path, tree in TREES.items()
        if not path.startswith("plumbline/cli/")
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert late == []


def test_lists_are_ordered_where_they_are_read():
    assert list(found(lambda node: _is_meta(node) and "ordering" in _names_set_in(node))) == []


def test_nothing_happens_behind_the_back():
    decorated = (ast.FunctionDef, ast.ClassDef)
    signals = found(
        lambda node: (
            isinstance(node, decorated) and any("receiver" in ast.unparse(item) for item in node.decorator_list)
        )
    )
    assert list(signals) == []


def test_only_verbs_write():
    wrote = [place for place in found(_is_write) if not _may_write(place)]
    assert wrote == [], "save() and create() belong into */models/ and usecases/"


def _may_write(place: str) -> bool:
    return "/models/" in place or place.startswith(("plumbline/usecases/", *MAY_WRITE))


def _is_write(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    owner = ast.unparse(node.func.value)
    always = {"save", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
    on_rows = {"create", "update", "delete"}
    return node.func.attr in always or (node.func.attr in on_rows and bool(re.search(r"\bobjects\b", owner)))


def _is_meta(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and node.name == "Meta"


def _names_set_in(node: ast.AST) -> set[str]:
    return {name.id for name in ast.walk(node) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)}


def found(matches) -> Iterator[str]:
    for path, tree in TREES.items():
        yield from (f"{path}:{node.lineno}" for node in ast.walk(tree) if matches(node))


def reference(name: str) -> str:
    return (ROOT / "docs" / "reference" / name).read_text()


def test_every_setting_is_documented():
    read = set(re.findall(r"PLUMBLINE_[A-Z_]+", "\n".join(path.read_text() for path in SOURCES)))
    told = set(re.findall(r"^## `(PLUMBLINE_[A-Z_]+)`", reference("settings.md"), re.MULTILINE))
    assert read == told

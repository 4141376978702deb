"""Find objectives and key results in the columns of a table, whatever tool it comes from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from plumbline_judge.lint.labels import after_label
from plumbline_judge.lint.written import Cell, Goal, GoalSet, Role, trimmed


class TableCell(NamedTuple):
    """The words of a cell, with the place of each letter; ``cell`` names it in a workbook."""

    text: str = ""
    at: Sequence[int] = ()
    cell: Cell | None = None


Grid = list[list[TableCell]]
_NOTHING = TableCell()
_FIRST_ROWS = 20
_BULLET = re.compile(r"\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_WIDE = re.compile(r"(?:key result|kr)\s*\d+(?: title| name| statement)?$")
_PARENT_ID = re.compile(r"\bid:\s*([\w-]+)", re.IGNORECASE)
_COLUMNS: dict[str, tuple[str, ...]] = {
    "key_result": (
        "key result", "key results", "kr", "krs", "key result title", "key result name", "result", "results",
        "schlüsselergebnis", "schlüsselergebnisse", "ergebnis", "key result statement",
    ),
    "objective": (
        "objective", "objectives", "objective title", "objective name", "goal", "goals", "ziel", "ziele", "okr",
        "objektiv",
    ),
    "initiative": ("initiative", "initiatives", "initiative title", "project", "projects", "initiativen", "maßnahme"),
    "title": ("title", "name", "titel", "statement", "okr title", "goal name", "goal title", "bezeichnung"),
    "type": ("object type", "type", "okr type", "item type", "typ", "art"),
    "id": ("id", "row id", "okr reference", "goal identifier", "reference", "objective id"),
    "parent": (
        "parent", "parent okr", "parent objective", "parent id", "aligned to", "aligned to weight objective id",
        "parent goal",
    ),
    "level_0": ("main",), "level_1": ("l1",), "level_2": ("l2",), "level_3": ("l3",), "level_4": ("l4",),
}  # fmt: skip
_NAMES = {name: kind for kind, names in _COLUMNS.items() for name in names}
_ROLES: dict[str, Role] = {
    **dict.fromkeys(("objective", "goal", "ziel", "big rock", "company objective", "team objective"), "objective"),
    **dict.fromkeys(("key result", "kr", "milestone", "kpi", "schlüsselergebnis", "keyresult"), "key_result"),
    **dict.fromkeys(("initiative", "project", "deliverable", "task", "projekt", "aufgabe"), "initiative"),
}  # fmt: skip


class Columns(NamedTuple):
    """Which column holds what; ``wide`` are numbered columns of key results."""

    by_kind: dict[str, int]
    wide: tuple[int, ...]
    below: int


def sets_of(grid: Grid) -> list[GoalSet]:
    """Return what stands in a table; nothing where no column says that it holds goals."""
    columns = _columns(grid)
    if columns is None:
        return _one_column(grid)
    rows = grid[columns.below :]
    kinds = columns.by_kind
    if columns.wide:
        return _wide(rows, columns)
    if "key_result" in kinds:
        return _side_by_side(rows, kinds)
    if "type" in kinds and "title" in kinds and _names_roles(rows, kinds["type"]):
        return _typed(rows, kinds)
    if "level_1" in kinds:
        return _levels(rows, kinds)
    return _titles(rows, kinds)


def names_columns(grid: Grid) -> int:
    """Return how many columns of a table say what they hold: the more, the likelier it was read right."""
    columns = _columns(grid)
    return len(columns.by_kind) + len(columns.wide) if columns else 0


def _columns(grid: Grid) -> Columns | None:
    best: Columns | None = None
    for place, row in enumerate(grid[:_FIRST_ROWS]):
        names = [_plain(one.text) for one in row]
        wide = tuple(at for at, name in enumerate(names) if _WIDE.match(name))
        kinds: dict[str, int] = {}
        for at, name in enumerate(names):
            if name in _NAMES:
                kinds.setdefault(_NAMES[name], at)
        size = len(kinds) + len(wide)
        if (wide or kinds.keys() & {"key_result", "objective", "title", "level_1"}) and (
            best is None or size > len(best.by_kind) + len(best.wide)
        ):
            best = Columns(kinds, wide, place + 1)
    return best


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", name.casefold()).split())


def _cell(row: Sequence[TableCell], kinds: dict[str, int], kind: str) -> TableCell:
    at = kinds.get(kind, len(row))
    return row[at] if at < len(row) else _NOTHING


def _goals(found: TableCell, role: Role) -> list[Goal]:
    """Return the sentences of a cell: each line is one where key results share a cell."""
    goals, begin = [], 0
    for line in _sentences(found.text) if role == "key_result" else [found.text]:
        words, at = trimmed(found.text[begin : begin + len(line)], found.at[begin : begin + len(line)])
        begin += len(line)
        bullet = _BULLET.match(words)
        label = bullet.end() if bullet else 0
        label += after_label(words[label:], role)
        if words[label:]:
            goals.append(Goal(words[label:], role, at[label:], found.cell))
    return goals


def _sentences(text: str) -> list[str]:
    """Return the lines of a cell where each begins as a sentence does; else the cell is one sentence that wraps."""
    lines = text.splitlines(keepends=True)
    begins = all(_BULLET.match(line) or line.lstrip()[:1].isupper() for line in lines if line.strip())
    return lines if begins else [text]


def _one_column(grid: Grid) -> list[GoalSet]:
    filled = [[one for one in row if one.text] for row in grid]
    if not any(filled) or any(len(row) > 1 for row in filled):
        return []
    return [GoalSet(None, [goal for row in filled for one in row for goal in _goals(one, "key_result")])]


def _objective(found: TableCell) -> Goal | None:
    goals = _goals(found, "objective")
    return goals[0] if goals else None


def _wide(rows: Grid, columns: Columns) -> list[GoalSet]:
    sets = []
    for row in rows:
        title = _cell(row, columns.by_kind, "objective") if "objective" in columns.by_kind else _NOTHING
        made = GoalSet(_objective(title if title.text else _cell(row, columns.by_kind, "title")))
        for at in columns.wide:
            made.key_results += _goals(row[at], "key_result") if at < len(row) else []
        sets.append(made)
    return [one for one in sets if not one.is_empty]


def _side_by_side(rows: Grid, kinds: dict[str, int]) -> list[GoalSet]:
    """Read one key result a row; an objective that is blank or repeated is the one above."""
    sets: list[GoalSet] = []
    for row in rows:
        title = _cell(row, kinds, "objective" if "objective" in kinds else "title")
        objective = _objective(title)
        if objective and not (sets and sets[-1].objective and sets[-1].objective.text == objective.text):
            sets.append(GoalSet(objective))
        results = _goals(_cell(row, kinds, "key_result"), "key_result")
        bets = _goals(_cell(row, kinds, "initiative"), "initiative")
        if not sets and (results or bets):
            sets.append(GoalSet())
        if results or bets:
            sets[-1].key_results += results
            sets[-1].initiatives += bets
    return sets


def _names_roles(rows: Grid, at: int) -> bool:
    words = [_plain(row[at].text) for row in rows if at < len(row) and row[at].text]
    return bool(words) and 2 * sum(word in _ROLES for word in words) >= len(words)


def _typed(rows: Grid, kinds: dict[str, int]) -> list[GoalSet]:
    """Read rows that say what they are; a result belongs to the parent it names, else to the objective above."""
    sets: list[GoalSet] = []
    known: dict[str, GoalSet] = {}
    for row in rows:
        role = _ROLES.get(_plain(_cell(row, kinds, "type").text))
        if role == "objective" and (made := _objective(_cell(row, kinds, "title"))):
            sets.append(GoalSet(made))
            known[_cell(row, kinds, "id").text] = known[made.text] = sets[-1]
    above: GoalSet | None = None
    for row in rows:
        role = _ROLES.get(_plain(_cell(row, kinds, "type").text))
        goals = _goals(_cell(row, kinds, "title"), role) if role else []
        if role == "objective":
            above = known.get(goals[0].text, above) if goals else above
        elif goals:
            home = _parent(_cell(row, kinds, "parent").text, known) or above
            if home is None:
                home = above = GoalSet()
                sets.append(home)
            (home.key_results if role == "key_result" else home.initiatives).extend(goals)
    return sets


def _parent(said: str, known: dict[str, GoalSet]) -> GoalSet | None:
    for name in (*_PARENT_ID.findall(said), *(line.strip() for line in said.splitlines())):
        if name in known:
            return known[name]
    return None


def _levels(rows: Grid, kinds: dict[str, int]) -> list[GoalSet]:
    """Read a hierarchy by columns: the first level below the main one are objectives, what is deeper are results."""
    sets: list[GoalSet] = []
    for row in rows:
        if objective := _objective(_cell(row, kinds, "level_1")):
            sets.append(GoalSet(objective))
        for level in ("level_2", "level_3", "level_4"):
            results = _goals(_cell(row, kinds, level), "key_result")
            if results and not sets:
                sets.append(GoalSet())
            if results:
                sets[-1].key_results += results
    return sets


def _titles(rows: Grid, kinds: dict[str, int]) -> list[GoalSet]:
    """Read titles alone: those with a parent are key results; a column of objectives holds objectives."""
    if "objective" in kinds:
        found = (_objective(_cell(row, kinds, "objective")) for row in rows)
        return [GoalSet(one) for one in found if one]
    if "parent" not in kinds:
        return [GoalSet(None, [goal for row in rows for goal in _goals(_cell(row, kinds, "title"), "key_result")])]
    known: dict[str, GoalSet] = {}
    for row in rows:
        parent, title = _cell(row, kinds, "parent").text, _cell(row, kinds, "title")
        if not parent and (made := _objective(title)):
            known[_cell(row, kinds, "id").text or made.text] = known[made.text] = GoalSet(made)
        elif home := _parent(parent, known):
            home.key_results += _goals(title, "key_result")
    return list({id(one): one for one in known.values()}.values())

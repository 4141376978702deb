"""Read Markdown and plain text: headings, bullets and labelled lines as objectives with their key results."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from plumbline_judge.lint.labels import after_label, section
from plumbline_judge.lint.marks import unmarked
from plumbline_judge.lint.tables import Grid, TableCell, sets_of
from plumbline_judge.lint.written import Goal, GoalSet, Role, Slot, line_starts, trimmed

_HEADING = re.compile(r" {0,3}(?P<depth>#{1,6})[ \t]+(?P<body>.*?)[ \t]*#*[ \t]*$")
_BULLET = re.compile(
    r"(?P<indent>[ \t]*)(?P<mark>[-*+•‣◦▪–]|\d{1,3}[.)])[ \t]+(?:\[[ xX~-]\][ \t]+)?(?P<body>.*?)[ \t]*$"
)
_RULER = re.compile(r"[ \t]*([=*_~-])(?:[ \t]*\1){2,}[ \t]*$")
_FENCE = re.compile(r"[ \t]*(```|~~~)")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CELL = re.compile(r"(?:[^|\\`]|\\.|`[^`]*`|`)+")
_PERIOD = re.compile(r"(?i)\W*(?:fy|q[1-4]|h[12]|quarter|quartal|cycle|\d{2,4}|team\b.*|[\W\d_]+|okrs?)\b.*")


class Line(NamedTuple):
    """One line: its kind (heading, bullet, plain, blank), how deep, its words, and where it begins and ends."""

    kind: str
    depth: int
    text: str
    at: Sequence[int]
    begin: int
    end: int
    mark: str = ""


class Outline:
    """The state of reading a file from top to bottom."""

    def __init__(self, *, plain: bool) -> None:
        self.plain = plain
        self.sets: list[GoalSet] = []
        self.current: GoalSet | None = None
        self.section = ""
        self.section_depth = -1
        self.heading_depth = 0
        self.objective_depth = -1
        self.result_depth = -1
        self.implied: Line | None = None
        self.is_awaiting_objective = False

    def take(self, line: Line) -> None:
        """Sort one line in."""
        {"heading": self._heading, "bullet": self._bullet, "plain": self._plain}[line.kind](line)

    # What a line may be.

    def _heading(self, line: Line) -> None:
        self.is_awaiting_objective = False
        self.section_depth = self.objective_depth = self.result_depth = -1
        if self._labelled(line):
            self.heading_depth = line.depth if self._is_objective(line) else self.heading_depth
            return
        opened = section(line.text)
        if opened == "objectives" and any(letter.isdigit() for letter in line.text):
            self._begin(None, line.depth)
            self.is_awaiting_objective = True
        elif opened in ("key_results", "initiatives"):
            self.section = opened
        else:
            self._other_heading(line, opened)

    def _other_heading(self, line: Line, opened: str) -> None:
        if self.current and line.depth > self.heading_depth > 0:
            self.section = "other"
            return
        self.current, self.section, self.heading_depth = None, opened, 0
        self.implied = None if opened or _PERIOD.fullmatch(line.text) else line

    def _bullet(self, line: Line) -> None:
        if self._labelled(line):
            return
        opened = section(line.text)
        if opened in ("key_results", "initiatives"):
            self.section, self.section_depth, self.result_depth = opened, line.depth, -1
        elif self._is_inside_result(line):
            self._keep_in_place()
        else:
            self._unlabelled(line)

    def _plain(self, line: Line) -> None:
        if self._labelled(line):
            return
        opened = section(line.text)
        if opened in ("key_results", "initiatives"):
            self.section, self.section_depth, self.result_depth = opened, -1, -1
        elif self.is_awaiting_objective and self.current:
            self.current.objective = _goal(line, "objective", 0)
            self.is_awaiting_objective = False
        elif self.plain and self.section in ("key_results", "initiatives") and self.current:
            self._add(line, "key_result" if self.section == "key_results" else "initiative", 0)

    def _unlabelled(self, line: Line) -> None:
        if self.is_awaiting_objective and self.current:
            self.current.objective = _goal(line, "objective", 0)
            self.is_awaiting_objective, self.objective_depth = False, line.depth
        elif self.section == "objectives" and not (0 <= self.objective_depth < line.depth):
            self._begin(_goal(line, "objective", 0), 0)
            self.section, self.objective_depth = "objectives", line.depth
        elif self.section == "initiatives" and line.depth > self.section_depth:
            self._add(line, "initiative", 0)
        elif self.section == "key_results" or (self.current and self._is_below_objective(line)):
            self._add(line, "key_result", 0)

    # What follows from it.

    def _labelled(self, line: Line) -> bool:
        """Take a line that says itself what it is."""
        if begin := after_label(line.text, "key_result"):
            self._add(line, "key_result", begin)
        elif begin := after_label(line.text, "objective"):
            self._begin(_goal(line, "objective", begin), line.depth if line.kind == "heading" else 0)
            self.objective_depth = line.depth if line.kind == "bullet" else -1
        elif begin := after_label(line.text, "initiative"):
            self._add(line, "initiative", begin)
        else:
            return False
        return True

    def _is_objective(self, line: Line) -> bool:
        return bool(after_label(line.text, "objective"))

    def _is_inside_result(self, line: Line) -> bool:
        """Whether a bullet is a note below a key result, and no goal itself."""
        return 0 <= self.result_depth < line.depth and self.section != "initiatives"

    def _keep_in_place(self) -> None:
        """A key result with notes below it can't be moved without them."""
        if self.current and self.current.key_results:
            self.current.key_results[-1] = self.current.key_results[-1]._replace(block=None)

    def _is_below_objective(self, line: Line) -> bool:
        return self.section in ("", "objectives") and line.depth > self.objective_depth

    def _begin(self, objective: Goal | None, heading: int) -> None:
        self.current = GoalSet(objective)
        self.sets.append(self.current)
        self.section, self.section_depth, self.result_depth, self.objective_depth = "", -1, -1, -1
        self.heading_depth, self.implied = heading, None

    def _add(self, line: Line, role: Role, begin: int) -> None:
        if not self.current:
            implied = self.implied
            self.current = GoalSet(_goal(implied, "objective", 0) if implied else None)
            self.sets.append(self.current)
            self.heading_depth = implied.depth if implied else 0
        goal = _goal(line, role, begin)
        if role == "initiative":
            self.current.initiatives.append(goal)
        else:
            self.current.key_results.append(goal)
            self.result_depth = line.depth if line.kind == "bullet" else -1
        if line.kind == "bullet":
            self._offer_slot(line, role)

    def _offer_slot(self, line: Line, role: Role) -> None:
        """Remember where an initiative could be written: behind the last one, else in a list behind the results."""
        if self.current is None or (role == "key_result" and self.current.initiatives):
            return
        indent = " " * line.depth
        if role == "initiative":
            self.current.slot = Slot(line.end, f"{indent}{line.mark} ", "")
        elif self.objective_depth >= 0:
            self.current.slot = Slot(line.end, f"{indent}{line.mark} Initiatives\n{indent}  {line.mark} ", "")
        else:
            self.current.slot = Slot(line.end, f"\nInitiatives:\n\n{indent}{line.mark} ", "")


def _goal(line: Line, role: Role, begin: int) -> Goal:
    text, at = trimmed(line.text[begin:], line.at[begin:])
    return Goal(text, role, at, block=(line.begin, line.end) if line.kind == "bullet" else None)


def outline(text: str, *, plain: bool = False) -> tuple[GoalSet, ...]:
    """Return the sets of a text; a plain one without any structure is a list of key results, one a line."""
    lines, tables = _parted(text, plain=plain)
    if plain and _is_bare(lines):
        found = [_goal(line, "key_result", after_label(line.text, "key_result")) for line in lines]
        return (GoalSet(None, found),) if found else ()
    reading = Outline(plain=plain)
    for line in lines:
        reading.take(line)
    sets = [*reading.sets, *(one for table in tables for one in sets_of(table))]
    return tuple(one for one in sets if not one.is_empty)


def is_bare(text: str) -> bool:
    """Tell whether nothing in a text says what is an objective and what a key result."""
    return _is_bare(_parted(text, plain=True)[0])


def _is_bare(lines: Sequence[Line]) -> bool:
    """Whether nothing in a text says what is an objective and what a key result."""
    if any(line.kind == "heading" for line in lines):
        return False
    return not any(after_label(line.text, role) for line in lines for role in ("objective", "initiative")) and not any(
        section(line.text) for line in lines
    )


def _parted(text: str, *, plain: bool) -> tuple[list[Line], list[Grid]]:
    """Return the lines that say something, continued ones put together, and the tables among them."""
    starts = line_starts(text)
    spans = list(zip(starts, (*starts[1:], len(text)), strict=True))
    lines: list[Line] = []
    tables: list[Grid] = []
    for at in _speaking(text, spans):
        begin, end = spans[at]
        if _is_table(text, spans, at):
            tables[len(tables) :] = [_table(text, spans, at)] if _is_table_head(text, spans, at) else []
            continue
        line = _line(text, begin, end, underlined=_underline(text, spans, at))
        if line.kind == "plain" and lines and _continues(text, lines[-1], line, plain=plain):
            lines[-1] = _joined(lines[-1], line)
        elif line.text:
            lines.append(line)
    return lines, tables


def _speaking(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Return the numbers of the lines outside front matter, fences and rulers."""
    fence, first = "", _after_front_matter(text, spans)
    for at, (begin, end) in enumerate(spans[first:], first):
        line = text[begin:end].rstrip("\r\n")
        found = _FENCE.match(line)
        if found and (not fence or fence == found[1]):
            fence = "" if fence else found[1]
        elif not fence and line.strip() and not _RULER.match(line):
            yield at


def _after_front_matter(text: str, spans: Sequence[tuple[int, int]]) -> int:
    if text[slice(*spans[0])].rstrip() != "---":
        return 0
    for at, (begin, end) in enumerate(spans[1:], 1):
        if text[begin:end].rstrip() in ("---", "..."):
            return at + 1
    return 0


def _underline(text: str, spans: Sequence[tuple[int, int]], at: int) -> int:
    """Return the depth of a heading that is underlined by the next line, else 0."""
    following = text[slice(*spans[at + 1])].rstrip() if at + 1 < len(spans) else ""
    if not following or following.strip("=-"):
        return 0
    return 1 if following[0] == "=" else 2 if len(following) > 2 and following.strip("-") == "" else 0  # noqa: PLR2004


def _line(text: str, begin: int, end: int, *, underlined: int) -> Line:
    stop = begin + len(text[begin:end].rstrip("\r\n"))
    if found := _HEADING.match(text, begin, stop):
        return Line("heading", len(found["depth"]), *unmarked(text, *found.span("body")), begin, end)
    if found := _BULLET.match(text, begin, stop):
        depth = len(found["indent"].expandtabs(4))
        return Line("bullet", depth, *unmarked(text, *found.span("body")), begin, end, found["mark"])
    words = unmarked(text, begin, stop)
    indent = len(text[begin:stop].expandtabs(4)) - len(text[begin:stop].expandtabs(4).lstrip())
    return Line("heading" if underlined else "plain", underlined or indent, *words, begin, end)


def _continues(text: str, before: Line, line: Line, *, plain: bool) -> bool:
    """Whether a line goes on with the one before it: nothing between them, and set in as its words are."""
    if before.end != line.begin or before.kind == "heading" or not before.text:
        return False
    if any(after_label(line.text, role) for role in ("objective", "key_result", "initiative")) or section(line.text):
        return False
    if before.kind == "bullet":
        return line.depth > before.depth
    return not plain and not section(before.text)


def _joined(before: Line, line: Line) -> Line:
    """Put two lines together with a blank that stands where the first ends."""
    at = [*before.at, line.begin - 1, *line.at] if line.text else before.at
    words = f"{before.text} {line.text}" if line.text else before.text
    return before._replace(text=words, at=at, end=line.end)


def _is_table(text: str, spans: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether a line belongs to a table of Markdown: its head, its rule or a row below them."""
    while at >= 0 and "|" in text[slice(*spans[at])]:
        if _is_table_head(text, spans, at):
            return True
        at -= 1
    return False


def _is_table_head(text: str, spans: Sequence[tuple[int, int]], at: int) -> bool:
    if at + 1 >= len(spans) or "|" not in text[slice(*spans[at])]:
        return False
    rule = text[slice(*spans[at + 1])].rstrip()
    return "|" in rule and bool(_TABLE_RULE.match(rule))


def _table(text: str, spans: Sequence[tuple[int, int]], at: int) -> Grid:
    rows = [_row(text, *spans[at])]
    below = at + 2
    while below < len(spans) and "|" in text[slice(*spans[below])]:
        rows.append(_row(text, *spans[below]))
        below += 1
    return rows


def _row(text: str, begin: int, end: int) -> list[TableCell]:
    line = text[begin:end].rstrip()
    first = len(line) - len(line.lstrip(" \t|")) if line.lstrip().startswith("|") else 0
    cells: list[TableCell] = []
    place = begin + (line.index("|") + 1 if first else 0)
    stop = begin + len(line)
    while place < stop:
        found = _CELL.match(text, place, stop)
        cells.append(TableCell(*unmarked(text, place, found.end() if found else place)))
        place = (found.end() if found else place) + 1
    return cells

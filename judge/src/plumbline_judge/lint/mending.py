"""Mend what is safe: blanks that say nothing, and, where asked, work that stands among the results.

Numbers, units and words are never touched. A sentence that is mended reads to the judge as it did before.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import NamedTuple

from plumbline_judge.lint.notices import Checked, CheckedSet, Report
from plumbline_judge.lint.written import Document, Goal

_RUNS = re.compile(r"[ \t\u00a0]{2,}")
_INVISIBLE = re.compile(r"[\u200b\u2060\ufeff\u00ad]")
_MENDED = ("markdown", "text", "yaml", "csv")
_MOVED = ("markdown", "yaml")


class Change(NamedTuple):
    """A part of a file's text and what takes its place."""

    begin: int
    end: int
    text: str


def mended(report: Report, *, move_work: bool = False) -> str:
    """Return a file's text with what is safe mended, and work moved to its initiatives where that is asked for."""
    document = report.document
    if document.kind not in _MENDED:
        return document.text
    changes = [
        change for one in report.sets for checked in one.sentences() for change in _tidied(document, checked.goal)
    ]
    if move_work and document.kind in _MOVED:
        moves = [change for one in report.sets for change in _moved(document, one)]
        gone = [(change.begin, change.end) for change in moves if change.begin < change.end]
        changes = [one for one in changes if not any(begin <= one.begin < end for begin, end in gone)] + moves
    return _applied(document.text, changes)


def _tidied(document: Document, goal: Goal) -> Iterator[Change]:
    """Blanks in a row become one, and letters that nobody sees go, within a sentence on one line."""
    if not goal.at or "\n" in document.text[goal.at[0] : goal.at[-1] + 1]:
        return
    begin, end = goal.at[0], goal.at[-1] + 1
    for found in _RUNS.finditer(document.text, begin, end):
        yield Change(*found.span(), " ")
    for found in _INVISIBLE.finditer(document.text, begin, end):
        yield Change(*found.span(), "")


def _moved(document: Document, one: CheckedSet) -> list[Change]:
    """Move key results that count work below the initiatives, as long as one result stays."""
    slot = one.given.slot
    work = [checked for checked in one.key_results if _may_move(checked)]
    if slot is None or not work or len(work) == len(one.key_results):
        return []
    gone = [Change(*checked.goal.block, "") for checked in work if checked.goal.block]
    ending = "\r\n" if "\r\n" in document.text else "\n"
    head, dash = _parted(slot.before)
    items = "".join(f"{dash}{titled(document, checked)}{slot.after}\n" for checked in work)
    begins = "" if slot.at == 0 or document.text[slot.at - 1 : slot.at] == "\n" else "\n"
    return [*gone, Change(slot.at, slot.at, (begins + head + items).replace("\n", ending))]


def _parted(before: str) -> tuple[str, str]:
    """Part what comes once (the heading of a new list) from what comes before each item."""
    head, newline, dash = before.rpartition("\n")
    return head + newline, dash


def _may_move(checked: Checked) -> bool:
    return checked.goal.block is not None and checked.judgement.level in ("output", "input")


def titled(document: Document, checked: Checked) -> str:
    """Return the sentence as it stands in the file, with its marks and quotes, and tidied."""
    goal, text = checked.goal, document.text
    begin, end = goal.at[0], goal.at[-1] + 1
    if document.kind == "yaml":
        raw = _quoted(document, goal, text[begin:end])
    else:
        begin -= len(text[:begin]) - len(text[max(0, begin - 3) : begin].rstrip("*_`")) - max(0, begin - 3)
        end += len(text[end : end + 3]) - len(text[end : end + 3].lstrip("*_`"))
        raw = text[begin:end]
    is_whole = "\n" not in raw and all(raw.count(mark) % 2 == 0 for mark in ("**", "`", "__"))
    return _INVISIBLE.sub("", _RUNS.sub(" ", raw if is_whole else goal.text))


def _quoted(document: Document, goal: Goal, raw: str) -> str:
    sign = document.text[goal.at[0] - 1 : goal.at[0]]
    return f"{sign}{raw}{sign}" if sign in ("'", '"') and goal.at[0] else raw


def _applied(text: str, changes: list[Change]) -> str:
    """Make changes from the end on; one that would touch another is left for the next time."""
    last = len(text) + 1
    for change in sorted(set(changes), key=lambda one: (-one.begin, -one.end)):
        if change.end <= last:
            text = text[: change.begin] + change.text + text[change.end :]
            last = change.begin
    return text


def difference(document: Document, after: str) -> str:
    """Return a diff from a file's text to what it would become."""
    lines = difflib.unified_diff(
        document.text.splitlines(keepends=True),
        after.splitlines(keepends=True),
        f"a/{document.name}",
        f"b/{document.name}",
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)

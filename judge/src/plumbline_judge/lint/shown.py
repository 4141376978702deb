"""Show what is said of a document to people: the line, carets below the words, and what would help."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from plumbline_judge.lint.notices import Checked, CheckedSet, Notice, Report
from plumbline_judge.lint.written import Document, Place
from plumbline_judge.speech import say

_COLOURS = {"input": "33", "output": "35", "outcome": "34", "unclear": "2", "ask": "33", "hint": "36", "path": "1"}
_TAB = "    "


@dataclass(frozen=True)
class Look:
    """How it is shown: in which language, and whether in colour."""

    language: str = "en"
    color: bool = False

    def tint(self, text: str, colour: str) -> str:
        """Return a text in one of the colours, where there are any."""
        return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if self.color else text


def shown(report: Report, look: Look) -> Iterator[str]:
    """Give the lines for one document; none where nothing is to be said."""
    for one in report.sets:
        yield from _of_set(report, one, look)
        for checked in one.sentences():
            if checked.notices:
                yield from _of_sentence(report.document, checked, look)


def _of_set(report: Report, one: CheckedSet, look: Look) -> Iterator[str]:
    for notice in one.notices:
        yield f"{_address(report.document, notice.place, look)}: {_said(notice, look)}"
    if one.notices:
        yield ""


def _of_sentence(document: Document, checked: Checked, look: Look) -> Iterator[str]:
    judged = checked.judgement
    level = say(f"level.{judged.level}", look.language) if checked.goal.role == "key_result" else ""
    where = _address(document, checked.place, look)
    yield f"{where}: {look.tint(level, judged.level)}" if level else where
    yield from _excerpt(document, checked, look)
    yield from (f"  {_said(notice, look)}" for notice in checked.notices)
    if judged.question:
        yield f"  {_printable(judged.question)}"
    for suggestion in judged.suggestions[:1]:
        yield f"  → {_printable(suggestion.text)}"
    yield ""


def _said(notice: Notice, look: Look) -> str:
    return f"{look.tint(notice.rule, notice.severity)} {_printable(notice.message)}"


def _address(document: Document, place: Place, look: Look) -> str:
    where = f"{place.cell}" if place.cell else f"{place.line}:{place.column}"
    return look.tint(f"{_printable(document.name)}:{where}", "path")


def _excerpt(document: Document, checked: Checked, look: Look) -> Iterator[str]:
    """Show the lines that a sentence stands on, each with marks below the words that decided."""
    marks = _marks(checked)
    if checked.goal.cell:
        signs = [marks.get(at, " ") for at in range(len(checked.goal.text))]
        yield from _line(checked.goal.text, signs, "", look)
        return
    placed = {checked.goal.at[at]: sign for at, sign in marks.items() if at < len(checked.goal.at)}
    for number in range(checked.place.line, checked.place.end_line + 1):
        begin, line = document.starts[number - 1], document.line(number)
        signs = [placed.get(begin + at, " ") for at in range(len(line))]
        yield from _line(line, signs, str(number), look)


def _marks(checked: Checked) -> dict[int, str]:
    """Return a sign for each letter that a verdict or a notice stands on."""
    signs: dict[int, str] = {}
    for notice in checked.notices:
        if notice.start or notice.end < len(checked.goal.text):
            signs.update(dict.fromkeys(range(notice.start, notice.end), "~"))
    for one in checked.judgement.evidence if checked.goal.role == "key_result" else ():
        sign = "^" if one.level == checked.judgement.level else "~"
        signs.update(dict.fromkeys(range(one.start, one.end), sign))
    return signs or dict.fromkeys(range(len(checked.goal.text)), "~")


def _line(line: str, signs: list[str], number: str, look: Look) -> Iterator[str]:
    text, below = "", ""
    for letter, sign in zip(line, signs, strict=True):
        seen = _TAB if letter == "\t" else _printable(letter)
        text += seen
        below += sign * sum(_width(one) for one in seen)
    gutter = f"{number:>6}"
    yield f"{gutter} | {text}"
    if below.strip():
        yield f"{' ' * len(gutter)} | {look.tint(below.rstrip(), 'ask')}"


def _width(letter: str) -> int:
    """Return how many columns of a terminal a letter takes."""
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _printable(text: str) -> str:
    """Blank what a terminal would obey instead of showing it."""
    return "".join(letter if letter.isprintable() else " " for letter in text)

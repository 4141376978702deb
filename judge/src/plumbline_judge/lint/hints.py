"""What an editor offers at a sentence: how it was decided, and rewrites with the changes that they take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from plumbline_judge.context import Config
from plumbline_judge.explaining import Part, explain, part_says
from plumbline_judge.lint.mending import Change, titled
from plumbline_judge.lint.notices import Checked, CheckedSet, Report
from plumbline_judge.speech import say, verdict

_MOST_PARTS = 10
_BAR = 8
_MARKS = "\\`*_[]<>|#"


class Offer(NamedTuple):
    """Something that can be done with one click: its words, and the changes to the text."""

    title: str
    changes: tuple[Change, ...]


def at(report: Report, offset: int) -> tuple[CheckedSet, Checked] | None:
    """Return the sentence that an offset of the text lies in, with its set."""
    for one in report.sets:
        for checked in one.sentences():
            begin, end = checked.goal.span(0, len(checked.goal.text))
            if begin <= offset <= end:
                return one, checked
    return None


def offers(report: Report, one: CheckedSet, checked: Checked, language: str = "en") -> Iterator[Offer]:
    """Give what can be done with a sentence: take a suggestion, or write it as an initiative."""
    begin, end = checked.goal.span(0, len(checked.goal.text))
    for suggestion in checked.judgement.suggestions:
        words = _written(report, checked, suggestion.text)
        yield Offer(say("editor.use", language, text=suggestion.text), (Change(begin, end, words),))
    is_work = checked.goal.role == "key_result" and checked.judgement.level in ("output", "input")
    slot, block = one.given.slot, checked.goal.block
    if is_work and slot and block:
        line = _on_own_line(report, slot.at, f"{slot.before}{titled(report.document, checked)}{slot.after}\n")
        yield Offer(say("editor.move", language), (Change(*block, ""), Change(slot.at, slot.at, line)))


def _on_own_line(report: Report, place: int, line: str) -> str:
    text = report.document.text
    line = line if place == 0 or text[place - 1 : place] == "\n" else f"\n{line}"
    return line.replace("\n", "\r\n") if "\r\n" in text else line


def _written(report: Report, checked: Checked, words: str) -> str:
    """Return words as they are written at the place of a sentence: quoted where the file needs it."""
    document, begin = report.document, checked.goal.at[0]
    before = document.text[begin - 1 : begin] if begin else ""
    if document.kind == "yaml" and before in ("'", '"'):
        return words.replace("'", "''") if before == "'" else words.replace("\\", "\\\\").replace('"', '\\"')
    if document.kind == "csv" and before != '"' and any(sign in words for sign in ',;\t|"'):
        return '"' + words.replace('"', '""') + '"'
    return words.replace("_", "\\_") if document.kind == "markdown" and "\\_" in document.text else words


def hover(checked: Checked, language: str = "en", config: Config | None = None) -> str:
    """Return how a sentence was decided, in Markdown: the verdict, what each part adds, and the sum."""
    judged = checked.judgement
    said = verdict(judged, language)
    explained = explain(checked.goal.text, config=config or Config())
    rows = [_row(checked.goal.text, part, language) for part in explained.parts[:_MOST_PARTS]]
    head = [
        "| {} | {} | {} | |".format(*(say(f"explain.{name}", language) for name in ("words", "says", "towards"))),
        "|---|---|---|---|",
    ]
    shares = ", ".join(
        f"{say(f'level.{level}', language)} {share:.0%}" for level, share in explained.probabilities.items()
    )
    lines = [f"**{said.title}** {_plain(said.reason)}", "", *head, *rows, "", shares]
    if judged.question:
        lines += ["", f"*{_plain(judged.question)}*"]
    return "\n".join([*lines, "", say("explain.version", language, version=explained.version)])


def _row(text: str, part: Part, language: str) -> str:
    words = f"“{_plain(text[slice(*part.span)])}”" if part.span else say("explain.whole", language)
    bar = "▪" * max(1, min(_BAR, round(part.lead * 2)))
    level = say(f"level.{part.level}", language)
    return f"| {words} | {part_says(part, language)} | {level} | {bar} {part.adds[part.level]:+.2f} |"


def _plain(text: str) -> str:
    """Take the meaning from signs that Markdown would obey."""
    return "".join(f"\\{letter}" if letter in _MARKS else letter for letter in " ".join(text.split()))

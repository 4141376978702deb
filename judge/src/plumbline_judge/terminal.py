"""Show judgements in a terminal; the `plumbline` command calls the same functions."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any, TextIO

from plumbline_judge.judgement import Evidence, Judgement
from plumbline_judge.speech import needs, render, says, verdict

_COLOURS = {"input": "33", "output": "35", "outcome": "34", "unclear": "2"}
_MARKS = {"there": "✓", "weak": "~", "missing": "○"}
_UNDERLINES = {"input": ".", "output": "-", "outcome": "^"}
_EVERY = 0.1


def show(judgement: Judgement, *, color: bool = False, language: str = "en") -> str:
    """Return a judgement as lines for a person, with the words that decided underlined."""
    said = verdict(judgement, language)
    head = [*_marked(judgement, color), "", _tint(said.title, judgement.level, color)]
    lines = [said.reason]
    lines += [f"  “{_words(judgement, one)}” {says(one, language)}" for one in judgement.evidence]
    if judgement.role == "key_result":
        lines += ["", *(f"  {_MARKS[need.state]} {need.label}: {need.text}" for need in needs(judgement, language))]
    if judgement.question:
        ahead = "So that…? " if judgement.level != "outcome" and judgement.role == "key_result" else ""
        lines += ["", f"{ahead}{judgement.question}"]
        lines += [f"  → {one.text}{f' ({one.source})' if one.source else ''}" for one in judgement.suggestions]
    remarks = [f"  · {render(finding, language)} ({finding.rule})" for finding in judgement.findings]
    told = [*lines, *([""] if remarks else []), *remarks]
    return "\n".join([*head, *(_printable(line) for line in told)])


def _printable(text: str) -> str:
    """Blank what a terminal would obey instead of showing it."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def as_json(data: Mapping[str, Any], indent: int | None = None) -> str:
    """Return JSON in the letters of the text; half letters that no file can hold are escaped."""
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(data, indent=indent)
    return text


def _words(judgement: Judgement, evidence: Evidence) -> str:
    return " ".join(judgement.text[evidence.start : evidence.end].split())


def _tint(text: str, level: str, color: bool) -> str:
    return f"\x1b[1;{_COLOURS[level]}m{text}\x1b[0m" if color else text


def _marked(judgement: Judgement, color: bool) -> list[str]:
    """Return the sentence with its evidence marked: in colour, or with a line of signs below."""
    text = _printable(judgement.text)
    if not color:
        signs = [" "] * len(text)
        for one in judgement.evidence:
            signs[one.start : one.end] = _UNDERLINES.get(one.level, " ") * (one.end - one.start)
        return [text, "".join(signs).rstrip()]
    for one in reversed(judgement.evidence):
        marked = f"\x1b[4;{_COLOURS[one.level]}m{text[one.start : one.end]}\x1b[0m"
        text = text[: one.start] + marked + text[one.end :]
    return [text]


class Bar:
    """A progress line on a terminal: how many, how fast, and how far where the size is known."""

    def __init__(self, sink: TextIO, total: int = 0) -> None:
        self.sink = sink
        self.total = total
        self.began = time.monotonic()
        self.shown = 0.0

    def __call__(self, done: int) -> None:
        """Show the number of lines so far, at most ten times a second."""
        now = time.monotonic()
        if now - self.shown < _EVERY and done != self.total:
            return
        self.shown = now
        speed = done / max(now - self.began, 1e-6)
        self.sink.write(f"\r{self._filled(done)}{done:,} judged, {speed:,.0f} a second ")
        self.sink.flush()

    def _filled(self, done: int) -> str:
        if not self.total:
            return ""
        full = round(20 * min(done, self.total) / self.total)
        return f"{'█' * full}{'░' * (20 - full)} {100 * done // self.total:3d}%  "

    def close(self) -> None:
        """End the line, so that what follows does not overwrite it."""
        self.sink.write("\n")

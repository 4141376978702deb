"""Judge what stands in a document, and say each remark with its place."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from plumbline_judge.context import STANDARD, Config, Context
from plumbline_judge.judgement import Finding, Judgement, Severity
from plumbline_judge.judging import judge, judge_set
from plumbline_judge.lint.written import Document, Goal, GoalSet, Place
from plumbline_judge.registry import all_rules
from plumbline_judge.speech import render, verdict

#: What the level itself says of a key result, under names that stand beside those of the rules.
LEVEL_RULES: dict[str, Severity] = {"input": "ask", "output": "ask", "unclear": "ask"}
_MOST_TOGETHER = 50
_SEVERITIES: tuple[Severity, ...] = ("hint", "ask")


class UnknownName(ValueError):
    """A name to select or ignore that nothing has; says which one may be meant."""

    def __init__(self, name: str) -> None:
        near = difflib.get_close_matches(name, names(), n=1, cutoff=0.4)
        super().__init__(f"There is no rule “{name}”." + (f" Did you mean “{near[0]}”?" if near else ""))


def names() -> list[str]:
    """Return every name that a notice can have."""
    return sorted((*LEVEL_RULES, *all_rules()))


def known_name(name: str) -> str:
    """Return a name as it is written here. Raises ``UnknownName``."""
    found = name.strip().replace("-", "_")
    if found not in names():
        raise UnknownName(name)
    return found


@dataclass(frozen=True)
class Wanted:
    """Which notices count: from a severity on, only those selected (none: all), without those ignored."""

    least: Severity = "ask"
    selected: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()
    language: str = "en"
    config: Config = field(default_factory=lambda: STANDARD)

    def counts(self, rule: str, severity: Severity) -> bool:
        """Tell whether a notice is said."""
        loud = _SEVERITIES.index(severity) >= _SEVERITIES.index(self.least)
        return loud and rule not in self.ignored and (not self.selected or rule in self.selected)


class Notice(NamedTuple):
    """One remark: its rule, how loudly, in words, and the part of the sentence that it is about."""

    rule: str
    severity: Severity
    message: str
    start: int
    end: int
    place: Place


class Checked(NamedTuple):
    """One sentence of a document with what is said of it."""

    goal: Goal
    judgement: Judgement
    notices: tuple[Notice, ...]
    place: Place


class CheckedSet(NamedTuple):
    """An objective with its key results and initiatives, and what is said of them together."""

    given: GoalSet
    objective: Checked | None
    key_results: tuple[Checked, ...]
    initiatives: tuple[Checked, ...]
    notices: tuple[Notice, ...]

    def sentences(self) -> tuple[Checked, ...]:
        """Return all sentences in the order of their roles."""
        return (*((self.objective,) if self.objective else ()), *self.key_results, *self.initiatives)


class Report(NamedTuple):
    """What is said of one document."""

    document: Document
    sets: tuple[CheckedSet, ...]

    def notices(self) -> Iterator[Notice]:
        """Give every notice."""
        for one in self.sets:
            yield from one.notices
            for checked in one.sentences():
                yield from checked.notices


def check(document: Document, wanted: Wanted) -> Report:
    """Judge every set of a document."""
    return Report(document, tuple(_checked_set(document, one, wanted) for one in document.sets))


def _checked_set(document: Document, given: GoalSet, wanted: Wanted) -> CheckedSet:
    context = Context(language=wanted.language)
    below = replace(context, objective=given.objective.text if given.objective else "")
    judged, findings = _together(given, below, wanted)
    results = zip(given.key_results, judged, strict=True)
    return CheckedSet(
        given,
        _read(document, given.objective, context, wanted) if given.objective else None,
        tuple(_checked(document, goal, one, wanted) for goal, one in results),
        tuple(_read(document, goal, below, wanted) for goal in given.initiatives),
        tuple(_on_set(document, given, findings, wanted)),
    )


def _together(given: GoalSet, below: Context, wanted: Wanted) -> tuple[Sequence[Judgement], Sequence[Finding]]:
    """Judge key results with those beside them; a list of hundreds is no set, and each stands for itself."""
    config = replace(wanted.config, language="")
    texts = [one.text for one in given.key_results]
    if len(texts) > _MOST_TOGETHER:
        return [judge(text, context=below, config=config) for text in texts], ()
    together = judge_set(below.objective, texts, context=below, config=config)
    return together.judgements, together.findings


def _read(document: Document, goal: Goal, context: Context, wanted: Wanted) -> Checked:
    judged = judge(goal.text, role=goal.role, context=context, config=replace(wanted.config, language=""))
    return _checked(document, goal, judged, wanted)


def _checked(document: Document, goal: Goal, judged: Judgement, wanted: Wanted) -> Checked:
    said = [finding for finding in judged.findings if wanted.counts(finding.rule, finding.severity)]
    notices = (_notice(document, goal, finding, wanted.language) for finding in said)
    return Checked(goal, judged, (*_on_level(document, goal, judged, wanted), *notices), document.place(goal))


def _on_level(document: Document, goal: Goal, judged: Judgement, wanted: Wanted) -> Iterator[Notice]:
    if goal.role != "key_result" or judged.level not in LEVEL_RULES:
        return
    # A language that the judge does not read is nobody's mistake.
    severity: Severity = "hint" if judged.reason == "language" else "ask"
    if wanted.counts(judged.level, severity):
        said = verdict(judged, wanted.language)
        start, end = deciding_span(judged)
        place = document.place(goal, start, end)
        yield Notice(judged.level, severity, f"{said.title} {said.reason}", start, end, place)


def deciding_span(judged: Judgement) -> tuple[int, int]:
    """Return from the first to the last word that speaks for the verdict; the whole sentence where none does."""
    deciding = [one for one in judged.evidence if one.level == judged.level]
    if not deciding:
        return 0, len(judged.text)
    return min(one.start for one in deciding), max(one.end for one in deciding)


def _notice(document: Document, goal: Goal, finding: Finding, language: str) -> Notice:
    start, end = finding.span or (0, len(goal.text))
    place = document.place(goal, start, end)
    return Notice(finding.rule, finding.severity, render(finding, language), start, end, place)


def _on_set(document: Document, given: GoalSet, findings: Sequence[Finding], wanted: Wanted) -> Iterator[Notice]:
    """Say remarks on a set at its objective, or at its first key result where it has none."""
    at = next(iter((*((given.objective,) if given.objective else ()), *given.key_results)), None)
    for finding in findings:
        if at and wanted.counts(finding.rule, finding.severity):
            words = render(finding, wanted.language)
            yield Notice(finding.rule, finding.severity, words, 0, len(at.text), document.place(at))

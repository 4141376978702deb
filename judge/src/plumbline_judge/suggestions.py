"""Suggest what the work is likely for: outcome-shaped sentences, numbers left blank or the organisation's own."""

from __future__ import annotations

from plumbline_judge.blanks import filled
from plumbline_judge.clues import Clues, clues
from plumbline_judge.context import Context
from plumbline_judge.judgement import Suggestion
from plumbline_judge.library import Metric
from plumbline_judge.own import own_first, sign
from plumbline_judge.picking import of_the_kind, pick, ranked
from plumbline_judge.statement import Statement

_MOST = 3


def suggestions(statement: Statement, context: Context) -> tuple[Suggestion, ...]:
    """Return up to three sentences that differ in kind, best first; the organisation's own metrics come first."""
    found = clues(statement, context.objective)
    best = ranked(found)
    picked = pick(best, of_the_kind(found), _MOST)
    if not context.metrics:
        return tuple([_suggestion(metric, statement, found, context.language) for metric in picked])
    own = own_first(context.metrics, found, [metric for _, metric in best], context.language)[:_MOST]
    taken = [twin for _, twin in own]
    others = [_suggestion(metric, statement, found, context.language) for metric in picked if metric not in taken]
    return tuple([*(suggestion for suggestion, _ in own), *others][:_MOST])


def _suggestion(metric: Metric, statement: Statement, found: Clues, language: str) -> Suggestion:
    name, sentences = metric.said(language)
    is_whole = language == "de" or "work" in metric.lines or statement.language == "de"
    return Suggestion(
        _standard(metric, sentences) if is_whole else filled(metric, statement, found), name, sign(metric)
    )


def _standard(metric: Metric, sentences: list[str]) -> str:
    return sentences[-1].replace("{who}", metric.lines.get("who", [""])[0])

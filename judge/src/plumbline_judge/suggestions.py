"""Suggest what the work is likely for: outcome-shaped sentences, numbers left blank or the organisation's own."""

from __future__ import annotations

from plumbline_judge.blanks import Named
from plumbline_judge.clues import clues
from plumbline_judge.context import Context
from plumbline_judge.judgement import Suggestion
from plumbline_judge.library import Metric
from plumbline_judge.own import own_first, sign
from plumbline_judge.picking import of_the_kind, pick, ranked
from plumbline_judge.statement import Statement
from plumbline_judge.wishes import wished

_MOST = 3
_LEADS = frozenset(("so", "that", "so that", "in order that", "such that"))


def suggestions(statement: Statement, context: Context) -> tuple[Suggestion, ...]:
    """Return up to three sentences that differ in kind, best first; the organisation's own metrics come first."""
    found = clues(statement, context.objective)
    best = ranked(found)
    named = Named(statement, found)
    fallback = of_the_kind(found)
    picked = pick(best, fallback, _MOST, fits=named.fits(fallback[0]), wish=_wish(statement, context))
    if not context.metrics:
        return tuple([_suggestion(metric, named, context.language) for metric in picked])
    own = own_first(context.metrics, found, [one.metric for one in best], context.language)[:_MOST]
    taken = [twin for _, twin in own]
    others = [_suggestion(metric, named, context.language) for metric in picked if metric not in taken]
    return tuple([*(suggestion for suggestion, _ in own), *others][:_MOST])


def _wish(statement: Statement, context: Context) -> Metric | None:
    """Return what the sentence says it is for, else what the objective wishes; an English reader gets English words."""
    if context.language == "de":
        return None
    return wished(_ends(statement)) or wished(context.objective)


def _ends(statement: Statement) -> str:
    """Return the words behind "so that"."""
    first = next((at for at, zone in enumerate(statement.zones) if zone == "ends"), len(statement.zones))
    while first < len(statement.words) and statement.low(first) in _LEADS:
        first += 1
    return statement.text[statement.words[first].start :] if first < len(statement.words) else ""


def _suggestion(metric: Metric, named: Named, language: str) -> Suggestion:
    """Return a metric as a sentence; what an English sentence names goes into an English suggestion only."""
    name, sentences = metric.said(language)
    text = (
        named.fill(metric) if language != "de" and ("filled" in metric.lines or "{" in sentences[0]) else sentences[0]
    )
    return Suggestion(text, name, sign(metric))

"""What the judge read in a sentence, as the sheet shows it: marks, verdict, evidence, needs, questions, rewrites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from plumbline_judge import Evidence, Finding, Judgement, KnownMetric, needs, render, says, verdict

from plumbline.goals.known_metrics import last_reading
from plumbline.goals.models import Cycle
from plumbline.goals.models.surroundings import Type
from plumbline.web.placements import Step, step_of
from plumbline.web.verdicts import Account

BLANK: Final = "___"
MOST_SUGGESTIONS: Final = 3
MOST_REMARKS: Final = 3

#: Remarks that the needs or the question say already.
_SAID_ELSEWHERE: Final = frozenset({"no_baseline", "no_target", "no_date", "no_metric", "counted_activity"})
_TYPES: Final = {
    "increase": Type.INCREASE,
    "decrease": Type.DECREASE,
    "reach": Type.INCREASE,
    "at_least": Type.AT_LEAST,
}


@dataclass(frozen=True, slots=True)
class Fields:
    """What stands in the fields beside the sentence, as typed."""

    baseline: str = ""
    target: str = ""
    due_on: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A value that can be put into a field with a click."""

    field: str
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Need:
    """One line of what a result needs."""

    label: str
    state: str
    words: str
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A judgement, ready to be shown."""

    level: str
    title: str
    reason: str
    marks: tuple[tuple[str, str], ...] = ()
    evidence: tuple[tuple[str, str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    question: str = ""
    suggestions: tuple[tuple[tuple[tuple[str, bool], ...], str], ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    step: Step | None = None
    account: Account | None = None


def reading_of(
    judgement: Judgement,
    *,
    fields: Fields,
    known: tuple[KnownMetric, ...],
    cycle: Cycle,
    language: str = "en",
    account: Account | None = None,
) -> Reading:
    """Put a judgement into the words and pieces of the sheet."""
    said = verdict(judgement, language)
    return Reading(
        level=judgement.level,
        title=said.title,
        reason=said.reason,
        marks=tuple(_marks(judgement)),
        evidence=tuple(_evidence(judgement, language)),
        remarks=tuple(_remarks(judgement, language)),
        needs=tuple(_needs(judgement, fields, known, cycle, language)),
        question=judgement.question,
        suggestions=tuple(_suggestions(judgement, known)),
        values=values_of(judgement),
        step=_step(judgement),
        account=account,
    )


def _step(judgement: Judgement) -> Step | None:
    """Return the step to the KPIs; work has doors of its own below the sheet."""
    return step_of(judgement) if judgement.move and judgement.move.place == "kpi" else None


def values_of(judgement: Judgement) -> dict[str, str]:
    """Return what the fields can be filled with, by their names; what the sentence does not say is left out."""
    measure = judgement.measure
    found = {
        "metric": capfirst(measure.metric),
        "type": _type(judgement),
        "baseline": "" if measure.baseline is None else formats.localize_input(measure.baseline),
        "target": "" if measure.target is None else formats.localize_input(measure.target),
        "unit": measure.unit,
    }
    return {name: str(value)[:160] for name, value in found.items() if value}


def _type(judgement: Judgement) -> str:
    if any(finding.rule == "milestone" for finding in judgement.findings):
        return Type.YES_NO
    if judgement.measure.direction == "at_most":
        return Type.AT_MOST if judgement.measure.baseline is None else Type.DECREASE
    return _TYPES.get(judgement.measure.direction, "")


def _marks(judgement: Judgement) -> Iterator[tuple[str, str]]:
    """Split the text into pieces, each with the level its words speak for, or nothing."""
    at = 0
    for start, end, look in sorted(_spans(judgement)):
        if start < at:
            continue
        yield judgement.text[at:start], ""
        yield judgement.text[start:end], look
        at = end
    yield judgement.text[at:], ""


def _deciding(judgement: Judgement) -> list[Evidence]:
    """Return the words that speak for the verdict; all words where none does, or where there is no verdict."""
    speaking = [piece for piece in judgement.evidence if piece.level == judgement.level]
    return speaking or list(judgement.evidence)


def _spans(judgement: Judgement) -> Iterator[tuple[int, int, str]]:
    for piece in _deciding(judgement):
        yield piece.start, piece.end, piece.level
    for finding in judgement.findings:
        if finding.rule == "vague_words" and finding.span:
            yield finding.span.start, finding.span.end, "vague"


def _evidence(judgement: Judgement, language: str) -> Iterator[tuple[str, str, str]]:
    for piece in _deciding(judgement):
        yield judgement.text[piece.start : piece.end], says(piece, language), piece.level


def _remarks(judgement: Judgement, language: str) -> list[str]:
    shown = [finding for finding in judgement.findings if finding.rule not in _SAID_ELSEWHERE]
    return [render(finding, language) for finding in shown[:MOST_REMARKS]]


def remarks_on_set(findings: tuple[Finding, ...], language: str = "en") -> list[str]:
    """Return the remarks on an objective's key results together."""
    return [render(finding, language) for finding in findings]


def _needs(
    judgement: Judgement, fields: Fields, known: tuple[KnownMetric, ...], cycle: Cycle, language: str
) -> Iterator[Need]:
    typed = {"baseline": fields.baseline, "target": fields.target, "deadline": _day(fields.due_on)}
    own = last_reading(judgement.measure.metric or judgement.noun, known)
    offers = {"baseline": _reading_offer(own) if own else None, "deadline": _end_of(cycle)}
    for need in needs(judgement, language):
        if typed.get(need.name) and need.state == "missing":
            yield Need(need.label, "there", typed[need.name])
        else:
            yield Need(need.label, need.state, need.text, offers.get(need.name) if need.state == "missing" else None)
    yield _lead(fields.lead)


def _lead(name: str) -> Need:
    return Need(_("Lead"), "there", name) if name else Need(_("Lead"), "missing", _("Who looks after the number?"))


def _day(typed: str) -> str:
    try:
        return formats.date_format(date.fromisoformat(typed), _("j M Y"))
    except ValueError:
        return typed


def _reading_offer(own: KnownMetric) -> Offer:
    dressed = own.last_value + ("%" if own.unit == "%" else "")
    return Offer("baseline", own.last_value, _("%(value)s, %(source)s") % {"value": dressed, "source": source_of(own)})


def _end_of(cycle: Cycle) -> Offer:
    day = formats.date_format(cycle.last_day, _("j M"))
    return Offer(
        "due_on", cycle.last_day.isoformat(), _("%(day)s, end of %(cycle)s") % {"day": day, "cycle": cycle.name}
    )


def source_of(own: KnownMetric) -> str:
    """Say where a reading comes from and of which day it is."""
    if own.on is None:
        return own.source
    return _("%(source)s of %(day)s") % {"source": own.source, "day": formats.date_format(own.on, _("j M Y"))}


def _suggestions(
    judgement: Judgement, known: tuple[KnownMetric, ...]
) -> Iterator[tuple[tuple[tuple[str, bool], ...], str]]:
    by_name = {each.name: each for each in known}
    for place, suggestion in enumerate(judgement.suggestions[:MOST_SUGGESTIONS]):
        why = _why(by_name.get(suggestion.metric), suggestion.baseline, first=place == 0)
        yield tuple(_pieces(suggestion.text)), why


def _why(own: KnownMetric | None, baseline: str, *, first: bool) -> str:
    if own is not None and baseline:
        return _("Today’s %(value)s: %(source)s.") % {"value": baseline, "source": source_of(own)}
    if first:
        return _("The work becomes one way to get there. The numbers are yours to fill in.")
    return _("The numbers are yours to fill in.")


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    for place, words in enumerate(text.split(BLANK)):
        if place:
            yield BLANK, True
        if words:
            yield words, False

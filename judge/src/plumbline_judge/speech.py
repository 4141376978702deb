"""Put a judgement into words: verdict, evidence, needs and findings, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from plumbline_judge.context import Context
from plumbline_judge.judgement import Evidence, Finding, Judgement, Measure
from plumbline_judge.shipped import text_of

State = Literal["there", "weak", "missing"]
LANGUAGES = ("en", "de")
_CLOSE = 0.62


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a page shows first: one sentence and one reason."""

    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Need:
    """One line of what a result needs: ``name`` is metric, baseline, target or deadline."""

    name: str
    label: str
    state: State
    text: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What a finding says, why it matters, and how to mend it."""

    says: str
    why: str
    mend: str


@cache
def phrases(language: str) -> Mapping[str, str]:
    """Return the phrases of a language; what it lacks, and every unknown language, falls back to English."""
    ground = dict(phrases("en")) if language != "en" else {}
    if language not in LANGUAGES:
        return ground
    for name in (language, f"rules_{language}"):
        text = text_of("phrases", f"{name}.txt")
        lines = (line for line in text.splitlines() if "=" in line and not line.startswith("#"))
        for line in lines:
            key, said = line.split(" = ", 1)
            ground[key] = said
    return ground


def say(key: str, language: str, **parameters: str) -> str:
    """Return a phrase with its names filled in; ``{Noun}`` is ``noun`` with a capital."""
    text = phrases(language)[key]
    for name, value in parameters.items():
        text = text.replace(f"{{{name}}}", value).replace(f"{{{name.capitalize()}}}", _capital(value))
    return text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def render(finding: Finding, language: str = "en") -> str:
    """Return a finding as a sentence for a person."""
    return say(f"rule.{finding.rule}", language, **finding.parameters)


def advice(finding: Finding, language: str = "en") -> Advice:
    """Return a finding in words, with why it matters and how it can be mended."""
    parts = (say(f"rule.{finding.rule}.{part}", language) for part in ("why", "mend"))
    return Advice(render(finding, language), *parts)


def says(evidence: Evidence, language: str = "en") -> str:
    """Return what a piece of evidence says, as the end of a sentence that begins with its words."""
    return say(f"says.{evidence.says_key}", language)


def verdict(judgement: Judgement, language: str = "en") -> Verdict:
    """Return the verdict in the voice of a colleague who asks.

    A key result is told what it measures; anything else whether it is at home where it stands: that an initiative is
    work is no fault of it.
    """
    if judgement.role != "key_result":
        return _at_home(judgement, language)
    reason = _reason(judgement, language)
    other = _close_second(judgement)
    if other:
        reason = f"{reason} {say('why.close', language, other=say(f'level.{other}', language))}"
    return Verdict(say(f"verdict.{judgement.level}", language), reason)


def _at_home(judgement: Judgement, language: str) -> Verdict:
    told = next((one for one in judgement.findings if f"verdict.{one.rule}" in phrases("en")), None)
    if told:
        return Verdict(say(f"verdict.{told.rule}", language), say(f"rule.{told.rule}.why", language))
    if judgement.level == "unclear" and judgement.reason != "nothing_named":
        return Verdict(say("verdict.unclear", language), _reason(judgement, language))
    said = (say(f"{part}.fine.{judgement.role}", language) for part in ("verdict", "why"))
    return Verdict(*said)


def _close_second(judgement: Judgement) -> str:
    ranked = sorted(judgement.probabilities, key=lambda level: -judgement.probabilities[level])
    unsure = judgement.probabilities[ranked[0]] < _CLOSE
    return ranked[1] if unsure and judgement.level != "unclear" else ""


def _reason(judgement: Judgement, language: str) -> str:
    noun = judgement.noun
    if judgement.level == "unclear":
        return say(f"why.unclear.{judgement.reason or 'nothing_named'}", language)
    if judgement.level == "outcome":
        return _outcome_reason(judgement, language)
    if judgement.level == "output" and noun and _whole_count(judgement.measure):
        return say("why.output.count", language, noun=noun, count=str(judgement.measure.target))
    if not noun:
        return say(f"why.{judgement.level}.plain", language)
    return say(f"why.{judgement.level}.noun", language, noun=_the(noun, language))


def _outcome_reason(judgement: Judgement, language: str) -> str:
    measure = judgement.measure
    said = measure.spans_text(judgement.text, "target")
    mark = (said.lower() if language == "en" else said) or (measure.change or "").removeprefix("+")
    return say(f"why.outcome.{_outcome_kind(judgement)}", language, noun=measure.metric, mark=mark)


def _the(noun: str, language: str) -> str:
    return noun if language == "de" or not noun[0].islower() else f"the {noun}"


def _whole_count(measure: Measure) -> bool:
    named = "unit" in measure.spans and not measure.baseline
    return bool(named and measure.target and measure.target > 1 and measure.target == int(measure.target))


def _outcome_kind(judgement: Judgement) -> str:
    measure = judgement.measure
    if any(finding.rule == "lead_with_measure" for finding in judgement.findings) and measure.metric:
        return "ends"
    if measure.target is None and measure.change is None:
        return "no_number"
    if measure.baseline is not None:
        return "whole"
    return "no_baseline" if measure.target is not None else "by_how_much"


def needs(judgement: Judgement, language: str = "en", context: Context | None = None) -> tuple[Need, ...]:
    """Return what a result needs: metric, baseline, target and by when, each there, weak or missing.

    With the context, today's value and the end of the cycle fill the gaps that they can fill; a missing baseline
    offers the last reading of the organisation's metric of the same name, and stays missing until somebody takes it.
    """
    around = context or Context()
    found = (
        ("metric", *_metric(judgement)),
        ("baseline", *_baseline(judgement, around)),
        ("target", *_target(judgement)),
        ("deadline", *_deadline(judgement, around)),
    )
    return tuple(
        Need(name, say(f"need.{name}", language), state, say(f"need.{name}.{key}", language, **parameters))
        for name, state, key, parameters in found
    )


_Line = tuple[State, str, dict[str, str]]


def _metric(judgement: Judgement) -> _Line:
    metric = judgement.measure.metric or judgement.noun
    if not metric or judgement.level == "unclear":
        return "missing", "missing", {}
    if judgement.level != "outcome":
        return "weak", "counts_work" if judgement.level == "output" else "counts_effort", {"metric": _capital(metric)}
    loose = any(finding.rule in ("percent_of_what", "no_metric") for finding in judgement.findings)
    return (
        ("weak", "loose", {"metric": _capital(metric)}) if loose else ("there", "there", {"metric": _capital(metric)})
    )


def _baseline(judgement: Judgement, context: Context) -> _Line:
    said = judgement.measure.spans_text(judgement.text, "baseline")
    if said:
        return "there", "there", {"baseline": said}
    if context.current:
        return "there", "current", {"baseline": context.current}
    for known in context.metrics:
        if known.last_value and known.name.lower() == judgement.measure.metric.lower():
            source = ", ".join(part for part in (known.source, known.on.isoformat() if known.on else "") if part)
            return "missing", "reading", {"baseline": f"{known.last_value} {known.unit}".strip(), "source": source}
    return "missing", "missing", {}


def _target(judgement: Judgement) -> _Line:
    measure, text = judgement.measure, judgement.text
    said = measure.spans_text(text, "target") or measure.spans_text(text, "change") or (measure.change or "")
    if not said:
        return "missing", "missing", {}
    if judgement.level != "outcome":
        return "weak", "weak", {"target": said}
    return "there", "there", {"target": said}


def _deadline(judgement: Judgement, context: Context) -> _Line:
    if judgement.measure.deadline:
        return "there", "there", {"deadline": _capital(judgement.measure.deadline)}
    if context.cycle_last_day:
        return "there", "cycle", {"deadline": context.cycle_last_day.isoformat()}
    return "missing", "missing", {}

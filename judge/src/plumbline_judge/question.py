"""Ask one question that fits the sentence, and name its work for an initiative."""

from __future__ import annotations

import re

from plumbline_judge.found import families, kind, opening
from plumbline_judge.judgement import Level, Measure
from plumbline_judge.lexicon import word_set
from plumbline_judge.signs import DASHES, QUOTES
from plumbline_judge.speech import say
from plumbline_judge.statement import Phrase, Statement, phrase, through_of
from plumbline_judge.tongues.registry import spoken

_ROOMS = {"held": "held", "written": "out", "software": "out", "planned": "planned", "of_quality_inside": "inside"}
_NAMEABLE = frozenset(("thing", "effort", "effect"))
_MEASURES = word_set("number count amount total percentage share volume level rate")
_SALES = word_set("call calls demo demos proposal proposals pitch pitches meeting meetings offer offers quote")
_BOUNDS = word_set("above below most least maximum minimum about nearly")
_LONGEST = 6


def counted_noun(statement: Statement, measure: Measure) -> str:
    """Return the noun phrase that the work is about, as it is written: "blog articles"."""
    found = _work(statement, measure)
    if not found or not _NAMEABLE & families(statement.words[found.head]):
        return ""  # nobody says that 300 people "could be finished"
    said = statement.said(found.first, found.end).strip(QUOTES + " ")
    return "" if any(letter.isupper() or letter.isdigit() for letter in said[1:]) else said


def _work(statement: Statement, measure: Measure) -> Phrase | None:
    """Return the phrase that names the work: what follows the verb, or what the sentence opens with."""
    at = opening(statement)
    if at >= len(statement.words):
        return None
    word = statement.words[at]
    if word.kind == "w" and word.verb("bdg") and not _is_subject(statement, at):
        at += 1
    while at < len(statement.words) and (statement.words[at].kind != "w" or statement.low(at) == "of"):
        at += 1
    found = phrase(statement, at) if at < len(statement.words) else None
    if found and statement.low(found.head) in _MEASURES:
        found = through_of(statement, found)[-1]
    if not found or found.end - found.first > _LONGEST or statement.zones[found.first] in ("purpose", "means"):
        return None
    return found


def _is_subject(statement: Statement, at: int) -> bool:
    word = statement.words[at]
    return bool(word.tags.nouns) and not word.verb("b")


def question(statement: Statement, level: Level, measure: Measure, language: str) -> str:
    """Return the one question; an outcome is not asked."""
    if level == "outcome":
        return ""
    if level == "unclear":
        return say("question.unclear", language)
    found = _work(statement, measure) if _speaks(statement, language) else None
    if level == "input":
        return _of_input(statement, measure, language)
    if _teaches(statement):
        return say("question.taught", language)
    if not found:
        return say("question.plain", language)
    thing = statement.said(found.first, found.end).strip(QUOTES + " ")
    return say(_which(statement, found, measure), language, thing=_counted(statement, found, measure, thing))


def _speaks(statement: Statement, language: str) -> bool:
    """Whether words of the sentence may stand in the question: German words in an English one would not read well."""
    return statement.language in ("en", language)


def _teaches(statement: Statement) -> bool:
    at = opening(statement)
    return at < len(statement.words) and "teaching" in statement.words[at].verb("bdg")


def _of_input(statement: Statement, measure: Measure, language: str) -> str:
    thing = put_in(statement, measure) if _speaks(statement, language) else ""
    return say("question.input", language, thing=thing) if thing else say("question.input.plain", language)


def put_in(statement: Statement, measure: Measure) -> str:
    """Return what is put in, with its number: "200 hours", "5 engineers", "the ad budget"."""
    span = measure.spans.get("target")
    if span and measure.unit and "unit" not in measure.spans and measure.unit != "%":
        return statement.text[slice(*span)]
    if span and "unit" in measure.spans and measure.baseline is None:
        return f"{statement.text[slice(*span)]} {measure.metric}"
    return counted_noun(statement, measure)


def _which(statement: Statement, found: Phrase, measure: Measure) -> str:
    head = statement.words[found.head]
    rooms = [_ROOMS[kind(group)] for group in head.tags.nouns if kind(group) in _ROOMS]
    many = spoken(statement.language).many(head.low) or (statement.language != "en" and _whole(measure, found))
    if head.low.split(" ")[-1] in _SALES and "sales" in head.low + statement.said(found.first, found.end).lower():
        return "question.sales" if many else "question.plain"
    room = rooms[0] if rooms else "moved"
    if room == "held":
        return "question.held" if many else "question.moved"
    if room == "out":
        return "question.out" if many else "question.out.one"
    if room == "planned":
        return "question.planned.many" if many else "question.planned"
    return f"question.{room}"


def _whole(measure: Measure, found: Phrase) -> bool:
    """Whether more than one of a thing is counted: German says so by the number, not always by the noun."""
    return "unit" in measure.spans and measure.target is not None and measure.target > 1 and found.end > found.first


def _counted(statement: Statement, found: Phrase, measure: Measure, thing: str) -> str:
    """Put the number back before the noun where it stood right before it: "12 customer interviews"."""
    span = measure.spans.get("target")
    if (
        measure.target
        and span
        and measure.unit not in ("%", "x")
        and 0 <= statement.words[found.first].start - span.end <= 1
    ):
        return f"{statement.text[slice(*span)]} {thing}"
    return thing


def initiative_title(statement: Statement, measure: Measure) -> str:
    """Return the sentence as the title of an initiative: no deadline, no start and target of a rate, no purpose."""
    end = next((at for at, zone in enumerate(statement.zones) if zone in ("ends", "aside")), len(statement.words))
    at = opening(statement)
    kept = [place for place in range(min(at, end), end) if not _empty_measure(statement, measure, place)]
    text = (_joined if statement.language == "en" else _left)(statement, kept).strip(" ,;:." + DASHES + QUOTES)
    return (text[:1].upper() + text[1:]) or statement.text.strip()[:200]


def _empty_measure(statement: Statement, measure: Measure, place: int) -> bool:
    word = statement.words[place]
    due = statement.deadline
    if due and due.start <= word.start < due.end:
        return True
    counted_work = measure.baseline is None and measure.unit not in ("%", "x")
    if counted_work:
        return False
    for name in ("baseline", "target", "change"):
        span = measure.spans.get(name)
        if span and (span.start <= word.start < span.end or _leads_to(statement, place, span.start)):
            return True
    return False


def _leads_to(statement: Statement, place: int, start: int) -> bool:
    """Whether a small word only leads to a number: "from", "to", "by"; or follows from it: "80 % of"."""
    low = statement.low(place)
    if low in ("from", "to", "by", "→", "at", "~"):
        following = statement.words[place + 1 : place + 2]
        share = low == "to" and "of" in (statement.low(place + 2), statement.low(place + 3))
        return bool(following) and following[0].start == start and not share
    if statement.language != "en" and low in _BOUNDS:
        return statement.words[min(place + 1, len(statement.words) - 1)].start == start
    return low == "of" and place > 0 and statement.low(place - 1) == "%"


def _joined(statement: Statement, kept: list[int]) -> str:
    parts: list[str] = []
    for step, place in enumerate(kept):
        word = statement.words[place]
        if step and statement.words[kept[step - 1]].end < word.start:
            parts.append(" ")
        parts.append(statement.text[word.start : word.end])
    return "".join(parts)


def _left(statement: Statement, kept: list[int]) -> str:
    """Return the text without the words that are not kept, in its own order, which is not that of the grammar."""
    text, chosen = statement.text, set(kept)
    for word in sorted((one for at, one in enumerate(statement.words) if at not in chosen), key=lambda one: -one.start):
        text = text[: word.start] + text[word.end :]
    return " ".join(re.sub(r"\s+([,.;:)])", r"\1", text[statement.begin :]).split())

"""Name the work of a sentence: the noun it is about, what is put in, and the title of an initiative."""

from __future__ import annotations

import re

from plumbline_judge.found import families, opening
from plumbline_judge.judgement import Measure
from plumbline_judge.lexicon import word_set
from plumbline_judge.signs import DASHES, QUOTES
from plumbline_judge.statement import Phrase, Statement, phrase, through_of

_NAMEABLE = frozenset(("thing", "effort", "effect"))
_MEASURES = word_set("number count amount total percentage share volume level rate")
_BOUNDS = word_set("above below most least maximum minimum about nearly")
_LONGEST = 6


def counted_noun(statement: Statement, measure: Measure) -> str:
    """Return the noun phrase that the work is about, as it is written: "blog articles"."""
    found = work(statement, measure)
    if not found or not _NAMEABLE & families(statement.words[found.head]):
        return ""  # nobody says that 300 people "could be finished"
    said = statement.said(found.first, found.end).strip(QUOTES + " ")
    return "" if any(letter.isupper() or letter.isdigit() for letter in said[1:]) else said


def work(statement: Statement, measure: Measure) -> Phrase | None:
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


def put_in(statement: Statement, measure: Measure) -> str:
    """Return what is put in, with its number: "200 hours", "5 engineers", "the ad budget"."""
    span = measure.spans.get("target")
    if span and measure.unit and "unit" not in measure.spans and measure.unit != "%":
        return statement.text[slice(*span)]
    if span and "unit" in measure.spans and measure.baseline is None:
        return f"{statement.text[slice(*span)]} {measure.metric}"
    return counted_noun(statement, measure)


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

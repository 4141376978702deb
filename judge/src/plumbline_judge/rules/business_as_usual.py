"""Ask what is different this cycle, where the sentence is work that goes on anyway.

The weekly meeting and the monthly report are held with or without a goal. Beside
what is to change they only fill the page.

Mend: Leave it to the calendar, and say what is to get better about it.

Found:
    Hold weekly team meetings
    Continue to process invoices on time
    Send out the monthly report
    Handle day-to-day support requests

Good:
    Publish 10 blog articles
    Launch the weekly newsletter
    Hold a monthly repair evening
    Increase sales calls from 40 to 120 per week
    Cut the time to close the books from 9 to 5 days
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.judgement import Span
from plumbline_judge.lexicon import listed, word_set
from plumbline_judge.registry import Case, Remark, rule

_RHYTHM = word_set("daily weekly fortnightly biweekly monthly quarterly regular routine recurring")
_GOES_ON = word_set("continue continuing proceed")
_AGAIN = word_set("publish write prepare send produce deliver issue compile")


def _rhythm(case: Case) -> Span | None:
    """Return the word for a rhythm before what is done: "weekly meetings", not "a weekly meeting" that may be new."""
    opener, statement = case.opener(), case.statement
    if opener is None or (opener.low.split(" ")[0] not in _AGAIN and not case.opens_with("holding", "studying")):
        return None
    for at, word in enumerate(statement.words):
        if (
            word.low.split(" ", 1)[0] in _RHYTHM
            and statement.zones[at] == "main"
            and statement.low(at - 1).rsplit(" ", 1)[-1] not in ("a", "an")
        ):
            return Span(word.start, word.start + len(word.low.split(" ", 1)[0]))
    return None


def _routine(text: str) -> Span | None:
    """Return where the text says that it goes on anyway: "day-to-day"."""
    low = text.lower()
    found = next((phrase for phrase in listed("routine_words", "remarks") if phrase in low), "")
    return Span(low.find(found), low.find(found) + len(found)) if found else None


def _goes_on(case: Case) -> Span | None:
    """Return a first word that only says that it goes on: "continue to", "keep running"."""
    opener = case.opener()
    if opener is None or case.begins + 1 >= len(case.statement.words):
        return None
    keeps = opener.low == "keep" and case.statement.words[case.begins + 1].verb("g")
    return Span(opener.start, opener.end) if keeps or opener.low.split(" ")[0] in _GOES_ON else None


@rule("hint", ("key_result", "initiative"), ("output", "input"))
def business_as_usual(case: Case) -> Iterator[Remark]:
    """Ask what is different this cycle, where the sentence is work that goes on anyway."""
    if case.measure.baseline is not None:
        return
    span = _goes_on(case) or _routine(case.statement.text) or (None if case.has_aim() else _rhythm(case))
    if span:
        yield Remark(span)

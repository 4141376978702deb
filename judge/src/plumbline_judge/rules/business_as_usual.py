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
    Increase sales calls from 40 to 120 per week
    Cut the time to close the books from 9 to 5 days
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.judgement import Span
from plumbline_judge.lexicon import listed, word_set
from plumbline_judge.registry import Case, Remark, rule

_RHYTHM = word_set("daily weekly fortnightly biweekly monthly quarterly regular routine recurring")
_GOES_ON = word_set("continue continuing keep proceed")
_AGAIN = word_set("publish write prepare send produce deliver issue compile")


def _rhythm(case: Case) -> Span | None:
    """Return the word for a rhythm that stands before what is done: "weekly meetings"."""
    opener = case.opener()
    if opener is None or not (
        opener.low.split(" ")[0] in _AGAIN or case.opens_with("holding", "studying", "supporting")
    ):
        return None
    found = next((word for word in case.statement.words if word.low in _RHYTHM), None)
    return Span(found.start, found.end) if found else None


@rule("hint", ("key_result", "initiative"))
def business_as_usual(case: Case) -> Iterator[Remark]:
    """Ask what is different this cycle, where the sentence is work that goes on anyway."""
    if case.level not in ("output", "input") or case.measure.baseline is not None:
        return
    opener = case.opener()
    said = next((word for word in case.statement.words if word.low in listed("routine_words")), None)
    if opener and opener.low.split(" ")[0] in _GOES_ON:
        yield Remark(Span(opener.start, opener.end))
    elif said:
        yield Remark(Span(said.start, said.end))
    elif not case.has_aim() and (span := _rhythm(case)):
        yield Remark(span)

"""Ask what will be read again and again, where a KPI happens once.

A KPI is a number that is watched whatever this quarter is about. What is done
once, or ends on a day, leaves nothing to read afterwards.

Mend: Name the number alone: what, of whom, how often. What ends on a day makes a key
result, what is done once an initiative.

Found:
    Launch the new app
    Raise retention from 31% to 45% by June
    ISO certificate obtained

Good:
    Retention after 30 days
    Release frequency
    Number of articles published per month
    Uptime of the booking system
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.aims import DOING, MOVING, names_a_number
from plumbline_judge.lexicon import word_set
from plumbline_judge.registry import Case, Remark, rule

_EACH = word_set("per each every weekly monthly daily a pro je jede jeder wöchentlich monatlich täglich")
_BY = ("by", "until", "till", "before", "bis", "zum", "vor")


@rule("ask", ("kpi",))
def kpi_is_a_one_off(case: Case) -> Iterator[Remark]:
    """Ask what will be read again and again, where a KPI happens once."""
    opener = case.opener()
    if opener is None:
        return
    place = case.statement.span(case.begins, case.begins + 1)
    commanded = not names_a_number(case)
    if commanded and case.opens_with(*DOING) and case.level != "outcome":
        yield Remark(place, {}, "initiative")
    elif _ends(case) or (commanded and case.opens_with(*MOVING, "gaining") and case.has_aim()):
        yield Remark(case.part("deadline") or case.part("target") or place, {}, "key_result")
    elif _is_done(case):
        yield Remark(place, {}, "initiative")


def _ends(case: Case) -> bool:
    """Whether it goes from a start to a mark, or to a mark by a day."""
    due = case.measure.deadline.lower().startswith(_BY)
    return case.has_aim() and (case.measure.baseline is not None or due)


def _is_done(case: Case) -> bool:
    """Whether one thing is said to be done: "certificate obtained", not "tickets closed per week"."""
    words = [word for word in case.statement.words if word.kind == "w"]
    if len(words) < 2 or case.level != "output" or any(word.low in _EACH for word in words):  # noqa: PLR2004
        return False
    if case.statement.language == "de":
        return bool(words[0].verb("d")) and not words[1].low.endswith(("s", "en"))
    done = "states_of_done" in words[-1].tags.marks or bool(words[-1].verb("d"))
    return done and not words[-2].low.endswith("s")

"""Ask whether a level that is kept belongs with the KPIs.

A result ends with its cycle. A level that is to hold for good has no start
and no end: a KPI watches it better.

Mend: Watch the level as a KPI. A goal is for what is to move, such as fewer outages.

Found:
    Maintain uptime above 99.9%
    Keep the error rate under 1%

Good:
    Raise uptime from 99.5% to 99.9%
    Reduce the error rate to 1%
    Keep new riders for longer, from 40 to 60 days
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.judgement import Span
from plumbline_judge.registry import Case, Remark, rule


@rule("hint", levels=("outcome",))
def maintain(case: Case) -> Iterator[Remark]:
    """Ask whether a level that is kept belongs with the KPIs."""
    opener = case.opener()
    if opener and (case.opens_with("keeping", forms="bg") or _ensured(case)) and not _moves(case):
        yield Remark(Span(opener.start, opener.end), {}, "kpi")


def _ensured(case: Case) -> bool:
    """Whether "ensure" stands before a number that is only to hold: "Ensure an uptime of 99.9%"."""
    ahead = case.statement.words[: case.begins]
    if any(word.low == "that" for word in ahead):
        return False
    return case.measure.target is not None and any("keeping" in word.verb("b") for word in ahead)


def _moves(case: Case) -> bool:
    """Whether the level is to change after all: "Keep more riders: from 31% to 45%"."""
    return case.measure.baseline is not None and case.measure.baseline != case.measure.target

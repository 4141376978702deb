"""Ask whether a level that is kept belongs with the KPIs.

A result ends with its cycle. A level that is to hold for good has no start
and no end: a KPI watches it better.

Flagged:
    Maintain uptime above 99.9%
    Keep the error rate under 1%

Fine:
    Raise uptime from 99.5% to 99.9%
    Reduce the error rate to 1%
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.found import opening
from plumbline_judge.registry import Case, Remark, rule


@rule("hint")
def maintain(case: Case) -> Iterator[Remark]:
    """Ask whether a level that is kept belongs with the KPIs."""
    if case.level != "outcome":
        return
    at = opening(case.statement)
    if at < len(case.statement.words) and "keeping" in case.statement.words[at].verb("bg"):
        yield Remark(case.statement.span(at, at + 1))

"""Ask which number will move.

A result without a number can't be checked in: nobody can say whether last week
helped.

Mend: Look for the number that would move if it came true: how many, how often, how soon.

Found:
    Customers love the product
    Improve the onboarding experience for riders

Good:
    Raise week-one activation from 31% to 45%
    Publish 10 blog articles
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.measure import usable
from plumbline_judge.registry import Case, Remark, rule


@rule("ask", levels=("outcome",))
def no_metric(case: Case) -> Iterator[Remark]:
    """Ask which number will move."""
    if case.measure.direction == "none" and not usable(case.statement):
        yield Remark()

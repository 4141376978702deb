"""Ask by when, where neither the sentence nor the cycle says it.

Without a day there is no pace: the number can't be ahead or behind.

Mend: Name the last day, or put the goal into a cycle.

Found:
    Raise retention from 31% to 45%

Good:
    Raise retention from 31% to 45% by 31 December
    Raise retention from 31% to 45% in Q3
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.registry import Case, Remark, rule


@rule("hint", levels=("input", "output", "outcome"))
def no_date(case: Case) -> Iterator[Remark]:
    """Ask by when, where neither the sentence nor the cycle says it."""
    if not case.measure.deadline and case.context.cycle_last_day is None:
        yield Remark()

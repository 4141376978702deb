"""Ask where the number stands today.

A target says little without its start: from 44 % to 45 % is a quiet quarter,
from 5 % to 45 % is another company.

Mend: Add the last reading: "from 31% to 45%". Where there is none, plan to measure first.

Found:
    Reach a retention of 45%
    Grow newsletter subscribers to 5,000

Good:
    Raise retention from 31% to 45%
    Cut churn to 3% (today 5%)
    Publish 10 blog articles
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.registry import Case, Remark, rule


@rule("hint", levels=("outcome",))
def no_baseline(case: Case) -> Iterator[Remark]:
    """Ask where the number stands today."""
    if case.measure.baseline is not None or case.context.current:
        return
    if case.measure.target is not None or case.measure.change is not None:
        yield Remark(case.part("target") or case.part("change"))

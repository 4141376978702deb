"""Ask what a finished milestone changes.

A launch, a decision or a plan is there or not there. That says that work was
done, and leaves open whether it helped.

Flagged:
    Launch the new app in May
    Define the pricing strategy

Fine:
    Publish 10 blog articles
    Cut churn from 5% to 3%
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.registry import Case, Remark, rule


@rule("ask")
def milestone(case: Case) -> Iterator[Remark]:
    """Ask what a finished milestone changes."""
    if case.level == "output" and case.measure.target is None and case.measure.change is None:
        yield Remark()

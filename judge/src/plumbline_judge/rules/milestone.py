"""Ask what a finished milestone changes.

A launch, a decision or a plan is there or not there. That says that work was
done, and leaves open whether it helped.

Mend: Say what somebody can do, or does more of, once it is there. The milestone itself
makes a good initiative.

Found:
    Launch the new app in May
    Define the pricing strategy

Good:
    Publish 10 blog articles
    Cut churn from 5% to 3%
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.registry import Case, Remark, rule


@rule("ask", levels=("output",))
def milestone(case: Case) -> Iterator[Remark]:
    """Ask what a finished milestone changes."""
    if not case.has_aim():
        yield Remark(None, {}, "initiative")

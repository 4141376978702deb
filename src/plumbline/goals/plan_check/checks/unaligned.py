"""Ask what a goal is for, where it hangs from nothing.

A goal that serves no pillar and no larger goal may be a good one; then the strategy misses something.

Mend: Hang it from what it serves.

Found:
    Riders feel at home (hangs from nothing)

Good:
    Riders feel at home, for the pillar Riders who stay
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline.goals.plan_check.plan import Plan
from plumbline.goals.plan_check.registry import Place, Remark, check


@check
def unaligned(plan: Plan) -> Iterator[Remark]:
    """Ask what a goal is for, where it hangs from nothing."""
    for goal in plan.goals:
        # What somebody wants to learn or do for themselves needs no larger goal.
        if not goal.is_aligned and goal.home != "person":
            yield Remark((Place(goal),))

"""Ask how one will know it worked, where an objective has only work as key results.

All of it can be done with the objective no nearer. What somebody kept with a reason is left alone.

Mend: Add the number that the work is to move, and make the work a bet on it.

Found:
    Publish 10 articles | Launch the new app

Good:
    Publish 10 articles | Trial sign-ups rise from 120 to 300
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline.goals.plan_check.plan import Plan
from plumbline.goals.plan_check.registry import Place, Remark, check


@check
def only_outputs(plan: Plan) -> Iterator[Remark]:
    """Ask how one will know it worked, where an objective has only work as key results."""
    for goal in plan.goals:
        if goal.results and all(result.counts_work and not result.is_waived for result in goal.results):
            yield Remark(tuple(Place(goal, result) for result in goal.results), about=goal.public_id)

"""Ask what counts, where every key result of an objective weighs nothing.

The progress of the objective can't be told then: it stays a dash, whatever its key results do.

Mend: Give at least one of them a weight.

Found:
    Riders feel at home: three key results of weight 0

Good:
    Riders feel at home: weights 1, 1 and 0
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline.goals.plan_check.plan import Plan
from plumbline.goals.plan_check.registry import Place, Remark, check


@check
def weights_are_zero(plan: Plan) -> Iterator[Remark]:
    """Ask what counts, where every key result of an objective weighs nothing."""
    for goal in plan.goals:
        if goal.results and not goal.follows and not any(result.weight for result in goal.results):
            yield Remark((Place(goal), *(Place(goal, result) for result in goal.results)), about=goal.public_id)

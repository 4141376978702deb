"""Ask for an earlier sign, where everything in an objective moves late.

With only late numbers the cycle is over before anybody can steer.

Mend: Add one key result that moves within weeks when the work helps.

Found:
    Revenue rises by 20% | NPS rises from 30 to 45

Good:
    Revenue rises by 20% | Riders who ride in week one rise from 31% to 45%
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from plumbline.goals.plan_check.plan import Plan
from plumbline.goals.plan_check.registry import Place, Remark, check

_FEWEST: Final = 2


@check
def only_lagging(plan: Plan) -> Iterator[Remark]:
    """Ask for an earlier sign, where everything in an objective moves late."""
    for goal in plan.goals:
        if len(goal.results) >= _FEWEST and all(result.is_late for result in goal.results):
            yield Remark(tuple(Place(goal, result) for result in goal.results), about=goal.public_id)

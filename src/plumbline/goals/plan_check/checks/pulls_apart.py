"""Ask who gives way, where two goals pull the same number in opposite directions.

One of the two will miss its target because the other reaches it. That is worth a word before the cycle starts.

Mend: Talk, then keep one, or make the other a guardrail of it.

Found:
    Discount given rises from 5% to 9% | Discount given falls from 5% to 3%
    Stock stays at or above 7 weeks | Stock stays at or below 5 weeks

Good:
    Discount given falls from 5% to 3% | Discount given stays at or below 4%
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from plumbline.goals.plan_check.plan import Goal, Plan, Result
from plumbline.goals.plan_check.registry import Place, Remark, check

_UP, _DOWN = {"increase", "at_least"}, {"decrease", "at_most"}
#: A number that so many goals are about is compared with its first ones: more would be a list and no question.
_MOST = 40


@check
def pulls_apart(plan: Plan) -> Iterator[Remark]:
    """Ask who gives way, where two goals pull the same number in opposite directions."""
    same: dict[object, list[tuple[Goal, Result]]] = defaultdict(list)
    for goal, result in plan.results:
        if result.measures[0]:
            same[result.measures].append((goal, result))
    for group in same.values():
        for (goal, result), (other_goal, other) in combinations(group[:_MOST], 2):
            if _opposed(result, other):
                yield Remark((Place(goal, result), Place(other_goal, other)), {"metric": result.metric})


def _opposed(one: Result, other: Result) -> bool:
    up, down = (one, other) if one.type in _UP else (other, one)
    if up.type not in _UP or down.type not in _DOWN:
        return False
    if {up.type, down.type} == {"increase", "decrease"}:
        return True
    # Of a level that is kept and a number that moves, or of two levels, both may hold side by side.
    return up.target is not None and down.target is not None and up.target > down.target

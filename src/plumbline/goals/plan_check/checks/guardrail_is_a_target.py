"""Ask which comes first, where what one goal must not let happen is what another is after.

A guardrail blocks green while it is breached. If somebody else's target lies beyond it, reaching that target turns the
first goal amber, whatever its own number does.

Mend: Agree on a limit that both can keep.

Found:
    Repairs a day stay at or above 5 (guardrail) | Repairs a day fall from 6 to 4

Good:
    Repairs a day stay at or above 5 (guardrail) | Repairs a day fall from 8 to 6
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from plumbline.goals.plan_check.plan import Goal, Limit, Plan, Result
from plumbline.goals.plan_check.registry import Place, Remark, check
from plumbline.goals.plan_check.wording import telling


@check
def guardrail_is_a_target(plan: Plan) -> Iterator[Remark]:
    """Ask which comes first, where what one goal must not let happen is what another is after."""
    aims: dict[object, list[tuple[Goal, Result]]] = defaultdict(list)
    for goal, result in plan.results:
        aims[result.measures].append((goal, result))
    for goal, result in plan.results:
        for limit in result.limits:
            for other_goal, other in aims.get((telling(limit.metric), limit.unit.kind), ()):
                if other is not result and _breaks(limit, other):
                    guarded = Place(goal, result, words=f"{result.statement} ({_said(limit)})")
                    yield Remark((guarded, Place(other_goal, other)), {"metric": limit.metric})


def _breaks(limit: Limit, aim: Result) -> bool:
    if aim.target is None:
        return False
    above = limit.high is not None and aim.target > limit.high and aim.type in {"increase", "at_least"}
    below = limit.low is not None and aim.target < limit.low and aim.type in {"decrease", "at_most"}
    return above or below


def _said(limit: Limit) -> str:
    edges = [
        f"{sign} {limit.unit.show(edge)}" for sign, edge in (("≥", limit.low), ("≤", limit.high)) if edge is not None
    ]
    return f"{limit.metric} {', '.join(edges)}"

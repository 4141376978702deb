"""Ask who answers for a goal that nobody leads.

What everybody leads is asked about by nobody. Somebody who left the organisation leads nothing any more.

Mend: Name one lead.

Found:
    Riders feel at home (no lead)

Good:
    Riders feel at home, led by Mara
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline.goals.plan_check.plan import Plan
from plumbline.goals.plan_check.registry import Place, Remark, check


@check
def no_lead(plan: Plan) -> Iterator[Remark]:
    """Ask who answers for a goal that nobody leads."""
    for goal in plan.goals:
        if goal.lead is None:
            yield Remark((Place(goal),))
        for result in goal.results:
            if result.lead is None:
                yield Remark((Place(goal, result),))

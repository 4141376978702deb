"""Ask whether the days are right, where a goal begins or ends outside its cycle.

Its pace is counted over its own days: a goal that ends after the cycle looks behind on the day that it is closed.

Mend: Let it follow the cycle's days, or move it to the cycle that it belongs to.

Found:
    Q2 2026, due on 15 August

Good:
    Q2 2026, due on 15 June
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plumbline.goals.plan_check.plan import Plan
from plumbline.goals.plan_check.registry import Place, Remark, check


@check
def dates_outside(plan: Plan) -> Iterator[Remark]:
    """Ask whether the days are right, where a goal begins or ends outside its cycle."""

    def is_outside(day: date | None) -> bool:
        return day is not None and not plan.cycle.first_day <= day <= plan.cycle.last_day

    for goal in plan.goals:
        for place in (Place(goal), *(Place(goal, result) for result in goal.results)):
            dated = place.result or goal
            out = [day for day in (dated.starts_on, dated.due_on) if is_outside(day)]
            if out and out[0]:
                yield Remark((place,), {"day": out[0].isoformat()})

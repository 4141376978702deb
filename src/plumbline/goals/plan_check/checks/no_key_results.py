"""Ask how one will know, where an objective has no key result.

Without one there is nothing to check in on, and at the end only an opinion. An objective that follows the goals aligned
to it is measured by theirs.

Mend: Write the first key result, or let the objective follow its aligned goals.

Found:
    Riders feel at home (no key result)

Good:
    Riders feel at home: calls for help fall from 22% to 12%
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline.goals.plan_check.plan import Plan
from plumbline.goals.plan_check.registry import Place, Remark, check


@check
def no_key_results(plan: Plan) -> Iterator[Remark]:
    """Ask how one will know, where an objective has no key result."""
    for goal in plan.goals:
        if not goal.results and not goal.follows:
            yield Remark((Place(goal),))

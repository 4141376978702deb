"""Ask where the rest comes from, where the targets of the key results together stay below the number in the title.

Only key results that count what the title counts, in the same unit, are added up; shares are never added.

Mend: Raise a target, add the key result that is missing, or say a smaller number in the title.

Found:
    Win 100 employers: Employers in Lyon rise from 0 to 30 | Employers in Ghent rise from 0 to 20

Good:
    Win 100 employers: Employers in Lyon rise from 0 to 60 | Employers in Ghent rise from 0 to 40
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from plumbline.goals.plan_check.plan import Plan
from plumbline.goals.plan_check.registry import Place, Remark, check
from plumbline.goals.plan_check.titles import named_in
from plumbline.goals.plan_check.wording import telling

_ADDS_UP: Final = frozenset({"count", "money", "word"})


@check
def sums_below(plan: Plan) -> Iterator[Remark]:
    """Ask where the rest comes from, where the targets together stay below the number in the title."""
    for goal in plan.goals:
        named = named_in(goal.title) if goal.results else None
        if named is None or not named.adds_up:
            continue
        parts = [
            result
            for result in goal.results
            if result.type == "increase" and result.unit.kind in _ADDS_UP and named.words <= telling(result.metric)
        ]
        targets = [result.unit.to_shown(result.target) for result in parts if result.target is not None]
        if targets and len(targets) == len(parts) and sum(targets, Decimal(0)) < named.number:
            told = {"number": format(named.number, "f"), "sum": format(sum(targets, Decimal(0)), "f")}
            yield Remark((Place(goal), *(Place(goal, result) for result in parts)), told, about=goal.public_id)

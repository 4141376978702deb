"""Ask who measures the number that an objective names, where none of its key results does.

All of them can be reached, and the number in the title be anywhere.

Mend: Make that number a key result, and let the title say where to go.

Found:
    Grow revenue to 5 million: Riders who come back rise from 20% to 30%

Good:
    Grow revenue to 5 million: Revenue from riders rises from 4 to 5 million
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline.goals.plan_check.plan import Plan
from plumbline.goals.plan_check.registry import Place, Remark, check
from plumbline.goals.plan_check.titles import named_in
from plumbline.goals.plan_check.wording import telling


@check
def names_another_metric(plan: Plan) -> Iterator[Remark]:
    """Ask who measures the number that an objective names, where none of its key results does."""
    for goal in plan.goals:
        named = named_in(goal.title) if goal.results else None
        if named is None:
            continue
        said = [telling(f"{result.metric} {result.statement}") for result in goal.results]
        if not any(named.words & words for words in said):
            shown = tuple(Place(goal, result) for result in goal.results)
            yield Remark((Place(goal), *shown), {"metric": named.metric}, about=goal.public_id)

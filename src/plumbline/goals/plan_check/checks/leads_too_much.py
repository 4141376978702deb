"""Ask who can take something over, where one person leads more than they can look after.

It is about load and says nothing of anybody's worth. Counted are the objectives and key results that a person leads in
the cycle; how many are fine is a setting. Told are the person, their manager, and admins.

Mend: Hand some of them on.

Found:
    Mara leads 14 goals

Good:
    Mara leads 5 goals
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from plumbline.goals.plan_check.plan import Plan
from plumbline.goals.plan_check.registry import Place, Remark, check
from plumbline.people.name import Name

_SHOWN: Final = 6


@check
def leads_too_much(plan: Plan) -> Iterator[Remark]:
    """Ask who can take something over, where one person leads more than they can look after."""
    led: dict[Name, list[Place]] = defaultdict(list)
    for goal in plan.goals:
        if goal.lead:
            led[goal.lead].append(Place(goal))
        for result in goal.results:
            if result.lead:
                led[result.lead].append(Place(goal, result))
    for person, places in led.items():
        if len(places) > plan.most_led and (plan.told_of is None or person.pk in plan.told_of):
            told = {"name": person.name, "lead": person.public_id, "count": str(len(places))}
            yield Remark(tuple(places[:_SHOWN]), told, about=person.public_id)

"""Ask what matters most, where an objective has more than five key results, or a team more than five objectives.

Attention does not stretch: three that are looked at beat seven that are not.

Mend: Choose those that say most, and let the others wait or hang below.

Found:
    Riders feel at home: seven key results
    Rider Growth: eight objectives

Good:
    Rider Growth: three objectives with three key results each
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from plumbline.goals.plan_check.plan import Goal, Plan
from plumbline.goals.plan_check.registry import Place, Remark, check
from plumbline.people.name import Name

MOST: Final = 5


@check
def too_many(plan: Plan) -> Iterator[Remark]:
    """Ask what matters most, where an objective has too many key results, or a team too many objectives."""
    teams: dict[Name, list[Goal]] = defaultdict(list)
    for goal in plan.goals:
        if len(goal.results) > MOST:
            yield Remark((Place(goal),), {"count": str(len(goal.results))})
        for team in goal.teams:
            teams[team].append(goal)
    for team, goals in teams.items():
        if len(goals) > MOST:
            told = {"team": team.name, "count": str(len(goals))}
            yield Remark(tuple(Place(goal) for goal in goals[: MOST + 1]), told, about=team.public_id)

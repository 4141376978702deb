"""Ask which of two goals is meant, or make two of them.

With two numbers in one sentence, half of it reached reads like all of it, or
like nothing.

Mend: Make two results of them, or name the one that matters and let the other guard it.

Found:
    Increase revenue by 20% and reduce churn by 5%
    Reach 1,000 customers and an NPS of 50
    Improve the onboarding and reduce churn

Good:
    Increase revenue from 2M to 3M
    Publish 10 blog articles
    Raise the share of riders who are satisfied and come back to 40%
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.aims import second_aim
from plumbline_judge.measure import usable
from plumbline_judge.registry import Case, Remark, rule


@rule("hint")
def two_goals_in_one(case: Case) -> Iterator[Remark]:
    """Ask which of two goals is meant, or make two of them."""
    aims = [one for one in usable(case.statement) if case.statement.zones[one.first] == "main"]
    aims = [one for one in aims if one is not case.numbers.baseline]
    joints = [at for at, word in enumerate(case.statement.words) if word.low in ("and", ";", "&", "+")]
    if joint := second_aim(case.statement, case.begins):
        yield Remark(joint)
    elif len(aims) > 1 and any(aims[0].last < at < aims[-1].first for at in joints):
        place = next(at for at in joints if aims[0].last < at < aims[-1].first)
        yield Remark(case.statement.span(place, place + 1))

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
    Map the funders and share the map
    Raise the share of riders who are satisfied and come back to 40%
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.aims import second_aim
from plumbline_judge.figures import Figure
from plumbline_judge.measure import usable
from plumbline_judge.registry import Case, Remark, rule


def _parts(case: Case, aims: list[Figure], at: int) -> bool:
    """Whether a joint stands between two aims, and not in a list of numbers ("stations 7 and 9")."""
    between = aims[0].last < at < aims[-1].first
    listed = any(one.last == at - 1 for one in aims) and any(one.first == at + 1 for one in aims)
    return between and not listed and case.statement.low(at + 1) != "not"


@rule("hint")
def two_goals_in_one(case: Case) -> Iterator[Remark]:
    """Ask which of two goals is meant, or make two of them."""
    joints = [at for at, word in enumerate(case.statement.words) if word.low in ("and", ";", "&", "+")]
    if not joints:
        return
    if joint := second_aim(case.statement, case.begins):
        yield Remark(joint)
    elif place := _between(case, joints):
        yield Remark(case.statement.span(place, place + 1))


def _between(case: Case, joints: list[int]) -> int:
    """Return the first joint that parts two numbers, 0 for none: no sentence opens with one."""
    aims = [one for one in usable(case.statement) if case.statement.zones[one.first] == "main"]
    aims = [one for one in aims if one is not case.numbers.baseline]
    if len(aims) < 2:  # noqa: PLR2004
        return 0
    return next((at for at in joints if _parts(case, aims, at)), 0)

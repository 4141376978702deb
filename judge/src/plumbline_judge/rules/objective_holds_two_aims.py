"""Ask which aim comes first, where an objective holds two.

Two aims in one sentence pull at the same people, and every key result below has
to say which one it belongs to.

Mend: Make two objectives of them, or let the one that matters stand alone.

Found:
    Grow the community and cut the cost of support
    Improve the onboarding and enter the French market

Good:
    Make commuting by bike easy and safe
    Help families find and book care
    Give riders a reason to come back and tell their friends
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.aims import second_aim
from plumbline_judge.registry import Case, Remark, rule


@rule("hint", ("objective",))
def objective_holds_two_aims(case: Case) -> Iterator[Remark]:
    """Ask which aim comes first, where an objective holds two."""
    if joint := second_aim(case.statement, case.begins):
        yield Remark(joint)

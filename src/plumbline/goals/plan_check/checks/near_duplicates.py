"""Ask whether goals that read alike are one.

Two teams that move one number without knowing of each other do the work twice, and the progress counts it twice. Alike
are sentences that share three quarters of the words that tell goals apart: numbers, days and the verb don't count.

Mend: Keep the one that says it better and let the other hang from it, or say what tells the two apart.

Found:
    Raise week-one retention from 31% to 45% | Raise week one retention from 31% to 44%

Good:
    Raise retention in Bern to 45% | Raise retention in Basel to 45%
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from plumbline.goals.plan_check.plan import Plan
from plumbline.goals.plan_check.registry import Place, Remark, check
from plumbline.goals.plan_check.wording import groups_of_alike, telling

#: So many of a group stand as evidence; the count says how many there are.
_SHOWN: Final = 6


@check
def near_duplicates(plan: Plan) -> Iterator[Remark]:
    """Ask whether goals that read alike are one."""
    yield from _alike([Place(goal) for goal in plan.goals])
    yield from _alike([Place(goal, result) for goal, result in plan.results])


def _alike(places: Sequence[Place]) -> Iterator[Remark]:
    for group in groups_of_alike([telling(place.text) for place in places]):
        found = [places[place] for place in group]
        sources = {place.goal.made_from for place in found}
        # Goals that were made for many people from one template are meant to read alike.
        if len(sources) > 1 or sources == {None}:
            yield Remark(tuple(found[:_SHOWN]), {"count": str(len(found))})

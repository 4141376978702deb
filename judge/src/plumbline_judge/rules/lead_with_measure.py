"""Advise to lead with the measure where the work comes first.

"Launch X so that 30 % adopt it" measures the effect. It reads clearer when the
effect opens the sentence and the launch becomes a bet below it.

Mend: Begin with who does what, and how much more of it; keep the work as a bet.

Found:
    Launch self-serve so that 30 % of new customers onboard without a call
    Host an event with 200 attendees

Good:
    Raise activation from 41% to 60%
    Publish 10 blog articles
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.aims import DOING, commands
from plumbline_judge.registry import Case, Remark, rule


def _is_later(case: Case, at: int) -> bool:
    """Whether the measure stands behind the work and not in its object."""
    target = case.numbers.target or case.numbers.change
    return (
        target is not None and target.first > at and case.statement.zones[target.first] in ("ends", "with", "relative")
    )


@rule("hint", levels=("outcome",))
def lead_with_measure(case: Case) -> Iterator[Remark]:
    """Advise to lead with the measure where the work comes first."""
    if commands(case, *DOING) and _is_later(case, case.begins):
        place = case.statement.span(case.begins, case.begins + 1)
        yield Remark(place, {"verb": case.said(place)})

"""Advise to lead with the measure where the work comes first.

"Launch X so that 30 % adopt it" measures the effect. It reads clearer when the
effect opens the sentence and the launch becomes a bet below it.

Flagged:
    Launch self-serve so that 30 % of new customers onboard without a call
    Host an event with 200 attendees

Fine:
    Raise activation from 41% to 60%
    Publish 10 blog articles
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.found import opening
from plumbline_judge.lexicon import word_set
from plumbline_judge.registry import Case, Remark, rule

_DOING = word_set("making holding deciding studying finishing teaching")


def _is_later(case: Case, at: int) -> bool:
    """Whether the measure stands behind the work and not in its object."""
    target = case.numbers.target or case.numbers.change
    return (
        target is not None and target.first > at and case.statement.zones[target.first] in ("ends", "with", "relative")
    )


@rule("hint")
def lead_with_measure(case: Case) -> Iterator[Remark]:
    """Advise to lead with the measure where the work comes first."""
    if case.level != "outcome":
        return
    at = opening(case.statement)
    if at < len(case.statement.words) and _DOING & set(case.statement.words[at].verb("b")) and _is_later(case, at):
        yield Remark(
            case.statement.span(at, at + 1), {"verb": case.statement.text[slice(*case.statement.span(at, at + 1))]}
        )

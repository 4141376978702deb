"""Ask what will be done, where an initiative is the change itself.

An initiative is what we do, as a bet on a number. "Raise retention to 45 %" is
the number: it says where to go, and leaves out the step.

Mend: Make the number a key result, and write here what you will try for it.

Found:
    Raise retention from 31% to 45%
    Reduce churn
    NPS from 30 to 45

Good:
    Call every rider who has not come back in a month
    Launch the referral programme
    Cut the sign-up form to three fields
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.aims import DOING, MOVING
from plumbline_judge.registry import Case, Remark, rule


@rule("ask", ("initiative",))
def initiative_is_an_outcome(case: Case) -> Iterator[Remark]:
    """Ask what will be done, where an initiative is the change itself."""
    if case.level != "outcome" or case.opens_with(*DOING, "supporting"):
        return
    moves = case.opens_with("increasing", "decreasing", "reaching")
    if moves or (case.has_aim() and (case.opens_with(*MOVING) or not case.opens_with(*_ANY, forms="bg"))):
        yield Remark(case.part("metric"), {}, "key_result")


_ANY = ("gaining", "keeping", "learning")

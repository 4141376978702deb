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
from plumbline_judge.lexicon import word_set
from plumbline_judge.registry import Case, Remark, rule


@rule("ask", ("initiative",), ("outcome",))
def initiative_is_an_outcome(case: Case) -> Iterator[Remark]:
    """Ask what will be done, where an initiative is the change itself."""
    if case.opens_with(*DOING, "supporting"):
        return
    moves = case.opens_with("increasing", "decreasing", "reaching") and not _is_ours_to_set(case)
    if moves or (_has_digits(case) and (case.opens_with(*MOVING) or not case.opens_with(*_ANY, forms="bg"))):
        yield Remark(case.part("metric"), {}, "key_result")


_ANY = ("gaining", "keeping", "learning")
_OURS = word_set(
    "price prices fee fees deposit deposits tariff tariffs salary salaries wage wages "
    "preis preise preisen gebühr gebühren tarif tarife gehalt gehälter lohn löhne entgelt entgelte"
)


def _is_ours_to_set(case: Case) -> bool:
    """Whether it moves what we simply decide: "Raise prices for small parcels"."""
    return any(word.low in _OURS for word in case.statement.words) and not case.has_aim()


def _has_digits(case: Case) -> bool:
    figure = case.numbers.target or case.numbers.change
    return figure is not None and case.statement.words[figure.first].kind == "n"

"""Ask whether the way there belongs in the result.

A result that names its means is hard to change when a better way turns up.
The means makes a bet below it.

Mend: End the sentence before the means, and hang the means below as a bet.

Found:
    Increase organic traffic by 30% by publishing weekly guides
    Reduce churn to 3% through a loyalty programme

Good:
    Increase organic traffic by 30% by June
    Reduce churn to 3%
    More people get through onboarding
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.lexicon import word_set
from plumbline_judge.registry import Case, Remark, rule

#: "Get through onboarding" is no means: the two words are one verb.
_GOING = word_set("get gets got go goes going make makes it come comes run runs pass passes put break read")


@rule("hint", levels=("outcome",))
def means_in_the_sentence(case: Case) -> Iterator[Remark]:
    """Ask whether the way there belongs in the result."""
    if "means" not in case.statement.zones:
        return
    first = case.statement.zones.index("means")
    if case.statement.low(first - 1) in _GOING:
        return
    end = next((at for at in range(first, len(case.statement.words)) if case.statement.zones[at] != "means"), None)
    yield Remark(case.statement.span(first, end or len(case.statement.words)))

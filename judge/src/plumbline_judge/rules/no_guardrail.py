"""Ask what must not get worse while a rate or a speed gets better.

Handling time falls when people hang up. A guardrail beside it keeps it honest.

Mend: Add a result that has to hold: "keep satisfaction at 4.5 or above".

Found:
    Cut handling time from 9 to 5 minutes | Raise the win rate from 20% to 30%
    Cut delivery time from 9 to 5 days | Grow revenue by 20%

Good:
    Cut handling time from 9 to 5 minutes | Keep satisfaction at 4.5 or above
    Cut handling time from 9 to 5 minutes | No more than 2% of callers hang up
    Publish 10 articles | Launch the new app
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from plumbline_judge.judgement import Judgement
from plumbline_judge.lexicon import listed, singular
from plumbline_judge.registry import Remark, SetCase, set_rule

_TIMES = frozenset(("ms", "s", "min", "h", "d", "wk"))


def _is_rate(judgement: Judgement) -> bool:
    """Whether it is a rate by its name, or a time that is to get shorter."""
    if judgement.measure.unit in _TIMES and judgement.measure.direction in ("decrease", "at_most"):
        return True
    said = [singular(word) for word in judgement.measure.metric.lower().split()]
    pairs = {f"{first} {second}" for first, second in pairwise(said)}
    return bool(listed("ratio_metrics") & ({*said} | pairs))


def _guards(judgement: Judgement) -> bool:
    """Whether a result has to hold: it keeps a level, or has a bound that nothing moves towards."""
    kept = any(finding.rule == "maintain" for finding in judgement.findings)
    bound = judgement.measure.direction in ("at_least", "at_most") and judgement.measure.baseline is None
    return kept or (bound and not _is_rate(judgement))


@set_rule("hint")
def no_guardrail(case: SetCase) -> Iterator[Remark]:
    """Ask what must not get worse while a rate or a speed gets better."""
    outcomes = [one for one in case.judgements if one.level == "outcome"]
    if any(_guards(one) for one in outcomes):
        return
    rates = [place for place, one in enumerate(case.judgements) if one.level == "outcome" and _is_rate(one)]
    if rates:
        yield Remark(None, {"first": str(rates[0] + 1), "metric": case.judgements[rates[0]].measure.metric})

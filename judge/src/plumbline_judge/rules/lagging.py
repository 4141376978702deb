"""Remark that a result lags and has many causes.

Revenue, NPS or market share move late, and for reasons that no team holds.
They are outcomes; something that moves earlier beside them helps to steer.

Mend: Keep it, and put something beside it that moves within weeks: a trial, a second visit,
a promise kept.

Found:
    Net revenue retention 98 → 108 %
    Grow revenue by 20%

Good:
    Activation 41 → 60 %
    Publish 10 blog articles
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.judgement import Span
from plumbline_judge.lexicon import listed, singular
from plumbline_judge.registry import Case, Remark, rule
from plumbline_judge.rules.too_lagging import too_slow


@rule("hint", levels=("outcome",))
def lagging(case: Case) -> Iterator[Remark]:
    """Remark that a result lags and has many causes."""
    if too_slow(case):
        return
    names = listed("lagging_metrics")
    for at, word in enumerate(case.statement.words):
        if singular(word.low) in names and case.statement.zones[at] in ("main", "ends"):
            yield Remark(Span(word.start, word.end), {"metric": case.statement.text[word.start : word.end]})
            return

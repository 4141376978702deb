"""Ask what the number leads to, where it can rise with nobody better off.

Followers, views and downloads are attention. They are an outcome, and they
flatter: what people do next says more.

Mend: Count the next step instead: who subscribes, comes back, buys.

Found:
    Reach 500 followers on the company page
    Get 10,000 page views in Q2

Good:
    Raise the share of readers who subscribe from 2% to 4%
    Publish 10 blog articles
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.judgement import Span
from plumbline_judge.lexicon import listed, singular
from plumbline_judge.registry import Case, Remark, rule


def _is_part(case: Case, at: int) -> bool:
    """Whether "share" stands for a part: "share of orders"."""
    return case.statement.low(at + 1) == "of" and case.statement.low(at).startswith("share")


def _is_share(case: Case) -> bool:
    return case.measure.unit == "%" and case.measure.change is None


@rule("hint", ("key_result", "kpi"))
def vanity_metric(case: Case) -> Iterator[Remark]:
    """Ask what the number leads to, where it can rise with nobody better off."""
    if case.role == "key_result" and case.level != "outcome":
        return
    names = listed("vanity_metrics")
    for at, word in enumerate(case.statement.words):
        if singular(word.low) in names and not _is_part(case, at) and case.statement.zones[at] in ("main", "with"):
            if not _is_share(case):
                yield Remark(Span(word.start, word.end), {"noun": case.statement.text[word.start : word.end]})
            return

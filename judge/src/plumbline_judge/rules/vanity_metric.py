"""Ask what the number leads to, where it can rise with nobody better off.

Followers, views and downloads are attention. They are an outcome, and they
flatter: what people do next says more.

Mend: Count the next step instead: who subscribes, comes back, buys.

Found:
    Reach 500 followers on the company page
    Get 10,000 page views in Q2

Good:
    Raise the share of readers who subscribe from 2% to 4%
    School classes visit the museum 200 times a year
    Publish 10 blog articles
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.judgement import Span
from plumbline_judge.lexicon import listed, singular, word_set
from plumbline_judge.registry import Case, Remark, rule

_PEOPLE_COME = word_set("visit")
_MARKS = 10
_ONLINE = word_set("site website web page pages blog online profile organic landing channel app shop")


def _is_share(case: Case) -> bool:
    return case.measure.unit == "%" and case.measure.change is None


def _is_counted(case: Case, at: int) -> bool:
    """Whether the word is what the number counts, or what a KPI is called; "share of orders" is a part."""
    word, low = case.statement.words[at], case.statement.low
    if low(at + 1) in ("of", "&", "per") and low(at).startswith(("share", "click", "visit")):
        return False
    if low(at - 1) in ("per", "by", "after") or _stands_for_more(case, at):
        return False
    if singular(word.low) in _PEOPLE_COME and not any(one.low in _ONLINE for one in case.statement.words):
        return False
    parts = [case.part(name) for name in ("metric", "unit")]
    inside = any(part and part.start <= word.start < part.end for part in parts)
    return inside or (case.role == "kpi" and not any(parts))


def _stands_for_more(case: Case, at: int) -> bool:
    """Whether a word means something else here: 4.5 stars are a mark, a share is a part, fans who buy are customers."""
    word, words = case.statement.words[at], case.statement.words
    if singular(word.low) == "star" and (case.measure.target is None or case.measure.target <= _MARKS):
        return True
    acts = at + 1 < len(words) and bool(words[at + 1].verb("b")) and not words[at + 1].tags.nouns
    return acts or word.low == "share"


@rule("hint", ("key_result", "kpi"))
def vanity_metric(case: Case) -> Iterator[Remark]:
    """Ask what the number leads to, where it can rise with nobody better off."""
    if (case.role == "key_result" and case.level != "outcome") or _is_share(case):
        return
    names = listed("vanity_metrics")
    for at, word in enumerate(case.statement.words):
        if singular(word.low) in names and case.statement.zones[at] in ("main", "with") and _is_counted(case, at):
            yield Remark(Span(word.start, word.end), {"noun": case.said(Span(word.start, word.end))})
            return

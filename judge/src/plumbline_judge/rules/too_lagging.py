"""Ask for an earlier sign, where the number moves slower than the cycle is long.

Market share and a year's turnover of staff don't answer within a quarter. On the
last day they say nothing about what was done in it.

Mend: Take the step that comes before it, and watch the slow number as a KPI.

Found:
    [cycle 2026-04-01 2026-06-30] Raise market share from 8% to 12%
    [cycle 2026-04-01 2026-06-30] Reduce employee turnover from 18% to 12%
    [cycle 2026-04-01 2026-06-30] Raise the share of members who renew after 12 months to 80%

Good:
    [cycle 2026-01-01 2026-12-31] Raise market share from 8% to 12%
    [cycle 2026-04-01 2026-06-30] Raise week-one activation from 31% to 45%
    Raise market share from 8% to 12%
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.judgement import Span
from plumbline_judge.lexicon import listed, singular, word_set
from plumbline_judge.registry import Case, Remark, rule
from plumbline_judge.statement import Statement

_LONGER_THAN_A_QUARTER = 125
_HALF_A_YEAR = {"mo": 6, "y": 1, "wk": 26}
_YEARLY = word_set("annual yearly twelve-month")
_LONGEST = 3


@rule("hint", levels=("outcome",))
def too_lagging(case: Case) -> Iterator[Remark]:
    """Ask for an earlier sign, where the number moves slower than the cycle is long."""
    if span := too_slow(case):
        yield Remark(span, {"metric": case.said(span)})


def too_slow(case: Case) -> Span | None:
    """Return the number that moves slower than a short cycle is long."""
    days = case.context.cycle_days
    if days is None or days > _LONGER_THAN_A_QUARTER:
        return None
    return _slow(case.statement) or _long_wait(case)


def _slow(statement: Statement) -> Span | None:
    """Return a slow number that is claimed, one to three words long."""
    names = listed("slow_metrics", "remarks")
    for at, word in enumerate(statement.words):
        if word.kind != "w" or statement.zones[at] not in ("main", "ends"):
            continue
        if word.low in _YEARLY:
            return Span(word.start, word.end)
        said = ""
        for end in range(at, min(at + _LONGEST, len(statement.words))):
            said = f"{said} {singular(statement.words[end].low)}".strip()
            if said in names:
                return statement.span(at, end + 1)
    return None


def _long_wait(case: Case) -> Span | None:
    """Return a wait of half a year or more that is part of what is counted: "renew after 12 months"."""
    for figure in case.statement.figures:
        behind = case.statement.low(figure.first - 1) in ("after", "over")
        if (
            behind
            and not figure.value.is_nan()
            and figure.kind == "duration"
            and figure.value >= _HALF_A_YEAR.get(figure.unit, 10**9)
        ):
            return Span(figure.start, figure.end)
    return None

"""Ask what the counted work is for.

Work that carries a number can be ticked off to the last piece without anybody
being better off. It makes a good bet; the result is what it moves.

Flagged:
    Publish 10 blog articles
    Hold 12 customer interviews
    Increase sales calls from 40 to 120 per week

Fine:
    Raise trial sign-ups from 120 to 300
    Launch the new app in May
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.registry import Case, Remark, rule


@rule("ask")
def counted_activity(case: Case) -> Iterator[Remark]:
    """Ask what the counted work is for."""
    if case.level not in ("output", "input") or not (case.measure.target or case.measure.change):
        return
    yield Remark(case.part("target") or case.part("change"), {"noun": case.measure.metric or case.measure.unit})

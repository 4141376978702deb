"""Ask what the counted work is for.

Work that carries a number can be ticked off to the last piece without anybody
being better off. It makes a good bet; the result is what it moves.

Mend: Ask who does something differently once the work is there, and count them. The work
can hang below as a bet.

Found:
    Publish 10 blog articles
    Hold 12 customer interviews
    Increase sales calls from 40 to 120 per week

Good:
    Raise trial sign-ups from 120 to 300
    Launch the new app in May
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.registry import Case, Remark, rule


@rule("ask", levels=("output", "input"))
def counted_activity(case: Case) -> Iterator[Remark]:
    """Ask what the counted work is for."""
    if case.has_aim():
        yield Remark(case.part("target") or case.part("change"), {"noun": _noun(case)}, "initiative")


def _noun(case: Case) -> str:
    """Return what is counted; where nothing names it, the number itself."""
    return case.measure.metric or case.measure.unit or case.said(case.part("target") or case.part("change"))

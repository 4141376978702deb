"""Remark that a date lies outside the cycle.

What ends after the cycle can't be closed with it.

Mend: Take the mark that is reachable within the cycle, or move the goal to the cycle in
which it ends.

Found:
    [cycle 2026-04-01 2026-06-30] Raise retention to 45% by December 2026

Good:
    [cycle 2026-04-01 2026-06-30] Raise retention to 45% by June 2026
    Raise retention to 45% by December 2026
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.deadlines import last_day
from plumbline_judge.registry import Case, Remark, rule


@rule("hint", ("key_result", "objective", "initiative"))
def date_outside_cycle(case: Case) -> Iterator[Remark]:
    """Remark that a date lies outside the cycle."""
    first, last = case.context.cycle_first_day, case.context.cycle_last_day
    if not case.measure.deadline or not (first or last):
        return
    day = last_day(case.measure.deadline)
    if day and ((last and day > last) or (first and day < first)):
        yield Remark(case.part("deadline"), {"date": case.measure.deadline})

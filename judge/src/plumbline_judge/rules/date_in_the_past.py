"""Ask for a day that is still ahead.

Said only where the judge is told what day it is.

Mend: Write the day you mean, or leave it to the end of the cycle.

Found:
    [today 2026-05-01] Raise retention to 45% by March 2026

Good:
    [today 2026-05-01] Raise retention to 45% by June 2026
    Raise retention to 45% by March 2020
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.deadlines import last_day
from plumbline_judge.judgement import ROLES
from plumbline_judge.registry import Case, Remark, rule


@rule("ask", ROLES)
def date_in_the_past(case: Case) -> Iterator[Remark]:
    """Ask for a day that is still ahead."""
    today = case.context.today
    if today is None or not case.measure.deadline:
        return
    day = last_day(case.measure.deadline)
    if day and day < today:
        yield Remark(case.part("deadline"), {"date": case.measure.deadline})

"""Ask how far the number is to go.

A direction without a mark can be reached by one step, and nobody knows when to
stop.

Mend: Add the mark: from where to where.

Found:
    Increase customer satisfaction
    Reduce the waiting time at the clinic

Good:
    Increase customer satisfaction from 4.1 to 4.5
    Grow revenue by 20%
    Reduce missed appointments by a third
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.lexicon import word_set
from plumbline_judge.measure import usable
from plumbline_judge.registry import Case, Remark, rule

_PARTS = word_set("half halve halved third quarter double doubled triple")


@rule("ask", levels=("outcome",))
def no_target(case: Case) -> Iterator[Remark]:
    """Ask how far the number is to go."""
    if case.measure.target is not None or case.measure.change is not None:
        return
    if any(word.low in _PARTS for word in case.statement.words) or usable(case.statement):
        return
    if case.measure.direction in ("increase", "decrease"):
        yield Remark(case.part("metric"))

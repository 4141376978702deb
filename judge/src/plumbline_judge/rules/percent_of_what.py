"""Ask what the percentage is a share of, or how it is counted.

"Improve quality by 20 %" can be counted in a dozen ways, and somebody will
pick the kindest.

Mend: Name what is counted, and of how many: the share of late deliveries, the errors in a
hundred invoices.

Found:
    Improve quality by 20%
    Increase efficiency by 15%

Good:
    Cut the share of late deliveries from 20% to 5%
    Reduce page load time by 20%
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.lexicon import word_set
from plumbline_judge.registry import Case, Remark, rule

_LOOSE = word_set(
    "quality efficiency productivity performance effectiveness engagement experience collaboration "
    "communication service innovation growth results performances processes culture"
)


@rule("hint", ("key_result", "kpi"))
def percent_of_what(case: Case) -> Iterator[Remark]:
    """Ask what the percentage is a share of, or how it is counted."""
    if case.measure.unit != "%" or case.measure.metric.lower().removeprefix("our ") not in _LOOSE:
        return
    yield Remark(case.part("change") or case.part("target"), {"metric": case.measure.metric})

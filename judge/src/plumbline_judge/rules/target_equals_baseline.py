"""Ask what better would look like, where start and target are the same.

A number that ends where it starts can't show progress.

Mend: Say how far it is to go. To hold a level, watch it as a KPI.

Found:
    Raise retention from 45% to 45%

Good:
    Raise retention from 31% to 45%
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.registry import Case, Remark, rule


@rule("ask", ("key_result", "kpi"))
def target_equals_baseline(case: Case) -> Iterator[Remark]:
    """Ask what better would look like, where start and target are the same."""
    if case.measure.baseline is not None and case.measure.baseline == case.measure.target:
        yield Remark(case.part("target"), {"value": case.measure.spans_text(case.statement.text, "target")})

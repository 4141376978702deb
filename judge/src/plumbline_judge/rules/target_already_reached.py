"""Ask for a new mark where today's value is already past the target.

It may be a slip of the pen, or last quarter's success.

Mend: Look the two numbers up again, then choose the next mark.

Found:
    Raise retention from 50% to 45%

Good:
    Raise retention from 31% to 45%
    Cut churn from 5% to 3%
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.registry import Case, Remark, rule


@rule("ask", ("key_result", "kpi"))
def target_already_reached(case: Case) -> Iterator[Remark]:
    """Ask for a new mark where today's value is already past the target."""
    start, goal = case.measure.baseline, case.measure.target
    if start is None or goal is None or start == goal:
        return
    if (case.numbers.verb == "up" and goal < start) or (case.numbers.verb == "down" and goal > start):
        yield Remark(case.part("target"), {"value": case.measure.spans_text(case.statement.text, "target")})

"""Ask what the number is good for, where an objective is a key result already.

An objective says where to go and for whom. The number that shows it is the key
result below it, and there may be a better one.

Mend: Say in words what will be better, and hang the number below as a key result.

Found:
    Raise retention from 31% to 45%
    Grow revenue to €2M
    NPS of 50

Good:
    Make commuting by bike the easy choice
    Riders come back because they like it
    Be ready for winter 2026
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.registry import Case, Remark, rule


@rule("ask", ("objective",), ("outcome", "unclear"))
def objective_has_a_number(case: Case) -> Iterator[Remark]:
    """Ask what the number is good for, where an objective is a key result already."""
    figure = case.numbers.target or case.numbers.change
    spelled = figure is not None and case.statement.words[figure.first].kind == "w" and figure.kind == "count"
    if figure is None or spelled:
        return
    span = case.part("target") or case.part("change")
    yield Remark(span, {"value": case.said(span)}, "key_result")

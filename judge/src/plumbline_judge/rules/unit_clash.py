"""Ask which unit is meant, where the numbers of one goal are counted in two.

From 31 % to 450 riders there is no way: the start and the target have to be
readings of the same thing.

Mend: Write both in the unit of the readings, or choose that unit beside the sentence.

Found:
    Raise retention from 31% to €45
    Cut the bill from €4 to $3
    Bring complaints from 12% down to 30 minutes
    [unit EUR] Raise retention from 31% to 45%

Good:
    Raise retention from 31 to 45%
    Cut delivery from 2 weeks to 3 days
    Grow revenue from €2M to €3M
    [unit %] Raise retention from 31% to 45%
    [unit riders] Grow riders from 120 to 300
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.figures import Figure
from plumbline_judge.registry import Case, Remark, rule

_SHARES = frozenset(("%", "pp"))
_TIMES = frozenset(("ms", "s", "min", "h", "d", "wk", "mo", "y"))
_MONEY = frozenset(("USD", "EUR", "GBP", "CHF", "JPY"))


def _kind(unit: str) -> str:
    """Return what a unit is a unit of; units of money don't mix, and what is counted is told by nobody."""
    if unit in _SHARES:
        return "share"
    return "time" if unit in _TIMES else unit if unit in _MONEY else ""


def _differ(first: str, second: str) -> bool:
    kinds = _kind(first), _kind(second)
    return all(kinds) and kinds[0] != kinds[1]


def _unit(figure: Figure | None) -> str:
    return figure.unit if figure and figure.kind != "times" else ""


@rule("ask", ("key_result", "kpi"))
def unit_clash(case: Case) -> Iterator[Remark]:
    """Ask which unit is meant, where the numbers of one goal are counted in two."""
    start, goal, given = _unit(case.numbers.baseline), _unit(case.numbers.target), case.context.unit
    if _differ(start, goal):
        yield Remark(case.part("target"), {"first": start, "second": goal})
    elif given and _differ(goal or start, given):
        yield Remark(case.part("target") or case.part("baseline"), {"first": goal or start, "second": given})

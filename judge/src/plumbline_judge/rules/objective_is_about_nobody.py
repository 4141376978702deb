"""Ask who will notice, where an objective names only processes, systems or money.

People work towards something for somebody. "Optimise internal processes" can be
declared done on any day, and nobody outside would see it.

Mend: Name who is to be better off, and what will be different for them.

Found:
    Optimise internal processes
    Increase efficiency
    Strengthen governance structures

Good:
    Help families find a place in day care
    Reduce waiting for a first appointment
    Make the app fast on old phones
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.aims import second_aim, somebody
from plumbline_judge.registry import Case, Remark, rule


@rule("hint", ("objective",))
def objective_is_about_nobody(case: Case) -> Iterator[Remark]:
    """Ask who will notice, where an objective names only processes, systems or money."""
    if case.statement.language not in ("en", "de") or case.has_aim() or somebody(case.statement):
        return
    alone = second_aim(case.statement, case.begins) is None
    if alone and case.opens_with("improving", "increasing", "decreasing", "keeping"):
        yield Remark()

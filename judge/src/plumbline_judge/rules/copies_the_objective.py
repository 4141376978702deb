"""Ask for the number behind the objective, where the result repeats it.

A result that says the objective again adds no way to tell whether it worked.

Flagged:
    [objective Make commuting by bike easy] Make commuting by bike easy

Fine:
    [objective Make commuting by bike easy] Raise the share of members who ride to work from 12% to 20%
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.registry import Case, Remark, rule


@rule("ask")
def copies_the_objective(case: Case) -> Iterator[Remark]:
    """Ask for the number behind the objective, where the result repeats it."""
    objective = " ".join(case.context.objective.lower().split()).rstrip(".")
    if objective and objective == " ".join(case.statement.text[case.statement.begin :].lower().split()).rstrip("."):
        yield Remark()

"""How goals ask the judge, and what is kept of its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plumbline_judge import Context, Judgement, judge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plumbline.goals.models import Cycle


def read(
    text: str, *, objective: str = "", cycle: Cycle | None = None, siblings: Iterable[str] = (), language: str = "en"
) -> Judgement:
    """Return the judge's reading of a key result, told what stands around it."""
    context = Context(
        objective=objective,
        cycle_first_day=cycle.first_day if cycle else None,
        cycle_last_day=cycle.last_day if cycle else None,
        siblings=tuple(siblings),
        language=language,
    )
    return judge(text, role="key_result", context=context)


def kept(judgement: Judgement) -> dict[str, Any]:
    """Return the columns that keep a judgement with its goal."""
    return {
        "level": judgement.level,
        "judgement": judgement.to_dict(),
        "judge_version": judgement.version,
    }

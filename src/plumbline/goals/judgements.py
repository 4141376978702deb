"""How goals ask the judge, and what is kept of its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plumbline_judge import Context, Judgement, KnownMetric, judge

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from plumbline.goals.models import Cycle


def read(
    text: str,
    *,
    objective: str = "",
    cycle: Cycle | None = None,
    siblings: Iterable[str] = (),
    metrics: Iterable[KnownMetric] = (),
    current: str = "",
    today: date | None = None,
    language: str = "en",
    role: str = "key_result",
) -> Judgement:
    """Return the judge's reading of a key result, told what stands around it.

    ``metrics`` are the organisation's own, as far as the reader may see them
    (``known_metrics``); without them a suggestion has blanks only.
    """
    context = Context(
        objective=objective,
        current=current,
        today=today,
        metrics=tuple(metrics),
        cycle_first_day=cycle.first_day if cycle else None,
        cycle_last_day=cycle.last_day if cycle else None,
        siblings=tuple(siblings),
        language=language,
    )
    return judge(text, role=role, context=context)


def kept(judgement: Judgement) -> dict[str, Any]:
    """Return the columns that keep a judgement with its goal."""
    return {
        "level": judgement.level,
        "judgement": judgement.to_dict(),
        "judge_version": judgement.version,
    }

"""How goals ask the judge, and what is kept of its answer."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from plumbline_judge import (
    Config,
    Context,
    Explanation,
    Judgement,
    KnownMetric,
    Measure,
    SetJudgement,
    explain,
    judge,
    judge_set,
)
from plumbline_judge.context import STANDARD
from plumbline_judge.settings_file import BadSettings, config_of, followed, over

from plumbline.people.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from plumbline.deployment import Deployment
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
    unit: str = "",
    organisation: Organisation | None = None,
) -> Judgement:
    """Return the judge's reading of a sentence in its role, told what stands around it.

    ``organisation`` is whose settings hold, where the caller has it at hand; else it is read. ``metrics`` are the
    organisation's own, as far as the reader may see them (``known_metrics``); without them a suggestion has blanks
    only.
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
        unit=unit,
    )
    return judge(text, role=role, context=context, config=config_of_house(organisation))


def read_set(
    objective: str,
    texts: Sequence[str],
    *,
    cycle: Cycle | None = None,
    language: str = "en",
    organisation: Organisation | None = None,
) -> SetJudgement:
    """Return the judge's reading of an objective together with its key results."""
    context = Context(
        cycle_first_day=cycle.first_day if cycle else None,
        cycle_last_day=cycle.last_day if cycle else None,
        language=language,
    )
    return judge_set(objective, texts, context=context, config=config_of_house(organisation))


def measure_in(text: str, *, role: str = "key_result") -> Measure:
    """Return the number that a sentence names, and of what; how the house sets its judge up changes nothing of that."""
    return judge(text, role=role).measure


def explained(text: str, *, organisation: Organisation | None = None) -> Explanation:
    """Return every contribution to the level of a sentence, as this house's judge reads it."""
    return explain(text, config=config_of_house(organisation))


def config_of_house(organisation: Organisation | None = None) -> Config:
    """Return how the judge is set up here: by the server's file, and over it by what the organisation says."""
    table = organisation.judge_settings if organisation else _stored()
    return over(config_of_server(), followed(table)) if table else config_of_server()


def _stored() -> dict[str, Any]:
    return Organisation.objects.values_list("judge_settings", flat=True).first() or {}


def config_of_server() -> Config:
    """Return how the judge is set up on this server; ``plumbline check`` says why where its file can't be followed."""
    deployment: Deployment = settings.DEPLOYMENT
    return _config_in(deployment.judge_settings)


@cache
def _config_in(file: str) -> Config:
    try:
        # Readers have languages of their own.
        return replace(config_of(Path(file)), language="") if file else STANDARD
    except BadSettings:
        return STANDARD


def kept(judgement: Judgement) -> dict[str, Any]:
    """Return the columns that keep a judgement with its goal."""
    return {
        "level": judgement.level,
        "judgement": judgement.to_dict(),
        "judge_version": judgement.version,
    }

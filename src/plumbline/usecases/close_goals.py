"""Close an objective as the guided closing sends it: how it ended, and what becomes of its key results, in one act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from plumbline.goals.models import Closure, Decision, Initiative, KeyResult, Objective
from plumbline.people.models import Actor, Event


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to become of one key result."""

    key_result: KeyResult
    choice: str
    baseline: Decimal | None = None
    initiatives: tuple[Initiative, ...] = ()


@transaction.atomic
def close_objective(
    objective: Objective, *, choices: Iterable[Choice], by: Actor, at: datetime, **said: Any
) -> Closure | None:
    """Decide and close; raises what ``Closure.close`` raises, and then nothing is decided.

    The same key twice closes once.
    """
    objective.lock()
    if _is_repeated(objective, by):
        return objective.closures.filter(reopened_at=None).first()
    # One key names one act: the events of the decisions carry none, the closing does.
    _decide(choices, by=replace(by, idempotency_key=""), at=at)
    return Closure.close(objective, by=by, at=at, **said)


def _decide(choices: Iterable[Choice], *, by: Actor, at: datetime) -> None:
    for each in choices:
        Decision.decide(
            each.key_result,
            choice=each.choice,
            baseline=each.baseline,
            initiatives=each.initiatives,
            by=by,
            at=at,
        )


def _is_repeated(objective: Objective, by: Actor) -> bool:
    told = Event.objects.about("objective", objective.public_id).filter(verb="closed", actor=by.person)
    return bool(by.idempotency_key) and told.filter(idempotency_key=by.idempotency_key).exists()

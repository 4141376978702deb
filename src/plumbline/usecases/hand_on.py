"""Give goals another lead: many at once, when somebody leaves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from plumbline.goals.lost_leads import Led
from plumbline.goals.models import Initiative, KeyResult, Kpi, Objective
from plumbline.people.models import Actor, Person


@transaction.atomic
def hand_on(goals: Iterable[Led], *, to: Person, by: Actor, at: datetime, reason: str) -> int:
    """Let somebody lead all of these; return how many. Locked goalposts keep the reason."""
    rows = list(goals)
    for goal in rows:
        if isinstance(goal, Objective | KeyResult):
            goal.change(lead=to, reason=reason, by=by, at=at)
        else:
            goal.change(lead=to, by=by, at=at)
    return len(rows)


@transaction.atomic
def hand_on_hidden(goal: Objective | Kpi, *, to: Person, by: Actor, at: datetime, reason: str) -> None:
    """Let somebody lead a private goal that lost its lead, with all on it that the same person led.

    The former lead's own log says that it happened, and not which goal it was.
    """
    former = goal.lead
    parts: list[Led] = [goal]
    if isinstance(goal, Objective):
        parts += KeyResult.objects.filter(objective=goal, lead=former, archived_at=None, binned_at=None)
        parts += Initiative.objects.filter(objective=goal, lead=former, binned_at=None)
    hand_on(parts, to=to, by=by, at=at, reason=reason)
    if former is not None:
        former.record("private_goal_handed_on", by=by, at=at, after={"lead": to})

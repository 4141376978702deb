"""How quarters end: a score, a verdict, a rating, and what was learned."""

from __future__ import annotations

from decimal import Decimal

from plumbline.goals.models import Closure, Cycle, KeyResult, Objective, Verdict
from plumbline.goals.progress import Part, roll_up
from plumbline.usecases.sample_company.calendar import Calendar
from plumbline.usecases.sample_company.people import SYSTEM, Staff
from plumbline.usecases.sample_company.plans import Goal

_ASKED = {"committed": Decimal("0.95"), "aspirational": Decimal("0.7")}
_PARTLY = Decimal("0.5")


def close_goal(goal: Goal, objective: Objective, staff: Staff, calendar: Calendar) -> None:
    """End an objective with the score that its progress suggests."""
    score = _score(objective)
    Closure.close(
        objective,
        verdict=_verdict(goal, score),
        score=score,
        rating=goal.rating,
        learned=goal.learned,
        by=staff.actor(goal.lead),
        at=calendar.moment(objective.cycle.last_day, 16, goal.title),
    )


def end(cycle: Cycle, calendar: Calendar) -> None:
    """Take a cycle through its last two phases on its last evening."""
    cycle.move_to(Cycle.Phase.CLOSING, by=SYSTEM, at=calendar.moment(cycle.last_day, 15))
    cycle.move_to(Cycle.Phase.CLOSED, by=SYSTEM, at=calendar.moment(cycle.last_day, 18))


def _score(objective: Objective) -> Decimal:
    rows = KeyResult.objects.filter(objective=objective).counted().for_reading()
    share = roll_up(Part(row.progress(), row.weight) for row in rows) or Decimal(0)
    return (share / 100).quantize(Decimal("0.01"))


def _verdict(goal: Goal, score: Decimal) -> Verdict:
    if goal.verdict:
        return Verdict(goal.verdict)
    if score >= _ASKED[goal.kind]:
        return Verdict.ACHIEVED
    return Verdict.PARTLY_ACHIEVED if score >= _PARTLY else Verdict.MISSED

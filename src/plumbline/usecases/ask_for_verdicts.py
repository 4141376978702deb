"""Ask the leads of bets whose day has come: did the work move the number? Twice asks nobody again."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q

from plumbline.goals.models import Bet, Initiative
from plumbline.people.models import Actor, Organisation


def ask_for_verdicts(at: datetime) -> int:
    """Put the question to every lead of a bet that is due for one; return how many were asked."""
    organisation = Organisation.objects.first()
    if organisation is None:
        return 0
    today = organisation.today(at)
    over = Q(bet__verdict="") & (Q(bet__by_day=None) | Q(bet__by_day__lt=today))
    again = Q(bet__verdict=Bet.Verdict.TOO_EARLY, bet__ask_again_on__lte=today)
    rows = Initiative.objects.filter(over | again, state=Initiative.State.DONE, bet__asked_at=None, binned_at=None)
    waiting = rows.filter(objective__binned_at=None, objective__archived_at=None, lead__state="active")
    return sum(
        row.ask_for_verdict(by=Actor.system(), at=at)
        for row in waiting.select_related("objective__cycle").order_by(F("bet__by_day").asc(nulls_first=True), "pk")
    )

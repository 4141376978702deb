"""Switch what a result is: a key result into an initiative or an objective, an initiative into a key result.

Only while nothing would be read differently afterwards: what was checked in on stays what it is. What it was stays in
the bin with its whole history, and can be taken out again.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from plumbline.goals.models import Initiative, KeyResult, Objective
from plumbline.people.models import Actor, Event


class Settled(Exception):
    """Raised when the bet of an initiative was settled: it happened as work, and stays work."""


@transaction.atomic
def into_initiative(key_result: KeyResult, *, by: Actor, at: datetime) -> Initiative:
    """Make a key result an initiative of its objective; raises ``KeyResult.HasHistory`` once it was checked in on."""
    _refuse_history(key_result)
    made = Initiative.from_key_result(key_result, title=key_result.statement[:240], by=by, at=at)
    for row in key_result.initiatives.filter(binned_at=None).order_by("pk"):
        row.change(key_result=None, by=by, at=at)
    made.record("switched", by=by, at=at, after={"key_result": key_result})
    return made


@transaction.atomic
def into_objective(key_result: KeyResult, *, by: Actor, at: datetime) -> Objective:
    """Make a key result an objective that hangs from the one it belonged to; raises ``KeyResult.HasHistory``."""
    _refuse_history(key_result)
    above = key_result.objective
    made = Objective.set(
        title=key_result.statement[:240],
        cycle=above.cycle,
        home=above.home,
        teams=above.home_teams.all(),
        home_person=above.home_person,
        lead=key_result.lead or above.lead,
        is_private=above.is_private,
        contributors=above.contributors.all(),
        named=above.named.all(),
        parent_objective=above,
        language=key_result.language,
        by=by,
        at=at,
    )
    key_result.bin(by=by, at=at)
    made.record("switched", by=by, at=at, after={"key_result": key_result})
    return made


@transaction.atomic
def into_key_result(initiative: Initiative, *, by: Actor, at: datetime) -> KeyResult:
    """Make an initiative a draft key result of its objective; raises ``Settled`` once its bet was settled."""
    bet = getattr(initiative, "bet", None)
    if bet is not None and bet.settled_at is not None:
        raise Settled(initiative.title)
    initiative.objective.refuse_when_closed()
    made = KeyResult.write_down(
        initiative.objective,
        statement=initiative.title,
        lead=initiative.lead,
        due_on=initiative.due_on,
        description=initiative.note,
        source_link=initiative.link,
        language=initiative.language,
        by=by,
        at=at,
    )
    initiative.bin(by=by, at=at)
    made.record("switched", by=by, at=at, after={"initiative": initiative})
    return made


def made_of(row: KeyResult | Initiative) -> KeyResult | Initiative | Objective | None:
    """Return what was made of a key result or an initiative, unless it lies in the bin by now."""
    told = Event.objects.filter(verb="switched", **{f"after__{row.noun}": row.public_id}).order_by("-pk").first()
    if told is None:
        return None
    kind: Any = {"initiative": Initiative, "objective": Objective, "key_result": KeyResult}[told.noun]
    rows = kind.objects.filter(public_id=told.noun_key, binned_at=None)
    made: KeyResult | Initiative | Objective | None = rows.first()
    return made


@transaction.atomic
def take_back(row: KeyResult | Initiative, *, by: Actor, at: datetime) -> None:
    """Undo a switch: what was made goes to the bin, what it was made of comes out of it."""
    row.objective.refuse_when_closed()
    made = made_of(row)
    if made is not None:
        made.bin(by=by, at=at)
    row.restore(by=by, at=at)


def _refuse_history(key_result: KeyResult) -> None:
    key_result.lock()
    key_result.refuse_when_closed()
    if key_result.check_ins.exists():
        raise KeyResult.HasHistory(key_result.statement)

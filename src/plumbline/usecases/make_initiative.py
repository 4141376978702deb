"""Turn work that was written as a key result into what it is: an initiative, or an input of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from plumbline.goals.models import Initiative, KeyResult, Objective
from plumbline.people.models import Actor, Event, Person


@dataclass(frozen=True, slots=True)
class Work:
    """What was written: the title it gets, the sentence it came from, and the key result it was, if it was saved."""

    title: str
    sentence: str
    lead: Person | None = None
    due_on: date | None = None
    instead_of: KeyResult | None = None


@dataclass(frozen=True, slots=True)
class Effort:
    """What is put in: an amount of time, money or people."""

    kind: str
    amount: Decimal | None = None
    unit: str = ""


@transaction.atomic
def bet_on(
    objective: Objective, work: Work, *, by: Actor, at: datetime, key_result: KeyResult | None = None, outcome: str = ""
) -> Initiative:
    """Make work a bet on a key result: one that is there, or the outcome that is written down with it.

    How much it should move the number stays blank: somebody says that later.
    """
    written = KeyResult.write_down(objective, statement=outcome, lead=work.lead, by=by, at=at) if outcome else None
    target = written or key_result
    initiative = _take_on(objective, work, target, written, by=by, at=at)
    if target:
        initiative.place_bet(key_result=target, expected_change=None, due_on=work.due_on, by=by, at=at)
    return initiative


@transaction.atomic
def plan_effort(
    objective: Objective,
    work: Work,
    effort: Effort,
    *,
    by: Actor,
    at: datetime,
    initiative: Initiative | None = None,
) -> Initiative:
    """Plan effort as an input: of an initiative that is there, or of one that is made for it."""
    if initiative is None:
        initiative = _take_on(objective, work, None, None, by=by, at=at)
    else:
        objective.refuse_when_closed()
        _clear(work, by=by, at=at)
    initiative.add_input(
        kind=effort.kind, amount=effort.amount, unit=effort.unit, note=work.sentence[:240], by=by, at=at
    )
    return initiative


def was_made_by(person: Person, initiative: Initiative) -> bool:
    """Tell whether it was this person who turned work into the initiative."""
    told = Event.objects.about("initiative", initiative.public_id).filter(verb="swapped_in", actor=person)
    return told.exists()


@transaction.atomic
def take_back(initiative: Initiative, *, by: Actor, at: datetime) -> str:
    """Undo ``bet_on`` or ``plan_effort`` of a new initiative; return the sentence as it was written."""
    told = Event.objects.about("initiative", initiative.public_id).filter(verb="swapped_in").first()
    initiative.objective.refuse_when_closed()
    initiative.bin(by=by, at=at)
    if told is None:
        return initiative.came_from
    for written in KeyResult.objects.filter(public_id=told.after.get("outcome") or ""):
        written.bin(by=by, at=at)
    for before in KeyResult.objects.filter(public_id=told.after.get("instead_of") or ""):
        before.restore(by=by, at=at)
    return initiative.came_from


def _take_on(
    objective: Objective, work: Work, target: KeyResult | None, written: KeyResult | None, *, by: Actor, at: datetime
) -> Initiative:
    initiative = Initiative.take_on(
        title=work.title,
        objective=objective,
        key_result=target,
        lead=work.lead,
        due_on=work.due_on,
        came_from=work.sentence[:400],
        by=by,
        at=at,
    )
    _clear(work, by=by, at=at)
    initiative.record("swapped_in", by=by, at=at, after={"instead_of": work.instead_of, "outcome": written})
    return initiative


def _clear(work: Work, *, by: Actor, at: datetime) -> None:
    if work.instead_of:
        work.instead_of.bin(by=by, at=at)

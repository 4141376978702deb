"""Amendments: which goalposts moved after they were locked, from what to what, by whom, when and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from plumbline.goals.models.key_result import GOALPOSTS as KEY_RESULT_POSTS
from plumbline.goals.models.key_result import KeyResult
from plumbline.goals.models.objective import GOALPOSTS as OBJECTIVE_POSTS
from plumbline.goals.models.objective import Objective
from plumbline.people.models import Event, Person

#: In the order in which people ask.
_ORDER = ("title", "statement", "baseline", "target", "target_upper", "due_on", "weight", "lead")
_NUMBERS = frozenset({"baseline", "target", "target_upper", "weight"})


@dataclass(frozen=True, slots=True)
class Move:
    """One goalpost that moved: its field, and what stood there before and after."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Amendment:
    """What one person moved at once on one goal."""

    objective: Objective
    key_result: KeyResult | None
    moves: tuple[Move, ...]
    by: Person | None
    at: datetime
    reason: str


def amendments(objectives: Iterable[Objective]) -> list[Amendment]:
    """Return what was amended on these objectives and their key results, newest first; hand in what the reader sees.

    Four queries for however many. What is in the bin or private to others
    never gets here: its objective is not handed in.
    """
    known = {row.public_id: row for row in objectives}
    if not known:
        return []
    events = Event.objects.filter(verb="amended", under__in=known, noun__in=("objective", "key_result"))
    listed = list(events.select_related("actor").order_by("-at", "-pk"))
    rows = KeyResult.objects.filter(public_id__in=[event.noun_key for event in listed], binned_at=None)
    key_results = {row.public_id: row for row in rows.select_related("lead")}
    people = _people(listed)
    return [
        _read(event, known[event.under], key_results.get(event.noun_key), people)
        for event in listed
        if event.noun == "objective" or event.noun_key in key_results
    ]


def _read(event: Event, objective: Objective, key_result: KeyResult | None, people: dict[str, Person]) -> Amendment:
    posts = OBJECTIVE_POSTS if event.noun == "objective" else KEY_RESULT_POSTS
    moves = tuple(
        Move(name, _value(name, event.before[name], people), _value(name, event.after.get(name), people))
        for name in _ORDER
        if name in posts and name in event.before
    )
    return Amendment(objective, key_result, moves, event.actor, event.at, event.reason)


def _value(name: str, kept: Any, people: dict[str, Person]) -> Any:
    if kept is None:
        return None
    if name in _NUMBERS:
        return Decimal(kept)
    return people.get(kept) if name == "lead" else kept


def _people(events: Iterable[Event]) -> dict[str, Person]:
    keys = {side["lead"] for event in events for side in (event.before, event.after) if side.get("lead")}
    return {person.public_id: person for person in Person.objects.filter(public_id__in=keys)} if keys else {}

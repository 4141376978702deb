"""Change many goals at once: each in a transaction of its own, by the verbs a person would use, with one way back.

What one goal refuses does not keep the others from changing: it is told, with its reason.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final

from django.db import transaction

from plumbline.goals import policy
from plumbline.goals.models import Cycle, KeyResult, Objective, Tag
from plumbline.goals.models.objective import Home
from plumbline.goals.undoing import values_before
from plumbline.people.models import Actor, Event, Person, Team
from plumbline.people.models.person import Role
from plumbline.usecases import switch_result
from plumbline.usecases.move_goal import Choices, Destination, MovedOn, move_goal
from plumbline.usecases.move_goal import take_back as move_back

Goal = Objective | KeyResult

#: How long all of it can be taken back at once.
UNDO: Final = timedelta(minutes=30)


class NotAllowed(Exception):
    """Raised when a person may not do this to a goal they see."""


class OnlyObjectives(Exception):
    """Raised when a key result is to go where only its objective can."""


class OnlyKeyResults(Exception):
    """Raised when an objective is to become what only a key result can."""


class NotNamed(Exception):
    """Raised when somebody is to lead a private goal that they do not see."""


#: What a goal may answer; anything else is an error of ours.
REFUSALS: Final = (
    NotAllowed, OnlyObjectives, OnlyKeyResults, NotNamed, MovedOn, Cycle.Closed, Objective.Closed, KeyResult.Closed,
    Objective.NeedsReason, KeyResult.NeedsReason, KeyResult.NotReady, KeyResult.NeedsWaiver, KeyResult.HasHistory,
    Objective.WrongParent, Objective.Circle,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be done: the name of the act, and what it needs."""

    act: str
    lead: Person | None = None
    home: str = ""
    teams: tuple[Team, ...] = ()
    tags: tuple[Tag, ...] = ()
    cycle: Cycle | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A goal that did not change, and why."""

    goal: Goal
    why: Exception


@dataclass(frozen=True, slots=True)
class Outcome:
    """What changed and what did not; ``key`` takes all of it back."""

    done: Sequence[Goal]
    refused: Sequence[Refused]
    key: str


def change_many(goals: Iterable[Goal], change: Change, *, by: Actor, at: datetime) -> Outcome:
    """Change goals one by one; what each refuses is told."""
    key = uuid.uuid4().hex[:28]
    done: list[Goal] = []
    refused: list[Refused] = []
    for number, goal in enumerate(goals):
        # One request for each: an undo takes back what happened together, goal by goal.
        own = replace(by, request_id=f"{key}-{number:04d}", idempotency_key="")
        try:
            _change(goal, change, by=own, at=at)
        except REFUSALS as why:
            refused.append(Refused(goal, why))
        else:
            done.append(goal)
    return Outcome(done, refused, key)


@transaction.atomic
def _change(goal: Goal, change: Change, *, by: Actor, at: datetime) -> None:
    verb, act = ACTS[change.act]
    if by.person is None or not policy.can(by.person, verb, goal):
        raise NotAllowed(str(goal))
    act(goal, change, by=by, at=at)


def _lead(goal: Goal, change: Change, *, by: Actor, at: datetime) -> None:
    objective = goal if isinstance(goal, Objective) else goal.objective
    if objective.is_private and change.lead is not None and not policy.sees(change.lead, objective):
        raise NotNamed(str(goal))
    goal.change(lead=change.lead, reason=change.reason, by=by, at=at)


def _team(goal: Goal, change: Change, *, by: Actor, at: datetime) -> None:
    objective = _objective(goal)
    person = by.person
    if person is None or not policy.can_set_objective(
        person, home=change.home, teams=list(change.teams), home_person=None
    ):
        raise NotAllowed(str(goal))
    there = Destination(objective.cycle, change.home, change.teams)
    move_goal(objective, there, Choices(), reason=change.reason, by=by, at=at)


def _cycle(goal: Goal, change: Change, *, by: Actor, at: datetime) -> None:
    objective = _objective(goal)
    home = tuple(objective.home_teams.all()) if objective.home == Home.TEAM else ()
    there = Destination(change.cycle or objective.cycle, objective.home, home, objective.home_person)
    move_goal(objective, there, Choices(), reason=change.reason, by=by, at=at)


def _objective(goal: Goal) -> Objective:
    if isinstance(goal, KeyResult):
        raise OnlyObjectives(str(goal))
    return goal


def _tag(goal: Goal, change: Change, *, by: Actor, at: datetime) -> None:
    goal.tag({*goal.tags.in_use(), *change.tags}, by=by, at=at)


def _untag(goal: Goal, change: Change, *, by: Actor, at: datetime) -> None:
    goal.tag(set(goal.tags.in_use()) - set(change.tags), by=by, at=at)


def _activate(goal: Goal, _change: Change, *, by: Actor, at: datetime) -> None:
    goal.activate(by=by, at=at)


def _archive(goal: Goal, _change: Change, *, by: Actor, at: datetime) -> None:
    goal.archive(by=by, at=at)


def _bin(goal: Goal, _change: Change, *, by: Actor, at: datetime) -> None:
    goal.bin(by=by, at=at)


def _initiative(goal: Goal, _change: Change, *, by: Actor, at: datetime) -> None:
    if isinstance(goal, Objective):
        raise OnlyKeyResults(str(goal))
    switch_result.into_initiative(goal, by=by, at=at)


#: Each act with the right that it asks for.
ACTS: Final[dict[str, tuple[str, Callable[..., None]]]] = {
    "lead": ("change", _lead),
    "team": ("move", _team),
    "tag": ("change", _tag),
    "untag": ("change", _untag),
    "cycle": ("move", _cycle),
    "activate": ("activate", _activate),
    "initiative": ("bin", _initiative),
    "archive": ("archive", _archive),
    "bin": ("bin", _bin),
}


def take_back(key: str, *, by: Actor, at: datetime, reason: str) -> Outcome:
    """Take back what one act did to many goals, goal by goal; whoever did it may, for half an hour."""
    events = Event.objects.filter(actor=by.person, at__gte=at - UNDO, request_id__startswith=f"{key}-").order_by("-pk")
    done: list[Goal] = []
    refused: list[Refused] = []
    for _request, group in groupby(events, key=lambda event: event.request_id):
        told = [event for event in group if event.noun in _KINDS]
        if not told:
            continue
        # What was ticked changed first; what hangs on it came along.
        goal: Goal = _KINDS[told[-1].noun]._base_manager.get(public_id=told[-1].noun_key)
        try:
            _undo(goal, told, by=replace(by, idempotency_key=""), at=at, reason=reason)
        except REFUSALS as why:
            refused.append(Refused(goal, why))
        else:
            done.append(goal)
    return Outcome(done, refused, key)


_KINDS: Final[dict[str, Any]] = {"objective": Objective, "key_result": KeyResult}


@transaction.atomic
def _undo(goal: Goal, events: Sequence[Event], *, by: Actor, at: datetime, reason: str) -> None:
    if moved := next((event for event in events if event.verb == "moved"), None):
        _refuse_stranger(goal, moved, by)
        move_back(moved, by=by, at=at)
        return
    for event in events:
        noun: Goal = _KINDS[event.noun]._base_manager.get(public_id=event.noun_key)
        if noun.lock().version != event.after.get("version"):
            raise MovedOn(str(goal))
        _refuse_stranger(noun, event, by)
        _UNDOING[event.verb](noun, event, by=by, at=at, reason=reason)


def _refuse_stranger(noun: Goal, event: Event, by: Actor) -> None:
    """Refuse who lost the right meanwhile; whoever gave the lead away may take it back as long as they see the goal."""
    person = by.person
    if person is None or not person.has_role(Role.MEMBER):
        raise NotAllowed(str(noun))
    own = event.before.get("lead") == person.public_id and policy.sees(person, noun)
    if not own and not policy.can(person, _RIGHTS.get(event.verb, "change"), noun):
        raise NotAllowed(str(noun))


_RIGHTS: Final = {"moved": "move", "activated": "activate", "archived": "restore", "binned": "restore"}


def _changed_back(noun: Goal, event: Event, *, by: Actor, at: datetime, reason: str) -> None:
    noun.change(**values_before(noun, event.before), reason=reason, by=by, at=at)


def _tagged_back(noun: Goal, event: Event, *, by: Actor, at: datetime, reason: str) -> None:
    del reason
    noun.tag(Tag.objects.in_use().filter(public_id__in=event.after.get("tags_before", ())), by=by, at=at)


def _activated_back(noun: Goal, event: Event, *, by: Actor, at: datetime, reason: str) -> None:
    del event
    noun.take_activation_back(by=by, at=at, reason=reason)


def _unarchived(noun: Goal, event: Event, *, by: Actor, at: datetime, reason: str) -> None:
    del event, reason
    noun.unarchive(by=by, at=at)


def _restored(noun: Goal, event: Event, *, by: Actor, at: datetime, reason: str) -> None:
    del event, reason
    if isinstance(noun, KeyResult) and switch_result.made_of(noun) is not None:
        switch_result.take_back(noun, by=by, at=at)
    else:
        noun.restore(by=by, at=at)


_UNDOING: Final[dict[str, Callable[..., None]]] = {
    "changed": _changed_back,
    "amended": _changed_back,
    "tagged": _tagged_back,
    "activated": _activated_back,
    "archived": _unarchived,
    "binned": _restored,
}

"""Move an objective to another cycle or home: what hangs on that is listed first, and nothing is silently detached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from plumbline.goals import policy
from plumbline.goals.models import Commitment, Cycle, KeyResult, Objective
from plumbline.goals.models.objective import PARENTS, Home, Stage
from plumbline.goals.undoing import values_before
from plumbline.people.models import Actor, Event, Person, Team
from plumbline.people.models.person import Role

#: What becomes of the goals below: they stay in their cycle and hang on, come along, or hang from nothing.
STAY, ALONG, DETACH = "stay", "along", "detach"
#: What becomes of days of their own: they stay, move with the cycle, or give way to the cycle's.
KEEP, SHIFT, CLEAR = "keep", "shift", "clear"
_DAYS: Final = ("starts_on", "due_on")
_DONE: Final = ("moved", "changed", "amended", "aligned")


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a goal is to go; what is not said stays."""

    cycle: Cycle
    home: str
    teams: tuple[Team, ...] = ()
    home_person: Person | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What the mover decided about that which hangs on the goal."""

    children: str = STAY
    days: str = KEEP
    let_go: bool = False


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a move touches, as its reader may know it."""

    children: tuple[Objective, ...]
    dated: tuple[Objective | KeyResult, ...]
    losing: tuple[Person, ...]
    gaining: tuple[Team, ...]


def consequences(objective: Objective, to: Destination, *, reader: Person) -> Consequences:
    """Return what hangs on a goal and who loses access, should it move."""
    below = Objective.objects.visible_to(reader).filter(
        Q(parent_objective=objective) | Q(parent_key_result__objective=objective)
    )
    before = set(objective.home_teams.all())
    return Consequences(
        children=tuple(below.filter(archived_at=None).select_related("cycle", "lead").order_by("pk")),
        dated=tuple(_dated(objective)),
        losing=tuple(_losing(objective, to)),
        gaining=tuple(team for team in to.teams if team not in before) if to.home == Home.TEAM else (),
    )


@transaction.atomic
def move_goal(
    objective: Objective,
    to: Destination,
    choices: Choices,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    expected_version: int | None = None,
) -> Event | None:
    """Move a goal with what was chosen to come along; return the event that ``take_back`` undoes.

    Raises what ``Objective.move`` and ``KeyResult.change`` raise, and then
    nothing is moved. A child that the mover may not move stays and hangs on.
    """
    told: dict[str, Any] = {"by": by, "at": at, "reason": reason}
    old = objective.cycle
    home: dict[str, Any] = (
        {"home": to.home, "teams": to.teams, "home_person": to.home_person} if _rehomes(objective, to) else {}
    )
    dated = _dated(objective)
    event = objective.move(cycle=to.cycle, expected_version=expected_version, **home, **told)
    if to.cycle != old:
        _settle_days(dated, choices.days, to.cycle.first_day - old.first_day, **told)
        _settle_children(objective, to.cycle, choices, **told)
    if choices.let_go and any(getattr(objective, name) is not None for name in PARENTS):
        objective.align(by=by, at=at)
    return event


class MovedOn(Exception):
    """Raised when a move is undone after somebody changed what was moved."""


@transaction.atomic
def take_back(told: Event, *, by: Actor, at: datetime) -> None:
    """Undo a move with everything that came along, unless one of it was changed since (``MovedOn``)."""
    moved: dict[str, Objective | KeyResult] = {}
    events = _together(told)
    for event in events:
        if event.noun_key not in moved:
            moved[event.noun_key] = _unchanged(event)
    for event in events:
        _put_back(moved[event.noun_key], event, by=by, at=at)
    for noun in moved.values():
        noun.refuse_when_closed()
    goals = [noun for noun in moved.values() if isinstance(noun, Objective) and not noun.cycle.is_locked]
    Commitment.objects.filter(key_result__objective__in=goals).delete()


def _together(told: Event) -> list[Event]:
    """Return what one request did to goals, the last act first."""
    if not told.request_id:
        return [told]
    same = Event.objects.filter(request_id=told.request_id, actor=told.actor, verb__in=_DONE)
    return list(same.filter(noun__in=("objective", "key_result")).order_by("-pk"))


def _put_back(noun: Objective | KeyResult, event: Event, *, by: Actor, at: datetime) -> None:
    if isinstance(noun, Objective) and "teams_before" in event.after:
        noun.home_teams.set(Team.objects.filter(public_id__in=event.after["teams_before"]))
    noun.write("move_taken_back", by=by, at=at, also={"event": event}, **values_before(noun, event.before))


def _unchanged(event: Event) -> Objective | KeyResult:
    kind: type[Objective | KeyResult] = Objective if event.noun == "objective" else KeyResult
    noun: Objective | KeyResult = kind._base_manager.get(public_id=event.noun_key).lock()
    if noun.version != event.after.get("version"):
        raise MovedOn(str(noun))
    return noun


def _rehomes(objective: Objective, to: Destination) -> bool:
    now = set(objective.home_teams.all()) if objective.home == Home.TEAM else set()
    person = objective.home_person if objective.home == Home.PERSON else None
    return (objective.home, now, person) != (to.home, set(to.teams), to.home_person)


def _dated(objective: Objective) -> list[Objective | KeyResult]:
    rows = objective.key_results.filter(Q(starts_on__isnull=False) | Q(due_on__isnull=False), binned_at=None)
    own = [objective] if any(getattr(objective, name) for name in _DAYS) else []
    return [*own, *rows.filter(archived_at=None).exclude(stage=Stage.CLOSED).order_by("pk")]


def _settle_days(rows: Iterable[Objective | KeyResult], choice: str, by_days: timedelta, **told: Any) -> None:
    for row in rows if choice in {SHIFT, CLEAR} else ():
        row.refresh_from_db()
        moved: dict[str, Any] = {name: _moved(getattr(row, name), choice, by_days) for name in _DAYS}
        row.change(**moved, **told)


def _moved(day: date | None, choice: str, by_days: timedelta) -> date | None:
    return None if day is None or choice == CLEAR else day + by_days


def _settle_children(objective: Objective, cycle: Cycle, choices: Choices, **told: Any) -> None:
    if choices.children == STAY:
        return
    mover = told["by"].person
    verb = "move" if choices.children == ALONG else "align"
    below = Objective.objects.visible_to(mover).filter(
        Q(parent_objective=objective) | Q(parent_key_result__objective=objective)
    )
    for child in below.filter(archived_at=None).exclude(stage=Stage.CLOSED).order_by("pk"):
        if not policy.can(mover, verb, child) or child.cycle.is_closed:
            continue
        if choices.children == ALONG:
            child.move(cycle=cycle, **told)
        else:
            child.align(by=told["by"], at=told["at"])


def _losing(objective: Objective, to: Destination) -> list[Person]:
    """Return who works on a goal by its home now, and would not after it."""
    stay = {objective.lead_id, *objective.contributors.values_list("pk", flat=True)}
    stay |= set(_at_home(to.home, to.teams, to.home_person))
    now = _at_home(objective.home, tuple(objective.home_teams.all()), objective.home_person)
    people = Person.objects.active().exclude(role=Role.VIEWER).exclude(role=Role.OWNER)
    return list(people.filter(pk__in=now).exclude(pk__in=stay).order_by("name"))


def _at_home(home: str, teams: tuple[Team, ...], person: Person | None) -> list[int]:
    admins = (
        []
        if home == Home.COMPANY
        else list(Person.objects.active().filter(role=Role.ADMIN).values_list("pk", flat=True))
    )
    if home == Home.PERSON:
        return [*admins, *([person.pk] if person else [])]
    members = Person.objects.filter(memberships__team__in=teams, memberships__last_day=None)
    return [*admins, *members.values_list("pk", flat=True)] if home == Home.TEAM else admins

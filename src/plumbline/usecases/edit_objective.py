"""Set or change an objective as an editor sends it, in one act: words, sharing, sight, and where it hangs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from plumbline.goals.models import Objective
from plumbline.goals.models.objective import PARENTS
from plumbline.people.models import Actor, Event, Organisation, Person, Team


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who shares a goal; None where the editor did not ask."""

    teams: tuple[Team, ...] | None = None
    contributors: tuple[Person, ...] | None = None
    private: bool | None = None
    named: tuple[Person, ...] = ()


@transaction.atomic
def set_objective(*, by: Actor, at: datetime, **said: Any) -> Objective:
    """Set a new objective; raises what ``Objective.set`` raises. The same key twice sets it once."""
    told = Event.objects.filter(verb="set", noun="objective", actor=by.person, idempotency_key=by.idempotency_key)
    repeated = told.first() if by.idempotency_key else None
    return Objective.objects.get(public_id=repeated.noun_key) if repeated else Objective.set(by=by, at=at, **said)


@transaction.atomic
def change_objective(
    objective: Objective,
    *,
    sharing: Sharing,
    parent: dict[str, Any] | None,
    by: Actor,
    at: datetime,
    reason: str = "",
    expected_version: int | None = None,
    **fields: Any,
) -> None:
    """Change an objective; raises what ``change`` and ``align`` raise, and then nothing is changed."""
    if parent is not None:
        # ``align`` takes this lock; after the objective's it would come too late for the order.
        Organisation.the().lock()
    objective.change(by=by, at=at, reason=reason, expected_version=expected_version, **fields)
    _share(objective, sharing, by=by, at=at)
    if parent is not None and any(getattr(objective, name) != parent.get(name) for name in PARENTS):
        objective.align(by=by, at=at, **parent)


def _share(objective: Objective, sharing: Sharing, *, by: Actor, at: datetime) -> None:
    teams = _if_new(sharing.teams, objective.home_teams.all())
    contributors = _if_new(sharing.contributors, objective.contributors.all())
    if teams is not None or contributors is not None:
        objective.share(teams=teams, contributors=contributors, by=by, at=at)
    if sharing.private is None:
        return
    if sharing.private != objective.is_private or set(sharing.named) != set(objective.named.all()):
        objective.make_private(sharing.private, named=sharing.named, by=by, at=at)


def _if_new(wanted: tuple[Any, ...] | None, now: Iterable[Any]) -> tuple[Any, ...] | None:
    return None if wanted is None or set(wanted) == set(now) else wanted

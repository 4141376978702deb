"""Set or change an objective as an editor sends it, in one act: words, sharing, sight, and where it hangs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from plumbline.goals.models import Objective, Tag
from plumbline.goals.models.objective import PARENTS
from plumbline.people.models import Actor, Event, Organisation, Person, Team
from plumbline.people.models.organisation import Feature


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who shares a goal; None where the editor did not ask."""

    teams: tuple[Team, ...] | None = None
    contributors: tuple[Person, ...] | None = None
    private: bool | None = None
    named: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Links:
    """How a goal is found and what it helps; None where the editor did not ask."""

    tags: tuple[Tag, ...] | None = None
    supports: tuple[Objective, ...] | None = None


NO_LINKS: Final = Links()


@transaction.atomic
def set_objective(*, by: Actor, at: datetime, tags: Iterable[Tag] = (), **said: Any) -> Objective:
    """Set a new objective; raises what ``Objective.set`` raises. The same key twice sets it once."""
    told = Event.objects.filter(verb="set", noun="objective", actor=by.person, idempotency_key=by.idempotency_key)
    repeated = told.first() if by.idempotency_key else None
    if repeated:
        return Objective.objects.get(public_id=repeated.noun_key)
    _refuse_switched_off(said)
    objective = Objective.set(by=by, at=at, **said)
    objective.tag(tags, by=by, at=at)
    return objective


def _refuse_switched_off(said: Mapping[str, Any]) -> None:
    if said.get("parent_kpi"):
        Organisation.refuse_without(Feature.KPIS)
    if said.get("is_private"):
        Organisation.refuse_without(Feature.PRIVATE_GOALS)
    if len(list(said.get("teams", ()))) > 1 or list(said.get("contributors", ())):
        Organisation.refuse_without(Feature.SHARED_OWNERSHIP)
    if said.get("driver", Objective.Driver.KEY_RESULTS) != Objective.Driver.KEY_RESULTS:
        Organisation.refuse_without(Feature.ALIGNED_PROGRESS)


@transaction.atomic
def change_objective(
    objective: Objective,
    *,
    sharing: Sharing,
    parent: dict[str, Any] | None,
    links: Links = NO_LINKS,
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
    # What is let go makes room first: one link to a goal is enough, so both at once would be refused.
    wanted = _supported(objective, by.person) if links.supports is None else set(links.supports)
    for gone in _supported(objective, by.person) - wanted:
        objective.support_no_more(gone, by=by, at=at)
    if parent is not None and any(getattr(objective, name) != parent.get(name) for name in PARENTS):
        objective.align(by=by, at=at, **parent)
    for new in wanted - _supported(objective, by.person):
        objective.support(new, by=by, at=at)
    if links.tags is not None:
        objective.tag(links.tags, by=by, at=at)


def _supported(objective: Objective, person: Person | None) -> set[Objective]:
    """Return what it supports, as far as that exists for a person: what is hidden stays as it is."""
    rows = Objective.objects.filter(supported_by__objective=objective)
    return set(rows if person is None else Objective.objects.visible_to(person).filter(pk__in=rows.values("pk")))


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

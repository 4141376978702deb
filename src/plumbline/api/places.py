"""Where goals go, and what they bear: ids of requests as the nouns they name, as far as those exist for the sender."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from plumbline.api.bodies import PlaceIn
from plumbline.api.door import person_of
from plumbline.goals import policy
from plumbline.goals.models import Cycle, Objective, Tag
from plumbline.people.models import Actor, Team
from plumbline.usecases.move_goal import Destination


def destination(actor: Actor, row: Objective, said: PlaceIn) -> Destination:
    """Return where a goal goes; a home in which the sender may set no goals is refused (403)."""
    cycle = get_object_or_404(Cycle, public_id=said.cycle, binned_at=None) if said.cycle else row.cycle
    if said.home is None:
        return Destination(cycle, row.home, tuple(row.home_teams.all()), row.home_person)
    teams, person = _teams(said.teams), person_of(actor) if said.home == "person" else None
    if not policy.can_set_objective(person_of(actor), home=said.home, teams=teams, home_person=person):
        raise PermissionDenied
    return Destination(cycle, said.home, tuple(teams), person)


def may_stay(actor: Actor, to: Destination) -> bool:
    """Tell whether the sender may set a goal of their own where this one stands."""
    asked = {"home": to.home, "teams": list(to.teams), "home_person": to.home_person}
    return policy.can_set_objective(person_of(actor), **asked)  # type: ignore[arg-type]


def tags(ids: list[str]) -> list[Tag]:
    """Return the tags with these ids, all of them or 404."""
    found = list(Tag.objects.in_use().filter(public_id__in=ids))
    if len(found) != len(set(ids)):
        raise Http404
    return found


def _teams(ids: list[str]) -> list[Team]:
    found = list(Team.objects.open().filter(public_id__in=ids))
    if len(found) != len(set(ids)):
        raise Http404
    return found

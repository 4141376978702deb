"""Handing a goal out to many, as JSON: preview it, do it, read the report, take it back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status

from plumbline.api.door import Body, PublicId, fetch, person_of, visit
from plumbline.goals import policy
from plumbline.goals.models import Cycle, Given, Handout, Objective, Outcome
from plumbline.people.models import Actor, Person, Team
from plumbline.usecases.hand_out import Recipients, given_by, hand_out, preview

router = Router(tags=["handouts"])


class HandoutIn(Body):
    """Who gets a goal of their own, in which cycle; with ``preview`` nothing is made."""

    cycle: PublicId
    people: list[PublicId] = []
    teams: list[PublicId] = []
    preview: bool = False


class GivenOut(Schema):
    """One recipient: ``made``, or why not, and the goal as far as it exists for the asker."""

    person: str | None
    team: str | None
    outcome: str
    objective: str | None


class HandoutOut(Schema):
    """The report; a preview has no id."""

    id: str | None
    made: int
    skipped: int
    taken_back: bool
    given: list[GivenOut]


@router.post("/objectives/{public_id}/handouts", response={200: HandoutOut, 201: HandoutOut})
def make_handout(request: HttpRequest, public_id: PublicId, body: HandoutIn) -> Status[dict[str, Any]]:
    """Give a goal to many, once each: who has one from it in this cycle is passed over. For admins."""
    actor, _organisation = visit(request)
    row = fetch(Objective, actor, public_id, related=("cycle",))
    _require(actor)
    to = _recipients(body)
    if body.preview:
        return Status(200, _told(None, preview(row, to), set()))
    handout = hand_out(row, to, by=actor, at=timezone.now())
    return Status(201, _report(actor, handout))


@router.get("/handouts/{public_id}", response=HandoutOut)
def get_handout(request: HttpRequest, public_id: PublicId) -> dict[str, Any]:
    """Who got a goal, and who did not and why."""
    actor, _organisation = visit(request)
    return _report(actor, _handout(actor, public_id))


@router.delete("/handouts/{public_id}", response=HandoutOut)
def take_back_handout(request: HttpRequest, public_id: PublicId) -> dict[str, Any]:
    """Put the drafts that it made into the bin, but for those that somebody works on already."""
    actor, _organisation = visit(request)
    handout = _handout(actor, public_id)
    handout.take_back(by=actor, at=timezone.now())
    return _report(actor, handout)


def _require(actor: Actor) -> None:
    if not policy.may(person_of(actor), "hand_out"):
        raise PermissionDenied


def _handout(actor: Actor, public_id: str) -> Handout:
    there = Handout.objects.filter(template__in=Objective.objects.visible_to(person_of(actor)))
    row = get_object_or_404(there.select_related("template"), public_id=public_id)
    _require(actor)
    return row


def _recipients(said: HandoutIn) -> Recipients:
    cycle = get_object_or_404(Cycle, public_id=said.cycle, binned_at=None)
    people = list(Person.objects.filter(public_id__in=said.people, binned_at=None))
    teams = list(Team.objects.filter(public_id__in=said.teams, binned_at=None).select_related("lead"))
    if len(people) + len(teams) != len(set(said.people)) + len(set(said.teams)):
        raise Http404
    return Recipients(cycle, people, teams)


def _report(actor: Actor, handout: Handout) -> dict[str, Any]:
    seen = Objective.objects.visible_to(person_of(actor)).filter(handed_out__handout=handout)
    return _told(handout, given_by(handout), set(seen.values_list("pk", flat=True)))


def _told(handout: Handout | None, given: list[Given], seen: set[int]) -> dict[str, Any]:
    made = sum(each.outcome == Outcome.MADE for each in given)
    return {
        "id": handout.public_id if handout else None,
        "made": made,
        "skipped": len(given) - made,
        "taken_back": bool(handout and handout.taken_back_at),
        "given": [_given(each, seen) for each in given],
    }


def _given(row: Given, seen: set[int]) -> dict[str, Any]:
    return {
        "person": row.person.public_id if row.person else None,
        "team": row.team.public_id if row.team else None,
        "outcome": row.outcome.value,
        "objective": row.objective.public_id if row.objective and row.objective.pk in seen else None,
    }

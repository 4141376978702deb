"""What is done to a whole objective, as JSON: change, start, move, clone, archive, bin, tag, close and reopen."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Status

from plumbline.api.answers import AmendmentOut, BinOut, ClosureOut, TagOut
from plumbline.api.bodies import (
    CloneIn,
    ClosureIn,
    MoveIn,
    NeededReasonIn,
    NoteIn,
    ObjectiveChange,
    TagsIn,
)
from plumbline.api.door import PublicId, fetch, person_of, require, visit
from plumbline.api.goals import objective_now
from plumbline.api.goals import router as goals_router
from plumbline.api.places import destination, may_stay, tags
from plumbline.api.schemas import ObjectiveOut
from plumbline.goals.amendments import Amendment, amendments
from plumbline.goals.models import Closure, KeyResult, Objective, Tag
from plumbline.people.models import Actor, Noun
from plumbline.usecases.clone_goal import Wishes, clone_goal
from plumbline.usecases.close_goals import Choice, close_objective
from plumbline.usecases.move_goal import Choices, move_goal

router = Router(tags=["objectives"])


# Beside the answer to GET: one address has one router.
@goals_router.patch("/objectives/{public_id}", response=ObjectiveOut)
def change_objective(request: HttpRequest, public_id: PublicId, body: ObjectiveChange) -> dict[str, Any]:
    """Change what is sent, and nothing else. Goalposts that are locked ask for a reason, which stays beside them."""
    actor, row = _asked(request, public_id, "change")
    fields = body.model_dump(exclude_unset=True, exclude={"reason", "version"})
    row.change(by=actor, at=timezone.now(), reason=body.reason, expected_version=body.version, **fields)
    return objective_now(row, actor)


@router.post("/objectives/{public_id}/activation", response=ObjectiveOut)
def activate_objective(request: HttpRequest, public_id: PublicId) -> dict[str, Any]:
    """Start it, with every key result that is ready; the others stay drafts."""
    actor, row = _asked(request, public_id, "activate")
    row.activate(by=actor, at=timezone.now())
    return objective_now(row, actor)


@router.post("/objectives/{public_id}/moves", response=ObjectiveOut)
def move_objective(request: HttpRequest, public_id: PublicId, body: MoveIn) -> dict[str, Any]:
    """Move it to another cycle or home; address, history, comments and links stay."""
    actor, row = _asked(request, public_id, "move")
    choices, told = Choices(body.children, body.days, body.let_go), {"by": actor, "at": timezone.now()}
    move_goal(row, destination(actor, row, body), choices, reason=body.reason, expected_version=body.version, **told)  # type: ignore[arg-type]
    return objective_now(row, actor)


@router.post("/objectives/{public_id}/clones", response={201: ObjectiveOut})
def clone_objective(request: HttpRequest, public_id: PublicId, body: CloneIn) -> Status[dict[str, Any]]:
    """Set a copy as a draft, with its key results as drafts and none of their check-ins."""
    actor, row = _asked(request, public_id, "clone")
    to = destination(actor, row, body)
    if not may_stay(actor, to):
        raise PermissionDenied
    copy = clone_goal(row, Wishes(body.title or row.title, to, body.initiatives), by=actor, at=timezone.now())
    return Status(201, objective_now(copy, actor))


@router.put("/objectives/{public_id}/archive", response=ObjectiveOut)
def archive_objective(request: HttpRequest, public_id: PublicId) -> dict[str, Any]:
    """Take it out of lists, trees and averages."""
    actor, row = _asked(request, public_id, "archive")
    row.archive(by=actor, at=timezone.now())
    return objective_now(row, actor)


@router.delete("/objectives/{public_id}/archive", response=ObjectiveOut)
def unarchive_objective(request: HttpRequest, public_id: PublicId) -> dict[str, Any]:
    """Bring it back with everything on it."""
    actor, row = _asked(request, public_id, "restore")
    row.unarchive(by=actor, at=timezone.now())
    return objective_now(row, actor)


@router.put("/objectives/{public_id}/bin", response=BinOut)
def bin_objective(request: HttpRequest, public_id: PublicId) -> dict[str, Any]:
    """Put it into the bin, with what hangs on it."""
    actor, row = _asked(request, public_id, "bin")
    row.bin(by=actor, at=timezone.now())
    return binned(row)


@router.delete("/objectives/{public_id}/bin", response=BinOut)
def restore_objective(request: HttpRequest, public_id: PublicId) -> dict[str, Any]:
    """Take it out of the bin again."""
    actor, _organisation = visit(request)
    row = get_object_or_404(Objective.objects.binned_for(person_of(actor)), public_id=public_id)
    require(actor, "restore", row)
    row.restore(by=actor, at=timezone.now())
    return binned(row)


@router.put("/objectives/{public_id}/tags", response=list[TagOut])
def tag_objective(request: HttpRequest, public_id: PublicId, body: TagsIn) -> list[dict[str, Any]]:
    """Put these tags on it, and take the others off."""
    actor, row = _asked(request, public_id, "change")
    row.tag(tags(body.tags), by=actor, at=timezone.now())
    return [tag_told(each) for each in row.tags.in_use()]


@router.get("/tags", response=list[TagOut])
def list_tags(request: HttpRequest) -> list[dict[str, Any]]:
    """The tags that goals can bear."""
    visit(request)
    return [tag_told(each) for each in Tag.objects.in_use().order_by("name", "pk")]


@router.post("/objectives/{public_id}/closure", response={201: ClosureOut})
def close(request: HttpRequest, public_id: PublicId, body: ClosureIn) -> Status[dict[str, Any]]:
    """End it with its key results. With the same ``Idempotency-Key`` sent again it is closed once."""
    actor, row = _asked(request, public_id, "close")
    said = body.model_dump(exclude={"key_results"})
    choices = [
        Choice(fetch(KeyResult, actor, each.key_result, objective=row), each.choice, each.baseline)
        for each in body.key_results
    ]
    closed = close_objective(row, choices=choices, by=actor, at=timezone.now(), **said)
    return Status(201, _closure(closed or _standing(row)))


@router.put("/objectives/{public_id}/closure/note", response=ClosureOut)
def change_closing_note(request: HttpRequest, public_id: PublicId, body: NoteIn) -> dict[str, Any]:
    """Put the closing note right; score and verdict stay."""
    actor, row = _asked(request, public_id, "close")
    kept = _standing(row)
    kept.annotate(learned=body.learned, rating=body.rating, by=actor, at=timezone.now())
    return _closure(kept)


@router.post("/objectives/{public_id}/reopening", response=ObjectiveOut)
def reopen(request: HttpRequest, public_id: PublicId, body: NeededReasonIn) -> dict[str, Any]:
    """Make it and its key results active again, with a reason."""
    actor, row = _asked(request, public_id, "reopen")
    _standing(row).reopen(by=actor, at=timezone.now(), reason=body.reason)
    return objective_now(row, actor)


@router.get("/objectives/{public_id}/amendments", response=list[AmendmentOut])
def list_amendments(request: HttpRequest, public_id: PublicId) -> list[dict[str, Any]]:
    """Which goalposts of it and its key results moved after they were locked, by whom and why, newest first."""
    actor, _organisation = visit(request)
    return [_amendment(each) for each in amendments([fetch(Objective, actor, public_id)])]


def tag_told(row: Tag) -> dict[str, Any]:
    """Return a tag as it is answered."""
    return {"id": row.public_id, "name": row.name, "hue": row.hue}


def binned(row: Noun) -> dict[str, Any]:
    """Return whether something lies in the bin."""
    return {"id": row.public_id, "binned": row.binned_at is not None, "version": row.version}


def _asked(request: HttpRequest, public_id: str, verb: str) -> tuple[Actor, Objective]:
    actor, _organisation = visit(request)
    row = fetch(Objective, actor, public_id, related=("cycle", "lead", "home_person"))
    require(actor, verb, row)
    return actor, row


def _standing(row: Objective) -> Closure:
    return get_object_or_404(Closure, objective=row, reopened_at=None)


def _closure(row: Closure) -> dict[str, Any]:
    told = ("verdict", "score", "suggested", "reason", "rating", "learned", "at")
    return {name: getattr(row, name) for name in told} | {"objective": row.objective.public_id}


def _amendment(each: Amendment) -> dict[str, Any]:
    return {
        "objective": each.objective.public_id,
        "key_result": each.key_result.public_id if each.key_result else None,
        "moves": [{"field": move.field, "before": _id(move.before), "after": _id(move.after)} for move in each.moves],
        "by": each.by.public_id if each.by else None,
        "at": each.at,
        "reason": each.reason,
    }


def _id(value: Any) -> str | None:
    """Return a value as text, and a person as their id."""
    return None if value is None else str(getattr(value, "public_id", value))

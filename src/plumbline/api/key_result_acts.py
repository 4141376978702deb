"""What is done to a whole key result and to its check-ins, as JSON."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Status

from plumbline.api.answers import BinOut, GuardrailOut, SwitchOut, TagOut
from plumbline.api.bodies import (
    CorrectionIn,
    KeyResultChange,
    LearnedIn,
    ReasonIn,
    ResultMoveIn,
    SwitchIn,
    TagsIn,
)
from plumbline.api.door import PublicId, fetch, person_of, require, visit
from plumbline.api.goals import check_in_told, key_result_now
from plumbline.api.goals import router as goals_router
from plumbline.api.objective_acts import binned, tag_told
from plumbline.api.places import tags
from plumbline.api.schemas import CheckInOut, KeyResultOut
from plumbline.goals.models import CheckIn, Guardrail, Initiative, KeyResult, Objective
from plumbline.people.models import Actor
from plumbline.usecases import switch_result
from plumbline.usecases.switch_result import into_initiative, into_key_result, into_objective

router = Router(tags=["key results"])

MOST_READINGS = 200


# Beside the answer to GET: one address has one router.
@goals_router.patch("/key-results/{public_id}", response=KeyResultOut)
def change_key_result(request: HttpRequest, public_id: PublicId, body: KeyResultChange) -> dict[str, Any]:
    """Change what is sent, and nothing else. Goalposts that are locked ask for a reason, which stays beside them."""
    actor, row = _asked(request, public_id, "change")
    fields = body.model_dump(exclude_unset=True, exclude={"reason", "version"})
    row.change(by=actor, at=timezone.now(), reason=body.reason, expected_version=body.version, **fields)
    return key_result_now(row)


@router.post("/key-results/{public_id}/activation", response=KeyResultOut)
def activate_key_result(request: HttpRequest, public_id: PublicId) -> dict[str, Any]:
    """Start it; what it still lacks is named."""
    actor, row = _asked(request, public_id, "activate")
    row.activate(by=actor, at=timezone.now())
    return key_result_now(row)


@router.post("/key-results/{public_id}/moves", response=KeyResultOut)
def move_key_result(request: HttpRequest, public_id: PublicId, body: ResultMoveIn) -> dict[str, Any]:
    """Move it under another objective, with its history, its comments and the work on it."""
    actor, row = _asked(request, public_id, "move")
    into = fetch(Objective, actor, body.objective, related=("cycle",))
    require(actor, "add", into)
    row.move(into, reason=body.reason, by=actor, at=timezone.now())
    return key_result_now(row)


@router.put("/key-results/{public_id}/archive", response=KeyResultOut)
def drop_key_result(request: HttpRequest, public_id: PublicId, body: LearnedIn) -> dict[str, Any]:
    """Drop it with what was learned: it leaves the progress of its objective, and its history stays."""
    actor, row = _asked(request, public_id, "archive")
    row.refuse_when_closed()
    row.archive(learned=body.learned, by=actor, at=timezone.now())
    return key_result_now(row)


@router.delete("/key-results/{public_id}/archive", response=KeyResultOut)
def unarchive_key_result(request: HttpRequest, public_id: PublicId) -> dict[str, Any]:
    """Bring it back, with its value, history and weight."""
    actor, row = _asked(request, public_id, "restore")
    row.unarchive(by=actor, at=timezone.now())
    return key_result_now(row)


@router.put("/key-results/{public_id}/bin", response=BinOut)
def bin_key_result(request: HttpRequest, public_id: PublicId) -> dict[str, Any]:
    """Put it into the bin, with what hangs on it."""
    actor, row = _asked(request, public_id, "bin")
    row.bin(by=actor, at=timezone.now())
    return binned(row)


@router.delete("/key-results/{public_id}/bin", response=BinOut)
def restore_key_result(request: HttpRequest, public_id: PublicId) -> dict[str, Any]:
    """Take it out of the bin again, with its value, history and weight."""
    actor, row = _from_the_bin(request, public_id)
    row.restore(by=actor, at=timezone.now())
    return binned(row)


@router.put("/key-results/{public_id}/tags", response=list[TagOut])
def tag_key_result(request: HttpRequest, public_id: PublicId, body: TagsIn) -> list[dict[str, Any]]:
    """Put these tags on it, and take the others off."""
    actor, row = _asked(request, public_id, "change")
    row.tag(tags(body.tags), by=actor, at=timezone.now())
    return [tag_told(each) for each in row.tags.in_use()]


@router.post("/key-results/{public_id}/switch", response={201: SwitchOut})
def switch_key_result(request: HttpRequest, public_id: PublicId, body: SwitchIn) -> Status[dict[str, Any]]:
    """Make it an initiative or an objective, as long as nobody checked in on it; it stays in the bin."""
    actor, row = _asked(request, public_id, "bin")
    made = (into_initiative if body.into == "initiative" else into_objective)(row, by=actor, at=timezone.now())
    return Status(201, {"kind": made.noun, "id": made.public_id})


@router.delete("/key-results/{public_id}/switch", response=SwitchOut)
def switch_back(request: HttpRequest, public_id: PublicId) -> dict[str, Any]:
    """Make what a key result became a key result again: the same one."""
    actor, row = _from_the_bin(request, public_id)
    made = switch_result.made_of(row)
    if made is not None:
        require(actor, "bin", made)
    switch_result.take_back(row, by=actor, at=timezone.now())
    return {"kind": row.noun, "id": row.public_id}


@router.post("/initiatives/{public_id}/switch", response={201: SwitchOut})
def switch_initiative(request: HttpRequest, public_id: PublicId) -> Status[dict[str, Any]]:
    """Make an initiative a draft key result of its objective, as long as its bet is not settled."""
    actor, _organisation = visit(request)
    row = fetch(Initiative, actor, public_id, related=("objective__cycle", "objective__lead", "lead", "bet"))
    require(actor, "bin", row)
    made = into_key_result(row, by=actor, at=timezone.now())
    return Status(201, {"kind": made.noun, "id": made.public_id})


@router.get("/key-results/{public_id}/guardrails", response=list[GuardrailOut])
def list_guardrails(request: HttpRequest, public_id: PublicId) -> list[dict[str, Any]]:
    """What must not get worse meanwhile, with the readings that came with check-ins (``guarded`` there)."""
    actor, _organisation = visit(request)
    rows = fetch(KeyResult, actor, public_id).guardrails.order_by("pk")
    return [_guardrail(each) for each in rows.prefetch_related("readings__check_in__withdrawal")]


@router.post("/check-ins/{public_id}/correction", response={201: CheckInOut})
def correct(request: HttpRequest, public_id: PublicId, body: CorrectionIn) -> Status[dict[str, Any]]:
    """Put a check-in right with a new one that points to it; without a day it is about the same one."""
    actor, row = _check_in(request, public_id)
    said = body.model_dump() | {"on": body.on or row.on}
    made = row.key_result.check_in(corrects=row, by=actor, at=timezone.now(), **said)
    return Status(201, check_in_told(made, row.key_result))


@router.post("/check-ins/{public_id}/withdrawal", response=CheckInOut)
def withdraw(request: HttpRequest, public_id: PublicId, body: ReasonIn) -> dict[str, Any]:
    """Take the newest check-in back: at once without a word, later with a reason."""
    actor, row = _check_in(request, public_id)
    row.key_result.withdraw(row, by=actor, at=timezone.now(), reason=body.reason)
    row = CheckIn.objects.select_related("author", "withdrawal").get(pk=row.pk)
    return check_in_told(row, row.key_result)


def _asked(request: HttpRequest, public_id: str, verb: str) -> tuple[Actor, KeyResult]:
    actor, _organisation = visit(request)
    row = fetch(KeyResult, actor, public_id, related=("objective__cycle", "objective__lead", "lead"))
    require(actor, verb, row)
    return actor, row


def _from_the_bin(request: HttpRequest, public_id: str) -> tuple[Actor, KeyResult]:
    actor, _organisation = visit(request)
    there = KeyResult.objects.binned_for(person_of(actor)).select_related("objective__cycle")
    row = get_object_or_404(there, public_id=public_id)
    require(actor, "restore", row)
    return actor, row


def _check_in(request: HttpRequest, public_id: str) -> tuple[Actor, CheckIn]:
    actor, _organisation = visit(request)
    row = fetch(CheckIn, actor, public_id, related=("key_result__objective__cycle", "author"))
    require(actor, "check_in", row.key_result)
    return actor, row


def _guardrail(row: Guardrail) -> dict[str, Any]:
    standing = [each for each in row.readings.all() if not hasattr(each.check_in, "withdrawal")]
    newest = sorted(standing, key=lambda each: (each.on, each.pk), reverse=True)[:MOST_READINGS]
    return {name: getattr(row, name) for name in ("metric", "low", "high", "current")} | {
        "unit": row.unit.suffix or row.unit_kind,
        "breached": row.is_breached,
        "readings": [
            {"check_in": each.check_in.public_id, "value": each.value, "on": each.on, "breach": each.is_breach}
            for each in newest
        ],
    }

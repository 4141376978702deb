"""Objectives, key results, check-ins and comments as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Status

from plumbline.api.door import PublicId, fetch, person_of, require, visit
from plumbline.api.schemas import (
    CheckInIn,
    CheckInOut,
    CommentIn,
    CommentOut,
    ForecastOut,
    KeyResultIn,
    KeyResultOut,
    ObjectiveOut,
    ObjectivePage,
)
from plumbline.goals.forecast import Forecast
from plumbline.goals.history import histories
from plumbline.goals.models import CheckIn, Comment, KeyResult, Objective
from plumbline.goals.outlook import KeyResultOutlook, Outlook, limits_of, outlook_of, outlooks
from plumbline.goals.prospects import prospect, readings_of
from plumbline.people.models import Actor, Organisation

router = Router(tags=["goals"])

Limit = Annotated[int, Query(ge=1, le=200)]


@router.get("/objectives", response=ObjectivePage)
def list_objectives(
    request: HttpRequest, cycle: PublicId | None = None, after: PublicId | None = None, limit: Limit = 50
) -> dict[str, Any]:
    """Objectives that exist for the token's person, by id; ``after`` is the last id of the page before."""
    actor, organisation = visit(request)
    rows = Objective.objects.visible_to(person_of(actor)).select_related("cycle", "lead").order_by("public_id")
    if cycle:
        rows = rows.filter(cycle__public_id=cycle)
    if after:
        rows = rows.filter(public_id__gt=after)
    found = list(rows[: limit + 1])
    return {
        "items": _told(found[:limit], actor, organisation),
        "next": found[limit - 1].public_id if len(found) > limit else None,
    }


@router.get("/objectives/{public_id}", response=ObjectiveOut)
def get_objective(request: HttpRequest, public_id: PublicId) -> dict[str, Any]:
    """One objective with its key results."""
    actor, organisation = visit(request)
    return _told([fetch(Objective, actor, public_id, related=("cycle", "lead"))], actor, organisation)[0]


@router.post("/objectives/{public_id}/key-results", response={201: KeyResultOut})
def write_key_result(request: HttpRequest, public_id: PublicId, body: KeyResultIn) -> Status[dict[str, Any]]:
    """Write a key result down, as a draft, with its judgement."""
    actor, organisation = visit(request)
    objective = fetch(Objective, actor, public_id, related=("cycle", "lead"))
    require(actor, "add", objective)
    fields = {"lead": actor.person, "rhythm": organisation.rhythm, **body.model_dump(exclude_unset=True)}
    made = KeyResult.write_down(objective, by=actor, at=timezone.now(), **fields)
    return Status(201, key_result_now(made))


@router.get("/key-results/{public_id}", response=KeyResultOut)
def get_key_result(request: HttpRequest, public_id: PublicId) -> dict[str, Any]:
    """One key result."""
    actor, _organisation = visit(request)
    return key_result_now(fetch(KeyResult, actor, public_id))


@router.get("/key-results/{public_id}/check-ins", response=list[CheckInOut])
def list_check_ins(request: HttpRequest, public_id: PublicId, limit: Limit = 50) -> list[dict[str, Any]]:
    """The check-ins of a key result, the newest day first, withdrawn ones marked."""
    actor, _organisation = visit(request)
    key_result = fetch(KeyResult, actor, public_id, related=("objective__cycle",))
    rows = key_result.check_ins.select_related("author", "withdrawal", "corrects").order_by("-on", "-entered_at", "-pk")
    return [check_in_told(row, key_result) for row in rows[:limit]]


@router.get("/key-results/{public_id}/forecast", response=ForecastOut)
def get_forecast(request: HttpRequest, public_id: PublicId) -> dict[str, Any]:
    """How a key result is likely to end, from its readings; ``forecast`` is null while that can't be told."""
    actor, organisation = visit(request)
    row = KeyResult.objects.for_reading().get(pk=fetch(KeyResult, actor, public_id, related=("objective__cycle",)).pk)
    course = histories([row])[row.pk]
    found = prospect(row, course, today=organisation.today(timezone.now()))
    return {"id": row.public_id, "readings": len(readings_of(course)), "forecast": _forecast(found)}


@router.post("/key-results/{public_id}/check-ins", response={201: CheckInOut})
def check_in(request: HttpRequest, public_id: PublicId, body: CheckInIn) -> Status[dict[str, Any]]:
    """Check in. With the same ``Idempotency-Key`` sent again, the same check-in is answered."""
    actor, _organisation = visit(request)
    key_result = fetch(KeyResult, actor, public_id, related=("objective__cycle",))
    require(actor, "check_in", key_result)
    made = key_result.check_in(by=actor, at=timezone.now(), **body.model_dump())
    return Status(201, check_in_told(made, key_result))


@router.post("/objectives/{public_id}/comments", response={201: CommentOut})
def comment(request: HttpRequest, public_id: PublicId, body: CommentIn) -> Status[dict[str, Any]]:
    """Say something about an objective."""
    actor, _organisation = visit(request)
    objective = fetch(Objective, actor, public_id, related=("cycle", "lead"))
    require(actor, "comment", objective)
    said = Comment.say(objective, body.text, by=actor, at=timezone.now())
    return Status(201, _comment(said, objective))


def _told(objectives: Iterable[Objective], actor: Actor, organisation: Organisation) -> list[dict[str, Any]]:
    rows = list(objectives)
    today = organisation.today(timezone.now())
    found = outlooks(rows, reader=person_of(actor), organisation=organisation, today=today)
    return [_objective_told(found[row.pk]) for row in rows]


def _objective_told(outlook: Outlook) -> dict[str, Any]:
    objective = outlook.objective
    return {
        "id": objective.public_id,
        "title": objective.title,
        "cycle": objective.cycle.public_id,
        "home": objective.home,
        "lead": objective.lead.public_id if objective.lead else None,
        "stage": objective.stage,
        "progress": _points(outlook.progress),
        "expected": _points(outlook.expected),
        "status": outlook.status,
        "private": objective.is_private,
        "archived": objective.archived_at is not None,
        "version": objective.version,
        "key_results": [_key_result_told(row) for row in outlook.key_results],
    }


def objective_now(objective: Objective, actor: Actor) -> dict[str, Any]:
    """Return an objective as it stands after an act."""
    row = Objective.objects.select_related("cycle", "lead").get(pk=objective.pk)
    return _told([row], actor, Organisation.the())[0]


def key_result_now(key_result: KeyResult) -> dict[str, Any]:
    """Return a key result as it stands after an act."""
    organisation, row = Organisation.the(), KeyResult.objects.for_reading().get(pk=key_result.pk)
    return _key_result_told(outlook_of(row, today=organisation.today(timezone.now()), limits=limits_of(organisation)))


#: Fields of a key result that go out under their own name.
_AS_THEY_ARE = (
    *("statement", "metric", "type", "baseline", "current", "target", "level", "stage", "version"),
    *("rhythm", "automatic_status"),
)


def _key_result_told(outlook: KeyResultOutlook) -> dict[str, Any]:
    row = outlook.key_result
    return {name: getattr(row, name) for name in _AS_THEY_ARE} | {
        "id": row.public_id,
        "objective": row.objective.public_id,
        "unit": row.unit.suffix or row.unit_kind,
        "progress": _points(outlook.progress),
        "expected": _points(outlook.expected),
        "status": outlook.standing.shown,
        "said": outlook.standing.said,
        "data": outlook.standing.data,
        "waived": row.is_waived(),
        "archived": row.archived_at is not None,
        "lead": row.lead.public_id if row.lead else None,
        "due_on": row.last_day,
    }


def check_in_told(row: CheckIn, key_result: KeyResult) -> dict[str, Any]:
    """Return a check-in as it is answered."""
    return {
        "id": row.public_id,
        "key_result": key_result.public_id,
        "value": row.value,
        "value_before": row.value_before,
        "status": row.status,
        "confidence": row.confidence,
        "note": row.note,
        "on": row.on,
        "entered_at": row.entered_at,
        "author": row.author.public_id if row.author else None,
        "source": row.source,
        "chance": row.chance,
        "corrects": row.corrects.public_id if row.corrects else None,
        "withdrawn": hasattr(row, "withdrawal"),
    }


def _forecast(found: Forecast | None) -> dict[str, Any] | None:
    if found is None:
        return None
    told = ("low", "middle", "high")
    return {name: getattr(found, name) for name in told} | {"chance": found.probability, "per_week": found.slope}


def _comment(said: Comment, objective: Objective) -> dict[str, Any]:
    return {
        "id": said.public_id,
        "objective": objective.public_id,
        "author": said.author.public_id,
        "text": said.text,
        "said_at": said.said_at,
    }


def _points(points: Decimal | None) -> float | None:
    return None if points is None else round(float(points), 4)

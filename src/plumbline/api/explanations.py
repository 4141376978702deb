"""Numbers that explain themselves, as JSON: the same sentences that the pages show, and the values that went in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone, translation
from ninja import Router

from plumbline.api.door import PublicId, fetch, person_of, visit
from plumbline.api.schemas import ExplanationOut
from plumbline.goals.explanations import (
    Explanation,
    Share,
    explain_key_result,
    explain_kpi,
    explain_objective,
    explain_score,
)
from plumbline.goals.history import histories
from plumbline.goals.kpi_tree import Forest
from plumbline.goals.models import KeyResult, Kpi, Objective
from plumbline.goals.outlook import Outlook, limits_of, outlook_of, outlooks
from plumbline.goals.prospects import prospect, readings_of
from plumbline.goals.scores import scores
from plumbline.people.models import Actor, Organisation
from plumbline.people.models.organisation import Feature

router = Router(tags=["explanations"])


@router.get("/key-results/{public_id}/explanations", response=list[ExplanationOut])
def explain_a_key_result(request: HttpRequest, public_id: PublicId) -> list[dict[str, Any]]:
    """Progress, pace, status and forecast of a key result, each with its rule and the values put in."""
    actor, organisation = visit(request)
    row = KeyResult.objects.for_reading().get(pk=fetch(KeyResult, actor, public_id).pk)
    today, limits, course = organisation.today(timezone.now()), limits_of(organisation), histories([row])[row.pk]
    return _said(
        actor,
        organisation,
        lambda: explain_key_result(
            outlook_of(row, today=today, limits=limits),
            limits,
            today=today,
            found=prospect(row, course, today=today),
            readings=len(readings_of(course)),
        ),
    )


@router.get("/objectives/{public_id}/explanations", response=list[ExplanationOut])
def explain_an_objective(request: HttpRequest, public_id: PublicId) -> list[dict[str, Any]]:
    """The roll-up of an objective part by part, its pace, its status and its scores. Hidden goals are not named."""
    actor, organisation = visit(request)
    row = fetch(Objective, actor, public_id, related=("cycle",))
    asked: dict[str, Any] = {"reader": person_of(actor), "organisation": organisation}
    asked["today"] = organisation.today(timezone.now())
    looks = outlooks([row], **asked)
    found, both = looks[row.pk], scores([row], amended=looks, **asked)[row.pk]
    names = _names(actor, found)
    return _said(
        actor,
        organisation,
        lambda: [*explain_objective(found, names), *explain_score(both, progress=found.progress)],
    )


@router.get("/kpis/{public_id}/explanations", response=list[ExplanationOut])
def explain_a_kpi(request: HttpRequest, public_id: PublicId) -> list[dict[str, Any]]:
    """How healthy a KPI is, by its target, its tolerance and the age of its reading."""
    actor, organisation = visit(request)
    organisation.refuse_without(Feature.KPIS)
    row, today = fetch(Kpi, actor, public_id), organisation.today(timezone.now())
    forest = Forest.of([row], organisation)
    return _said(actor, organisation, lambda: explain_kpi(row, forest, today=today, organisation=organisation))


def _names(actor: Actor, outlook: Outlook) -> dict[int, str]:
    there = Objective.objects.visible_to(person_of(actor)).filter(pk__in=[each.pk for each in outlook.aligned])
    return dict(there.values_list("pk", "title"))


def _said(actor: Actor, organisation: Organisation, explain: Callable[[], list[Explanation]]) -> list[dict[str, Any]]:
    """Return explanations in the language of the token's person."""
    with translation.override(person_of(actor).language or organisation.language):
        return [_told(each) for each in explain()]


def _told(each: Explanation) -> dict[str, Any]:
    return {
        "of": each.of,
        "name": each.name,
        "words": each.words,
        "values": {name: _plain(value) for name, value in each.values.items()},
        "parts": [_part(part) for part in each.parts],
        "more": each.more,
    }


def _plain(value: Any) -> str | int | None:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _part(part: Share) -> dict[str, Any]:
    return {"name": part.name} | {name: _points(getattr(part, name)) for name in ("progress", "counts", "share")}


def _points(points: Decimal | None) -> float | None:
    return None if points is None else round(float(points), 4)

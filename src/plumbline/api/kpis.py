"""KPIs and their readings, and who is asking, as JSON."""

from __future__ import annotations

from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Status

from plumbline.api.door import PublicId, person_of, visit
from plumbline.api.schemas import KpiOut, PersonOut, ReadingIn, ReadingOut
from plumbline.goals import policy
from plumbline.goals.kpi_tree import standings
from plumbline.goals.models import Kpi
from plumbline.people.models.organisation import Feature

router = Router(tags=["kpis"])


@router.get("/me", response=PersonOut)
def get_me(request: HttpRequest) -> dict[str, Any]:
    """Whom the token acts for."""
    person = person_of(visit(request)[0])
    return {"id": person.public_id, "name": person.name, "role": person.role}


@router.get("/kpis", response=list[KpiOut])
def list_kpis(request: HttpRequest, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> list[dict[str, Any]]:
    """KPIs that exist for the token's person and are still watched, by name."""
    actor, organisation = visit(request)
    organisation.refuse_without(Feature.KPIS)
    today = organisation.today(timezone.now())
    seen = Kpi.objects.visible_to(person_of(actor)).kept().select_related("lead", "parent").prefetch_related("targets")
    rows = list(seen.order_by("name", "pk")[:limit])
    stands = standings(rows, organisation=organisation, today=today)
    return [
        {
            "id": row.public_id,
            "name": row.name,
            "unit": row.unit.suffix or row.unit_kind,
            "current": stands[row.pk].value,
            "current_on": stands[row.pk].on,
            "health": stands[row.pk].health,
            "lead": row.lead.public_id if row.lead else None,
            "driver": row.driver,
            "parent": row.parent.public_id if row.parent else None,
            "missing": [each.public_id for each in stands[row.pk].missing],
        }
        for row in rows
    ]


@router.post("/kpis/{public_id}/readings", response={201: ReadingOut})
def read_kpi(request: HttpRequest, public_id: PublicId, body: ReadingIn) -> Status[dict[str, Any]]:
    """Note a reading."""
    actor, organisation = visit(request)
    organisation.refuse_without(Feature.KPIS)
    kpi = get_object_or_404(Kpi.objects.visible_to(person_of(actor)), public_id=public_id)
    if not policy.can(person_of(actor), "check_in", kpi):
        raise PermissionDenied
    reading = kpi.read(value=body.value, on=body.on, note=body.note, by=actor, at=timezone.now())
    return Status(201, {"kpi": kpi.public_id, "value": reading.value, "on": reading.on})

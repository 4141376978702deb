"""Pages that say why something can't be changed any more, and what can be done instead."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from plumbline.goals.models import KeyResult, Objective
from plumbline.web.http import VisitRequest


def is_closed(objective: Objective) -> bool:
    """Tell whether nothing about a goal can change: its cycle or the goal itself is closed."""
    return objective.cycle.is_closed or not objective.is_open


def closed_page(request: VisitRequest, objective: Objective, key_result: KeyResult | None = None) -> HttpResponse:
    """Say that it is closed (409), and give back what was typed."""
    return render(
        request,
        "objectives/closed.html",
        {
            "objective": objective,
            "key_result": key_result,
            "typed": request.POST.get("statement") or request.POST.get("title") or request.POST.get("reason", ""),
            "section": "goals",
        },
        status=409,
    )

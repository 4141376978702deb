"""When a verb says no: a page in plain words that says what can be done instead, never an error."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models import Cycle, KeyResult, Objective
from plumbline.web.http import VisitRequest

View = Callable[..., HttpResponse]

#: What each refusal means to the person who met it: a heading, and what can be done.
WORDS: dict[type[Exception], tuple[Any, Any]] = {
    KeyResult.NotActive: (_("This is still a draft"), _("Activate it first, then it takes check-ins.")),
    KeyResult.NoWay: (
        _("The target is where it starts"),
        _("What would better look like? To keep a level, choose “Stay at or above” or “below”."),
    ),
    KeyResult.Closed: (_("This key result is closed"), _("Its numbers stay as they are. Reopen the objective first.")),
    Objective.Closed: (_("This objective is closed"), _("It stays as it is. Reopen or unarchive it first.")),
    Cycle.Closed: (
        _("This cycle is closed"),
        _("Its goals stay as they are. An admin can reopen the cycle, with a reason."),
    ),
    KeyResult.Fed: (
        _("Its values come from a KPI"),
        _("A new reading of the KPI is taken in here by itself. To put a number right, correct the reading there."),
    ),
    KeyResult.NotTheNewest: (
        _("Others followed this check-in"),
        _("Only the newest one can be taken back. An older one can be corrected: the history keeps both."),
    ),
}


def kindly(view: View) -> View:
    """Answer what the goals refuse with a page (409) instead of an error."""

    @wraps(view)
    def answered(request: VisitRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except tuple(WORDS) as refusal:
            return refused(request, *WORDS[type(refusal)])

    return answered


def refused(request: VisitRequest, heading: Any, words: Any, *, back: str = "", status: int = 409) -> HttpResponse:
    """Say why something can't be done now, and lead back."""
    context = {"heading": heading, "words": words, "back": back or _came_from(request)}
    return render(request, "refused.html", context, status=status)


def _came_from(request: VisitRequest) -> str:
    """Return the page of ours that the visitor came from, or the first one."""
    page = request.META.get("HTTP_REFERER", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if ours else "/"


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

"""The second door of the judge: keep it anyway, because…"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from plumbline.goals.models import Cycle, KeyResult, Objective, Waiver
from plumbline.web.forms.waiver import WaiverForm
from plumbline.web.http import VisitRequest, fetch, require
from plumbline.web.refusals import closed_page, is_closed


@require_http_methods(["GET", "POST"])
def waiver(request: VisitRequest, public_id: str) -> HttpResponse:
    """Give the reason, or change it."""
    key_result = _fetch(request, public_id)
    if is_closed(key_result.objective) or not key_result.is_open:
        return closed_page(request, key_result.objective, key_result)
    if request.method != "POST":
        return _page(request, key_result, WaiverForm(initial=_initial(key_result), key_result=key_result))
    form = WaiverForm(request.POST, key_result=key_result)
    if not form.is_valid():
        return _page(request, key_result, form, status=422)
    Waiver.give(key_result, by=request.visit.actor, at=request.visit.at, **form.cleaned_data)
    messages.info(request, _("Kept, with your reason beside it."))
    return redirect("objective", key_result.objective.public_id)


@require_POST
def withdrawal(request: VisitRequest, public_id: str) -> HttpResponse:
    """Take the reason back."""
    key_result = _fetch(request, public_id)
    if not key_result.is_waived():
        raise Http404
    try:
        key_result.waiver.withdraw(by=request.visit.actor, at=request.visit.at)
    except (Cycle.Closed, KeyResult.Closed, Objective.Closed):
        return closed_page(request, key_result.objective, key_result)
    messages.info(request, _("The reason is taken back. It stays in the history."))
    return redirect("objective", key_result.objective.public_id)


def _fetch(request: VisitRequest, public_id: str) -> KeyResult:
    related = ["objective__cycle", "waiver__by", "waiver__prepares_key_result"]
    prefetched = ["contributors", "objective__contributors", "objective__home_teams", "objective__named"]
    key_result = fetch(KeyResult, request.visit.person, public_id, related=related, prefetched=prefetched)
    require(request.visit.person, "waive", key_result)
    return key_result


def _initial(key_result: KeyResult) -> dict[str, Any]:
    if not key_result.is_waived():
        return {}
    waiver = key_result.waiver
    return {
        "reason": waiver.reason,
        "prepares": waiver.prepares,
        "prepares_key_result": waiver.prepares_key_result.public_id if waiver.prepares_key_result else "",
        "why_not_measurable": waiver.why_not_measurable,
    }


def _page(request: VisitRequest, key_result: KeyResult, form: WaiverForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "key_result": key_result, "objective": key_result.objective, "section": "goals"}
    return render(request, "waivers/waiver.html", context, status=status)


routes = [
    path("key-results/<slug:public_id>/waiver/", waiver, name="waiver"),
    path("key-results/<slug:public_id>/waiver/withdrawal/", withdrawal, name="waiver-withdrawal"),
]

"""Objectives: the page, and what is done to a whole objective."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from plumbline.goals.models import CheckIn, Initiative, KeyResult, Objective
from plumbline.web import objective_page
from plumbline.web.forms.closure import ReasonForm
from plumbline.web.http import VisitRequest, fetch, require
from plumbline.web.lines import waits_for
from plumbline.web.looking_back import moment_of
from plumbline.web.refusals import kindly, refused


@require_GET
def objective(request: VisitRequest, objective_id: str) -> HttpResponse:
    """Show an objective with everything that hangs on it; ``?as_of=`` shows a day of its past."""
    row = fetch(Objective, request.visit.person, objective_id, **objective_page.ALONG)
    if moment := moment_of(request):
        past = objective_page.past_page_of(request, row, moment)
        if past is None:
            words = _("It was set later. Choose a day after that.")
            return refused(
                request, _("Not there yet"), words, back=reverse("objective", args=[row.public_id]), status=404
            )
        return render(request, "objectives/page.html", past)
    return render(request, "objectives/page.html", objective_page.page_of(request, row))


@require_POST
@kindly
def activation(request: VisitRequest, objective_id: str) -> HttpResponse:
    """Start an objective and every key result that is ready; say what the others wait for."""
    row = _fetched(request, objective_id, "activate")
    waiting = row.activate(by=request.visit.actor, at=request.visit.at)
    if waiting:
        words = ngettext(
            "Active. %(count)s key result stays a draft: what it lacks is said there.",
            "Active. %(count)s key results stay drafts: what they lack is said there.",
            len(waiting),
        )
        messages.warning(request, words % {"count": len(waiting)})
    else:
        messages.success(request, _("Active. Its key results take check-ins from now on."))
    return redirect("objective", row.public_id)


@require_POST
@kindly
def reopening(request: VisitRequest, objective_id: str) -> HttpResponse:
    """Make a closed objective active again."""
    row = _fetched(request, objective_id, "reopen")
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say in a few words why it is reopened."))
        return redirect("objective", row.public_id)
    closed = row.closures.filter(reopened_at=None).first()
    if closed is not None:
        closed.reopen(by=request.visit.actor, at=request.visit.at, reason=form.cleaned_data["reason"])
        messages.success(request, _("Open again, with its key results."))
    return redirect("objective", row.public_id)


@require_POST
@kindly
def archive(request: VisitRequest, objective_id: str) -> HttpResponse:
    """Take it out of lists and averages."""
    row = _fetched(request, objective_id, "archive")
    row.archive(by=request.visit.actor, at=request.visit.at)
    messages.success(
        request,
        _("Archived. It left lists, trees and averages."),
        extra_tags=reverse("objective-unarchive", args=[row.public_id]),
    )
    return redirect("objective", row.public_id)


@require_POST
def unarchive(request: VisitRequest, objective_id: str) -> HttpResponse:
    """Bring it back."""
    row = _fetched(request, objective_id, "restore")
    row.unarchive(by=request.visit.actor, at=request.visit.at)
    messages.success(request, _("Back, with everything on it."))
    return _back_on_page(request, row)


@require_http_methods(["GET", "POST"])
@kindly
def bin_(request: VisitRequest, objective_id: str) -> HttpResponse:
    """List what hangs on it, then put it into the bin."""
    row = _fetched(request, objective_id, "bin")
    if request.method == "GET":
        return render(request, "objectives/bin.html", _what_hangs_on(request, row))
    row.bin(by=request.visit.actor, at=request.visit.at)
    messages.success(
        request,
        _("In the bin, with what hangs on it."),
        extra_tags=reverse("objective-restoring", args=[row.public_id]),
    )
    # Undoing a copy comes here as well, by the button of a toast.
    return HttpResponseClientRedirect(reverse("goals")) if request.htmx else redirect("goals")


@require_POST
def restoring(request: VisitRequest, objective_id: str) -> HttpResponse:
    """Take it out of the bin again."""
    row = get_object_or_404(Objective.objects.binned_for(request.visit.person), public_id=objective_id)
    require(request.visit.person, "restore", row)
    row.restore(by=request.visit.actor, at=request.visit.at)
    messages.success(request, _("Out of the bin, with everything on it."))
    return _back_on_page(request, row)


@require_POST
@kindly
def key_result_activation(request: VisitRequest, key_result_id: str) -> HttpResponse:
    """Start one key result, or say what it waits for."""
    row = fetch(KeyResult, request.visit.person, key_result_id, related=("objective__cycle", "waiver"))
    require(request.visit.person, "activate", row)
    try:
        row.activate(by=request.visit.actor, at=request.visit.at)
    except KeyResult.NotReady:
        words = _("Before it starts it needs %(what)s.") % {"what": ", ".join(waits_for(row))}
        return refused(request, _("Not ready yet"), words, back=reverse("key-result-edit", args=[row.public_id]))
    except KeyResult.NeedsWaiver:
        words = _("It counts work. Say once why it stays a key result, or make it an initiative.")
        return refused(request, _("So that…?"), words, back=reverse("key-result", args=[row.public_id]))
    messages.success(request, _("Active. It takes check-ins from now on."))
    return redirect("objective", row.objective.public_id)


def _fetched(request: VisitRequest, objective_id: str, verb: str) -> Objective:
    row = fetch(Objective, request.visit.person, objective_id, related=("cycle", "lead"))
    require(request.visit.person, verb, row)
    return row


def _back_on_page(request: VisitRequest, row: Objective) -> HttpResponse:
    if request.htmx:
        return HttpResponseClientRedirect(reverse("objective", args=[row.public_id]))
    return redirect("objective", row.public_id)


def _what_hangs_on(request: VisitRequest, row: Objective) -> dict[str, Any]:
    key_results = KeyResult.objects.filter(objective=row, binned_at=None)
    seen = Objective.objects.visible_to(request.visit.person)
    below = seen.filter(Q(parent_objective=row) | Q(parent_key_result__objective=row))
    return {
        "objective": row,
        "key_results": key_results.order_by("pk"),
        "initiatives": Initiative.objects.filter(objective=row, binned_at=None).order_by("pk"),
        "aligned": below.order_by("pk"),
        "supporting": seen.filter(supports__supported=row).order_by("pk"),
        "check_ins": CheckIn.objects.filter(key_result__objective=row, key_result__binned_at=None).count(),
        "page_title": _("Put into the bin"),
        "section": "goals",
    }


routes = [
    path("objectives/<objective_id>/", objective, name="objective"),
    path("objectives/<objective_id>/activation/", activation, name="objective-activation"),
    path("objectives/<objective_id>/reopening/", reopening, name="objective-reopening"),
    path("objectives/<objective_id>/archive/", archive, name="objective-archive"),
    path("objectives/<objective_id>/archive/removal/", unarchive, name="objective-unarchive"),
    path("objectives/<objective_id>/bin/", bin_, name="objective-bin"),
    path("objectives/<objective_id>/bin/removal/", restoring, name="objective-restoring"),
    path("key-results/<key_result_id>/activation/", key_result_activation, name="key-result-activation"),
]

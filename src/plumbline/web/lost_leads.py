"""Goals that need a lead: an admin's list of public ones, and what an owner may know of private ones."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from plumbline.goals.lost_leads import hidden_by, hidden_lost_leads, lost_leads
from plumbline.goals.models import KeyResult, Objective
from plumbline.people.models.person import Role
from plumbline.usecases.hand_on import hand_on, hand_on_hidden
from plumbline.web.forms.leaving import HandOnForm
from plumbline.web.http import VisitRequest, require_role


@require_http_methods(["GET", "HEAD", "POST"])
def lost(request: VisitRequest) -> HttpResponse:
    """List the goals that nobody leads any more, and give the chosen ones a lead."""
    require_role(request.visit.person, "hand_on")
    if request.method != "POST":
        return _page(request, HandOnForm())
    form, visit = HandOnForm(request.POST), request.visit
    wanted = set(request.POST.getlist("goal"))
    chosen = [goal for goal in lost_leads(visit.person) if goal.public_id in wanted]
    if not form.is_valid() or not chosen:
        if not chosen:
            form.add_error(None, _("Choose at least one goal."))
        return _page(request, form, chosen=wanted, status=422)
    try:
        number = hand_on(chosen, to=form.cleaned_data["lead"], reason=form.cleaned_data["reason"], **_told(request))
    except (Objective.Closed, KeyResult.Closed):
        form.add_error(None, _("One of these goals was closed meanwhile. Look again."))
        return _page(request, form, status=422)
    words = ngettext("%(name)s leads %(number)s more goal.", "%(name)s leads %(number)s more goals.", number)
    messages.success(request, words % {"name": form.cleaned_data["lead"].name, "number": number})
    return redirect("lost-leads")


def _told(request: VisitRequest) -> dict[str, Any]:
    return {"by": request.visit.actor, "at": request.visit.at}


def _page(
    request: VisitRequest, form: HandOnForm, *, chosen: set[str] | None = None, status: int = 200
) -> HttpResponse:
    reader = request.visit.person
    page = {
        "form": form,
        "goals": lost_leads(reader),
        "chosen": chosen or set(),
        "hidden": hidden_lost_leads() if reader.has_role(Role.OWNER) else [],
        "section": "people",
    }
    return render(request, "people/lost_leads.html", page, status=status)


@require_POST
def hidden(request: VisitRequest, handle: str) -> HttpResponse:
    """Hand on a private goal that lost its lead; the owner who does it learns nothing more about it."""
    if not request.visit.person.has_role(Role.OWNER):
        raise PermissionDenied
    goal = hidden_by(handle)
    if goal is None:
        raise Http404
    form = HandOnForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    hand_on_hidden(goal, to=form.cleaned_data["lead"], reason=form.cleaned_data["reason"], **_told(request))
    words = _("%(name)s leads the private goal from now on, and sees it.") % {"name": form.cleaned_data["lead"].name}
    messages.success(request, words)
    return redirect("lost-leads")


routes = [
    path("people/lost-leads/", lost, name="lost-leads"),
    path("people/lost-leads/<str:handle>/", hidden, name="hidden-lost-lead"),
]

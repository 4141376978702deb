"""Handing a goal out to many: choose whom, look at the preview, make the goals, read the report, take it back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plumbline.goals.models import Given, Handout, Objective
from plumbline.goals.models.handout import Outcome
from plumbline.usecases.hand_out import NotATemplate, given_by, hand_out, preview
from plumbline.web.cycle_choice import chosen_cycle
from plumbline.web.forms.handout import MEMBERS, HandoutForm
from plumbline.web.http import VisitRequest, fetch, posted, require_role
from plumbline.web.refusals import kindly, refused


@require_http_methods(["GET", "POST"])
@kindly
def handouts(request: VisitRequest, objective_id: str) -> HttpResponse:
    """Ask who gets a goal of their own made from this one; then show who would; then make them."""
    row = fetch(Objective, request.visit.person, objective_id, related=("cycle",))
    require_role(request.visit.person, "hand_out")
    cycle = chosen_cycle(request)
    initial = {"to": MEMBERS, "cycle": cycle.public_id if cycle else ""}
    form = HandoutForm(posted(request), cycles=request.visit.cycles, initial=initial)
    if not form.is_valid():
        context = {"form": form, "objective": row, "page_title": _("Hand out"), "section": "goals"}
        return render(request, "handouts/form.html", context, status=422 if form.is_bound else 200)
    try:
        return _answer(request, row, form)
    except NotATemplate:
        words = _("It is private: what it says would be told to everybody who gets a copy.")
        return refused(request, _("This goal can't be handed out"), words)


def _answer(request: VisitRequest, row: Objective, form: HandoutForm) -> HttpResponse:
    visit, to = request.visit, form.recipients()
    if "confirmed" not in request.POST:
        return _preview_page(request, row, form, preview(row, to))
    handout = hand_out(row, to, by=visit.actor, at=visit.at)
    messages.success(request, _("Handed out. Everybody who got one finds a draft under My week."))
    return redirect("handout", handout.public_id)


def _preview_page(request: VisitRequest, row: Objective, form: HandoutForm, given: list[Given]) -> HttpResponse:
    made = sum(each.outcome == Outcome.MADE for each in given)
    context = {
        "objective": row,
        "cycle": form.recipients().cycle,
        "again": form.again(),
        "made": made,
        "groups": _by_outcome(given),
        "button": ngettext("Make %(count)s goal", "Make %(count)s goals", made) % {"count": made},
        "page_title": _("Hand out"),
        "section": "goals",
    }
    return render(request, "handouts/preview.html", context)


def _by_outcome(given: Iterable[Given]) -> list[tuple[str, int, list[Given]]]:
    rows = list(given)
    counts = Counter(each.outcome for each in rows)
    return [
        (str(outcome.label), counts[outcome], [each for each in rows if each.outcome == outcome])
        for outcome in Outcome
        if counts[outcome]
    ]


@require_GET
def handout(request: VisitRequest, handout_id: str) -> HttpResponse:
    """Show who got a goal and who did not, and why."""
    row = _fetched(request, handout_id)
    given = given_by(row)
    seen = Objective.objects.visible_to(request.visit.person).filter(handed_out__handout=row)
    context = {
        "handout": row,
        "objective": row.template,
        "groups": _by_outcome(given),
        "made": sum(each.objective is not None for each in given),
        "total": len(given),
        "seen": set(seen.values_list("pk", flat=True)),
        "page_title": _("Handed out"),
        "section": "goals",
    }
    return render(request, "handouts/report.html", context)


@require_POST
@kindly
def removal(request: VisitRequest, handout_id: str) -> HttpResponse:
    """Take it back: drafts that nobody touched go to the bin."""
    row = _fetched(request, handout_id)
    gone = row.take_back(by=request.visit.actor, at=request.visit.at)
    words = ngettext("%(count)s draft is in the bin.", "%(count)s drafts are in the bin.", gone)
    messages.success(request, words % {"count": gone})
    return redirect("handout", row.public_id)


def _fetched(request: VisitRequest, handout_id: str) -> Handout:
    """Return a handout of a goal that exists for the visitor; admins and owners read it."""
    there = Handout.objects.filter(template__in=Objective.objects.visible_to(request.visit.person))
    row = get_object_or_404(there.select_related("template", "cycle", "by", "taken_back_by"), public_id=handout_id)
    require_role(request.visit.person, "hand_out")
    return row


routes = [
    path("objectives/<objective_id>/handouts/", handouts, name="objective-handouts"),
    path("handouts/<handout_id>/", handout, name="handout"),
    path("handouts/<handout_id>/removal/", removal, name="handout-removal"),
]

"""Initiatives: what we do, as bets on a number."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from plumbline.goals.models import Bet, Initiative, Input, KeyResult, Objective
from plumbline.people.models import Person
from plumbline.web.clashes import notice_of
from plumbline.web.forms.initiative import BetForm, InitiativeForm, InputForm, OnVersion, SettlementForm, StateForm
from plumbline.web.forms.leads import leads
from plumbline.web.http import VisitRequest, fetch, posted, require
from plumbline.web.initiative_page import ALONG, initiative_page
from plumbline.web.refusals import kindly
from plumbline.web.remarks import listen, remarks_on


@require_http_methods(["GET", "POST"])
@kindly
def new(request: VisitRequest, objective_id: str) -> HttpResponse:
    """Plan work for an objective."""
    objective = fetch(Objective, request.visit.person, objective_id, related=("cycle",))
    return _taken_on(request, objective, None)


@require_http_methods(["GET", "POST"])
@kindly
def new_bet(request: VisitRequest, key_result_id: str) -> HttpResponse:
    """Plan work that should move a number."""
    key_result = fetch(KeyResult, request.visit.person, key_result_id, related=("objective__cycle",))
    return _taken_on(request, key_result.objective, key_result)


def _taken_on(request: VisitRequest, objective: Objective, key_result: KeyResult | None) -> HttpResponse:
    require(request.visit.person, "add", key_result or objective)
    objective.refuse_when_closed()
    initial = {
        "title": request.GET.get("title", "")[:240],
        "lead": request.visit.person.public_id,
        "key_result": key_result.public_id if key_result else "",
    }
    form = _form(request, objective, initial)
    if "read" in request.POST or not form.is_valid():
        return _form_page(request, form, objective, page_title=_("New bet"))
    row = Initiative.take_on(objective=objective, **form.fields_told(), by=request.visit.actor, at=request.visit.at)
    messages.success(request, _("Noted. Say by how much it should move the number."))
    return redirect("initiative", row.public_id)


def _form(
    request: VisitRequest, objective: Objective, initial: dict[str, Any], keeping: Person | None = None
) -> InitiativeForm:
    people = leads(objective, keeping=[keeping])
    key_results = KeyResult.objects.filter(objective=objective, binned_at=None, archived_at=None).order_by("pk")
    data = posted(request)
    return InitiativeForm(data, people=people, key_results=key_results, initial=initial)


def _form_page(
    request: VisitRequest, form: InitiativeForm, objective: Objective, *, status: int = 0, **more: Any
) -> HttpResponse:
    """Draw the form, with what the judge says of the title."""
    listen(form, "initiative", objective)
    found = remarks_on(str(form["title"].value() or ""), "initiative", request, objective)
    refused = form.is_bound and "read" not in request.POST
    context = {"form": form, "objective": objective, "remarks": found, "section": "goals", **more}
    return render(request, "initiatives/form.html", context, status=status or (422 if refused else 200))


@require_GET
def initiative(request: VisitRequest, initiative_id: str) -> HttpResponse:
    """Show an initiative: its bet, what is put in, what came of it."""
    row = fetch(Initiative, request.visit.person, initiative_id, **ALONG)
    return initiative_page(request, row)


@require_http_methods(["GET", "POST"])
@kindly
def edit(request: VisitRequest, initiative_id: str) -> HttpResponse:
    """Change what it says; a clash shows both versions."""
    row = _changeable(request, initiative_id)
    form = _form(request, row.objective, _said(row), row.lead)
    context: dict[str, Any] = {"initiative": row, "page_title": _("Edit the bet")}
    if "read" in request.POST or not form.is_valid():
        return _form_page(request, form, row.objective, **context)
    told = form.fields_told()
    try:
        row.change(**told, expected_version=form.cleaned_data["version"], by=request.visit.actor, at=request.visit.at)
    except Initiative.Clash as clash:
        context |= {"clash": notice_of(clash, form, row)}
        return _form_page(request, form, row.objective, status=409, **context)
    return redirect("initiative", row.public_id)


def _said(row: Initiative) -> dict[str, Any]:
    return {
        "title": row.title,
        "key_result": row.key_result.public_id if row.key_result else "",
        "lead": row.lead.public_id if row.lead else "",
        "work": row.work,
        "due_on": row.due_on,
        "note": row.note,
        "link": row.link,
        "version": row.version,
    }


@require_POST
@kindly
def state(request: VisitRequest, initiative_id: str) -> HttpResponse:
    """Move it to Next, Now, Learned or Dropped."""
    row = _changeable(request, initiative_id)
    form = StateForm(request.POST)
    if form.is_valid():
        row.change(state=form.cleaned_data["state"], by=request.visit.actor, at=request.visit.at)
        messages.success(request, _("It stands under %(state)s now.") % {"state": row.get_state_display()})
    return redirect("initiative", row.public_id)


@require_POST
@kindly
def bet(request: VisitRequest, initiative_id: str) -> HttpResponse:
    """Say by how much it should move which number, and by when."""
    row = _changeable(request, initiative_id)
    moved = _number_of(row)
    form = BetForm(request.POST, unit=moved.unit)
    if not form.is_valid():
        return initiative_page(request, row, status=422, bet_form=form)
    try:
        row.place_bet(key_result=moved, **form.told(), by=request.visit.actor, at=request.visit.at)
    except Initiative.Clash as clash:
        return _clashed(request, clash, form, bet_form=form)
    messages.success(request, _("The bet stands."))
    return redirect("initiative", row.public_id)


@require_POST
@kindly
def settlement(request: VisitRequest, initiative_id: str) -> HttpResponse:
    """Say what really happened to the number; of a closed goal too, as work often shows later than its cycle."""
    row = _changeable(request, initiative_id, closed_too=True)
    get_object_or_404(Bet, initiative=row)
    form = SettlementForm(request.POST, unit=_number_of(row).unit)
    if not form.is_valid():
        return initiative_page(request, row, status=422, settlement_form=form)
    try:
        row.settle_bet(**form.told(), by=request.visit.actor, at=request.visit.at)
    except Initiative.Clash as clash:
        return _clashed(request, clash, form, settlement_form=form)
    messages.success(request, _("Settled. What was learned stays with it."))
    return redirect("initiative", row.public_id)


def _clashed(request: VisitRequest, clash: Initiative.Clash, form: OnVersion, **forms: Any) -> HttpResponse:
    """Show who was quicker, with what was typed (409)."""
    fresh = fetch(Initiative, request.visit.person, clash.noun.public_id, **ALONG)
    return initiative_page(request, fresh, status=409, clash=notice_of(clash, form, fresh), **forms)


def _number_of(row: Initiative) -> KeyResult:
    placed = getattr(row, "bet", None)
    return get_object_or_404(KeyResult, pk=row.key_result_id or (placed.key_result_id if placed else None))


@require_POST
@kindly
def inputs(request: VisitRequest, initiative_id: str) -> HttpResponse:
    """Note what is put in."""
    row = _changeable(request, initiative_id)
    form = InputForm(request.POST)
    if not form.is_valid():
        return initiative_page(request, row, status=422, input_form=form)
    said = form.told()
    said.pop("expected_version")  # what others add meanwhile is beside it
    row.add_input(**said, by=request.visit.actor, at=request.visit.at)
    return redirect("initiative", row.public_id)


@require_POST
@kindly
def input_(request: VisitRequest, initiative_id: str, number: int) -> HttpResponse:
    """Correct an input; ``number`` counts its inputs from 1."""
    row = _changeable(request, initiative_id)
    found, form = _input(row, number), InputForm(request.POST, prefix=f"input-{number}")
    if not form.is_valid():
        return initiative_page(request, row, status=422, changed_input=(number, form))
    try:
        row.change_input(found, **form.told(), by=request.visit.actor, at=request.visit.at)
    except Initiative.Clash as clash:
        return _clashed(request, clash, form, changed_input=(number, form))
    return redirect("initiative", row.public_id)


@require_POST
@kindly
def input_removal(request: VisitRequest, initiative_id: str, number: int) -> HttpResponse:
    """Take an input off again; ``number`` counts its inputs from 1."""
    row = _changeable(request, initiative_id)
    row.remove_input(_input(row, number), by=request.visit.actor, at=request.visit.at)
    return redirect("initiative", row.public_id)


def _input(row: Initiative, number: int) -> Input:
    found = list(Input.objects.filter(initiative=row).order_by("pk")[:number])
    if not 0 < number <= len(found):
        raise Http404
    return found[number - 1]


@require_http_methods(["GET", "POST"])
def bin_(request: VisitRequest, initiative_id: str) -> HttpResponse:
    """List what hangs on it, then put it into the bin."""
    row = fetch(Initiative, request.visit.person, initiative_id, **ALONG)
    require(request.visit.person, "bin", row)
    if request.method == "GET":
        context = {"initiative": row, "page_title": _("Put into the bin"), "section": "goals"}
        return render(request, "initiatives/bin.html", context)
    row.bin(by=request.visit.actor, at=request.visit.at)
    undo = reverse("initiative-restoring", args=[row.public_id])
    messages.success(request, _("In the bin."), extra_tags=undo)
    return redirect("objective", row.objective.public_id)


@require_POST
def restoring(request: VisitRequest, initiative_id: str) -> HttpResponse:
    """Take it out of the bin again."""
    there = Objective.objects.visible_to(request.visit.person)
    binned = Initiative.objects.filter(objective__in=there).exclude(binned_at=None)
    row = get_object_or_404(binned.select_related("objective__cycle"), public_id=initiative_id)
    require(request.visit.person, "restore", row)
    row.restore(by=request.visit.actor, at=request.visit.at)
    messages.success(request, _("Out of the bin."))
    if request.htmx:
        return HttpResponseClientRedirect(reverse("initiative", args=[row.public_id]))
    return redirect("initiative", row.public_id)


def _changeable(request: VisitRequest, initiative_id: str, *, closed_too: bool = False) -> Initiative:
    row = fetch(Initiative, request.visit.person, initiative_id, **ALONG)
    require(request.visit.person, "change", row)
    if not closed_too:
        row.objective.refuse_when_closed()
    return row


routes = [
    path("objectives/<objective_id>/initiatives/new/", new, name="initiative-new"),
    path("key-results/<key_result_id>/initiatives/new/", new_bet, name="bet-new"),
    path("initiatives/<initiative_id>/", initiative, name="initiative"),
    path("initiatives/<initiative_id>/edit/", edit, name="initiative-edit"),
    path("initiatives/<initiative_id>/state/", state, name="initiative-state"),
    path("initiatives/<initiative_id>/bet/", bet, name="initiative-bet"),
    path("initiatives/<initiative_id>/settlement/", settlement, name="initiative-settlement"),
    path("initiatives/<initiative_id>/inputs/", inputs, name="initiative-inputs"),
    path("initiatives/<initiative_id>/inputs/<int:number>/", input_, name="initiative-input"),
    path("initiatives/<initiative_id>/inputs/<int:number>/removal/", input_removal, name="initiative-input-removal"),
    path("initiatives/<initiative_id>/bin/", bin_, name="initiative-bin"),
    path("initiatives/<initiative_id>/bin/removal/", restoring, name="initiative-restoring"),
]

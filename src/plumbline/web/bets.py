"""The first door of the judge: work becomes an initiative, effort an input of one; and the way back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect
from plumbline_judge import Judgement

from plumbline.goals import judgements
from plumbline.goals.known_metrics import known_metrics
from plumbline.goals.models import Cycle, Initiative, KeyResult, Objective
from plumbline.usecases.make_initiative import Work, bet_on, plan_effort, take_back, was_made_by
from plumbline.web.forms.work import NEW, BetForm, EffortForm, WorkForm, effort_of
from plumbline.web.http import VisitRequest, fetch, require
from plumbline.web.refusals import closed_page, is_closed

CLOSED = (Cycle.Closed, Objective.Closed, KeyResult.Closed)


@require_POST
def from_key_result(request: VisitRequest, public_id: str) -> HttpResponse:
    """Ask which outcome the work is a bet on, then make it one: from a sentence in the editor or a saved key result."""
    objective = _objective(request, public_id)
    if is_closed(objective):
        return closed_page(request, objective)
    before = _instead_of(request, objective)
    judgement = _judgement(request, objective, before)
    options: dict[str, Any] = {
        "objective": objective,
        "judgement": judgement,
        "left_out": before.public_id if before else "",
    }
    if "choice" not in request.POST and "made" not in request.POST:
        form = BetForm(initial=_beginning(request, judgement), **options)
        return _page(request, "key_results/make_initiative.html", objective, form)
    form = BetForm(request.POST, **options)
    if not form.is_valid():
        return _page(request, "key_results/make_initiative.html", objective, form, status=422)
    return _bet(request, objective, form, before)


@require_POST
def input_from_key_result(request: VisitRequest, public_id: str) -> HttpResponse:
    """Ask which initiative the effort belongs to, then plan it there."""
    objective = _objective(request, public_id)
    if is_closed(objective):
        return closed_page(request, objective)
    before = _instead_of(request, objective)
    if "choice" not in request.POST and "made" not in request.POST:
        judgement = _judgement(request, objective, before)
        initial = _beginning(request, judgement) | {"title": "", "choice": NEW} | effort_of(judgement)
        form = EffortForm(initial=initial, objective=objective)
        return _page(request, "key_results/plan_input.html", objective, form)
    form = EffortForm(request.POST, objective=objective)
    if not form.is_valid():
        return _page(request, "key_results/plan_input.html", objective, form, status=422)
    return _plan(request, objective, form, before)


@require_POST
def undo(request: VisitRequest, public_id: str) -> HttpResponse:
    """Take the initiative back: what it was made from stands where it stood."""
    related = ["objective__cycle", "objective__lead", "lead"]
    initiative = fetch(Initiative, request.visit.person, public_id, related=related)
    # What somebody turned round just now they may turn back; for another's it takes the right to bin it.
    require(request.visit.person, "change" if was_made_by(request.visit.person, initiative) else "bin", initiative)
    objective = initiative.objective
    try:
        sentence = take_back(initiative, by=request.visit.actor, at=request.visit.at)
    except CLOSED:
        return closed_page(request, objective)
    standing = objective.key_results.filter(binned_at=None, statement=sentence).first()
    editor = reverse("key-result-new", args=[objective.public_id]) + "?" + urlencode({"statement": sentence})
    address = reverse("key-result-edit", args=[standing.public_id]) if standing else editor
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _objective(request: VisitRequest, public_id: str) -> Objective:
    objective = fetch(
        Objective,
        request.visit.person,
        public_id,
        related=["cycle", "lead"],
        prefetched=["contributors", "home_teams", "named"],
    )
    require(request.visit.person, "add", objective)
    return objective


def _instead_of(request: VisitRequest, objective: Objective) -> KeyResult | None:
    """Return the saved key result that the work was, if it was saved; to take it away is asked for."""
    asked = request.POST.get("key_result", "")[:20]
    if not asked:
        return None
    rows = objective.key_results.visible_to(request.visit.person).select_related("lead", "objective")
    key_result: KeyResult = get_object_or_404(rows, public_id=asked)
    require(request.visit.person, "bin", key_result)
    return key_result


def _judgement(request: VisitRequest, objective: Objective, before: KeyResult | None) -> Judgement:
    sentence = request.POST.get("statement", "")[:400] or (before.statement if before else "")
    return judgements.read(
        " ".join(sentence.split()),
        objective=objective.title,
        cycle=objective.cycle,
        metrics=known_metrics(request.visit.person),
        language=(get_language() or "en")[:2],
        organisation=request.visit.organisation,
    )


def _beginning(request: VisitRequest, judgement: Judgement) -> dict[str, str]:
    kept = {name: request.POST.get(name, "")[:20] for name in ("key_result", "lead", "due_on")}
    return {"statement": judgement.text, "title": (judgement.initiative_title or judgement.text)[:240], **kept}


def _page(
    request: VisitRequest, template: str, objective: Objective, form: WorkForm, status: int = 200
) -> HttpResponse:
    sentence = form["statement"].value()
    context = {"form": form, "objective": objective, "sentence": sentence, "section": "goals", "new": NEW}
    return render(request, template, context, status=status)


def _bet(request: VisitRequest, objective: Objective, form: BetForm, before: KeyResult | None) -> HttpResponse:
    visit = request.visit
    try:
        initiative = bet_on(
            objective,
            _work(form, objective, before),
            key_result=form.target(),
            outcome=form.new_outcome(),
            by=visit.actor,
            at=visit.at,
        )
    except CLOSED:
        return closed_page(request, objective)
    _say(request, _("Kept as a bet: %(title)s") % {"title": initiative.title}, initiative)
    written = form.new_outcome() and initiative.key_result
    if written:
        return redirect("key-result-edit", written.public_id)
    return redirect("objective", objective.public_id)


def _plan(request: VisitRequest, objective: Objective, form: EffortForm, before: KeyResult | None) -> HttpResponse:
    visit, chosen = request.visit, form.initiative()
    try:
        initiative = plan_effort(
            objective,
            _work(form, objective, before),
            form.effort(),
            initiative=chosen,
            by=visit.actor,
            at=visit.at,
        )
    except CLOSED:
        return closed_page(request, objective)
    words = _("Planned as an input of %(title)s") % {"title": initiative.title}
    _say(request, words, None if chosen else initiative)
    return redirect("objective", objective.public_id)


def _say(request: VisitRequest, words: str, undoable: Initiative | None) -> None:
    address = reverse("initiative-origin", args=[undoable.public_id]) if undoable else ""
    messages.info(request, words, extra_tags=address)


def _work(form: WorkForm, objective: Objective, before: KeyResult | None) -> Work:
    said = form.cleaned_data
    return Work(
        title=said["title"],
        sentence=before.statement if before else said["statement"],
        lead=said["lead"] or (before.lead if before else objective.lead),
        due_on=said["due_on"],
        instead_of=before,
    )


routes = [
    path(
        "objectives/<slug:public_id>/initiatives/from-key-result/", from_key_result, name="initiative-from-key-result"
    ),
    path("objectives/<slug:public_id>/inputs/from-key-result/", input_from_key_result, name="input-from-key-result"),
    path("initiatives/<slug:public_id>/origin/", undo, name="initiative-origin"),
]

"""What is done to a whole key result: drop it with what was learned, bin it, move it, make it something else."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from plumbline.goals import policy
from plumbline.goals.models import Initiative, KeyResult, Objective
from plumbline.people.models import Event
from plumbline.usecases import switch_result
from plumbline.usecases.switch_result import into_initiative, into_key_result, into_objective
from plumbline.web.forms.moving import LearnedForm, ResultMoveForm
from plumbline.web.forms.objective import goals_to_hang_from
from plumbline.web.http import VisitRequest, fetch, fetch_to_write, posted, require
from plumbline.web.refusals import kindly, refused


@require_http_methods(["GET", "POST"])
@kindly
def archive(request: VisitRequest, key_result_id: str) -> HttpResponse:
    """Ask what was learned, then take it out of lists and averages."""
    row = _fetched(request, key_result_id, "archive")
    row.refuse_when_closed()
    form = LearnedForm(posted(request), initial={"learned": row.learned or _template()})
    if not form.is_valid():
        context = {"form": form, "key_result": row, "page_title": _("Drop this key result"), "section": "goals"}
        return render(request, "key_results/archive.html", context, status=422 if form.is_bound else 200)
    learned = form.cleaned_data["learned"]
    learned = "" if learned.split() == _template().split() else learned
    row.archive(learned=learned, by=request.visit.actor, at=request.visit.at)
    undo = reverse("key-result-unarchive", args=[row.public_id])
    messages.success(request, _("Dropped. It left the progress of its objective."), extra_tags=undo)
    return redirect("objective", row.objective.public_id)


def _template() -> str:
    """Return three questions that a note about a dropped key result answers."""
    return _("We expected:\n\nWhat happened:\n\nNext time:\n")


@require_POST
def unarchive(request: VisitRequest, key_result_id: str) -> HttpResponse:
    """Bring it back, with its value, history and weight."""
    row = _fetched(request, key_result_id, "restore")
    row.unarchive(by=request.visit.actor, at=request.visit.at)
    messages.success(request, _("Back, with everything on it."))
    return _to_page(request, row)


@require_http_methods(["GET", "POST"])
def bin_(request: VisitRequest, key_result_id: str) -> HttpResponse:
    """List what hangs on it, then put it into the bin."""
    row = _fetched(request, key_result_id, "bin")
    if request.method == "GET":
        return render(request, "key_results/bin.html", _what_hangs_on(request, row))
    row.bin(by=request.visit.actor, at=request.visit.at)
    undo = reverse("key-result-restoring", args=[row.public_id])
    messages.success(request, _("In the bin, with what hangs on it."), extra_tags=undo)
    return redirect("objective", row.objective.public_id)


def _what_hangs_on(request: VisitRequest, row: KeyResult) -> dict[str, Any]:
    below = Objective.objects.visible_to(request.visit.person).filter(parent_key_result=row)
    return {
        "key_result": row,
        "initiatives": row.initiatives.filter(binned_at=None).order_by("pk"),
        "aligned": below.order_by("pk"),
        "check_ins": row.check_ins.count(),
        "page_title": _("Put into the bin"),
        "section": "goals",
    }


@require_POST
def restoring(request: VisitRequest, key_result_id: str) -> HttpResponse:
    """Take it out of the bin again, with its value, history and weight."""
    there = KeyResult.objects.binned_for(request.visit.person).select_related("objective__cycle")
    row = get_object_or_404(there, public_id=key_result_id)
    require(request.visit.person, "restore", row)
    row.restore(by=request.visit.actor, at=request.visit.at)
    messages.success(request, _("Out of the bin, with everything on it."))
    return _to_page(request, row)


@require_http_methods(["GET", "POST"])
@kindly
def move(request: VisitRequest, key_result_id: str) -> HttpResponse:
    """Ask under which objective it goes, and move it there."""
    row = _fetched(request, key_result_id, "move")
    row.refuse_when_closed()
    form = ResultMoveForm(posted(request), key_result=row, places=_places(request, row))
    if form.is_valid() and (answer := _moved(request, row, form)):
        return answer
    context = {
        "form": form,
        "key_result": row,
        "initiatives": row.initiatives.filter(binned_at=None).order_by("pk"),
        "page_title": _("Move this key result"),
        "section": "goals",
    }
    return render(request, "key_results/move.html", context, status=422 if form.is_bound else 200)


def _places(request: VisitRequest, row: KeyResult) -> list[int]:
    """Return the objectives that the visitor may add key results to."""
    person = request.visit.person
    teams = person.teams_now()
    rows = goals_to_hang_from(person, row.objective).filter(is_private=False)
    goals = rows.select_related("cycle").prefetch_related("home_teams", "contributors").order_by("title")
    return [goal.pk for goal in goals if "add" in policy.verbs(person, goal, teams=teams)]


def _moved(request: VisitRequest, row: KeyResult, form: ResultMoveForm) -> HttpResponse | None:
    said, visit = form.cleaned_data, request.visit
    try:
        event = row.move(said["objective"], reason=said["reason"], by=visit.actor, at=visit.at)
    except KeyResult.NeedsReason:
        form.add_error("reason", _("Its goalposts are locked. Say why it moves, once: it is shown beside the change."))
    except KeyResult.WrongPlace as refusal:
        form.add_error("objective", str(refusal))
    else:
        undo = reverse("key-result-move-removal", args=[row.public_id, event.public_id]) if event else ""
        messages.success(request, _("Moved. Its address, history and comments are the same."), extra_tags=undo)
        return redirect("key-result", row.public_id)
    return None


@require_POST
@kindly
def move_removal(request: VisitRequest, key_result_id: str, event_id: str) -> HttpResponse:
    """Move it back to where it was."""
    row = _fetched(request, key_result_id, "move")
    told = Event.objects.about("key_result", row.public_id).filter(verb="moved")
    event = get_object_or_404(told, public_id=event_id)
    before = fetch(Objective, request.visit.person, event.before["objective"], related=("cycle",))
    require(request.visit.person, "add", before)
    try:
        row.move(before, reason=_("The move was taken back."), by=request.visit.actor, at=request.visit.at)
    except KeyResult.WrongPlace as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Back where it was."))
    return _to_page(request, row)


@require_http_methods(["GET", "POST"])
@kindly
def switch(request: VisitRequest, key_result_id: str) -> HttpResponse:
    """Make it an initiative or an objective, as long as nobody checked in on it."""
    row = _fetched(request, key_result_id, "bin")
    row.refuse_when_closed()
    by, at, into = request.visit.actor, request.visit.at, request.POST.get("into")
    if into not in {"initiative", "objective"}:
        context = {
            "key_result": row,
            "fixed": row.check_ins.exists(),
            "page_title": _("Make it something else"),
            "section": "goals",
        }
        return render(request, "key_results/switch.html", context, status=422 if request.method == "POST" else 200)
    try:
        made = into_initiative(row, by=by, at=at) if into == "initiative" else into_objective(row, by=by, at=at)
    except KeyResult.HasHistory:
        words = _("Its numbers would mean something else. Drop it with what was learned instead.")
        return refused(request, _("It was checked in on"), words, back=reverse("key-result", args=[row.public_id]))
    undo = reverse("key-result-switch-removal", args=[row.public_id])
    messages.success(request, _("The key result is in the bin, with its history."), extra_tags=undo)
    return redirect(made.noun, made.public_id)


@require_POST
@kindly
def switch_back(request: VisitRequest, initiative_id: str) -> HttpResponse:
    """Make an initiative a key result, as long as its bet is not settled."""
    along = {
        "related": ("objective__cycle", "objective__lead", "key_result", "lead", "bet__key_result"),
        "prefetched": ("objective__home_teams", "objective__contributors"),
    }
    row = fetch(Initiative, request.visit.person, initiative_id, **along)
    require(request.visit.person, "bin", row)
    try:
        made = into_key_result(row, by=request.visit.actor, at=request.visit.at)
    except switch_result.Settled:
        words = _("What came of it was told as a bet. It stays an initiative.")
        return refused(request, _("Its bet is settled"), words, back=reverse("initiative", args=[row.public_id]))
    undo = reverse("initiative-switch-removal", args=[row.public_id])
    messages.success(request, _("A draft key result now. The initiative is in the bin."), extra_tags=undo)
    return redirect("key-result-edit", made.public_id)


@require_POST
@kindly
def switch_removal(request: VisitRequest, key_result_id: str) -> HttpResponse:
    """Make what a key result became a key result again: the same one."""
    there = KeyResult.objects.binned_for(request.visit.person).select_related("objective__cycle")
    row = get_object_or_404(there, public_id=key_result_id)
    return _switched_back(request, row)


@require_POST
@kindly
def switch_back_removal(request: VisitRequest, initiative_id: str) -> HttpResponse:
    """Make what an initiative became an initiative again: the same one."""
    there = Initiative.objects.filter(objective__in=Objective.objects.visible_to(request.visit.person))
    row = get_object_or_404(there.exclude(binned_at=None).select_related("objective__cycle"), public_id=initiative_id)
    return _switched_back(request, row)


def _switched_back(request: VisitRequest, row: KeyResult | Initiative) -> HttpResponse:
    require(request.visit.person, "restore", row)
    made = switch_result.made_of(row)
    if made is not None:
        require(request.visit.person, "bin", made)
    switch_result.take_back(row, by=request.visit.actor, at=request.visit.at)
    messages.success(request, _("Back as it was."))
    address = reverse(row.noun.replace("_", "-"), args=[row.public_id])
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _fetched(request: VisitRequest, key_result_id: str, verb: str) -> KeyResult:
    row = fetch_to_write(request.visit.person, key_result_id)
    require(request.visit.person, verb, row)
    return row


def _to_page(request: VisitRequest, row: KeyResult) -> HttpResponse:
    if request.htmx:
        return HttpResponseClientRedirect(reverse("key-result", args=[row.public_id]))
    return redirect("key-result", row.public_id)


routes = [
    path("key-results/<key_result_id>/archive/", archive, name="key-result-archive"),
    path("key-results/<key_result_id>/archive/removal/", unarchive, name="key-result-unarchive"),
    path("key-results/<key_result_id>/bin/", bin_, name="key-result-bin"),
    path("key-results/<key_result_id>/bin/removal/", restoring, name="key-result-restoring"),
    path("key-results/<key_result_id>/move/", move, name="key-result-move"),
    path("key-results/<key_result_id>/move/<event_id>/removal/", move_removal, name="key-result-move-removal"),
    path("key-results/<key_result_id>/switch/", switch, name="key-result-switch"),
    path("key-results/<key_result_id>/switch/removal/", switch_removal, name="key-result-switch-removal"),
    path("initiatives/<initiative_id>/switch/", switch_back, name="initiative-switch"),
    path("initiatives/<initiative_id>/switch/removal/", switch_back_removal, name="initiative-switch-removal"),
]

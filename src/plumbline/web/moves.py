"""Moving and cloning whole objectives: first what that touches, then the deed, then a way back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from plumbline.goals.models import KeyResult, Objective, Pillar
from plumbline.goals.models.objective import PARENTS
from plumbline.people.models import Event
from plumbline.people.models.person import Role
from plumbline.usecases.clone_goal import Wishes, clone_goal
from plumbline.usecases.move_goal import MovedOn, consequences, move_goal, take_back
from plumbline.web.forms.moving import SAME, CloneForm, MoveForm
from plumbline.web.http import VisitRequest, fetch, posted, require
from plumbline.web.refusals import kindly, refused

ALONG: dict[str, Any] = {
    "related": ("cycle", "lead", "home_person", "parent_key_result__objective", *PARENTS),
    "prefetched": ("home_teams", "contributors", "named"),
}


@require_http_methods(["GET", "POST"])
@kindly
def move(request: VisitRequest, objective_id: str) -> HttpResponse:
    """Ask where it goes, list what that touches, then move it."""
    row = _fetched(request, objective_id, "move")
    row.refuse_when_closed()
    initial = {"cycle": row.cycle.public_id, "home": SAME, "version": row.version}
    form = MoveForm(posted(request), person=request.visit.person, objective=row, initial=initial)
    if not form.is_valid():
        return _move_page(request, row, form, status=422 if form.is_bound else 200)
    if "confirmed" not in request.POST:
        return _move_page(request, row, form, found=consequences(row, form.destination(), reader=request.visit.person))
    return _moved(request, row, form)


def _moved(request: VisitRequest, row: Objective, form: MoveForm) -> HttpResponse:
    visit, to = request.visit, form.destination()
    try:
        event = move_goal(
            row,
            to,
            form.choices(),
            reason=form.cleaned_data["reason"],
            expected_version=form.cleaned_data["version"],
            by=visit.actor,
            at=visit.at,
        )
    except (Objective.NeedsReason, KeyResult.NeedsReason):
        form.add_error("reason", _("Its goalposts are locked. Say why it moves, once: it is shown beside the change."))
        found = consequences(row, to, reader=visit.person)
        return _move_page(request, row, form, found=found, status=422)
    except Objective.Clash:
        words = _("Somebody changed this goal meanwhile. Look at it again, then move it.")
        return refused(request, _("It changed meanwhile"), words, back=reverse("objective", args=[row.public_id]))
    except Objective.WrongParent as refusal:
        form.add_error("teams", str(refusal))
        return _move_page(request, row, form, status=422)
    undo = reverse("objective-move-removal", args=[row.public_id, event.public_id]) if event else ""
    messages.success(request, _("Moved. Its address, history and comments are the same."), extra_tags=undo)
    return redirect("objective", row.public_id)


def _move_page(request: VisitRequest, row: Objective, form: MoveForm, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    context = {
        "form": form,
        "objective": row,
        "hangs": _parent_words(request, row),
        "page_title": _("Move this objective"),
        "section": "goals",
        **more,
    }
    return render(request, "objectives/move.html", context, status=status)


def _parent_words(request: VisitRequest, row: Objective) -> str:
    """Say what it hangs from, as far as the reader may know."""
    parent: Any = next((getattr(row, name) for name in PARENTS if getattr(row, name) is not None), None)
    if parent is None or isinstance(parent, Pillar):
        return str(parent or "")
    seen = type(parent).objects.visible_to(request.visit.person).filter(pk=parent.pk).exists()
    return str(parent) if seen else _("Restricted goal")


@require_POST
@kindly
def move_removal(request: VisitRequest, objective_id: str, event_id: str) -> HttpResponse:
    """Take a move back, with everything that came along."""
    row = _fetched(request, objective_id, "move")
    moves = Event.objects.about("objective", row.public_id).filter(verb="moved")
    told = get_object_or_404(moves, public_id=event_id)
    rehomed = "home" in told.before or "teams_before" in told.after
    # Whoever lives in the new home only would set a goal in the old one by this.
    if rehomed and told.actor != request.visit.person and not request.visit.person.has_role(Role.OWNER):
        raise PermissionDenied
    try:
        take_back(told, by=request.visit.actor, at=request.visit.at)
    except MovedOn:
        words = _("Somebody changed it since it was moved. Move it back by hand.")
        messages.error(request, words)
    else:
        messages.success(request, _("Back where it was."))
    if request.htmx:
        return HttpResponseClientRedirect(reverse("objective", args=[row.public_id]))
    return redirect("objective", row.public_id)


@require_http_methods(["GET", "POST"])
@kindly
def clones(request: VisitRequest, objective_id: str) -> HttpResponse:
    """Make a copy: the words and key results, none of the check-ins."""
    row = _fetched(request, objective_id, "clone")
    visit = request.visit
    initial = {"title": row.title, "cycle": row.cycle.public_id, "home": SAME}
    form = CloneForm(posted(request), person=visit.person, objective=row, initial=initial)
    if not form.is_valid():
        context = {"form": form, "objective": row, "page_title": _("Clone this objective"), "section": "goals"}
        return render(request, "objectives/clone.html", context, status=422 if form.is_bound else 200)
    wishes = Wishes(form.cleaned_data["title"], form.destination(), form.cleaned_data["initiatives"])
    copy = clone_goal(row, wishes, by=visit.actor, at=visit.at)
    undo = reverse("objective-bin", args=[copy.public_id])
    messages.success(request, _("A copy, as a draft: look through it and activate it."), extra_tags=undo)
    return redirect("objective", copy.public_id)


def _fetched(request: VisitRequest, objective_id: str, verb: str) -> Objective:
    row = fetch(Objective, request.visit.person, objective_id, **ALONG)
    require(request.visit.person, verb, row)
    return row


routes = [
    path("objectives/<objective_id>/move/", move, name="objective-move"),
    path("objectives/<objective_id>/move/<event_id>/removal/", move_removal, name="objective-move-removal"),
    path("objectives/<objective_id>/clones/", clones, name="objective-clones"),
]

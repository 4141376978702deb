"""The editor of an objective: where to go, whose goal it is, and what it hangs from."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from plumbline.goals import policy
from plumbline.goals.models import Cycle, Objective
from plumbline.people.models.person import Role
from plumbline.usecases.edit_objective import Links, Sharing, change_objective, set_objective
from plumbline.web.clashes import notice_of
from plumbline.web.cycle_choice import chosen_cycle
from plumbline.web.forms.objective import EditObjectiveForm, NewObjectiveForm, ObjectiveForm, initial_of
from plumbline.web.http import VisitRequest, fetch, require
from plumbline.web.refusals import closed_page, is_closed
from plumbline.web.remarks import listen, remarks_on


@require_http_methods(["GET", "POST"])
def new(request: VisitRequest) -> HttpResponse:
    """Set a new goal; its key results come next."""
    person, house = request.visit.person, request.visit.organisation
    if not person.has_role(Role.MEMBER):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, NewObjectiveForm(initial=_beginning(request), person=person, house=house))
    form = NewObjectiveForm(request.POST, person=person, house=house)
    if "read" in request.POST:
        return _page(request, form)
    return _set(request, form) if form.is_valid() else _page(request, form, status=422)


@require_http_methods(["GET", "POST"])
def edit(request: VisitRequest, public_id: str) -> HttpResponse:
    """Change a goal."""
    objective = _fetch(request, public_id)
    require(request.visit.person, "change", objective)
    if is_closed(objective):
        return closed_page(request, objective)
    allowed = policy.verbs(request.visit.person, objective)
    options: dict[str, Any] = {"person": request.visit.person, "objective": objective, "allowed": allowed}
    options["house"] = request.visit.organisation
    if request.method != "POST":
        return _page(request, EditObjectiveForm(initial=initial_of(objective), **options), objective)
    form = EditObjectiveForm(request.POST, initial=initial_of(objective), **options)
    if "read" in request.POST:
        return _page(request, form, objective)
    return _save(request, objective, form) if form.is_valid() else _page(request, form, objective, status=422)


def _fetch(request: VisitRequest, public_id: str) -> Objective:
    related = ["cycle", "lead", "pillar", "parent_objective", "parent_key_result", "parent_kpi"]
    prefetched = ["contributors", "home_teams", "named"]
    return fetch(Objective, request.visit.person, public_id, related=related, prefetched=prefetched)


def _beginning(request: VisitRequest) -> dict[str, Any]:
    """Start with the chosen cycle, the home and parent the address asks for, and the visitor as lead."""
    cycle = chosen_cycle(request)
    asked = {name: request.GET[name][:40] for name in ("home", "parent", "title") if name in request.GET}
    beginning = {"cycle": cycle.public_id} if cycle and not cycle.is_closed else {}
    person = request.visit.person
    home = next(iter(person.memberships.filter(last_day=None).values_list("team__public_id", flat=True)), "person")
    return {"home": home, **beginning, "lead": person.public_id, "once": str(uuid.uuid4()), **asked}


def _set(request: VisitRequest, form: NewObjectiveForm) -> HttpResponse:
    visit, home = request.visit, form.home_fields()
    allowed = policy.can_set_objective(
        visit.person, home=home["home"], teams=home["teams"], home_person=home.get("home_person")
    )
    if not allowed:
        raise PermissionDenied
    said = form.cleaned_data
    try:
        objective = set_objective(
            **form.texts(),
            **home,
            **form.parent_fields(),
            cycle=said["cycle"],
            contributors=said.get("contributors", ()),
            named=said.get("named", ()),
            tags=said["tags"],
            is_private=said.get("private", False),
            language=get_language() or "en",
            by=visit.actor,
            at=visit.at,
        )
    except Cycle.Closed:
        form.add_error("cycle", _("This cycle is closed: no goal can be added to it."))
        return _page(request, form, status=422)
    except Objective.WrongParent as refusal:
        form.add_error("parent", str(refusal))
        return _page(request, form, status=422)
    return redirect("key-result-new", objective.public_id)


def _save(request: VisitRequest, objective: Objective, form: EditObjectiveForm) -> HttpResponse:
    try:
        _change(request, objective, form)
    except Objective.NeedsReason:
        form.add_error(
            "reason", _("This moves goalposts that are locked. Say why, once: it is shown beside the change.")
        )
    except Objective.Circle:
        form.add_error("parent", _("This hangs from here already, over some steps. A goal can’t hang from itself."))
    except Objective.WrongParent as refusal:
        form.add_error("parent", str(refusal))
    except Objective.Clash as clash:
        fresh = _fetch(request, objective.public_id)
        return _page(request, form, fresh, status=409, clash=notice_of(clash, form, fresh))
    except (Cycle.Closed, Objective.Closed):
        return closed_page(request, objective)
    else:
        return redirect("objective", objective.public_id)
    return _page(request, form, _fetch(request, objective.public_id), status=422)


def _change(request: VisitRequest, objective: Objective, form: EditObjectiveForm) -> None:
    visit, said = request.visit, form.cleaned_data
    hidden = form.data.get("parent") and not form.parent_fields()
    sharing = Sharing(
        contributors=tuple(said["contributors"]) if "contributors" in said else None,
        private=said.get("private"),
        named=tuple(said.get("named", ())),
    )
    change_objective(
        objective,
        sharing=sharing,
        parent=None if hidden else form.parent_fields(),
        links=Links(tuple(said["tags"]), tuple(said["supports"])),
        reason=said["reason"],
        expected_version=said["version"],
        by=visit.actor,
        at=visit.at,
        **form.texts(),
    )


def _page(
    request: VisitRequest, form: ObjectiveForm, objective: Objective | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    listen(form, "objective")
    context = {
        "form": form,
        "objective": objective,
        "remarks": remarks_on(str(form["title"].value() or ""), "objective", request),
        "locked": bool(objective and objective.is_locked()),
        "section": "goals",
        **more,
    }
    return render(request, "objectives/editor.html", context, status=status)


routes = [
    path("goals/new/", new, name="new-goal"),
    path("objectives/<slug:public_id>/edit/", edit, name="objective-edit"),
]

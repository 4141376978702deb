"""Watching a number and changing what is watched: one form, read by the judge while it is typed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from plumbline.goals import policy
from plumbline.goals.models import Kpi
from plumbline.people.models import Noun, Person
from plumbline.people.models.person import Role
from plumbline.usecases.edit_kpi import KpiHome, change_kpi, watch_kpi
from plumbline.web.clashes import ClashNotice, notice_of
from plumbline.web.forms.kpi import EditKpiForm, KpiForm, NewKpiForm
from plumbline.web.http import VisitRequest, fetch, posted, require
from plumbline.web.kpi_library import chosen
from plumbline.web.remarks import listen, remarks_on

ALONG: dict[str, Any] = {
    "related": ("lead", "pillar", "home_person", "parent"),
    "prefetched": ("targets", "home_teams", "contributors"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: VisitRequest) -> HttpResponse:
    """Start watching a number."""
    visit = request.visit
    if not visit.person.has_role(Role.MEMBER):
        raise PermissionDenied
    form = NewKpiForm(posted(request), person=visit.person, chosen=chosen(request), house=visit.organisation)
    if "read" in request.POST or not form.is_valid():
        return _form_page(request, form, status=_status(request, form))
    around, fields = form.told()
    fields.pop("expected_version")
    _require_home(visit.person, around.home)
    try:
        watched = watch_kpi(around, **fields, by=visit.actor, at=visit.at)
    except Kpi.WrongParent as refusal:
        form.add_error("parent", str(refusal))
        return _form_page(request, form, status=422)
    messages.success(request, _("“%(kpi)s” is watched. Add its target and a reading.") % {"kpi": watched.name})
    return redirect("kpi", watched.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: VisitRequest, public_id: str) -> HttpResponse:
    """Change what a KPI is called, who leads it, its rule, its home and where it hangs."""
    visit = request.visit
    found = fetch(Kpi, visit.person, public_id, **ALONG)
    require(visit.person, "change", found)
    form = EditKpiForm(posted(request), person=visit.person, kpi=found, house=visit.organisation)
    if "read" in request.POST or not form.is_valid():
        return _form_page(request, form, kpi=found, status=_status(request, form))
    around, fields = form.told()
    _require_home(visit.person, around.home)
    try:
        change_kpi(found, around, **fields, by=visit.actor, at=visit.at)
    except (Kpi.UnitIsFixed, Kpi.WrongParent, Kpi.Circle, Kpi.Closed) as refusal:
        form.add_error(*_in_words(refusal))
        return _form_page(request, form, kpi=found, status=422)
    except Noun.Clash as clash:
        return _form_page(request, form, kpi=found, clash=notice_of(clash, form), status=409)
    messages.success(request, _("“%(kpi)s” is saved.") % {"kpi": found.name})
    return redirect("kpi", found.public_id)


def _require_home(person: Person, home: KpiHome | None) -> None:
    """Refuse a home in which the person may not set up a KPI."""
    if home is None:
        return
    teams = list(home.teams)
    if not policy.can_set_objective(person, home=home.home, teams=teams, home_person=home.home_person):
        raise PermissionDenied


def _in_words(refusal: Exception) -> tuple[str | None, str]:
    """Return the field that a refusal is about, and what to say beside it."""
    if isinstance(refusal, Kpi.UnitIsFixed):
        return "unit_kind", _("There are readings or goals in the old unit. Watch a new KPI for another one.")
    if isinstance(refusal, Kpi.Circle):
        return "parent", _("That KPI hangs from this one, maybe over some steps.")
    if isinstance(refusal, Kpi.Closed):
        return None, _("This KPI is archived. Bring it back to change it.")
    return "parent", str(refusal)


def _form_page(
    request: VisitRequest, form: KpiForm, *, kpi: Kpi | None = None, clash: ClashNotice | None = None, status: int
) -> HttpResponse:
    listen(form, "kpi")
    remarks = remarks_on(str(form["name"].value() or ""), "kpi", request)
    page = {"form": form, "kpi": kpi, "clash": clash, "remarks": remarks, "section": "kpis"}
    return render(request, "kpis/form.html", page, status=status)


def _status(request: VisitRequest, form: KpiForm) -> int:
    """Return 422 for what was refused; to have it read is no refusal."""
    return 422 if form.is_bound and "read" not in request.POST else 200


routes = [
    path("kpis/new/", new, name="new-kpi"),
    path("kpis/<str:public_id>/details/", edit, name="kpi-details"),
]

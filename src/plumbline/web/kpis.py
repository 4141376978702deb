"""KPIs: the numbers that keep running, whatever this quarter is about."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plumbline.goals import policy
from plumbline.goals.explanations import explain_kpi
from plumbline.goals.models import KeyResult, Kpi, Objective
from plumbline.people.models import Noun
from plumbline.people.models.person import Role
from plumbline.web.clashes import ClashNotice, notice_of
from plumbline.web.forms.kpi import KpiForm, NewKpiForm, ReadingForm, TargetForm
from plumbline.web.http import VisitRequest, fetch, require
from plumbline.web.kpi_library import chosen
from plumbline.web.kpi_view import KpiCard, card, cards, for_cards, readings_of, target_words
from plumbline.web.remarks import listen, remarks_on

PAGE = 60
READINGS = 20
MOST_GOALS = 20
RANGES = {"weeks": timedelta(weeks=12), "months": timedelta(days=366)}


@require_safe
def kpis(request: VisitRequest) -> HttpResponse:
    """Show the board: small multiples by pillar, and how many are healthy."""
    visit = request.visit
    spell = request.GET.get("range", "")
    spell = spell if spell in RANGES else "months"
    rows = (
        Kpi.objects.visible_to(visit.person)
        .kept()
        .order_by(F("pillar__place").asc(nulls_last=True), "pillar", "name", "pk")
    )
    everything = rows.prefetch_related("targets")
    counts = Counter(kpi.health(visit.today, visit.organisation.grace_days).value for kpi in everything)
    page = Paginator(for_cards(rows), PAGE).get_page(request.GET.get("page"))
    shown = cards(page, visit, since=visit.today - RANGES[spell])
    context = {
        "page": page,
        "groups": [(pillar, list(group)) for pillar, group in groupby(shown, key=_pillar_name)],
        "counts": [(health, counts[health]) for health in ("healthy", "watch", "act", "unknown")],
        "spell": spell,
        "may_add": visit.person.has_role(Role.MEMBER),
        "section": "kpis",
    }
    return render(request, "kpis/page.html", context)


def _pillar_name(shown: KpiCard) -> str:
    return shown.kpi.pillar.name if shown.kpi.pillar else ""


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: VisitRequest) -> HttpResponse:
    """Start watching a number."""
    visit = request.visit
    if not visit.person.has_role(Role.MEMBER):
        raise PermissionDenied
    form = NewKpiForm(request.POST or None, person=visit.person, chosen=chosen(request))
    if "read" in request.POST or not form.is_valid():
        return _form_page(request, form, status=_status(request, form))
    told = form.values()
    home = {"home": told["home"], "teams": told.get("teams", []), "home_person": told.get("home_person")}
    if not policy.can_set_objective(visit.person, **home):
        raise PermissionDenied
    watched = Kpi.watch(**told, by=visit.actor, at=visit.at)
    messages.success(request, _("“%(kpi)s” is watched. Add its target and a reading.") % {"kpi": watched.name})
    return redirect("kpi", watched.public_id)


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


@require_safe
def kpi(request: VisitRequest, public_id: str) -> HttpResponse:
    """Show one KPI with its readings and targets."""
    return _kpi_page(request, _fetched(request, public_id))


def _fetched(request: VisitRequest, public_id: str) -> Kpi:
    along = {"related": ("lead", "pillar", "home_person"), "prefetched": ("targets", "home_teams")}
    return fetch(Kpi, request.visit.person, public_id, **along)


def _kpi_page(request: VisitRequest, found: Kpi, *, status: int = 200, **more: Any) -> HttpResponse:
    visit = request.visit
    rows = found.readings.select_related("author").order_by("-on", "-entered_at", "-pk")
    sheet = Paginator(rows, READINGS).get_page(request.GET.get("page"))
    rights = {
        f"may_{verb}": policy.can(visit.person, verb, found) for verb in ("change", "check_in", "amend", "archive")
    }
    page = {
        "kpi": found,
        "card": card(found, readings_of(found, visit.today - RANGES["months"]), visit),
        "explained": explain_kpi(found, today=visit.today, grace_days=visit.organisation.grace_days),
        "page": sheet,
        "readings": [(reading, found.unit.show(reading.value)) for reading in sheet],
        "targets": [(row, target_words(found, row)) for row in found.targets.order_by("-first_day")],
        "improved_by": Objective.objects.visible_to(visit.person).filter(parent_kpi=found)[:MOST_GOALS],
        "feeds": KeyResult.objects.visible_to(visit.person).filter(source_kpi=found)[:MOST_GOALS],
        "reading_form": ReadingForm(unit=found.unit, today=visit.today),
        "target_form": TargetForm(kpi=found, today=visit.today),
        "is_archived": found.archived_at is not None,
        "section": "kpis",
        **rights,
        **more,
    }
    return render(request, "kpis/kpi.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: VisitRequest, public_id: str) -> HttpResponse:
    """Change what a KPI is called, who leads it, and its rule."""
    visit = request.visit
    found = _fetched(request, public_id)
    require(visit.person, "change", found)
    form = KpiForm(request.POST or None, person=visit.person, kpi=found)
    if "read" in request.POST or not form.is_valid():
        return _form_page(request, form, kpi=found, status=_status(request, form))
    try:
        found.change(**form.values(), by=visit.actor, at=visit.at)
    except Kpi.Closed:
        return _archived(request, public_id)
    except Kpi.UnitIsFixed:
        form.add_error("unit_kind", _("There are readings in the old unit. Watch a new KPI for another one."))
        return _form_page(request, form, kpi=found, status=422)
    except Noun.Clash as clash:
        return _form_page(request, form, kpi=found, clash=notice_of(clash, form), status=409)
    messages.success(request, _("“%(kpi)s” is saved.") % {"kpi": found.name})
    return redirect("kpi", found.public_id)


def _archived(request: VisitRequest, public_id: str) -> HttpResponse:
    words = _("This KPI is archived. Bring it back to change it.")
    return _kpi_page(request, _fetched(request, public_id), status=422, refusal=words)


@require_POST
def readings(request: VisitRequest, public_id: str) -> HttpResponse:
    """Note a reading, of today or of a day before."""
    visit = request.visit
    found = _fetched(request, public_id)
    require(visit.person, "check_in", found)
    form = ReadingForm(request.POST, unit=found.unit, today=visit.today)
    if not form.is_valid():
        return _kpi_page(request, found, status=422, reading_form=form)
    try:
        reading = found.read(**form.cleaned_data, by=visit.actor, at=visit.at)
    except Kpi.InTheFuture:
        form.add_error("on", _("This day is still to come."))
        return _kpi_page(request, _fetched(request, public_id), status=422, reading_form=form)
    except Kpi.Closed:
        return _archived(request, public_id)
    messages.success(request, _("Noted: %(value)s.") % {"value": found.unit.show(reading.value)})
    return redirect("kpi", found.public_id)


@require_POST
def targets(request: VisitRequest, public_id: str) -> HttpResponse:
    """Set the target from a day on."""
    visit = request.visit
    found = _fetched(request, public_id)
    require(visit.person, "amend", found)
    form = TargetForm(request.POST, kpi=found, today=visit.today)
    if not form.is_valid():
        return _kpi_page(request, found, status=422, target_form=form)
    try:
        row = found.aim(**form.cleaned_data, by=visit.actor, at=visit.at)
    except Kpi.Closed:
        return _archived(request, public_id)
    messages.success(request, f"{target_words(found, row)}.")
    return redirect("kpi", found.public_id)


@require_POST
def archival(request: VisitRequest, public_id: str) -> HttpResponse:
    """Stop watching a KPI, or watch it again."""
    visit = request.visit
    found = _fetched(request, public_id)
    require(visit.person, "archive", found)
    if request.POST.get("back"):
        found.unarchive(by=visit.actor, at=visit.at)
        messages.success(request, _("“%(kpi)s” is watched again.") % {"kpi": found.name})
    else:
        found.archive(by=visit.actor, at=visit.at)
        messages.success(request, _("“%(kpi)s” is archived. Its readings stay.") % {"kpi": found.name})
    return redirect("kpi", found.public_id)


routes = [
    path("kpis/", kpis, name="kpis"),
    path("kpis/new/", new, name="new-kpi"),
    path("kpis/<str:public_id>/", kpi, name="kpi"),
    path("kpis/<str:public_id>/details/", edit, name="kpi-details"),
    path("kpis/<str:public_id>/readings/", readings, name="kpi-readings"),
    path("kpis/<str:public_id>/targets/", targets, name="kpi-targets"),
    path("kpis/<str:public_id>/archival/", archival, name="kpi-archival"),
]

"""KPIs: the numbers that keep running, whatever this quarter is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from plumbline.goals import policy
from plumbline.goals.explanations import explain_kpi
from plumbline.goals.kpi_health import Health, worst
from plumbline.goals.kpi_tree import Forest, fiscal, standings
from plumbline.goals.models import KeyResult, Kpi, Objective
from plumbline.goals.models.kpi import Driver
from plumbline.people.models.person import Role
from plumbline.web.forms.kpi import ReadingForm, TargetForm
from plumbline.web.http import Visit, VisitRequest, fetch, require
from plumbline.web.kpi_editor import ALONG
from plumbline.web.kpi_periods import COLUMNS, cells_of, history_of
from plumbline.web.kpi_view import KpiCard, card, cards, for_cards, target_words

PAGE = 60
READINGS = 20
MOST_GOALS = 20
MOST_BELOW = 60
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
    everything = list(rows.prefetch_related("targets"))
    health = standings(everything, organisation=visit.organisation, today=visit.today)
    counts = Counter(standing.health.value for standing in health.values())
    of_pillar = {
        pillar: worst(health[kpi.pk].health for kpi in group)
        for pillar, group in groupby(everything, key=lambda kpi: kpi.pillar_id)
    }
    page = Paginator(for_cards(rows), PAGE).get_page(request.GET.get("page"))
    shown = cards(page, visit, since=visit.today - RANGES[spell])
    context = {
        "page": page,
        "groups": list(_groups(shown, of_pillar)),
        "counts": [(health, counts[health]) for health in ("healthy", "watch", "act", "unknown")],
        "spell": spell,
        "may_add": visit.person.has_role(Role.MEMBER),
        "section": "kpis",
    }
    return render(request, "kpis/page.html", context)


@dataclass(frozen=True, slots=True)
class PillarGroup:
    """The KPIs of one pillar, or of none, and how the worst of all of them does."""

    name: str
    health: Health | None
    cards: Sequence[KpiCard]


def _groups(shown: Iterable[KpiCard], of_pillar: dict[int | None, Health | None]) -> Iterable[PillarGroup]:
    for key, group in groupby(shown, key=lambda each: each.kpi.pillar_id):
        found = list(group)
        pillar = found[0].kpi.pillar
        yield PillarGroup(pillar.name if pillar else "", of_pillar.get(key) if pillar else None, found)


@require_safe
def kpi(request: VisitRequest, public_id: str) -> HttpResponse:
    """Show one KPI with its readings and targets."""
    return _kpi_page(request, _fetched(request, public_id))


def _fetched(request: VisitRequest, public_id: str) -> Kpi:
    return fetch(Kpi, request.visit.person, public_id, **ALONG)


def _kpi_page(request: VisitRequest, found: Kpi, *, status: int = 200, **more: Any) -> HttpResponse:
    visit, calendar = request.visit, fiscal(request.visit.organisation)
    since = visit.today - RANGES["months"]
    periods = calendar.until(visit.today, found.frequency, COLUMNS[found.frequency])
    forest = Forest.of([found], visit.organisation).with_readings(min(since, periods[0].first_day), visit.today)
    looks = card(found, forest, visit, since=since)
    rows = found.readings.told().select_related("author", "withdrawn_by").order_by("-on", "-entered_at", "-pk")
    sheet = Paginator(rows, READINGS).get_page(request.GET.get("page"))
    verbs = policy.verbs(visit.person, found)
    page = {
        "kpi": found,
        "card": looks,
        "history": history_of(found, forest, since, visit.today, looks.health),
        "cells": cells_of(found, forest, periods, visit.today)[::-1],
        "explained": explain_kpi(found, forest, today=visit.today, organisation=visit.organisation),
        "page": sheet,
        "readings": [(row, found.unit.show(row.value), row.state) for row in sheet],
        "targets": [(row, target_words(found, row)) for row in found.targets.order_by("-first_day")],
        "below": _below(found, visit),
        "who_sees": ", ".join(dict.fromkeys(each.name for each in (found.lead, *found.contributors.all()) if each)),
        "improved_by": Objective.objects.visible_to(visit.person).filter(parent_kpi=found)[:MOST_GOALS],
        "feeds": KeyResult.objects.visible_to(visit.person).filter(source_kpi=found, source="kpi")[:MOST_GOALS],
        "reading_form": ReadingForm(unit=found.unit, today=visit.today, day=_asked_day(request, found)),
        "target_form": TargetForm(kpi=found, today=visit.today),
        "is_archived": found.archived_at is not None,
        "section": "kpis",
        **{f"may_{verb}": verb in verbs for verb in ("change", "amend", "archive")},
        "may_correct": "check_in" in verbs and not found.is_archived and not found.rolls_up,
        **more,
    }
    return render(request, "kpis/kpi.html", page, status=status)


@dataclass(frozen=True, slots=True)
class Child:
    """One KPI below another: where it stands, and how much it weighs in an average."""

    kpi: Kpi
    value: str
    health: Health
    weight: str


def _below(found: Kpi, visit: Visit) -> list[Child]:
    """Return what hangs directly below, with where it stands."""
    rows = list(found.children.kept().prefetch_related("targets").order_by("name", "pk")[:MOST_BELOW])
    health = standings(rows, organisation=visit.organisation, today=visit.today) if rows else {}
    total = sum(child.weight for child in rows) if found.driver == Driver.MEAN else 0
    return [
        Child(
            child,
            child.unit.show(health[child.pk].value),
            health[child.pk].health,
            _("counts %(share)s%%") % {"share": round(child.weight * 100 / total)} if total else "",
        )
        for child in rows
    ]


def _asked_day(request: VisitRequest, found: Kpi) -> date | None:
    """Return the day whose reading somebody wants to correct."""
    try:
        return date.fromisoformat(request.GET.get("correct", ""))
    except ValueError:
        return None


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
    except Kpi.RollsUp:
        form.add_error("value", _("This value is made of the KPIs below it."))
        return _kpi_page(request, _fetched(request, public_id), status=422, reading_form=form)
    except Kpi.Closed:
        return _archived(request, public_id)
    undo = reverse("kpi-reading-withdrawal", args=[found.public_id, reading.on.isoformat()])
    messages.success(request, _("Noted: %(value)s.") % {"value": found.unit.show(reading.value)}, extra_tags=undo)
    return redirect("kpi", found.public_id)


@require_POST
def withdrawal(request: VisitRequest, public_id: str, day: str) -> HttpResponse:
    """Take back the reading that counts for a day; the one before it of that day counts again."""
    visit = request.visit
    found = _fetched(request, public_id)
    require(visit.person, "check_in", found)
    try:
        gone = found.take_back(date.fromisoformat(day), by=visit.actor, at=visit.at)
    except ValueError as refusal:
        raise Http404 from refusal
    except Kpi.Closed:
        return _archived(request, public_id)
    except Kpi.RollsUp:
        words = _("Its value is made of the KPIs below it.")
        return _kpi_page(request, _fetched(request, public_id), status=422, refusal=words)
    if gone is not None:
        messages.success(request, _("Taken back: %(value)s.") % {"value": found.unit.show(gone.value)})
    if request.htmx:
        return HttpResponseClientRefresh()
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
    path("kpis/<str:public_id>/", kpi, name="kpi"),
    path("kpis/<str:public_id>/readings/", readings, name="kpi-readings"),
    path("kpis/<str:public_id>/readings/<str:day>/withdrawal/", withdrawal, name="kpi-reading-withdrawal"),
    path("kpis/<str:public_id>/targets/", targets, name="kpi-targets"),
    path("kpis/<str:public_id>/archival/", archival, name="kpi-archival"),
]

"""Cycles and cadences: when goals are planned, worked on and closed."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from plumbline.goals import policy
from plumbline.goals.models import Cadence, Cycle
from plumbline.goals.models.cycle import OPENING
from plumbline.people.models import Noun
from plumbline.web.clashes import notice_of
from plumbline.web.forms.cycle import CadenceForm, CycleForm, PhaseForm
from plumbline.web.http import VisitRequest, require_role
from plumbline.web.settings_pages import who_may

NEXT_PHASES = {
    Cycle.Phase.PLANNING: [Cycle.Phase.ACTIVE],
    Cycle.Phase.ACTIVE: [Cycle.Phase.CLOSING, Cycle.Phase.PLANNING],
    Cycle.Phase.CLOSING: [Cycle.Phase.CLOSED, Cycle.Phase.ACTIVE],
    Cycle.Phase.CLOSED: [Cycle.Phase.CLOSING],
}


@require_http_methods(["GET", "HEAD", "POST"])
def cycles(request: VisitRequest) -> HttpResponse:
    """List the cycles of each cadence, and add one of its own."""
    if request.method != "POST":
        return _page(request)
    require_role(request.visit.person, "make_cycles")
    form = CycleForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    told = form.values()
    told.pop("expected_version")
    return _planned(request, form, lambda: Cycle.plan(**told, by=request.visit.actor, at=request.visit.at))


@require_POST
def cadences(request: VisitRequest) -> HttpResponse:
    """Begin a cadence."""
    require_role(request.visit.person, "make_cycles")
    form = CadenceForm(request.POST)
    if not form.is_valid():
        return _page(request, cadence_form=form, status=422)
    try:
        cadence = Cadence.begin(**form.begun(), by=request.visit.actor, at=request.visit.at)
    except Cadence.BadFormula:
        form.add_error("formula", _("Between the braces stands something that is not known."))
        return _page(request, cadence_form=form, status=422)
    messages.success(request, _("%(name)s begin. Plan the first cycle.") % {"name": cadence.name})
    return redirect("cycles")


@require_http_methods(["GET", "HEAD", "POST"])
def cadence(request: VisitRequest, public_id: str) -> HttpResponse:
    """Change a cadence: how long, how named, how far ahead."""
    require_role(request.visit.person, "make_cycles")
    kept = get_object_or_404(Cadence, public_id=public_id, binned_at=None)
    form = CadenceForm(request.POST or None, cadence=kept)
    if not form.is_valid():
        return _cadence_page(request, kept, form, status=422 if form.is_bound else 200)
    try:
        kept.change(**form.values(), by=request.visit.actor, at=request.visit.at)
    except Cadence.BadFormula:
        form.add_error("formula", _("Between the braces stands something that is not known."))
        return _cadence_page(request, kept, form, status=422)
    except Noun.Clash as clash:
        return _cadence_page(request, kept, form, clash=notice_of(clash, form), status=409)
    messages.success(request, _("%(cadence)s is saved. It shows in the cycles to come.") % {"cadence": kept.name})
    return redirect("cycles")


def _cadence_page(
    request: VisitRequest, kept: Cadence, form: CadenceForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    page = {"tab": "cycles", "cadence": kept, "form": form, **more}
    return render(request, "settings/cadence.html", page, status=status)


@require_POST
def cadence_archival(request: VisitRequest, public_id: str) -> HttpResponse:
    """Put a cadence away, or bring it back; its cycles stay."""
    require_role(request.visit.person, "make_cycles")
    kept = get_object_or_404(Cadence, public_id=public_id, binned_at=None)
    if kept.is_archived:
        kept.unarchive(by=request.visit.actor, at=request.visit.at)
        messages.success(request, _("%(cadence)s makes cycles again.") % {"cadence": kept.name})
    else:
        kept.archive(by=request.visit.actor, at=request.visit.at)
        messages.success(
            request, _("%(cadence)s makes no more cycles. Those that are there stay.") % {"cadence": kept.name}
        )
    return redirect("cycles")


@require_POST
def next_cycle(request: VisitRequest, public_id: str) -> HttpResponse:
    """Plan the next cycle of a cadence."""
    require_role(request.visit.person, "make_cycles")
    cadence = get_object_or_404(Cadence, public_id=public_id, binned_at=None, archived_at=None)
    first_day = cadence.next_first_day(request.visit.today)
    return _planned(
        request, None, lambda: cadence.make_cycle(first_day=first_day, by=request.visit.actor, at=request.visit.at)
    )


def _planned(request: VisitRequest, form: CycleForm | None, plan: Any) -> HttpResponse:
    try:
        made = plan()
    except (Cycle.Overlaps, Cycle.NameTaken) as refusal:
        words = _refusal(refusal)
        if form is None:
            messages.error(request, words)
            return redirect("cycles")
        form.add_error(None, words)
        return _page(request, form=form, status=422)
    messages.success(request, _("%(cycle)s is planned.") % {"cycle": made.name})
    return redirect("cycles")


def _refusal(refusal: Exception) -> str:
    if isinstance(refusal, Cycle.Overlaps):
        other = refusal.other
        return _("%(cycle)s has some of these days: %(first)s to %(last)s. Choose others.") % {
            "cycle": other.name,
            "first": other.first_day.isoformat(),
            "last": other.last_day.isoformat(),
        }
    return _("Another cycle has this name.")


def _page(request: VisitRequest, *, status: int = 200, **given: Any) -> HttpResponse:
    cadences = list(Cadence.objects.filter(binned_at=None).order_by("name", "pk"))
    page = {
        "tab": "cycles",
        "groups": _groups([cadence for cadence in cadences if not cadence.is_archived]),
        "form": given.get("form") or CycleForm(),
        "cadence_form": given.get("cadence_form") or CadenceForm(),
        "archived": [cadence for cadence in cadences if cadence.is_archived],
        "today": request.visit.today,
        "may_change": policy.may(request.visit.person, "make_cycles"),
        "who_may": who_may(),
    }
    return render(request, "settings/cycles.html", page, status=status)


def _groups(cadences: list[Cadence]) -> list[tuple[Cadence | None, list[Cycle]]]:
    kept = defaultdict(list)
    for cycle in Cycle.objects.filter(binned_at=None).order_by("-first_day", "last_day"):
        kept[cycle.cadence_id].append(cycle)
    named: list[tuple[Cadence | None, list[Cycle]]] = [(cadence, kept.pop(cadence.pk, [])) for cadence in cadences]
    loose = [cycle for group in kept.values() for cycle in group]
    return [*named, (None, loose)] if loose else named


@require_http_methods(["GET", "HEAD", "POST"])
def cycle(request: VisitRequest, public_id: str) -> HttpResponse:
    """Show one cycle with its phases, and change its name and days."""
    kept = get_object_or_404(Cycle, public_id=public_id, binned_at=None)
    form = CycleForm(request.POST or None, cycle=kept)
    if request.method != "POST":
        return _cycle_page(request, kept, form)
    require_role(request.visit.person, "make_cycles")
    if not form.is_valid():
        return _cycle_page(request, kept, form, status=422)
    try:
        kept.change(**form.values(), by=request.visit.actor, at=request.visit.at)
    except (Cycle.Overlaps, Cycle.NameTaken) as refusal:
        form.add_error(None, _refusal(refusal))
        return _cycle_page(request, kept, form, status=422)
    except Noun.Clash as clash:
        return _cycle_page(request, kept, form, clash=notice_of(clash, form), status=409)
    messages.success(request, _("%(cycle)s is saved.") % {"cycle": kept.name})
    return redirect("cycles")


def _cycle_page(request: VisitRequest, kept: Cycle, form: CycleForm, *, status: int = 200, **more: Any) -> HttpResponse:
    page = {
        "tab": "cycles",
        "cycle": kept,
        "form": form,
        "phases": _phases(request, kept),
        "may_change": policy.may(request.visit.person, "make_cycles"),
        "takes_late_days": request.visit.organisation.late_days,
        "who_may": who_may(),
        **more,
    }
    return render(request, "settings/cycle.html", page, status=status)


def _phases(request: VisitRequest, kept: Cycle) -> list[tuple[Cycle.Phase, bool]]:
    """Return the phases that this person may take it to, and whether that asks for a reason."""
    here = Cycle.Phase(kept.phase)
    return [(phase, (here, phase) in OPENING) for phase in NEXT_PHASES[here] if _may_move(request, here, phase)]


def _may_move(request: VisitRequest, here: str, phase: str) -> bool:
    reopens = (here, phase) == (Cycle.Phase.CLOSED, Cycle.Phase.CLOSING)
    return policy.may(request.visit.person, "reopen_cycle" if reopens else "make_cycles")


@require_POST
def phase(request: VisitRequest, public_id: str) -> HttpResponse:
    """Take a cycle to its next phase, or one back; what opens something again needs a reason."""
    require_role(request.visit.person, "reopen_cycle")
    kept = get_object_or_404(Cycle, public_id=public_id, binned_at=None)
    form = PhaseForm(request.POST)
    if not _may_move(request, kept.phase, request.POST.get("phase", "")):
        raise PermissionDenied
    if not form.is_valid():
        return _cycle_page(request, kept, CycleForm(cycle=kept), status=422, refusal=_("Choose the next phase."))
    wanted, reason, version = (form.cleaned_data[name] for name in ("phase", "reason", "version"))
    try:
        kept.move_to(wanted, reason=reason, expected_version=version, by=request.visit.actor, at=request.visit.at)
    except Cycle.OutOfOrder:
        words = _("The phases follow each other, and what opens something again needs a reason.")
        return _cycle_page(request, kept, CycleForm(cycle=kept), status=422, refusal=words)
    except Noun.Clash:
        words = _("Somebody changed this cycle meanwhile. Look again, then choose.")
        return _cycle_page(request, kept, CycleForm(cycle=kept), status=409, refusal=words)
    messages.success(
        request, _("%(cycle)s is now: %(phase)s.") % {"cycle": kept.name, "phase": kept.get_phase_display()}
    )
    return redirect("cycle", kept.public_id)


@require_POST
def by_dates(request: VisitRequest, public_id: str) -> HttpResponse:
    """Let the calendar move the cycle again."""
    require_role(request.visit.person, "make_cycles")
    kept = get_object_or_404(Cycle, public_id=public_id, binned_at=None)
    kept.follow_dates(by=request.visit.actor, at=request.visit.at)
    messages.success(request, _("%(cycle)s follows its dates again.") % {"cycle": kept.name})
    return redirect("cycle", kept.public_id)


routes = [
    path("settings/cycles/", cycles, name="cycles"),
    path("settings/cadences/", cadences, name="cadences"),
    path("settings/cadences/<str:public_id>/", cadence, name="cadence"),
    path("settings/cadences/<str:public_id>/archive/", cadence_archival, name="cadence-archival"),
    path("settings/cadences/<str:public_id>/next-cycle/", next_cycle, name="next-cycle"),
    path("settings/cycles/<str:public_id>/", cycle, name="cycle"),
    path("settings/cycles/<str:public_id>/phase/", phase, name="cycle-phase"),
    path("settings/cycles/<str:public_id>/dates/", by_dates, name="cycle-dates"),
]

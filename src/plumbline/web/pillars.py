"""Pillars: what the organisation chooses to be good at, in its order."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from plumbline.goals import policy
from plumbline.goals.models import Pillar
from plumbline.people.models import Noun
from plumbline.web.clashes import ClashNotice, notice_of
from plumbline.web.forms.pillar import PillarForm
from plumbline.web.http import VisitRequest, require_role
from plumbline.web.settings_pages import who_may


@require_http_methods(["GET", "HEAD", "POST"])
def pillars(request: VisitRequest) -> HttpResponse:
    """List the pillars, and raise a new one."""
    form = PillarForm(request.POST or None)
    if request.method != "POST":
        return _page(request, form)
    require_role(request.visit.person, "shape_strategy")
    if not form.is_valid():
        return _page(request, form, status=422)
    told = form.values()
    told.pop("expected_version")
    raised = Pillar.raise_up(**told, by=request.visit.actor, at=request.visit.at)
    messages.success(request, _("“%(pillar)s” stands.") % {"pillar": raised.name})
    return redirect("pillars")


def _page(request: VisitRequest, form: PillarForm, *, status: int = 200) -> HttpResponse:
    page = {
        "tab": "pillars",
        "form": form,
        "pillars": Pillar.objects.standing().prefetch_related("owner_teams"),
        "archived": Pillar.objects.filter(~Q(archived_at=None), binned_at=None).order_by("name"),
        "may_change": policy.may(request.visit.person, "shape_strategy"),
        "who_may": who_may(),
    }
    return render(request, "settings/pillars.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def pillar(request: VisitRequest, public_id: str) -> HttpResponse:
    """Change what a pillar is called and means."""
    require_role(request.visit.person, "shape_strategy")
    kept = get_object_or_404(Pillar, public_id=public_id, binned_at=None)
    form = PillarForm(request.POST or None, pillar=kept)
    if not form.is_valid():
        return _pillar_page(request, kept, form, status=422 if form.is_bound else 200)
    try:
        kept.change(**form.values(), by=request.visit.actor, at=request.visit.at)
    except Noun.Clash as clash:
        return _pillar_page(request, kept, form, clash=notice_of(clash, form), status=409)
    messages.success(request, _("“%(pillar)s” is saved.") % {"pillar": kept.name})
    return redirect("pillars")


def _pillar_page(
    request: VisitRequest, kept: Pillar, form: PillarForm, *, clash: ClashNotice | None = None, status: int = 200
) -> HttpResponse:
    page = {"tab": "pillars", "pillar": kept, "form": form, "clash": clash}
    return render(request, "settings/pillar.html", page, status=status)


@require_POST
def place(request: VisitRequest, public_id: str) -> HttpResponse:
    """Move a pillar one place up or down."""
    require_role(request.visit.person, "shape_strategy")
    kept = get_object_or_404(Pillar.objects.standing(), public_id=public_id)
    kept.move(up=request.POST.get("to") == "up", by=request.visit.actor, at=request.visit.at)
    return redirect("pillars")


@require_POST
def archival(request: VisitRequest, public_id: str) -> HttpResponse:
    """Archive a pillar, or bring it back."""
    require_role(request.visit.person, "shape_strategy")
    kept = get_object_or_404(Pillar, public_id=public_id, binned_at=None)
    if request.POST.get("back"):
        kept.unarchive(by=request.visit.actor, at=request.visit.at)
        messages.success(request, _("“%(pillar)s” stands again.") % {"pillar": kept.name})
    else:
        kept.archive(by=request.visit.actor, at=request.visit.at)
        messages.success(request, _("“%(pillar)s” is archived. What hangs from it stays.") % {"pillar": kept.name})
    return redirect("pillars")


routes = [
    path("settings/pillars/", pillars, name="pillars"),
    path("settings/pillars/<str:public_id>/", pillar, name="pillar"),
    path("settings/pillars/<str:public_id>/place/", place, name="pillar-place"),
    path("settings/pillars/<str:public_id>/archival/", archival, name="pillar-archival"),
]

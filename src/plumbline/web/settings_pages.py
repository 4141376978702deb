"""Settings of the organisation: everybody may read them, owners change them."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from plumbline.goals import policy
from plumbline.goals.models import UltimateMeasure
from plumbline.people.models import Noun, Person
from plumbline.people.models.organisation import Feature
from plumbline.people.models.person import Role
from plumbline.web.clashes import ClashNotice, notice_of
from plumbline.web.forms.organisation import FeaturesForm, MeasureForm, OrganisationForm
from plumbline.web.http import VisitRequest, require_role

#: What each feature is, and what happens without it.
WHAT_IS_OFF: Final[dict[str, Any]] = {
    Feature.KPIS: gettext_lazy("Numbers that are always watched. Off: their pages, search and API are closed."),
    Feature.PRIVATE_GOALS: gettext_lazy("Goals seen by those on them alone. Off: no goal becomes private any more."),
    Feature.ALIGNED_PROGRESS: gettext_lazy("An objective can move with those below it. Off: nobody chooses that anew."),
    Feature.SHARED_OWNERSHIP: gettext_lazy("Contributors, and goals of several teams. Off: a lead and one team each."),
    Feature.MANAGERS_HEAR: gettext_lazy(
        "After the days of grace, with their own morning letter. On: My week says so to everybody."
    ),
}


def who_may(role: Role = Role.OWNER) -> list[str]:
    """Return the names of people who may change what the reader may not; a few are enough."""
    roles = [each for each in Role if each.rank >= role.rank]
    return list(Person.objects.active().filter(role__in=roles).order_by("name").values_list("name", flat=True)[:3])


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: VisitRequest) -> HttpResponse:
    """Show the settings, and let owners change them."""
    form = OrganisationForm(request.POST or None, organisation=request.visit.organisation)
    if request.method != "POST":
        return _organisation_page(request, form)
    require_role(request.visit.person, "change_settings")
    if not form.is_valid():
        return _organisation_page(request, form, status=422)
    try:
        request.visit.organisation.change(**form.values(), by=request.visit.actor, at=request.visit.at)
    except Noun.Clash as clash:
        return _organisation_page(request, form, clash=notice_of(clash, form), status=409)
    messages.success(request, _("The settings are saved."))
    return redirect("settings")


def _organisation_page(
    request: VisitRequest, form: OrganisationForm, *, clash: ClashNotice | None = None, status: int = 200
) -> HttpResponse:
    page = {
        "form": form,
        "clash": clash,
        "tab": "organisation",
        "measure": UltimateMeasure.objects.filter(binned_at=None).first(),
        "may_change": policy.may(request.visit.person, "change_settings"),
        "who_may": who_may(),
    }
    return render(request, "settings/organisation.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def features(request: VisitRequest) -> HttpResponse:
    """Show what is switched on, and let owners switch it."""
    form = FeaturesForm(request.POST or None, organisation=request.visit.organisation)
    if request.method != "POST":
        return _features_page(request, form)
    require_role(request.visit.person, "change_settings")
    if not form.is_valid():
        return _features_page(request, form, status=422)
    try:
        request.visit.organisation.switch(**form.values(), by=request.visit.actor, at=request.visit.at)
    except Noun.Clash as clash:
        return _features_page(request, form, clash=notice_of(clash, form), status=409)
    messages.success(request, _("The features are saved."))
    return redirect("features")


def _features_page(
    request: VisitRequest, form: FeaturesForm, *, clash: ClashNotice | None = None, status: int = 200
) -> HttpResponse:
    page = {
        "form": form,
        "clash": clash,
        "tab": "features",
        "rows": [(box, WHAT_IS_OFF[box.data["value"]]) for box in form["features"]],
        "may_change": policy.may(request.visit.person, "change_settings"),
        "who_may": who_may(),
    }
    return render(request, "settings/features.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: VisitRequest) -> HttpResponse:
    """Say how the ultimate goal is measured, and where it stands."""
    require_role(request.visit.person, "change_settings")
    kept = UltimateMeasure.objects.filter(binned_at=None).first()
    form = MeasureForm(request.POST or None, measure=kept)
    if not form.is_valid():
        return _measure_page(request, form, status=422 if form.is_bound else 200)
    told = form.values()
    try:
        if kept is None:
            told.pop("expected_version")
            UltimateMeasure.set_up(**told, by=request.visit.actor, at=request.visit.at)
        else:
            kept.change(**told, by=request.visit.actor, at=request.visit.at)
    except Noun.Clash as clash:
        return _measure_page(request, form, clash=notice_of(clash, form), status=409)
    messages.success(request, _("The measure of the ultimate goal is saved."))
    return redirect("settings")


def _measure_page(
    request: VisitRequest, form: MeasureForm, *, clash: ClashNotice | None = None, status: int = 200
) -> HttpResponse:
    return render(
        request, "settings/measure.html", {"form": form, "clash": clash, "tab": "organisation"}, status=status
    )


routes = [
    path("settings/", settings, name="settings"),
    path("settings/features/", features, name="features"),
    path("settings/measure/", measure, name="ultimate-measure"),
]

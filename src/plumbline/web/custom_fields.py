"""Custom fields: what this organisation notes on its goals, defined by admins."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from plumbline.goals import policy
from plumbline.goals.models import CustomField
from plumbline.people.models import Noun
from plumbline.people.models.person import Role
from plumbline.web.clashes import ClashNotice, notice_of
from plumbline.web.forms.custom_fields import CustomFieldForm
from plumbline.web.http import VisitRequest, posted, require_role
from plumbline.web.settings_pages import who_may


@require_http_methods(["GET", "HEAD", "POST"])
def custom_fields(request: VisitRequest) -> HttpResponse:
    """List the fields, and define a new one."""
    form = CustomFieldForm(posted(request))
    if request.method != "POST":
        return _page(request, form)
    require_role(request.visit.person, "make_fields")
    if not form.is_valid():
        return _page(request, form, status=422)
    told = form.values()
    told.pop("expected_version")
    try:
        made = CustomField.define(**told, by=request.visit.actor, at=request.visit.at)
    except CustomField.NoChoices:
        form.add_error("choices", _("A list needs something to choose from."))
        return _page(request, form, status=422)
    messages.success(request, _("Goals have “%(field)s” now.") % {"field": made.name})
    return redirect("custom-fields")


def _page(request: VisitRequest, form: CustomFieldForm, *, status: int = 200) -> HttpResponse:
    rows = CustomField.objects.filter(binned_at=None).order_by("place", "pk")
    page = {
        "tab": "fields",
        "form": form,
        "fields": rows.filter(archived_at=None),
        "archived": rows.filter(~Q(archived_at=None)),
        "may_change": policy.may(request.visit.person, "make_fields"),
        "who_may": who_may(Role.ADMIN),
    }
    return render(request, "settings/fields.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def custom_field(request: VisitRequest, public_id: str) -> HttpResponse:
    """Change what a field is called, which goals have it, and what can be chosen."""
    kept = _found(request, public_id)
    form = CustomFieldForm(posted(request), row=kept)
    if not form.is_valid():
        return _field_page(request, kept, form, status=422 if form.is_bound else 200)
    try:
        kept.change(**form.values(), by=request.visit.actor, at=request.visit.at)
    except CustomField.NoChoices:
        form.add_error("choices", _("A list needs something to choose from."))
        return _field_page(request, kept, form, status=422)
    except Noun.Clash as clash:
        return _field_page(request, kept, form, clash=notice_of(clash, form), status=409)
    messages.success(request, _("“%(field)s” is saved.") % {"field": kept.name})
    return redirect("custom-fields")


def _found(request: VisitRequest, public_id: str) -> CustomField:
    require_role(request.visit.person, "make_fields")
    return get_object_or_404(CustomField, public_id=public_id, binned_at=None)


def _field_page(
    request: VisitRequest,
    kept: CustomField,
    form: CustomFieldForm,
    *,
    clash: ClashNotice | None = None,
    status: int = 200,
) -> HttpResponse:
    page = {"tab": "fields", "kept": kept, "form": form, "clash": clash}
    return render(request, "settings/field.html", page, status=status)


@require_POST
def archival(request: VisitRequest, public_id: str) -> HttpResponse:
    """Archive a field, or bring it back; values that stand in it stay on their goals."""
    kept = _found(request, public_id)
    by, at = request.visit.actor, request.visit.at
    if kept.is_archived:
        kept.unarchive(by=by, at=at)
        messages.success(request, _("Goals have “%(field)s” again, with what stood in it.") % {"field": kept.name})
    else:
        kept.archive(by=by, at=at)
        undo = reverse("custom-field-archival", args=[kept.public_id])
        messages.success(request, _("“%(field)s” is archived.") % {"field": kept.name}, extra_tags=undo)
    return HttpResponseClientRedirect(reverse("custom-fields")) if request.htmx else redirect("custom-fields")


routes = [
    path("settings/fields/", custom_fields, name="custom-fields"),
    path("settings/fields/<str:public_id>/", custom_field, name="custom-field"),
    path("settings/fields/<str:public_id>/archival/", archival, name="custom-field-archival"),
]

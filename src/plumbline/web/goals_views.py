"""Views of the goals: kept under a name, for oneself or for everybody, and opened first where somebody wants that."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from plumbline.goals import policy
from plumbline.goals.models import FirstView, GoalsView
from plumbline.people.models import Noun, Person
from plumbline.people.models.person import Role
from plumbline.web.clashes import notice_of
from plumbline.web.forms.goals_view import NewViewForm, ViewForm
from plumbline.web.http import VisitRequest, posted, require_role


@require_http_methods(["GET", "POST"])
def views(request: VisitRequest) -> HttpResponse:
    """List the views there are, and keep a new one."""
    person = request.visit.person
    form = NewViewForm(posted(request), may_share=policy.may(person, "share_views"))
    if request.method == "GET" or not form.is_valid():
        return _page(request, form, status=422 if form.is_bound else 200)
    require_role(person, "keep_views")
    view = GoalsView.keep(**form.cleaned_data, by=request.visit.actor, at=request.visit.at)
    undo = reverse("goals-view-bin", args=[view.public_id])
    messages.success(request, _("Kept as “%(view)s”.") % {"view": view.name}, extra_tags=undo)
    return redirect(_address(view))


def _page(request: VisitRequest, form: NewViewForm, *, status: int = 200) -> HttpResponse:
    person = request.visit.person
    rows = GoalsView.objects.visible_to(person).select_related("owner").order_by("name", "pk")
    first = FirstView.objects.filter(person=person).values_list("view_id", flat=True).first()
    context = {
        "form": form,
        "query": form["query"].value() or "",
        "views": [(row, row.pk == first, may_change(person, row), _address(row)) for row in rows],
        "page_title": _("Views of the goals"),
        "section": "goals",
    }
    return render(request, "goals/views.html", context, status=status)


@require_http_methods(["GET", "POST"])
def view(request: VisitRequest, view_id: str) -> HttpResponse:
    """Call a view something else, share it, or let it show something else."""
    row = _own(request, view_id)
    initial = {"name": row.name, "query": row.query, "shared": row.shared, "version": row.version}
    may_share = policy.may(request.visit.person, "share_views")
    form = ViewForm(posted(request), may_share=may_share, initial=initial)
    page = {"form": form, "kept": row, "page_title": row.name, "section": "goals"}
    if not form.is_valid():
        return render(request, "goals/view.html", page, status=422 if form.is_bound else 200)
    try:
        row.change(**form.values(), by=request.visit.actor, at=request.visit.at)
    except Noun.Clash as clash:
        return render(request, "goals/view.html", {**page, "clash": notice_of(clash, form)}, status=409)
    messages.success(request, _("“%(view)s” is saved.") % {"view": row.name})
    return redirect(_address(row))


@require_POST
def view_bin(request: VisitRequest, view_id: str) -> HttpResponse:
    """Put a view into the bin."""
    row = _own(request, view_id)
    row.bin(by=request.visit.actor, at=request.visit.at)
    undo = reverse("goals-view-restoring", args=[row.public_id])
    messages.success(request, _("“%(view)s” is in the bin.") % {"view": row.name}, extra_tags=undo)
    return _to_list(request)


@require_POST
def view_restoring(request: VisitRequest, view_id: str) -> HttpResponse:
    """Take a view out of the bin."""
    rows = GoalsView.objects.exclude(binned_at=None).filter(owner=request.visit.person)
    shared = GoalsView.objects.exclude(binned_at=None).filter(shared=True)
    there = shared | rows if request.visit.person.has_role(Role.ADMIN) else rows
    row = get_object_or_404(there, public_id=view_id)
    row.restore(by=request.visit.actor, at=request.visit.at)
    messages.success(request, _("“%(view)s” is back.") % {"view": row.name})
    return _to_list(request)


@require_POST
def view_first(request: VisitRequest, view_id: str) -> HttpResponse:
    """Let the goals open with a view, or as they are."""
    row = get_object_or_404(GoalsView.objects.visible_to(request.visit.person), public_id=view_id)
    first = not FirstView.objects.filter(person=request.visit.person, view=row).exists()
    row.open_first(first, by=request.visit.actor, at=request.visit.at)
    words = _("The goals open with “%(view)s” now.") if first else _("The goals open as they are.")
    messages.success(request, words % {"view": row.name} if first else words)
    return redirect("goals-views")


def may_change(person: Person, row: GoalsView) -> bool:
    """Tell whether somebody may change a view: their own, and admins what is shared."""
    return row.owner_id == person.pk or (row.shared and person.has_role(Role.ADMIN))


def _own(request: VisitRequest, view_id: str) -> GoalsView:
    row = get_object_or_404(GoalsView.objects.visible_to(request.visit.person), public_id=view_id)
    if not may_change(request.visit.person, row):
        raise PermissionDenied
    return row


def _address(row: GoalsView) -> str:
    return f"{reverse('goals')}?view={row.public_id}"


def _to_list(request: VisitRequest) -> HttpResponse:
    return HttpResponseClientRedirect(reverse("goals-views")) if request.htmx else redirect("goals-views")


routes = [
    path("goals/views/", views, name="goals-views"),
    path("goals/views/<view_id>/", view, name="goals-view"),
    path("goals/views/<view_id>/bin/", view_bin, name="goals-view-bin"),
    path("goals/views/<view_id>/bin/removal/", view_restoring, name="goals-view-restoring"),
    path("goals/views/<view_id>/first/", view_first, name="goals-view-first"),
]

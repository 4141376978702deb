"""Tags: words to find goals by, made and tidied by admins."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from plumbline.goals import policy
from plumbline.goals.models import KeyResult, Objective, Tag
from plumbline.people.models import Noun
from plumbline.people.models.person import Role
from plumbline.web.clashes import notice_of
from plumbline.web.forms.tag import MergingForm, TagForm
from plumbline.web.http import VisitRequest, posted, require_role
from plumbline.web.settings_pages import who_may


@require_http_methods(["GET", "HEAD", "POST"])
def tags(request: VisitRequest) -> HttpResponse:
    """List the tags with how many goals bear them, and make a new one."""
    form = TagForm(posted(request))
    if request.method != "POST":
        return _page(request, form)
    require_role(request.visit.person, "make_tags")
    if not form.is_valid():
        return _page(request, form, status=422)
    told = form.values()
    told.pop("expected_version")
    try:
        made = Tag.make(**told, by=request.visit.actor, at=request.visit.at)
    except Tag.NameTaken:
        form.add_error("name", _("Another tag is called that."))
        return _page(request, form, status=422)
    messages.success(request, _("“%(tag)s” can be put on goals.") % {"tag": made.name})
    return redirect("tags")


def _page(request: VisitRequest, form: TagForm, *, status: int = 200) -> HttpResponse:
    person = request.visit.person
    # Goals that do not exist for the reader are not counted either.
    objectives = Q(objectives__in=Objective.objects.visible_to(person).values("pk"))
    results = Q(key_results__in=KeyResult.objects.visible_to(person).values("pk"))
    found = Tag.objects.in_use().annotate(
        on_objectives=Count("objectives", filter=objectives, distinct=True),
        on_key_results=Count("key_results", filter=results, distinct=True),
    )
    page = {
        "tab": "tags",
        "form": form,
        "tags": found,
        "may_change": policy.may(person, "make_tags"),
        "who_may": who_may(Role.ADMIN),
    }
    return render(request, "settings/tags.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def tag(request: VisitRequest, public_id: str) -> HttpResponse:
    """Change a tag's name, purpose or colour."""
    kept = _found(request, public_id)
    form = TagForm(posted(request), tag=kept)
    if not form.is_valid():
        return _tag_page(request, kept, form=form, status=422 if form.is_bound else 200)
    try:
        kept.change(**form.values(), by=request.visit.actor, at=request.visit.at)
    except Tag.NameTaken:
        form.add_error("name", _("Another tag is called that. Merge the two instead."))
        return _tag_page(request, kept, form=form, status=422)
    except Noun.Clash as clash:
        return _tag_page(request, kept, form=form, clash=notice_of(clash, form), status=409)
    messages.success(request, _("“%(tag)s” is saved.") % {"tag": kept.name})
    return redirect("tags")


def _found(request: VisitRequest, public_id: str) -> Tag:
    require_role(request.visit.person, "make_tags")
    return get_object_or_404(Tag.objects.in_use(), public_id=public_id)


def _tag_page(request: VisitRequest, kept: Tag, *, status: int = 200, **more: Any) -> HttpResponse:
    person = request.visit.person
    page = {
        "tab": "tags",
        "tag": kept,
        "form": TagForm(tag=kept),
        "merging": MergingForm(tag=kept),
        "objectives": Objective.objects.visible_to(person).filter(tags=kept).order_by("title")[:50],
        "key_results": KeyResult.objects.visible_to(person).filter(tags=kept).order_by("statement")[:50],
        **more,
    }
    return render(request, "settings/tag.html", page, status=status)


@require_POST
def merging(request: VisitRequest, public_id: str) -> HttpResponse:
    """Let a tag go up in another one."""
    kept = _found(request, public_id)
    form = MergingForm(request.POST, tag=kept)
    if not form.is_valid():
        return _tag_page(request, kept, merging=form, status=422)
    into = form.cleaned_data["into"]
    kept.merge_into(into, by=request.visit.actor, at=request.visit.at)
    messages.success(request, _("“%(tag)s” went up in “%(other)s”.") % {"tag": kept.name, "other": into.name})
    return redirect("tags")


@require_POST
def bin_(request: VisitRequest, public_id: str) -> HttpResponse:
    """Put a tag into the bin; goals show it no more."""
    kept = _found(request, public_id)
    kept.bin(by=request.visit.actor, at=request.visit.at)
    undo = reverse("tag-restoring", args=[kept.public_id])
    messages.success(request, _("“%(tag)s” is in the bin.") % {"tag": kept.name}, extra_tags=undo)
    return redirect("tags")


@require_POST
def restoring(request: VisitRequest, public_id: str) -> HttpResponse:
    """Take a tag out of the bin, with the goals that bore it."""
    require_role(request.visit.person, "make_tags")
    kept = get_object_or_404(Tag.objects.exclude(binned_at=None), public_id=public_id)
    try:
        kept.restore(by=request.visit.actor, at=request.visit.at)
    except Tag.NameTaken:
        messages.error(request, _("Another tag is called “%(tag)s” now. Rename that one first.") % {"tag": kept.name})
    else:
        messages.success(request, _("“%(tag)s” is back on its goals.") % {"tag": kept.name})
    return HttpResponseClientRedirect(reverse("tags")) if request.htmx else redirect("tags")


routes = [
    path("settings/tags/", tags, name="tags"),
    path("settings/tags/<str:public_id>/", tag, name="tag"),
    path("settings/tags/<str:public_id>/merging/", merging, name="tag-merging"),
    path("settings/tags/<str:public_id>/bin/", bin_, name="tag-bin"),
    path("settings/tags/<str:public_id>/bin/removal/", restoring, name="tag-restoring"),
]

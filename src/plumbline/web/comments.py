"""Comments on objectives: saying something, and saying it differently."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from plumbline.goals.models import Comment, Objective
from plumbline.web import objective_page
from plumbline.web.forms.comment import CommentForm
from plumbline.web.http import VisitRequest, fetch, posted, require


@require_POST
def comments(request: VisitRequest, objective_id: str) -> HttpResponse:
    """Say something about an objective."""
    objective = fetch(Objective, request.visit.person, objective_id, **objective_page.ALONG)
    require(request.visit.person, "comment", objective)
    form = CommentForm(request.POST)
    if not form.is_valid():
        page = objective_page.page_of(request, objective, form)
        return render(request, "objectives/page.html", page, status=422)
    said = Comment.say(objective, form.cleaned_data["text"], by=request.visit.actor, at=request.visit.at)
    return redirect(f"{reverse('objective', args=[objective.public_id])}#comment-{said.public_id}")


@require_http_methods(["GET", "POST"])
def comment(request: VisitRequest, comment_id: str) -> HttpResponse:
    """Let the author say it differently."""
    row = fetch(Comment, request.visit.person, comment_id, related=("objective",))
    require(request.visit.person, "edit", row)
    form = CommentForm(posted(request), initial={"text": row.text})
    if not form.is_valid():
        context = {"form": form, "comment": row, "page_title": _("Edit your comment"), "section": "goals"}
        return render(request, "comments/page.html", context, status=422 if form.is_bound else 200)
    row.edit(form.cleaned_data["text"], by=request.visit.actor, at=request.visit.at)
    messages.success(request, _("Saved. The comment shows that it was edited."))
    return redirect(f"{reverse('objective', args=[row.under])}#comment-{row.public_id}")


routes = [
    path("objectives/<objective_id>/comments/", comments, name="comments"),
    path("comments/<comment_id>/", comment, name="comment"),
]

"""Deleting a team: what goes along is listed first, and all of it comes back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from plumbline.people.models import Team
from plumbline.usecases.bin_team import HasPast, HasTeams, bin_team, hanging_on, restore_team
from plumbline.web.http import VisitRequest, require_role

#: As many of each as are named; the rest is counted.
MOST_NAMED = 20


@require_http_methods(["GET", "HEAD", "POST"])
def put_away(request: VisitRequest, public_id: str) -> HttpResponse:
    """List what goes along, and put all of it into the bin."""
    require_role(request.visit.person, "make_teams")
    found = get_object_or_404(Team, public_id=public_id, binned_at=None)
    if request.method != "POST":
        return _page(request, found)
    try:
        bin_team(found, by=request.visit.actor, at=request.visit.at)
    except HasTeams:
        return _page(request, found, refusal=_("Other teams are part of it. Move them first."))
    except HasPast:
        words = _("It has goals in a closed cycle, whose record stays. Archive the team instead.")
        return _page(request, found, refusal=words)
    messages.success(request, _("%(team)s is in the bin, with its goals.") % {"team": found.name})
    return redirect("teams")


def _page(request: VisitRequest, found: Team, *, refusal: str = "") -> HttpResponse:
    hanging = hanging_on(found)
    goals = [str(row) for row in [*hanging.objectives, *hanging.kpis]]
    page = {
        "team": found,
        "goals": goals[:MOST_NAMED],
        "more": max(len(goals) - MOST_NAMED, 0),
        "members": found.members().count(),
        "refusal": refusal,
        "section": "teams",
    }
    return render(request, "teams/bin.html", page, status=422 if refusal else 200)


@require_POST
def restoring(request: VisitRequest, public_id: str) -> HttpResponse:
    """Take a team out of the bin, with all that went in with it."""
    require_role(request.visit.person, "make_teams")
    found = get_object_or_404(Team, public_id=public_id, binned_at__isnull=False)
    try:
        restore_team(found, by=request.visit.actor, at=request.visit.at)
    except Team.NameTaken:
        words = _("Another team is called %(team)s now. Rename that one first.") % {"team": found.name}
        messages.error(request, words)
        return redirect("teams")
    messages.success(request, _("%(team)s is back, with its goals.") % {"team": found.name})
    return redirect("team", found.public_id)


routes = [
    path("teams/<str:public_id>/bin/", put_away, name="team-bin"),
    path("teams/<str:public_id>/restoring/", restoring, name="team-restoring"),
]

"""Teams: who belongs together, and where their goals stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plumbline.goals import policy
from plumbline.people.models import Noun, Person, Team
from plumbline.people.models.person import Role
from plumbline.web.clashes import ClashNotice, notice_of
from plumbline.web.cycle_choice import chosen_cycle
from plumbline.web.forms.team import MemberForm, TeamForm
from plumbline.web.http import VisitRequest, require_role
from plumbline.web.looking_back import around, moment_of
from plumbline.web.settings_pages import who_may
from plumbline.web.team_view import TeamView

#: As many as the bin shows.
MOST_BINNED = 50


@require_safe
def teams(request: VisitRequest) -> HttpResponse:
    """Show the teams as a tree."""
    rows = Team.objects.filter(binned_at=None).select_related("lead").order_by("name")
    counted = rows.annotate(
        size=Count(
            "memberships",
            filter=Q(memberships__last_day=None, memberships__person__binned_at=None)
            & ~Q(memberships__person__state=Person.State.ARCHIVED),
        )
    )
    kept = list(counted)
    may_make = policy.may(request.visit.person, "make_teams")
    page = {
        "branches": list(_tree([team for team in kept if not team.is_archived])),
        "archived": [team for team in kept if team.is_archived],
        "may_make": may_make,
        "binned": Team.objects.exclude(binned_at=None).order_by("name")[:MOST_BINNED] if may_make else [],
        "section": "teams",
    }
    return render(request, "teams/page.html", page)


def _tree(kept: list[Team]) -> Iterator[tuple[Team, int]]:
    """Walk the tree depth first; a team whose parent is archived stands at the top."""
    keys = {team.pk for team in kept}
    below: dict[int | None, list[Team]] = {}
    for team in kept:
        below.setdefault(team.parent_id if team.parent_id in keys else None, []).append(team)
    waiting = [(team, 0) for team in reversed(below.get(None, []))]
    while waiting:
        team, depth = waiting.pop()
        yield team, min(depth, 4)
        waiting += [(child, depth + 1) for child in reversed(below.get(team.pk, []))]


@require_safe
def team(request: VisitRequest, public_id: str) -> HttpResponse:
    """Show a team: its goals in the chosen cycle, its rhythm and its numbers."""
    return _team_page(request, _found(public_id))


def _found(public_id: str) -> Team:
    return get_object_or_404(Team.objects.select_related("lead", "parent"), public_id=public_id, binned_at=None)


def _team_page(request: VisitRequest, found: Team, *, status: int = 200, **more: Any) -> HttpResponse:
    visit = request.visit
    moment = moment_of(request)
    may_make = policy.may(visit.person, "make_teams") and moment is None
    page = {
        "team": found,
        "view": TeamView.of(found, visit, chosen_cycle(request), moment),
        **around(request, moment),
        "may_make": may_make,
        "may_add_goal": moment is None
        and not found.is_archived
        and policy.can_set_objective(visit.person, home="team", teams=[found], home_person=None),
        "member_form": MemberForm(team=found) if may_make and not found.is_archived else None,
        "who_may": [] if may_make else who_may(Role.ADMIN),
        "section": "teams",
        **more,
    }
    return render(request, "teams/team.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: VisitRequest) -> HttpResponse:
    """Form a team."""
    require_role(request.visit.person, "make_teams")
    form = TeamForm(request.POST or None)
    if not form.is_valid():
        return _form_page(request, form, status=422 if form.is_bound else 200)
    told = form.values()
    told.pop("expected_version")
    try:
        formed = Team.form(**told, by=request.visit.actor, at=request.visit.at)
    except (Team.NameTaken, Team.Archived) as refusal:
        return _refused(request, form, refusal)
    messages.success(request, _("The team %(team)s is formed. Add its people.") % {"team": formed.name})
    return redirect("team", formed.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: VisitRequest, public_id: str) -> HttpResponse:
    """Change what a team is called, its lead, and the team above."""
    require_role(request.visit.person, "make_teams")
    found = _found(public_id)
    form = TeamForm(request.POST or None, team=found)
    if not form.is_valid():
        return _form_page(request, form, team=found, status=422 if form.is_bound else 200)
    try:
        found.change(**form.values(), by=request.visit.actor, at=request.visit.at)
    except (Team.NameTaken, Team.Archived, Team.Circle) as refusal:
        return _refused(request, form, refusal, team=found)
    except Noun.Clash as clash:
        return _form_page(request, form, team=found, clash=notice_of(clash, form), status=409)
    messages.success(request, _("The team %(team)s is saved.") % {"team": found.name})
    return redirect("team", found.public_id)


def _refused(request: VisitRequest, form: TeamForm, refusal: Exception, team: Team | None = None) -> HttpResponse:
    field, words = {
        Team.NameTaken: ("name", _("Another team has this name.")),
        Team.Archived: ("parent", _("That team is archived: nothing new stands under it.")),
        Team.Circle: ("parent", _("A team can't stand above itself.")),
    }[type(refusal)]
    form.add_error(field, words)
    return _form_page(request, form, team=team, status=422)


def _form_page(
    request: VisitRequest,
    form: TeamForm,
    *,
    team: Team | None = None,
    clash: ClashNotice | None = None,
    status: int = 200,
) -> HttpResponse:
    page = {"form": form, "team": team, "clash": clash, "section": "teams"}
    return render(request, "teams/form.html", page, status=status)


@require_POST
def members(request: VisitRequest, public_id: str) -> HttpResponse:
    """Take somebody in, from today on."""
    require_role(request.visit.person, "make_teams")
    found = _found(public_id)
    form = MemberForm(request.POST, team=found)
    if not form.is_valid():
        return _team_page(request, found, status=422, member_form=form)
    person, visit = form.cleaned_data["person"], request.visit
    try:
        found.add(person, by=visit.actor, at=visit.at, on=visit.today)
    except Team.Archived:
        return _team_page(request, found, status=422, refusal=_("An archived team takes nobody in."))
    messages.success(request, _("%(name)s is in the team.") % {"name": person.name})
    return redirect("team", found.public_id)


@require_POST
def member_removal(request: VisitRequest, public_id: str, person_id: str) -> HttpResponse:
    """Let somebody go; the time in the team stays known."""
    require_role(request.visit.person, "make_teams")
    found = _found(public_id)
    person = get_object_or_404(Person, public_id=person_id)
    visit = request.visit
    found.remove(person, by=visit.actor, at=visit.at, on=visit.today)
    messages.success(request, _("%(name)s is not in the team any more.") % {"name": person.name})
    return redirect("team", found.public_id)


@require_POST
def archival(request: VisitRequest, public_id: str) -> HttpResponse:
    """End a team, or let it work again."""
    require_role(request.visit.person, "make_teams")
    found = _found(public_id)
    visit = request.visit
    if not request.POST.get("back"):
        found.archive(by=visit.actor, at=visit.at)
        messages.success(request, _("%(team)s is archived: it gets no new goals.") % {"team": found.name})
        return redirect("team", found.public_id)
    try:
        found.unarchive(by=visit.actor, at=visit.at)
    except Team.NameTaken:
        words = _("Another team is called %(team)s now. Rename that one first.") % {"team": found.name}
        return _team_page(request, _found(public_id), status=422, refusal=words)
    messages.success(request, _("%(team)s works again.") % {"team": found.name})
    return redirect("team", found.public_id)


routes = [
    path("teams/", teams, name="teams"),
    path("teams/new/", new, name="new-team"),
    path("teams/<str:public_id>/", team, name="team"),
    path("teams/<str:public_id>/details/", edit, name="team-details"),
    path("teams/<str:public_id>/members/", members, name="team-members"),
    path("teams/<str:public_id>/members/<str:person_id>/removal/", member_removal, name="team-member-removal"),
    path("teams/<str:public_id>/archival/", archival, name="team-archival"),
]

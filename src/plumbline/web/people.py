"""People: who is here, in which role, and how they come in and leave."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plumbline.goals import policy
from plumbline.goals.lost_leads import led_by
from plumbline.goals.models import Objective
from plumbline.goals.outlook import outlooks
from plumbline.goals.search import matching
from plumbline.people.models import Invitation, Membership, Person
from plumbline.people.models.person import Role
from plumbline.usecases.change_address import change_address
from plumbline.web.account_adapter import has_mail_server
from plumbline.web.cycle_choice import chosen_cycle
from plumbline.web.forms.person import AddressForm, InviteForm, ManagerForm, RoleForm
from plumbline.web.http import VisitRequest, require_role
from plumbline.web.settings_pages import who_may

PAGE = 50
MOST_GOALS = 50


def here() -> QuerySet[Person]:
    """Return everybody, with the teams they are in; lists leave out those who were erased."""
    now = Membership.objects.filter(last_day=None, team__archived_at=None, team__binned_at=None)
    rows: QuerySet[Person] = Person.objects.filter(binned_at=None).prefetch_related(
        Prefetch("memberships", now.select_related("team").order_by("team__name"), to_attr="now_in")
    )
    return rows


@require_safe
def people(request: VisitRequest) -> HttpResponse:
    """List people, found by name and narrowed by state and role."""
    words, state, role = (request.GET.get(name, "").strip() for name in ("q", "state", "role"))
    rows = matching(here().filter(erased_at=None), "name", words)
    gone = Person.State.ARCHIVED
    rows = rows.filter(state=state) if state in Person.State.values else rows.exclude(state=gone)
    if role in Role.values:
        rows = rows.filter(role=role)
    page = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "words": words,
        "state": state,
        "role": role,
        "states": Person.State.choices,
        "roles": Role.choices,
        "may_invite": policy.may(request.visit.person, "invite"),
        "section": "people",
    }
    return render(request, "people/page.html", page)


@require_safe
def person(request: VisitRequest, public_id: str) -> HttpResponse:
    """Show one person: teams, manager, and the goals they lead."""
    return _person_page(request, _found(public_id))


def _found(public_id: str) -> Person:
    return get_object_or_404(here(), public_id=public_id)


def _person_page(request: VisitRequest, found: Person, *, status: int = 200, **more: Any) -> HttpResponse:
    visit, cycle = request.visit, chosen_cycle(request)
    led = Objective.objects.visible_to(visit.person).filter(lead=found, cycle=cycle, archived_at=None)
    goals = list(led.select_related("cycle").order_by("title")[:MOST_GOALS])
    looks = outlooks(goals, reader=visit.person, organisation=visit.organisation, today=visit.today)
    manager = found.manager()
    may_manage = found.erased_at is None and policy.can_manage(visit.person, found, found.role)
    page = {
        "other": found,
        "cycle": cycle,
        "goals": [looks[goal.pk] for goal in goals],
        "manager": manager,
        "may_manage": may_manage,
        "to_hand_on": len(led_by(found)) if may_manage and found.state == Person.State.ARCHIVED else 0,
        "may_invite": policy.may(visit.person, "invite"),
        "who_may": [] if may_manage else who_may(Role.ADMIN),
        "shows_email": policy.may(visit.person, "invite") or found == visit.person,
        "section": "people",
        **(_forms(visit.person, found, manager) if may_manage else {}),
        **more,
    }
    return render(request, "people/person.html", page, status=status)


def _forms(giver: Person, found: Person, manager: Person | None) -> dict[str, Any]:
    return {
        "address_form": AddressForm(initial={"email": found.email}),
        "role_form": RoleForm(giver=giver, person=found),
        "manager_form": ManagerForm(person=found, manager=manager),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: VisitRequest) -> HttpResponse:
    """Invite somebody with at most the role that the inviter may give."""
    require_role(request.visit.person, "invite")
    form = InviteForm(request.POST or None, giver=request.visit.person)
    if not form.is_valid():
        return _invite_page(request, form, status=422 if form.is_bound else 200)
    visit = request.visit
    try:
        invitation = Invitation.invite(**form.cleaned_data, by=visit.actor, at=visit.at, on=visit.today)
    except Person.AddressTaken:
        form.add_error("email", _("Somebody here has this address already."))
        return _invite_page(request, form, status=422)
    return _sent(request, invitation)


def _invite_page(request: VisitRequest, form: InviteForm, *, status: int) -> HttpResponse:
    page = {"form": form, "by_mail": has_mail_server(), "section": "people"}
    return render(request, "people/invite.html", page, status=status)


def _sent(request: VisitRequest, invitation: Invitation) -> HttpResponse:
    found = _found(invitation.person.public_id)
    if has_mail_server():
        words = _("The invitation is on its way to %(email)s.") % {"email": found.email}
        messages.success(request, words)
        return redirect("person", found.public_id)
    # The link stands on this one answer only: not in the log, not in the address.
    link = request.build_absolute_uri(reverse("join", args=[invitation.secret]))
    return _person_page(request, found, link=link)


@require_POST
def invitations(request: VisitRequest, public_id: str) -> HttpResponse:
    """Send a new link; the earlier one stops working."""
    found = managed(request, public_id)
    try:
        invitation = Invitation.send(found, by=request.visit.actor, at=request.visit.at)
    except Invitation.Gone:
        words = _("%(name)s has no address, or has left: there is nobody to write to.") % {"name": found.name}
        return _person_page(request, _found(public_id), status=422, refusal=words)
    return _sent(request, invitation)


def managed(request: VisitRequest, public_id: str, role: str = "") -> Person:
    """Return somebody whom the visitor may manage (403 otherwise)."""
    found = _found(public_id)
    if not policy.can_manage(request.visit.person, found, role or found.role):
        raise PermissionDenied
    if found.erased_at is not None:
        raise Http404
    return found


@require_POST
def address(request: VisitRequest, public_id: str) -> HttpResponse:
    """Give somebody the address they sign in with, as an invitation does; links to the one before end."""
    found, visit = managed(request, public_id), request.visit
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _person_page(request, found, status=422, address_form=form)
    try:
        change_address(found, form.cleaned_data["email"], by=visit.actor, at=visit.at)
    except Person.AddressTaken:
        form.add_error("email", _("Somebody here has this address already."))
        return _person_page(request, found, status=422, address_form=form)
    messages.success(request, _("%(name)s has this address from now on.") % {"name": found.name})
    return redirect("person", found.public_id)


@require_POST
def role(request: VisitRequest, public_id: str) -> HttpResponse:
    """Give another role; the last owner stays one."""
    found = managed(request, public_id)
    form = RoleForm(request.POST, giver=request.visit.person, person=found)
    if not form.is_valid():
        return _person_page(request, found, status=422, role_form=form)
    try:
        found.give_role(form.cleaned_data["role"], by=request.visit.actor, at=request.visit.at)
    except Person.LastOwner:
        return _last_owner(request, public_id)
    messages.success(request, _("%(name)s is now: %(role)s.") % {"name": found.name, "role": found.get_role_display()})
    return redirect("person", found.public_id)


@require_POST
def archival(request: VisitRequest, public_id: str) -> HttpResponse:
    """Let somebody leave, or come back."""
    found = managed(request, public_id)
    if request.POST.get("back"):
        found.unarchive(by=request.visit.actor, at=request.visit.at)
        messages.success(request, _("%(name)s is back.") % {"name": found.name})
        return redirect("person", found.public_id)
    try:
        found.archive(by=request.visit.actor, at=request.visit.at)
    except Person.LastOwner:
        return _last_owner(request, public_id)
    messages.success(request, _("%(name)s can't sign in any more. Goals keep the name.") % {"name": found.name})
    return redirect("person", found.public_id)


def _last_owner(request: VisitRequest, public_id: str) -> HttpResponse:
    found = _found(public_id)
    words = _("%(name)s is the last owner. Make somebody else an owner first.") % {"name": found.name}
    return _person_page(request, found, status=422, refusal=words)


@require_POST
def manager(request: VisitRequest, public_id: str) -> HttpResponse:
    """Set who manages somebody, from today on."""
    found = managed(request, public_id)
    form = ManagerForm(request.POST, person=found, manager=found.manager())
    if not form.is_valid():
        return _person_page(request, found, status=422, manager_form=form)
    visit = request.visit
    try:
        found.manage_by(form.cleaned_data["manager"], by=visit.actor, at=visit.at, on=visit.today)
    except Person.Circle:
        form.add_error(
            "manager", _("Nobody stands above themselves: this person is managed by %(name)s.") % {"name": found.name}
        )
        return _person_page(request, found, status=422, manager_form=form)
    messages.success(request, _("The manager of %(name)s is saved.") % {"name": found.name})
    return redirect("person", found.public_id)


routes = [
    path("people/", people, name="people"),
    path("people/invitation/", invite, name="invite"),
    path("people/<str:public_id>/", person, name="person"),
    path("people/<str:public_id>/invitations/", invitations, name="person-invitations"),
    path("people/<str:public_id>/address/", address, name="person-address"),
    path("people/<str:public_id>/role/", role, name="person-role"),
    path("people/<str:public_id>/archival/", archival, name="person-archival"),
    path("people/<str:public_id>/manager/", manager, name="person-manager"),
]

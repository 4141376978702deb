"""Inviting many people at once, and sending those who did not come yet a new link."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from plumbline.goals import policy
from plumbline.people.models import Invitation, Person
from plumbline.usecases.invite_many import Taken, invite_many, send_again
from plumbline.web.account_adapter import has_mail_server
from plumbline.web.forms.inviting import MOST, InviteManyForm
from plumbline.web.http import VisitRequest, require_role


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def many(request: VisitRequest) -> HttpResponse:
    """Take in a list of people, one a line: all of it, or nothing."""
    require_role(request.visit.person, "invite")
    form = InviteManyForm(request.POST or None, giver=request.visit.person)
    if not form.is_valid():
        return _page(request, form, status=422 if form.is_bound else 200)
    visit = request.visit
    try:
        invitations, reserved = invite_many(**form.values(), by=visit.actor, at=visit.at, on=visit.today)
    except Taken as taken:
        words = _("These are here already: %(addresses)s. Nobody was invited.")
        form.add_error("people", words % {"addresses": ", ".join(taken.addresses[:10])})
        return _page(request, form, status=422)
    return _sent(request, invitations, len(reserved))


def _page(request: VisitRequest, form: InviteManyForm, *, status: int) -> HttpResponse:
    page = {"form": form, "by_mail": has_mail_server(), "most": MOST, "section": "people"}
    return render(request, "people/invite_many.html", page, status=status)


def _sent(request: VisitRequest, invitations: list[Invitation], reserved: int = 0) -> HttpResponse:
    if invitations and not has_mail_server():
        # The links stand on this one answer only: not in the log, not in an address.
        links = [(each.person, request.build_absolute_uri(reverse("join", args=[each.secret]))) for each in invitations]
        return render(request, "people/links.html", {"links": links, "section": "people"})
    if invitations:
        number = len(invitations)
        words = ngettext("%(number)s invitation is on its way.", "%(number)s invitations are on their way.", number)
        messages.success(request, words % {"number": number})
    if reserved:
        words = ngettext("%(number)s person is reserved.", "%(number)s people are reserved.", reserved)
        messages.success(request, words % {"number": reserved})
    return redirect("people")


@never_cache
@require_POST
def again(request: VisitRequest) -> HttpResponse:
    """Send everybody who was invited and did not come yet a new link, as far as one may manage them."""
    giver, visit = request.visit.person, request.visit
    require_role(giver, "invite")
    waiting = Person.objects.filter(state=Person.State.INVITED, binned_at=None, email__isnull=False).order_by("pk")
    managed = [person for person in waiting[:MOST] if policy.can_manage(giver, person, person.role)]
    if not managed:
        messages.info(request, _("Nobody waits for an invitation."))
        return redirect("people")
    return _sent(request, send_again(managed, by=visit.actor, at=visit.at))


routes = [
    path("people/invitations/", many, name="invite-many"),
    path("people/invitations/again/", again, name="invite-again"),
]

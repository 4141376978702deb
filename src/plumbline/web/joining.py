"""Coming in: by an invitation, once; and the first owner's first steps."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from plumbline.goals.models import Cycle
from plumbline.people.models import Invitation, Person
from plumbline.people.models.person import Role
from plumbline.usecases.first_steps import take_first_steps
from plumbline.web.forms.joining import FirstStepsForm, JoinForm
from plumbline.web.http import VisitRequest, require_role


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Let the invited person choose name and password, and sign them in."""
    try:
        invitation = Invitation.find(secret, at=timezone.now())
    except Invitation.Stale:
        return _stale(request)
    form = JoinForm(request.POST or None, person=invitation.person)
    if not form.is_valid():
        page = {"form": form, "person": invitation.person}
        return render(request, "joining/join.html", page, status=422 if form.is_bound else 200)
    try:
        person = invitation.accept(**form.cleaned_data, at=timezone.now())
    except Invitation.Stale:
        return _stale(request)
    # Through allauth, so that a second step that was set up earlier is still asked for.
    response: HttpResponse = perform_login(request, person, redirect_url=_after(person))
    return response


def _stale(request: HttpRequest) -> HttpResponse:
    owners = Person.objects.active().filter(role__in=[Role.ADMIN, Role.OWNER])
    page = {"names": owners.order_by("name").values_list("name", flat=True)[:3]}
    return render(request, "joining/stale.html", page, status=410)


def _after(person: Person) -> str:
    first = person.role == Role.OWNER and not Cycle.objects.exists()
    return reverse("first-steps" if first else "home")


@require_http_methods(["GET", "HEAD", "POST"])
def first_steps(request: VisitRequest) -> HttpResponse:
    """Ask the first owner for the few things the first goal needs; once there is a cycle, settings do the rest."""
    require_role(request.visit.person, "change_settings")
    if Cycle.objects.exists():
        return redirect("settings")
    form = FirstStepsForm(request.POST or None, organisation=request.visit.organisation)
    if not form.is_valid():
        return render(request, "joining/first_steps.html", {"form": form}, status=422 if form.is_bound else 200)
    cycle = take_first_steps(**form.cleaned_data, by=request.visit.actor, at=request.visit.at)
    messages.success(request, _("%(cycle)s is planned. Set your first goal.") % {"cycle": cycle.name})
    return redirect("new-goal")


routes = [
    path("invitations/<str:secret>/", join, name="join"),
    path("first-steps/", first_steps, name="first-steps"),
]

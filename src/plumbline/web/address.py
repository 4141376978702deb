"""Changing the address one signs in with: asked for when signed in, confirmed by a link that goes there."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from plumbline.people.models import Person
from plumbline.usecases.change_address import Stale, confirm_address, wish_by
from plumbline.web.account_adapter import has_mail_server
from plumbline.web.forms.person import AddressForm
from plumbline.web.http import VisitRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]
def own_address(request: VisitRequest) -> HttpResponse:
    """Ask for another address, after the password once more; without a mail server an admin gives it."""
    form = AddressForm(request.POST or None)
    if not has_mail_server() or not form.is_valid():
        return _page(request, form)
    try:
        request.visit.person.want_address(form.cleaned_data["email"], by=request.visit.actor, at=request.visit.at)
    except Person.AddressTaken:
        form.add_error("email", _("Somebody here has this address already."))
        return _page(request, form)
    words = _("A letter is on its way to %(email)s. The address holds once you follow the link in it.")
    messages.success(request, words % {"email": form.cleaned_data["email"]})
    return redirect("profile")


def _page(request: VisitRequest, form: AddressForm) -> HttpResponse:
    page = {"tab": "profile", "form": form, "by_mail": has_mail_server()}
    return render(request, "profile/address.html", page, status=422 if form.is_bound else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_address(request: HttpRequest, secret: str) -> HttpResponse:
    """Take the address that the link went to. Looking changes nothing: mail programs look, too."""
    at = timezone.now()
    try:
        if request.method != "POST":
            return render(request, "joining/address.html", {"email": wish_by(secret, at=at).wanted_email})
        person = confirm_address(secret, at=at)
    except (Stale, Person.AddressTaken):
        return render(request, "joining/stale_address.html", status=410)
    messages.success(request, _("You sign in as %(email)s from now on.") % {"email": person.email})
    return redirect("profile")


routes = [
    path("profile/address/", own_address, name="own-address"),
    path("addresses/<str:secret>/", new_address, name="new-address"),
]

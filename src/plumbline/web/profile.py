"""One's own profile, tokens, and the theme."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from plumbline.goals import policy
from plumbline.people.models import Noun, Token
from plumbline.web.clashes import ClashNotice, notice_of
from plumbline.web.forms.person import ProfileForm
from plumbline.web.forms.token import TokenForm
from plumbline.web.http import VisitRequest, require_role
from plumbline.web.language import language_of, speak

THEMES = ("light", "dark")
A_YEAR = 365 * 24 * 60 * 60


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: VisitRequest) -> HttpResponse:
    """Show what one says about oneself and how one signs in, and change it."""
    form = ProfileForm(request.POST or None, person=request.visit.person)
    if not form.is_valid():
        return _profile_page(request, form, status=422 if form.is_bound else 200)
    try:
        request.visit.person.change(**form.values(), by=request.visit.actor, at=request.visit.at)
    except Noun.Clash as clash:
        return _profile_page(request, form, clash=notice_of(clash, form), status=409)
    speak(language_of(request.visit))
    messages.success(request, _("Your profile is saved."))
    response = redirect("profile")
    _set_language(response, form.cleaned_data["language"])
    return response


def _profile_page(
    request: VisitRequest, form: ProfileForm, *, clash: ClashNotice | None = None, status: int = 200
) -> HttpResponse:
    kinds = list(Authenticator.objects.filter(user=request.visit.person).values_list("type", flat=True))
    page = {
        "tab": "profile",
        "form": form,
        "clash": clash,
        "has_app": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "may_make_tokens": policy.may(request.visit.person, "make_tokens"),
    }
    return render(request, "profile/page.html", page, status=status)


def _set_language(response: HttpResponse, language: str) -> None:
    if language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=A_YEAR,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    else:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: VisitRequest) -> HttpResponse:
    """List one's tokens, and make one: its secret is shown on this answer and never again."""
    require_role(request.visit.person, "make_tokens")
    form = TokenForm(request.POST or None)
    if not form.is_valid():
        return _tokens_page(request, form, status=422 if form.is_bound else 200)
    person, at = request.visit.person, request.visit.at
    values = form.values(at)
    token, secret = Token.make(person=person, **values, by=request.visit.actor, at=at)
    return _tokens_page(request, TokenForm(), token=token, secret=secret)


def _tokens_page(
    request: VisitRequest, form: TokenForm, *, token: Token | None = None, secret: str = "", status: int = 200
) -> HttpResponse:
    kept = Token.objects.filter(person=request.visit.person, revoked_at=None).order_by("-made_at")
    page = {"tab": "tokens", "form": form, "tokens": kept, "token": token, "secret": secret, "now": request.visit.at}
    return render(request, "profile/tokens.html", page, status=status)


@require_POST
def token_revocation(request: VisitRequest, public_id: str) -> HttpResponse:
    """Revoke one of one's own tokens."""
    token = get_object_or_404(Token, public_id=public_id, person=request.visit.person, revoked_at=None)
    token.revoke(by=request.visit.actor, at=request.visit.at)
    messages.success(request, _("The token “%(name)s” opens nothing any more.") % {"name": token.name})
    return redirect("tokens")


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark, or as on this device; then go back to the page it was asked on."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    # An address, never the name of a view: redirect() would look one up.
    response = HttpResponseRedirect(back if safe else reverse("home"))
    wanted = request.POST.get("theme", "")
    if wanted in THEMES:
        response.set_cookie(
            "theme", wanted, max_age=A_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        response.delete_cookie("theme")
    return response


routes = [
    path("profile/", profile, name="profile"),
    path("profile/tokens/", tokens, name="tokens"),
    path("profile/tokens/<str:public_id>/revocation/", token_revocation, name="token-revocation"),
    path("theme/", theme, name="theme"),
]

"""Signing in and out: allauth's views, each with a page in our look, under addresses of our choice."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path, re_path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from plumbline.web.account_adapter import has_mail_server


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password_reset(request: HttpRequest) -> HttpResponseBase:
    """Send a link to choose a new password; without a mail server, say who can give one."""
    if has_mail_server():
        answer: HttpResponseBase = account.password_reset(request)
        return answer
    return render(request, "account/password_reset_by_admin.html")


@login_not_required
def signup(request: HttpRequest) -> HttpResponse:
    """Say how people come in: there is no sign-up."""
    return render(request, "account/signup_closed.html", status=404)


routes = [
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/signup/", signup, name="account_signup"),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/first/", account.password_set, name="account_set_password"),
    path("account/password/reset/", password_reset, name="account_reset_password"),
    path("account/password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "account/password/reset/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^account/password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("account/sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("account/two-step/", mfa.index, name="mfa_index"),
    path("account/two-step/sign-in/", mfa.authenticate, name="mfa_authenticate"),
    path("account/two-step/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/two-step/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/two-step/app/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/two-step/codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/two-step/codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/two-step/codes/file/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("account/passkeys/new/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("account/passkeys/sign-in/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("account/passkeys/confirm/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/passkeys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/removal/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]

"""How allauth signs our people in: who may, what it says, and which verbs it calls."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plumbline.people.models import Actor, Person


def has_mail_server() -> bool:
    """Tell whether letters reach people; without a server they are only kept as files."""
    return not settings.EMAIL_BACKEND.endswith(("filebased.EmailBackend", "dummy.EmailBackend"))


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People come by invitation, sign in with their address, and are told the same whatever was wrong."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy("That e-mail address and password do not match."),
        "too_many_login_attempts": gettext_lazy("That was tried too often. Wait five minutes, then try again."),
        "incorrect_password": gettext_lazy("That is not your password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: an invitation is the only way in."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """Return who this is; somebody who left or has not come in yet looks like a wrong password."""
        person: Person | None = super().authenticate(request, **credentials)
        return person if person is not None and person.is_active else None

    def reauthenticate(self, user: Person, password: str) -> bool:
        """Tell whether the person who is signed in knows the password."""
        return user.check_password(password)

    def set_password(self, user: Person, password: str) -> None:
        """Save a new password by the verb, so that the audit trail has it."""
        user.choose_password(password=password, by=Actor(user), at=timezone.now())

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        """Send somebody whose passkey outlived their time here back to the sign-in page."""
        messages.error(request, _("That did not work. If you should be able to sign in, ask an admin."))
        return redirect("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to the profile after the password was changed."""
        return str(self.get_profile_url())

    @staticmethod
    def get_profile_url() -> str:
        """Return where a person looks after their sign-in."""
        return redirect("profile").url

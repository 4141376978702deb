"""Signing in: password, one-time code, passkey, a new password; and what nobody is told."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from plumbline.people.models import Actor, Event, Invitation, Person
from tests.web.visiting import read, visitor
from tests.world import NOW, PASSWORD, World

LOGIN = "/account/login/"
NEW = "eight wheels in a row"
#: What our policy refuses: styles, handlers, and scripts that stand in the page.
INLINE = re.compile(r"<[^>]*\s(?:style|on[a-z]+)\s*=|<style|javascript:", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _no_attempts(db: None) -> None:
    cache.clear()


@pytest.fixture
def ada(world: World) -> Person:
    world.ada.choose_password(password=PASSWORD, by=Actor(world.ada), at=NOW)
    return world.ada


def signed_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def sign_in(browser: Client, email: str, password: str = PASSWORD) -> str:
    answer = browser.post(LOGIN, {"login": email, "password": password})
    return read(answer).get_text(" ", strip=True) if answer.status_code == 200 else answer["Location"]


def sign_in_twice(browser: Client, email: str) -> None:
    """Sign in, and show once more that it is you, as changing the sign-in asks for."""
    sign_in(browser, email)
    assert browser.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302


def code_of(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def test_ada_signs_in_with_her_address_however_she_types_it(ada: Person, client: Client) -> None:
    assert sign_in(client, "  ADA@Harbour.test ") == reverse("home")
    assert signed_in(client)


def test_somebody_who_left_a_wrong_password_and_a_stranger_are_told_the_same(ada: Person, world: World) -> None:
    """Nobody learns who is here, nor who was."""
    world.dov.choose_password(password=PASSWORD, by=Actor(world.dov), at=NOW)
    waiting = Invitation.invite(name="Nora", email="nora@harbour.test", by=Actor(world.root), at=NOW, on=NOW.date())
    waiting.person.choose_password(password=PASSWORD, by=Actor(world.root), at=NOW)

    told = {
        re.sub(r"\S+@\S+", "", sign_in(Client(), email, password))
        for email, password in [
            ("dov@harbour.test", PASSWORD),
            ("nora@harbour.test", PASSWORD),
            ("ada@harbour.test", "wrong"),
            ("nobody@harbour.test", PASSWORD),
        ]
    }

    assert len(told) == 1
    assert "do not match" in told.pop()


def test_trying_often_is_slowed_down(ada: Person) -> None:
    for _each in range(5):
        sign_in(Client(), "ada@harbour.test", "wrong")

    assert "tried too often" in sign_in(Client(), "ada@harbour.test")


def test_a_session_ends_with_the_archiving(world: World) -> None:
    browser = visitor(world.ben)
    assert browser.get("/profile/").status_code == 200

    world.ben.archive(by=Actor(world.root), at=NOW)

    assert browser.get("/profile/")["Location"].startswith(LOGIN)


def test_signing_out_takes_a_post(world: World) -> None:
    browser = visitor(world.ben)

    browser.get("/account/logout/")
    assert signed_in(browser)

    assert browser.post("/account/logout/")["Location"] == LOGIN
    assert not signed_in(browser)


def test_there_is_no_signing_up(client: Client) -> None:
    answer = client.get("/account/signup/")

    assert answer.status_code == 404
    assert "by invitation" in read(answer).h1.text
    assert client.post("/account/signup/", {"email": "eve@harbour.test", "password1": PASSWORD}).status_code == 404
    assert not Person.objects.filter(email="eve@harbour.test").exists()


def test_a_code_is_asked_for_once_an_app_is_set_up(ada: Person, client: Client) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(ada, secret)

    assert sign_in(client, ada.email) == reverse("mfa_authenticate")
    assert not signed_in(client)
    assert "One more step" in read(client.get(reverse("mfa_authenticate"))).text

    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert not signed_in(client)

    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert signed_in(client)


def test_an_app_is_set_up_with_the_code_it_shows(ada: Person, client: Client) -> None:
    sign_in_twice(client, ada.email)
    page = read(client.get(reverse("mfa_activate_totp")))
    secret = page.select_one("#authenticator_secret")["value"]

    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})

    kinds = set(Authenticator.objects.filter(user=ada).values_list("type", flat=True))
    assert kinds == {"totp", "recovery_codes"}
    assert len(read(client.get(reverse("mfa_view_recovery_codes"))).textarea.text.split()) == 10


def test_a_recovery_code_opens_once(ada: Person) -> None:
    totp.TOTP.activate(ada, totp.generate_totp_secret())
    code = RecoveryCodes.activate(ada).get_unused_codes()[0]

    first, second = Client(), Client()
    for browser in (first, second):
        sign_in(browser, ada.email)
        browser.post(reverse("mfa_authenticate"), {"code": code})

    assert (signed_in(first), signed_in(second)) == (True, False)


def test_a_passkey_begins_with_json(client: Client) -> None:
    answer = client.get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"})

    assert answer.json()["request_options"]["publicKey"]["challenge"]
    page = read(client.get(LOGIN))
    assert page.select_one("#passkey_login")["form"] == page.select_one("form#mfa_login")["id"]


def test_adding_a_passkey_offers_the_browser_what_it_needs(ada: Person, client: Client) -> None:
    sign_in_twice(client, ada.email)

    page = read(client.get(reverse("mfa_add_webauthn")))

    assert '"rp"' in page.select_one("#js_data").text


def test_a_new_password_comes_by_mail(ada: Person, client: Client) -> None:
    client.post(reverse("account_reset_password"), {"email": "Ada@harbour.test"})
    (letter,) = mail.outbox
    link = re.search(r"http://testserver(\S+)", letter.body)[1]

    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})

    assert sign_in(client, ada.email, NEW) == reverse("home")
    assert Event.objects.filter(verb="password_chosen", noun_key=ada.public_id).exists()


@pytest.mark.parametrize("email", ["nobody@harbour.test", "dov@harbour.test"])
def test_who_is_not_here_gets_no_letter_and_the_same_answer(world: World, client: Client, email: str) -> None:
    answer = client.post(reverse("account_reset_password"), {"email": email})

    assert answer["Location"] == reverse("account_reset_password_done")
    assert mail.outbox == []


def test_without_a_mail_server_an_admin_is_asked(settings: Settings, client: Client) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"

    page = read(client.get(reverse("account_reset_password")))

    assert "Ask an admin" in page.text
    assert page.select("main form") == []


def test_a_password_is_changed_by_who_knows_the_old_one(ada: Person, client: Client) -> None:
    sign_in(client, ada.email)
    new = {"password1": NEW, "password2": NEW}

    refused = client.post(reverse("account_change_password"), {"oldpassword": "wrong", **new})
    assert refused.status_code == 200
    assert client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **new})["Location"] == "/profile/"


OUTSIDE = ["account_login", "account_reset_password", "account_reset_password_done", "account_signup",
           "account_reset_password_from_key_done"]  # fmt: skip
INSIDE = ["account_change_password", "account_logout", "usersessions_list", "mfa_index", "mfa_activate_totp",
          "mfa_list_webauthn", "mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
          "mfa_deactivate_totp", "account_reauthenticate", "profile", "tokens"]  # fmt: skip


@pytest.mark.parametrize("name", [*OUTSIDE, *INSIDE])
def test_each_page_is_in_our_look_and_keeps_to_the_policy(ada: Person, client: Client, name: str) -> None:
    if name in INSIDE:
        sign_in_twice(client, ada.email)
        RecoveryCodes.activate(ada)
        if name in {"mfa_generate_recovery_codes", "mfa_deactivate_totp"}:
            totp.TOTP.activate(ada, totp.generate_totp_secret())

    answer = client.get(reverse(name))

    assert answer.status_code in {200, 404}, answer.headers
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert INLINE.search(answer.content.decode()) is None
    page = read(answer)
    assert page.select_one("link[href*='plumbline/css/app.css']") is not None
    for script in page.select("script:not([src])"):
        assert script["type"] == "application/json"

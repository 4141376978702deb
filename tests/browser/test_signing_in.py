"""Coming in: by password and a one-time code, by passkey, by an invitation that arrives by mail."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.utils import timezone
from playwright.sync_api import Page, expect

from plumbline.people.models import Person
from plumbline.worker import outbox
from plumbline.worker.clock import CHANNELS
from tests.world import PASSWORD


@pytest.fixture
def ada(world):
    world.ada.set_password(PASSWORD)
    world.ada.save(update_fields=["password"])
    return world.ada


def test_by_password_and_then_with_a_one_time_code(open_page, ada):
    with open_page() as page:
        sign_in(page, ada)
        page.goto("/account/two-step/app/")
        confirm(page)
        secret = page.get_by_label("Or type this secret into the app").input_value()
        page.get_by_role("textbox", name=re.compile("code", re.IGNORECASE)).fill(code(secret))
        page.get_by_role("button", name="Turn on").click()
        expect(page.get_by_text(re.compile("recovery codes", re.IGNORECASE)).first).to_be_visible()
        sign_out(page)

        sign_in(page, ada)
        expect(page.get_by_role("heading", name="One more step")).to_be_visible()
        page.get_by_role("textbox", name=re.compile("code", re.IGNORECASE)).fill(code(secret))
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("navigation", name="Main")).to_be_visible()


def test_by_passkey(open_page, ada):
    with open_page() as page:
        carry_a_key(page)
        sign_in(page, ada)
        page.goto("/account/passkeys/new/")
        confirm(page)
        page.get_by_label("Name").fill("The key in this laptop")
        page.get_by_label(re.compile("Passwordless|without a password", re.IGNORECASE)).check()
        page.get_by_role("button", name=re.compile("Add")).click()
        expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
        page.goto("/account/passkeys/")
        expect(page.get_by_text("The key in this laptop")).to_be_visible()
        sign_out(page)

        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("navigation", name="Main")).to_be_visible()


def test_by_an_invitation_that_arrives_by_mail(open_page, world, mail):
    with open_page(world.root) as page:
        page.goto("/people/")
        page.get_by_role("link", name="Invite somebody").click()
        page.get_by_label("Name").fill("Nora New")
        page.get_by_label("E-mail").fill("nora@harbour.test")
        page.get_by_role("button", name=re.compile("Send the invitation")).click()
        expect(page.get_by_role("heading", name="Nora New")).to_be_visible()
    outbox_goes_round()
    [letter] = mail.letters
    link = re.search(r"/invitations/\S+", letter.get_body(("plain",)).get_content())[0]

    with open_page() as page:
        page.goto(link)
        page.get_by_label("A password").fill(PASSWORD)
        page.get_by_role("button", name="Come in").click()
        expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    assert Person.objects.get(name="Nora New").state == "active"


def sign_in(page: Page, person: Person) -> None:
    page.goto("/account/login/")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: not address.endswith("/login/"))


def sign_out(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name=re.compile("your menu")).click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def confirm(page: Page) -> None:
    """Give the password again where it is asked for before something weighty."""
    if "confirm" in page.url:
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name=re.compile("Confirm|Go on")).click()


def code(secret: str) -> str:
    """Return what an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def carry_a_key(page: Page) -> None:
    """Give the browser a key as laptops have it built in."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def outbox_goes_round() -> None:
    now = timezone.now() + timedelta(minutes=5)
    outbox.dispatch(now, CHANNELS)
    for delivery in outbox.waiting(now, CHANNELS):
        outbox.deliver(delivery, now, CHANNELS, worker="test")

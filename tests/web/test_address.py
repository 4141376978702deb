"""Another address to sign in with: asked for, confirmed, given by an admin."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from plumbline.integrations.email.notify import Letters
from plumbline.people.models import Actor, Event, Invitation, Person
from plumbline.usecases.change_address import Stale, confirm_address, secret_of
from plumbline.worker import outbox
from tests.web.conftest import Door
from tests.web.visiting import read
from tests.world import NOW, PASSWORD, SYSTEM, World

NEW = "ada@newharbour.test"


def wish(person: Person, email: str = NEW) -> str:
    return secret_of(person.want_address(email, by=Actor(person), at=NOW))


def signed_in(person: Person, email: str) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.fixture
def ada(world: World) -> Person:
    world.ada.choose_password(password=PASSWORD, by=SYSTEM, at=NOW)
    return world.ada


def test_the_password_is_asked_for_once_more(ada: Person, door: Door) -> None:
    answer = door(ada).get(reverse("own-address"))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_the_address_holds_once_the_link_that_went_there_is_followed(ada: Person, the_hour: None) -> None:
    browser = signed_in(ada, "ada@harbour.test")
    assert browser.post(reverse("own-address"), {"email": " Ada@NewHarbour.test"}).status_code == 302
    ada.refresh_from_db()
    assert (ada.email, ada.wanted_email) == ("ada@harbour.test", NEW)
    link = reverse("new-address", args=[secret_of(Event.objects.get(verb="address_wanted"))])

    assert NEW in read(Client().get(link)).text
    assert Person.objects.get(pk=ada.pk).email == "ada@harbour.test"
    assert Client().post(link).status_code == 302

    ada.refresh_from_db()
    assert (ada.email, ada.wanted_email) == (NEW, "")
    assert not EmailAddress.objects.filter(email="ada@harbour.test").exists()
    assert signed_in(ada, "ada@harbour.test").get("/profile/").status_code == 302
    assert signed_in(ada, NEW).get("/profile/").status_code == 200
    assert Client().post(link).status_code == 410
    told = str(list(Event.objects.filter(noun="person").values_list("before", "after")))
    assert "harbour.test" not in told


def test_a_link_is_stale_when_it_is_old_replaced_or_made_up(world: World, door: Door) -> None:
    first, second = wish(world.ada), wish(world.ada, "other@harbour.test")

    for secret, at in ((first, NOW), (second, NOW + timedelta(days=3)), ("made:up", NOW)):
        with pytest.raises(Stale):
            confirm_address(secret, at=at)
    world.ada.archive(by=SYSTEM, at=NOW)
    assert door(None).get(reverse("new-address", args=[second])).status_code == 410


def test_an_address_that_somebody_has_is_refused_then_and_later(world: World, door: Door) -> None:
    with pytest.raises(Person.AddressTaken):
        wish(world.ada, "Ben@harbour.test")
    secret = wish(world.ada)
    Person.reserve(name="Quick", email=NEW, by=SYSTEM, at=NOW)

    assert door(None).post(reverse("new-address", args=[secret])).status_code == 410
    assert Person.objects.get(pk=world.ada.pk).email == "ada@harbour.test"


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.usefixtures("catalogues")
def test_both_addresses_hear_of_it(world: World, settings: Settings, language: str) -> None:
    settings.EMAIL_HOST = "mail.harbour.test"
    world.ada.change(language=language, by=SYSTEM, at=NOW)
    secret, later = wish(world.ada), NOW + timedelta(minutes=1)

    with time_machine.travel(later):
        while outbox.dispatch(later, [Letters()]):
            pass
        for delivery in outbox.waiting(later, [Letters()]):
            outbox.deliver(delivery, later, [Letters()], worker="test")

    letters = {letter.to[0]: letter for letter in mail.outbox if world.ada.email in letter.to or NEW in letter.to}
    assert set(letters) == {"ada@harbour.test", NEW}
    assert secret in letters[NEW].body
    assert secret not in letters["ada@harbour.test"].body
    assert ("Adresse" in letters[NEW].subject) == (language == "de")


def test_an_admin_gives_an_address_and_links_to_the_one_before_end(world: World, door: Door) -> None:
    nora = Person.reserve(name="Nora", by=SYSTEM, at=NOW)
    page = reverse("person-address", args=[nora.public_id])

    assert door(world.root).post(page, {"email": "nora@harbuor.test"}).status_code == 302
    sent = Invitation.send(Person.objects.get(pk=nora.pk), by=SYSTEM, at=NOW)
    assert door(world.root).post(page, {"email": "nora@harbour.test"}).status_code == 302
    assert not Invitation.objects.get(pk=sent.pk).is_open(NOW)
    assert door(world.root).post(page, {"email": "ada@harbour.test"}).status_code == 422


def test_without_a_mail_server_the_page_says_who_can_help(ada: Person, the_hour: None, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    page = read(signed_in(ada, "ada@harbour.test").get(reverse("own-address")))

    assert page.select_one("main form") is None
    assert "An admin can give it" in page.text

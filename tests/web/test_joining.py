"""The invitation link, and the first owner's first steps."""

from collections.abc import Iterator

import pytest
import time_machine
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from plumbline.goals.models import Cycle
from plumbline.people.models import Actor, Invitation, Organisation, Person
from plumbline.people.models.person import Role
from tests.web.visiting import read, visitor
from tests.world import NOW, PASSWORD, SYSTEM, World

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def stopped_clock() -> Iterator[None]:
    """Links age by the clock: stop it."""
    with time_machine.travel(NOW, tick=False):
        yield


def link_for(person: Person, by: Person) -> str:
    return reverse("join", args=[Invitation.send(person, by=Actor(by), at=NOW).secret])


@pytest.fixture
def link(world: World) -> str:
    nora = Person.reserve(name="Nora", email="nora@harbour.test", by=SYSTEM, at=NOW)
    return link_for(nora, world.root)


def test_nora_chooses_a_password_and_is_in(link: str, client: Client) -> None:
    assert "nora@harbour.test" in read(client.get(link)).text

    answer = client.post(link, {"name": "Nora New", "password": PASSWORD})

    assert answer["Location"] == reverse("home")
    nora = Person.objects.get(email="nora@harbour.test")
    assert (nora.name, nora.state) == ("Nora New", "active")
    assert client.session["_auth_user_id"] == str(nora.pk)


def test_a_link_works_once_and_then_says_whom_to_ask(link: str) -> None:
    Client().post(link, {"name": "Nora", "password": PASSWORD})

    again = Client().post(link, {"name": "Eve", "password": "another long password"})

    assert again.status_code == 410
    assert "Root Admin" in read(again).text
    assert Person.objects.get(email="nora@harbour.test").name == "Nora"


@pytest.mark.parametrize("secret", ["nonsense", "x4k9mq27tbwp:forged", "a" * 300])
def test_a_made_up_link_opens_nothing(world: World, client: Client, secret: str) -> None:
    assert client.get(reverse("join", args=[secret])).status_code == 410


@pytest.mark.parametrize("password", ["short", "password1234", "nora@harbour.test"])
def test_a_password_that_is_easy_to_guess_is_refused(link: str, client: Client, password: str) -> None:
    answer = client.post(link, {"name": "Nora", "password": password})

    assert answer.status_code == 422
    assert read(answer).select_one("#id_password_error") is not None
    assert read(answer).select_one("#id_name")["value"] == "Nora"


def test_a_link_for_a_new_password_still_asks_for_the_second_step(world: World, client: Client) -> None:
    totp.TOTP.activate(world.ben, totp.generate_totp_secret())

    answer = client.post(link_for(world.ben, world.root), {"name": "Ben", "password": PASSWORD})

    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in client.session


def test_the_first_owner_takes_first_steps(db: None, client: Client) -> None:
    Organisation.found(name="To be named", by=SYSTEM, at=NOW)
    first = Person.reserve(name="olga", email="olga@harbour.test", role=Role.OWNER, by=SYSTEM, at=NOW)
    invitation = Invitation.send(first, by=SYSTEM, at=NOW)

    answer = client.post(reverse("join", args=[invitation.secret]), {"name": "Olga", "password": PASSWORD})
    assert answer["Location"] == reverse("first-steps")
    assert client.get(reverse("first-steps")).status_code == 200

    form = {"name": "Harbour Cargo Bikes", "time_zone": "Europe/Berlin", "cadence": "quarterly"}
    assert client.post(reverse("first-steps"), form)["Location"] == reverse("new-goal")
    assert Cycle.objects.get().name == "Q2 2026"
    assert Organisation.the().name == "Harbour Cargo Bikes"


def test_first_steps_are_for_owners_and_end_with_the_first_cycle(world: World) -> None:
    assert visitor(world.root).get(reverse("first-steps")).status_code == 403
    assert visitor(world.olga).get(reverse("first-steps"))["Location"] == reverse("settings")

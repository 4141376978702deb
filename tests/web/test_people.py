"""People: found, invited, given roles, and let go."""

import re

import pytest
from django.urls import reverse
from pytest_django import Settings

from plumbline.people.models import Actor, Event, Person
from plumbline.people.models.person import Role
from tests.web.conftest import Door
from tests.web.visiting import counts, read
from tests.world import NOW, PASSWORD, SYSTEM, World

pytestmark = pytest.mark.both_databases


def address(person: Person, name: str = "person") -> str:
    return reverse(name, args=[person.public_id])


def names(page: object) -> list[str]:
    return [row.select_one(".goal").text for row in read(page).select("[data-person]")]


def test_people_are_found_by_name_state_and_role(world: World, door: Door) -> None:
    browser = door(world.vera)

    assert len(names(browser.get("/people/"))) == 8
    assert names(browser.get("/people/?q=ada")) == ["Ada Lead"]
    assert names(browser.get("/people/?state=archived")) == ["Dov Gone"]
    assert names(browser.get("/people/?role=owner")) == ["Olga Owner"]
    assert "Nobody fits" in read(browser.get("/people/?q=zz")).text


def test_root_invites_up_to_members_and_the_letter_leaves_by_the_event(world: World, door: Door) -> None:
    browser = door(world.root)
    offered = [option["value"] for option in read(browser.get("/people/invitation/")).select("#id_role option")]
    assert offered == ["viewer", "member"]

    form = {"email": "Nora@Harbour.test", "name": "Nora", "role": "member", "teams": [world.riders.public_id]}
    answer = browser.post("/people/invitation/", form)

    nora = Person.objects.get(email="nora@harbour.test")
    assert answer["Location"] == address(nora)
    assert (nora.state, nora.teams_now()) == ("invited", [world.riders.pk])
    assert Event.objects.filter(verb="invited", noun_key=nora.public_id, actor=world.root).exists()


def test_nobody_gives_more_than_they_may(world: World, door: Door) -> None:
    form = {"email": "eve@harbour.test", "name": "Eve", "role": "owner"}

    assert door(world.root).post("/people/invitation/", form).status_code == 422
    assert door(world.root).post(address(world.ben, "person-role"), {"role": "admin"}).status_code == 422
    assert door(world.root).post(address(world.olga, "person-role"), {"role": "member"}).status_code == 403
    assert door(world.ben).post(address(world.ada, "person-role"), {"role": "viewer"}).status_code == 403
    assert not Person.objects.filter(email="eve@harbour.test").exists()
    assert Person.objects.get(pk=world.ben.pk).role == Role.MEMBER


def test_an_address_that_is_taken_is_said_beside_its_field(world: World, door: Door) -> None:
    answer = door(world.root).post(
        "/people/invitation/", {"email": "ADA@harbour.test", "name": "Ada", "role": "member"}
    )

    assert answer.status_code == 422
    assert "address already" in read(answer).select_one("#id_email_error").text


def test_without_a_mail_server_the_link_is_shown_once_and_works(world: World, door: Door, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    browser = door(world.root)
    form = {"email": "nora@harbour.test", "name": "Nora", "role": "member"}

    link = read(browser.post("/people/invitation/", form)).select_one("[data-link]")["value"]

    path = re.sub("http://[^/]+", "", link)
    assert door(None).post(path, {"name": "Nora", "password": PASSWORD}).status_code == 302
    nora = Person.objects.get(email="nora@harbour.test")
    assert nora.is_active
    assert read(browser.get(address(nora))).select_one("[data-link]") is None


def test_a_new_link_ends_the_earlier_one(world: World, door: Door) -> None:
    nora = Person.reserve(name="Nora", email="nora@harbour.test", by=SYSTEM, at=NOW)
    for _each in range(2):
        door(world.root).post(address(nora, "person-invitations"))

    assert nora.invitations.filter(withdrawn_at=None).count() == 1
    assert door(world.root).post(address(world.dov, "person-invitations")).status_code == 422


def test_the_last_owner_stays_one(world: World, door: Door) -> None:
    """E07."""
    browser = door(world.olga)

    for name, form in [("person-role", {"role": "member"}), ("person-archival", {})]:
        answer = browser.post(address(world.olga, name), form)
        assert answer.status_code == 422
        assert "is the last owner" in read(answer).select_one("[role=alert]").text

    world.root.give_role(Role.OWNER, by=Actor(world.olga), at=NOW)
    assert browser.post(address(world.olga, "person-role"), {"role": "member"}).status_code == 302


def test_letting_go_and_coming_back(world: World, door: Door) -> None:
    """E08, E12: the next action of somebody who left is refused."""
    ben = door(world.ben)
    door(world.root).post(address(world.ben, "person-archival"))

    assert ben.get("/people/")["Location"].startswith("/account/login/")

    door(world.root).post(address(world.ben, "person-archival"), {"back": "1"})
    assert Person.objects.get(pk=world.ben.pk).is_active


def test_a_manager_is_set_and_taken_away(world: World, door: Door) -> None:
    browser = door(world.root)
    browser.post(address(world.ada, "person-manager"), {"manager": world.max.public_id})
    assert world.ada.manager() == world.max

    browser.post(address(world.ada, "person-manager"), {"manager": ""})
    assert world.ada.manager() is None
    assert browser.post(address(world.ada, "person-manager"), {"manager": world.ada.public_id}).status_code == 422


@pytest.mark.parametrize(("who", "sees"), [("carl", True), ("olga", False), ("vera", False)])
def test_a_private_goal_stands_on_its_leads_page_for_those_on_it(
    world: World, door: Door, who: str, sees: bool
) -> None:
    """E01."""
    page = read(door(getattr(world, who)).get(address(world.ada)))

    assert ("Sell the harbour depot" in page.text) == sees
    assert "Riders stay through the winter" in page.text


def test_addresses_are_for_admins_and_oneself(world: World, door: Door) -> None:
    assert "ada@harbour.test" in read(door(world.root).get(address(world.ada))).text
    assert "ada@harbour.test" in read(door(world.ada).get(address(world.ada))).text
    assert "ada@harbour.test" not in read(door(world.ben).get(address(world.ada))).text


def test_the_list_takes_the_same_queries_however_long(world: World, door: Door) -> None:
    def add(count: int) -> None:
        for number in range(count):
            person = Person.reserve(name="Nora New", email=f"nora{count}x{number}@harbour.test", by=SYSTEM, at=NOW)
            world.riders.add(person, by=SYSTEM, at=NOW, on=NOW.date())

    assert len(counts(door(world.root), "/people/", add)) == 1

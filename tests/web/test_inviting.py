"""Inviting many at once: read as people paste it, all or nothing."""

import pytest
from pytest_django import Settings

from plumbline.people.models import Event, Invitation, Person
from tests.web.conftest import Door
from tests.web.visiting import read
from tests.world import NOW, SYSTEM, World

PAGE = "/people/invitations/"
LIST = """Ida Island <Ida@harbour.test>
jo@harbour.test\tJo Jetty
Kim Keel, kim@harbour.test
lea.lock@harbour.test
Moe Mast moe@harbour.test

Nell Net
"""


def test_a_list_is_read_however_it_was_pasted(world: World, door: Door) -> None:
    told = {"people": LIST, "role": "member", "teams": [world.riders.public_id]}
    assert door(world.root).post(PAGE, told).status_code == 302

    came = {person.name: (person.email, person.state) for person in Person.objects.filter(joined_at=None)}
    assert came == {
        "Ida Island": ("ida@harbour.test", "invited"),
        "Jo Jetty": ("jo@harbour.test", "invited"),
        "Kim Keel": ("kim@harbour.test", "invited"),
        "Lea Lock": ("lea.lock@harbour.test", "invited"),
        "Moe Mast": ("moe@harbour.test", "invited"),
        "Nell Net": (None, "reserved"),
    }
    assert world.riders.members().filter(name="Nell Net").exists()
    assert Event.objects.filter(verb="invited", actor=world.root).count() == 5


def test_people_can_be_reserved_without_a_letter(world: World, door: Door) -> None:
    door(world.root).post(PAGE, {"people": "Ida <ida@harbour.test>", "role": "viewer", "reserve": "on"})

    assert Person.objects.get(email="ida@harbour.test").state == "reserved"
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ("Ida <ida@harbour.test>\nAda <ADA@harbour.test>", "here already: ada@harbour.test"),
        ("Ida <ida@harbour.test>\nJo jo@", "Line 2"),
        ("Ida <ida@harbour.test>, jo@harbour.test", "Line 1: one person a line"),
        ("Ida <ida@harbour.test>\nIda ida@harbour.test", "Twice in the list"),
        ("Ida <ida@harbour.test>\n" + "\n".join(f"p{number}@harbour.test" for number in range(200)), "At most 200"),
        ("Ida <ida@harbour.test>\n<>", "Line 2"),
    ],
)
def test_where_one_line_is_wrong_nobody_comes(world: World, door: Door, people: str, words: str) -> None:
    answer = door(world.root).post(PAGE, {"people": people, "role": "member"})

    assert answer.status_code == 422
    assert words in read(answer).select_one("#id_people_error").text
    assert people.splitlines()[0] in read(answer).select_one("[name=people]").text
    assert not Person.objects.filter(email="ida@harbour.test").exists()


def test_those_who_did_not_come_yet_get_a_new_link(world: World, door: Door, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    first = read(door(world.root).post(PAGE, {"people": LIST, "role": "member"})).select("[data-link]")
    boss = Person.reserve(name="Boss", email="boss@harbour.test", role="admin", by=SYSTEM, at=NOW)
    Invitation.send(boss, by=SYSTEM, at=NOW)

    again = read(door(world.root).post(PAGE + "again/")).select("[data-link]")

    assert len(first) == len(again) == 5
    assert not {link["value"] for link in first} & {link["value"] for link in again}
    assert boss.invitations.filter(withdrawn_at=None).count() == 1
    assert "Send all of them again" in read(door(world.root).get("/people/?state=invited")).text

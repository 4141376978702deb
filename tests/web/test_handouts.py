"""Handing a goal out on the screen."""

from typing import Any

from bs4 import BeautifulSoup
from django.urls import reverse

from plumbline.goals.models import Handout, Objective
from plumbline.people.models import Actor, Person
from plumbline.usecases.hand_out import Recipients, hand_out
from tests.web.conftest import Door, soup_of
from tests.world import NOW, World


def address(world: World) -> str:
    return reverse("objective-handouts", args=[world.stay.public_id])


def said(world: World, **more: Any) -> dict[str, Any]:
    return {"cycle": world.q3.public_id, "to": "members", "teams": [world.riders.public_id]} | more


def groups(page: BeautifulSoup) -> dict[str, list[str]]:
    sections = page.select("main section")
    return {part.h2.get_text(): [row.get_text() for row in part.select(".who")] for part in sections}


def test_an_admin_sees_who_gets_one_makes_them_and_reads_the_report(world: World, door: Door) -> None:
    """H06: preview first, then one action and a report."""
    root = door(world.root)
    world.riders.add(world.vera, by=Actor(world.root), at=NOW, on=NOW.date())

    page = soup_of(root.post(address(world), said(world)))

    assert [name[-8:] for name in groups(page)["Gets a goal"]] == ["Ada Lead", "en Homer"]
    assert list(groups(page)) == ["Gets a goal", "Is a viewer, who leads no goals"]
    assert page.select_one("main .btn--primary").get_text() == "Make 2 goals"
    assert not Handout.objects.exists(), "nothing is made yet"
    fields = page.select("main form input")
    again = [(field["name"], field["value"]) for field in fields if field["name"] != "csrfmiddlewaretoken"]

    report = root.post(address(world), dict(again) | {"teams": [world.riders.public_id]}, follow=True)

    told = soup_of(report)
    assert "2 of 3 got one in Q3 2026." in told.select_one(".page__head").get_text()
    assert len(told.select("main a.link")) == 2
    assert Objective.objects.filter(home_person=world.ben, lead=world.ben, stage="draft").exists()


def test_it_can_be_taken_back_from_the_report(world: World, door: Door) -> None:
    root = door(world.root)
    handout = hand_out(world.stay, Recipients(world.q3, people=[world.ben]), by=Actor(world.root), at=NOW)

    root.post(reverse("handout-removal", args=[handout.public_id]))

    page = soup_of(root.get(reverse("handout", args=[handout.public_id])))
    assert "Taken back by Root Admin" in page.select_one(".note").get_text()
    assert "in the bin" in page.select_one("main ul").get_text()
    assert page.find("button", string="Take it back") is None


def test_who_is_asked_about_nobody_is_asked_again(world: World, door: Door) -> None:
    answer = door(world.root).post(address(world), said(world, teams=[]))

    assert answer.status_code == 422
    assert "Tick at least one team." in answer.content.decode()


def test_a_goal_that_its_owner_hid_is_not_shown_in_the_report(world: World, door: Door) -> None:
    handout = hand_out(world.stay, Recipients(world.q3, people=[world.ben]), by=Actor(world.root), at=NOW)
    made = Objective.objects.get(home_person=world.ben)
    made.make_private(True, by=Actor(world.ben), at=NOW)

    page = soup_of(door(world.root).get(reverse("handout", args=[handout.public_id])))

    assert made.public_id not in str(page)


def test_only_admins_are_offered_it(world: World, door: Door) -> None:
    page = reverse("objective", args=[world.stay.public_id])

    def offered(person: Person) -> bool:
        return bool(soup_of(door(person).get(page)).select(f'a[href="{address(world)}"]'))

    assert [offered(person) for person in (world.root, world.olga, world.ada, world.vera)] == [True, True, False, False]

"""My week."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from time_machine import travel

from plumbline.goals.models import Comment
from plumbline.people.models import Actor, Organisation
from tests.web.conftest import Door, soup_of
from tests.web.many import many_key_results, many_objectives
from tests.world import NOW, SYSTEM, World, a_person

pytestmark = pytest.mark.both_databases

HOME = "/"


def test_ada_sees_what_is_due_and_until_when(world: World, door: Door) -> None:
    page = soup_of(door(world.ada).get(HOME))

    assert page.select_one("h1").get_text() == "Friday 22 May"
    assert page.select_one(".page__head p").get_text() == "One check-in is due by Monday. About two minutes."
    assert page.select_one("#due-heading").get_text() == "Due by Monday"
    assert len(page.select("li.due")) == 1


def test_the_frame_knows_the_person_the_cycle_and_what_is_due(world: World, door: Door) -> None:
    page = soup_of(door(world.ada).get(HOME))

    assert "Q2 2026" in page.select_one(".cycle").get_text()
    assert "week 8 of 13" in page.select_one(".cycle").get_text()
    assert page.select_one(".rail .dot").get_text(strip=True).startswith("1")


def test_goals_hang_against_the_line(world: World, door: Door) -> None:
    page = soup_of(door(world.ada).get(HOME))

    assert page.select_one("#hang-heading").get_text() == "Your two goals against the line"
    assert len(page.select(".hang__item")) == 2


def test_checking_in_on_the_week_without_javascript_leads_back(world: World, door: Door) -> None:
    ada = door(world.ada)
    form = soup_of(ada.get(HOME)).select_one("li.due form")
    said = {field["name"]: field.get("value", "") for field in form.select("input[name]")} | {"value": "38"}

    answer = ada.post(form["action"], said, follow=True)

    assert answer.redirect_chain[-1][0] == HOME
    assert "Nothing is due. The next check-in is on Friday 29 May." in soup_of(answer).select_one("main").get_text()
    assert world.activation.check_ins.latest("pk").value == 38


def test_a_first_day_is_empty_and_offers_one_thing(world: World, door: Door) -> None:
    newcomer = a_person("Nina New")

    empty = soup_of(door(newcomer).get(HOME)).select_one(".empty")

    assert empty.select_one("h2").get_text() == "Nothing hangs here yet"
    assert empty.select_one("a")["href"] == reverse("new-goal")


def test_a_viewer_is_not_asked_to_write(world: World, door: Door) -> None:
    assert soup_of(door(world.vera).get(HOME)).select_one(".empty a")["href"] == reverse("goals")


def test_the_team_has_a_rhythm_and_nobody_a_rank(world: World, door: Door) -> None:
    pulse = soup_of(door(world.ben).get(HOME)).select_one(".pulse")

    assert pulse.select_one(".figure").get_text() == "0 of 1"
    assert not [person for person in world.cast().values() if person and person.name in pulse.get_text()]


def test_private_goals_count_for_those_on_them_only(world: World, door: Door) -> None:
    assert soup_of(door(world.ada).get(HOME)).select_one(".pulse .figure").get_text() == "0 of 2"
    assert world.secret.title not in door(world.ben).get(HOME).content.decode()


def test_what_others_did_is_told_in_a_sentence(world: World, door: Door) -> None:
    world.activation.check_in(value=Decimal(38), note="The tour works.", by=Actor(world.ada), at=NOW)

    feed = soup_of(door(world.ben).get(HOME)).select_one(".feed li")

    assert "Ada Lead moved New riders who ride in week one from 36% to 38%" in feed.get_text()
    assert feed.select_one(".quote").get_text() == "The tour works."


def test_what_was_taken_back_is_not_told(world: World, door: Door) -> None:
    check_in = world.activation.check_in(value=Decimal(63), by=Actor(world.ada), at=NOW)
    world.activation.withdraw(check_in, by=Actor(world.ada), at=NOW)

    assert "63%" not in door(world.ben).get(HOME).content.decode()


def test_what_happens_to_a_private_goal_is_told_to_nobody_else(world: World, door: Door) -> None:
    Comment.say(world.secret, "The bank called.", by=Actor(world.carl), at=NOW)

    assert "The bank called." in door(world.ada).get(HOME).content.decode()
    for who in (world.vera, world.cleo, world.ben, world.max, world.root, world.olga):
        page = door(who).get(HOME).content.decode()
        assert "The bank called." not in page
        assert world.secret.public_id not in page
        assert world.secret_result.public_id not in page


def test_a_second_look_knows_the_first(world: World, door: Door) -> None:
    ben = door(world.ben)
    assert "What happened" in soup_of(ben.get(HOME)).select_one("#feed-heading").get_text()

    with travel(NOW + timedelta(days=1), tick=False):
        assert "Since you last looked" in soup_of(ben.get(HOME)).select_one("#feed-heading").get_text()
        assert "Nothing new" in soup_of(ben.get(HOME)).select_one("main").get_text()


def test_another_cycle_is_chosen_by_address_and_remembered(world: World, door: Door) -> None:
    ada = door(world.ada)
    ada.get(HOME, {"cycle": world.q3.public_id})

    page = soup_of(ada.get(HOME))

    assert "Q3 2026" in page.select_one(".cycle").get_text()
    assert page.select_one("#hang-heading") is None
    assert page.select_one('#cycles a[aria-current="true"]').get_text(strip=True).startswith("Q3 2026")


def test_the_sign_in_page_asks_for_nobody(world: World, door: Door, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(1):
        door(None).get(reverse("account_login"))


@pytest.mark.parametrize("count", [1, 20, 200])
def test_more_goals_cost_no_more_queries(
    world: World, door: Door, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many_key_results(world.stay, count, world.ada)
    for row in many_objectives(world.stay, min(count, 40)):
        many_key_results(row, 1, world.ada)
    ada = door(world.ada)
    ada.get(HOME)

    with django_assert_num_queries(12):
        ada.get(HOME)


@pytest.mark.django_db
def test_a_house_without_a_cycle_opens_all_the_same() -> None:
    Organisation.found(name="Harbour Cargo Bikes", by=SYSTEM, at=NOW)
    client = Client()
    client.force_login(a_person("Olga Owner", "owner"))

    for url in (HOME, reverse("goals"), reverse("guided-check-in")):
        assert client.get(url).status_code == 200

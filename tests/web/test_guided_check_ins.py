"""The guided check-in: one goal after the other."""

from decimal import Decimal

from bs4 import BeautifulSoup
from django.urls import reverse

from plumbline.goals.models import KeyResult
from plumbline.people.models import Actor
from tests.web.conftest import Door, soup_of
from tests.web.many import many_key_results
from tests.world import NOW, SYSTEM, TODAY, World

GUIDED = "/check-in/"


def named_in(page: BeautifulSoup) -> str:
    return str(page.select_one("#check-in [name=key_result]")["value"])


def test_a_form_sent_twice_checks_in_on_its_own_goal_alone(world: World, door: Door) -> None:
    (other,) = many_key_results(world.stay, 1, world.ada)
    ada = door(world.ada)
    sent = {"value": "38", "once": "a", "key_result": named_in(soup_of(ada.get(GUIDED)))}

    for _twice in range(2):
        ada.post(GUIDED, sent)

    assert KeyResult.objects.get(pk=world.activation.pk).current == 38
    assert KeyResult.objects.get(pk=other.pk).current == 36


def test_the_value_of_a_goal_that_left_the_walk_goes_nowhere_else(world: World, door: Door) -> None:
    """E12: rights are gone while the page is open."""
    (other,) = many_key_results(world.stay, 1, world.ada)
    ben = door(world.ben)
    address = f"{GUIDED}?goals={world.activation.public_id},{other.public_id}"
    sent = {"value": "44", "once": "a", "key_result": named_in(soup_of(ben.get(address)))}
    world.riders.remove(world.ben, by=SYSTEM, at=NOW, on=TODAY)

    assert ben.post(address, sent).status_code == 403
    assert KeyResult.objects.get(pk=other.pk).current == 36


def test_it_walks_through_what_is_due_to_a_summary(world: World, door: Door) -> None:
    many_key_results(world.stay, 1, world.ada)
    ada = door(world.ada)
    page = soup_of(ada.get(GUIDED))
    assert len(page.select(".ci__steps li")) == 2
    assert "Save and next" in page.select_one("[data-save]").get_text()
    first = {"value": "38", "once": "a", "key_result": named_in(page)}
    second_page = ada.post(GUIDED, first, follow=True)
    assert soup_of(second_page).select_one(".ci__steps .is-done") is not None

    second = {"value": "37", "once": "b", "key_result": named_in(soup_of(second_page))}
    summary = ada.post(second_page.redirect_chain[-1][0], second, follow=True)

    assert "2 goals are checked in" in soup_of(summary).select_one("h1").get_text()
    assert world.activation.check_ins.latest("pk").value in (Decimal(38), Decimal(37))


def test_a_goal_can_be_skipped(world: World, door: Door) -> None:
    ada = door(world.ada)
    skip = soup_of(ada.get(GUIDED)).select_one("[data-next]")["href"]

    summary = soup_of(ada.get(skip))

    assert "1 was skipped this week." in summary.select_one(".page__head").get_text()
    assert world.activation.statement in summary.select_one("main").get_text()


def test_a_mistake_stays_on_its_step(world: World, door: Door) -> None:
    answer = door(world.ada).post(GUIDED, {"value": "soon", "key_result": world.activation.public_id})

    assert answer.status_code == 422
    assert soup_of(answer).select_one("#id_value")["value"] == "soon"


def test_nothing_due_says_when_the_next_one_is(world: World, door: Door) -> None:
    world.activation.check_in(value=Decimal(38), by=Actor(world.ada), at=NOW)

    empty = soup_of(door(world.ada).get(GUIDED)).select_one(".empty")

    assert "The next check-in is due on Friday 29 May." in empty.get_text()


def test_goals_of_others_are_left_out_of_an_address(world: World, door: Door) -> None:
    url = f"{GUIDED}?goals={world.secret_result.public_id},{world.activation.public_id}"

    page = soup_of(door(world.ben).get(url))

    assert len(page.select(".ci__steps li")) == 1
    assert soup_of(door(world.cleo).get(url)).select_one(".empty") is not None


def test_an_objective_offers_a_walk_through_its_key_results(world: World, door: Door) -> None:
    ben = door(world.ben)
    primary = soup_of(ben.get(reverse("objective", args=[world.stay.public_id]))).select_one(
        ".page__acts .btn--primary"
    )

    assert ben.get(primary["href"]).status_code == 200

"""The page of one key result."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from plumbline.goals.models import CheckIn, KeyResult
from plumbline.people.models import Actor
from tests.web.conftest import Door, soup_of
from tests.world import NOW, TODAY, World, a_key_result


def address(key_result: KeyResult, name: str = "key-result") -> str:
    return reverse(name, args=[key_result.public_id])


@pytest.mark.parametrize(
    ("who", "public", "private"),
    [("nobody", 302, 302), ("vera", 200, 404), ("cleo", 200, 404), ("olga", 200, 404), ("carl", 200, 200)],
)
def test_who_sees_it(world: World, door: Door, who: str, public: int, private: int) -> None:
    visitor = door(world.cast()[who])

    assert visitor.get(address(world.activation)).status_code == public
    assert visitor.get(address(world.secret_result)).status_code == private


def test_the_number_explains_itself(world: World, door: Door) -> None:
    text = soup_of(door(world.vera).get(address(world.activation))).select_one("main").get_text()

    assert "(36 − 31) ÷ (45 − 31) = 36%" in text
    assert "57% of its 91 days have passed" in text


def test_a_number_that_has_not_moved_says_how_it_will(world: World, door: Door) -> None:
    """A23."""
    rides = a_key_result(world.stay, statement="Winter rides rise from 2 to 4", baseline=2, target=4)

    text = soup_of(door(world.ada).get(address(rides))).select_one("main").get_text()

    assert "It starts moving once the value leaves 2%." in text


def test_beyond_the_target_both_numbers_are_explained(world: World, door: Door) -> None:
    """A05."""
    world.activation.check_in(value=Decimal(52), by=Actor(world.ada), at=NOW)

    page = soup_of(door(world.vera).get(address(world.activation)))

    assert page.select_one("[data-progress]").get_text() == "150%"
    assert "counts from 0% to 100%" in page.select_one("main").get_text()


def test_the_judgement_stands_with_the_words_that_decided(world: World, door: Door) -> None:
    guides = a_key_result(world.stay, statement="Publish 10 winter guides", baseline=0, target=10, unit_kind="count")

    judged = soup_of(door(world.vera).get(address(guides))).select_one("[data-judgement]")

    assert "This counts what you make." in judged.get_text()
    assert "Publish" in " ".join(mark.get_text() for mark in judged.select("[data-heard] mark"))


def test_the_table_behind_the_chart_hides_nothing(world: World, door: Door) -> None:
    wrong = world.activation.check_in(value=Decimal(63), by=Actor(world.ada), at=NOW)
    world.activation.withdraw(wrong, by=Actor(world.ada), at=NOW, reason="Typed the wrong line")

    table = soup_of(door(world.vera).get(address(world.activation))).select_one("table")

    assert [cell.get_text() for cell in table.select("tbody td:nth-child(2)")] == ["63%", "36%"]
    assert "Typed the wrong line" in table.get_text()
    assert table.select("a") == []


def test_only_the_newest_can_be_taken_back(world: World, door: Door) -> None:
    world.activation.check_in(value=Decimal(38), by=Actor(world.ada), at=NOW)

    page = soup_of(door(world.ada).get(address(world.activation)))

    assert [len(row.select("a")) for row in page.select("table tbody tr")] == [2, 1]


def test_a_draft_starts_when_nothing_is_missing(world: World, door: Door) -> None:
    draft = a_key_result(world.stay)
    ada = door(world.ada)
    ada.post(address(draft, "key-result-activation"))

    draft.refresh_from_db()
    assert draft.stage == "active"


def test_a_draft_that_lacks_something_says_what(world: World, door: Door) -> None:
    draft = a_key_result(world.stay, metric="")

    answer = door(world.ada).post(address(draft, "key-result-activation"))

    assert answer.status_code == 409
    assert "Before it starts it needs a metric." in soup_of(answer).select_one(".empty").get_text()


def test_the_policy_may_ask_for_a_reason(world: World, door: Door) -> None:
    world.organisation.change(judge_policy="reason", by=Actor(world.olga), at=NOW)
    draft = a_key_result(world.stay, statement="Publish 10 winter guides", baseline=0, target=10)

    answer = door(world.ada).post(address(draft, "key-result-activation"))

    assert answer.status_code == 409
    assert "So that…?" in soup_of(answer).select_one("h1").get_text()


def test_cleo_starts_nothing_of_others(world: World, door: Door) -> None:
    draft = a_key_result(world.stay)

    assert door(world.cleo).post(address(draft, "key-result-activation")).status_code == 403
    assert door(world.cleo).post(address(world.secret_result, "key-result-activation")).status_code == 404


@pytest.mark.parametrize("count", [1, 20, 200])
def test_more_check_ins_cost_no_more_queries(
    world: World, door: Door, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    CheckIn.objects.bulk_create(
        CheckIn(key_result=world.activation, value=Decimal(36), on=TODAY, entered_at=NOW, author=world.ada)
        for _each in range(count)
    )
    ben = door(world.ben)

    with django_assert_num_queries(16):
        ben.get(address(world.activation))


def read_weekly(world: World, key_result: KeyResult, *values: str) -> None:
    key_result.activate(by=Actor(world.ada), at=NOW)
    for week, value in enumerate(reversed(values)):
        day = TODAY - timedelta(weeks=week)
        key_result.check_in(value=Decimal(value), status="on_track", on=day, by=Actor(world.ada), at=NOW)


def test_the_forecast_is_shown_with_its_interval_and_explained(world: World, door: Door) -> None:
    rides = a_key_result(world.stay, statement="Winter rides rise from 20 to 60", baseline=20, target=60)
    read_weekly(world, rides, "24", "29", "33", "38")

    page = soup_of(door(world.vera).get(address(rides)))

    assert re.fullmatch(r"\d\d?%", page.select_one("[data-forecast] b").get_text())
    assert "a week now" in page.select_one("details dl").get_text()
    assert page.select_one(".c-cone")


def test_few_readings_say_that_it_is_too_early(world: World, door: Door) -> None:
    rides = a_key_result(world.stay, statement="Winter rides rise from 20 to 60", baseline=20, target=60)
    read_weekly(world, rides, "24", "29")

    page = soup_of(door(world.vera).get(address(rides)))

    assert page.select_one("[data-forecast] dd").get_text(strip=True) == "Too early: 2 readings of 3"
    assert not page.select_one(".c-cone")


def test_green_that_will_hardly_arrive_says_both(world: World, door: Door) -> None:
    """B06."""
    rides = a_key_result(world.stay, statement="Winter rides rise from 20 to 60", baseline=20, target=60)
    read_weekly(world, rides, "21", "20", "21", "20")

    page = soup_of(door(world.vera).get(address(rides)))

    assert (
        page.select_one("[data-doubt]").get_text(strip=True).startswith("It is shown on track, and from its readings")
    )
    assert "The lead says" in page.select_one("details dl").get_text()

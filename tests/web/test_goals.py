"""The table of goals."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from plumbline.goals.models import Objective
from plumbline.people.models import Actor
from tests.web.conftest import Door, soup_of
from tests.web.many import many_key_results, many_objectives
from tests.world import NOW, World, a_key_result, an_objective

pytestmark = pytest.mark.both_databases

GOALS = "/goals/"


def titles(answer: object) -> list[str]:
    return [link.get_text() for link in soup_of(answer).select(".gt__grp a")]  # type: ignore[arg-type]


def test_goals_stand_under_their_objectives(world: World, door: Door) -> None:
    page = soup_of(door(world.cleo).get(GOALS))

    assert page.select_one(".gt__grp .status")["data-status"] == "on_track"
    row = page.select_one(".gt__g").parent
    assert row.select_one(".figures b").get_text().endswith("36%")
    assert row.select_one(".who").get_text().endswith("Ada Lead")
    assert row.select_one(".gt__u").get_text(strip=True) == "15 May"


@pytest.mark.parametrize(("who", "count"), [("vera", 1), ("cleo", 1), ("ben", 1), ("olga", 1), ("ada", 2), ("carl", 2)])
def test_no_count_reveals_a_private_goal(world: World, door: Door, who: str, count: int) -> None:
    """E01."""
    answer = door(world.cast()[who]).get(GOALS)

    assert len(titles(answer)) == count
    assert soup_of(answer).select_one(".views [aria-current] small").get_text() == str(count)


def test_the_leads_of_private_goals_are_no_choice_for_others(world: World, door: Door) -> None:
    world.secret.change(lead=world.carl, reason="Carl knows the bank", by=Actor(world.ada), at=NOW)

    names = [option.get_text() for option in soup_of(door(world.ben).get(GOALS)).select("select[name=lead] option")]

    assert names == ["Any", "Ada Lead"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "WINTER rise"}, True),
        ({"q": "summer"}, False),
        ({"status": "on_track"}, True),
        ({"status": "off_track"}, False),
        ({"level": "outcome"}, True),
        ({"level": "input"}, False),
        ({"team": "company"}, False),
        ({"mine": "1"}, False),
        ({"status": "nonsense"}, True),
        ({"page": "99"}, True),
    ],
)
def test_filters_live_in_the_address(world: World, door: Door, query: dict[str, str], found: bool) -> None:
    """I02."""
    assert bool(titles(door(world.ben).get(GOALS, query))) is found


def test_a_team_and_a_lead_can_be_chosen(world: World, door: Door) -> None:
    other = an_objective(world.cleo, world.q2, world.workshop, title="Repairs take a day")
    other.activate(by=Actor(world.cleo), at=NOW)
    ben = door(world.ben)

    assert titles(ben.get(GOALS, {"team": world.workshop.public_id})) == ["Repairs take a day"]
    assert titles(ben.get(GOALS, {"lead": world.ada.public_id})) == [world.stay.title]


def test_accents_do_not_matter(world: World, door: Door) -> None:
    world.stay.change(title="Fahrräder für Nürnberg", reason="Moved south", by=Actor(world.ada), at=NOW)

    assert titles(door(world.ben).get(GOALS, {"q": "NURNBERG"})) == ["Fahrräder für Nürnberg"]


def test_drafts_have_their_tab(world: World, door: Door) -> None:
    an_objective(world.ada, world.q2, world.riders, title="Riders help each other")
    ben = door(world.ben)

    assert titles(ben.get(GOALS)) == [world.stay.title]
    assert titles(ben.get(GOALS, {"stage": "draft"})) == ["Riders help each other"]


def test_a_draft_key_result_is_counted_once(world: World, door: Door) -> None:
    for _each in range(3):
        a_key_result(world.stay)

    answer = door(world.ben).get(GOALS, {"stage": "draft"})

    assert titles(answer) == [world.stay.title]
    assert soup_of(answer).select_one(".views [aria-current] small").get_text() == "1"


def test_an_archived_goal_leaves_the_table(world: World, door: Door) -> None:
    world.stay.archive(by=Actor(world.ada), at=NOW)

    assert titles(door(world.ben).get(GOALS)) == []
    assert titles(door(world.ben).get(GOALS, {"stage": "archived"})) == [world.stay.title]


def test_no_result_names_the_filter_to_remove(world: World, door: Door) -> None:
    empty = soup_of(door(world.ben).get(GOALS, {"status": "off_track"})).select_one(".empty")

    assert empty.select_one("a").get_text() == "Without “Status: Off track” there is 1 objective"
    assert "off_track" not in empty.select_one("a")["href"]


def test_the_worst_come_first_when_asked(world: World, door: Door) -> None:
    silent = an_objective(world.ada, world.q2, world.riders, title="Riders help each other")
    a_key_result(silent).activate(by=Actor(world.ada), at=NOW)
    silent.activate(by=Actor(world.ada), at=NOW)
    ben = door(world.ben)

    assert titles(ben.get(GOALS)) == ["Riders help each other", world.stay.title]
    assert titles(ben.get(GOALS, {"sort": "status"})) == ["Riders help each other", world.stay.title]
    assert titles(ben.get(GOALS, {"sort": "progress"})) == ["Riders help each other", world.stay.title]
    assert titles(ben.get(GOALS, {"sort": "newest"})) == ["Riders help each other", world.stay.title]


def test_another_cycle_has_its_own_goals(world: World, door: Door) -> None:
    page = door(world.ben).get(GOALS, {"cycle": world.q3.public_id})

    assert titles(page) == []
    assert "There are no such goals in Q3 2026." in soup_of(page).select_one(".empty").get_text()


def test_nobody_is_sent_to_sign_in(world: World, door: Door) -> None:
    assert door(None).get(GOALS).headers["Location"].startswith(reverse("account_login"))


def test_pages_keep_the_filters(world: World, door: Door) -> None:
    many_objectives(world.stay, 25)

    page = soup_of(door(world.ben).get(GOALS, {"q": "winter"}))

    assert page.select_one("a[rel=next]")["href"] == "?q=winter&page=2"
    assert len(page.select(".gt__grp")) == 15


@pytest.mark.parametrize("count", [1, 20, 200])
@pytest.mark.parametrize(
    ("query", "queries"),
    [({}, 9), ({"status": "no_status", "sort": "status"}, 7), ({"group": "lead", "sort": "-behind"}, 9)],
)
def test_more_goals_cost_no_more_queries(
    world: World,
    door: Door,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
    query: dict[str, str],
    queries: int,
) -> None:
    many_objectives(world.stay, count)
    Objective.objects.filter(title=world.stay.title).update(lead=world.ada)
    for row in Objective.objects.exclude(pk=world.stay.pk).filter(is_private=False)[:30]:
        many_key_results(row, 1, world.ada)
    ben = door(world.ben)

    with django_assert_num_queries(queries):
        ben.get(GOALS, query)

"""The page of what was found."""

import pytest

from plumbline.goals.models import Kpi, Objective
from plumbline.people.models import Person, Team
from tests.web.conftest import Door
from tests.web.many import many_key_results, many_objectives
from tests.web.visiting import counts, read
from tests.world import NOW, SYSTEM, World

pytestmark = pytest.mark.both_databases


def test_finds_stand_in_groups_that_lead_on(world: World, door: Door) -> None:
    page = read(door(world.vera).get("/search/?q=r"))

    assert [head.text for head in page.select("main h2")] == ["Objectives", "Key results", "People", "Teams"]
    assert page.select_one("main .row a")["href"] == f"/objectives/{world.stay.public_id}/"
    assert page.select_one("main [name=q]")["value"] == "r"


@pytest.mark.parametrize(("who", "finds"), [("ada", 2), ("carl", 2), ("ben", 0), ("root", 0), ("olga", 0)])
def test_a_private_goal_is_not_found_by_others(world: World, door: Door, who: str, finds: int) -> None:
    """E01."""
    page = read(door(getattr(world, who)).get("/search/?q=depot"))

    assert len(page.select("main .row")) == finds
    assert (page.select_one(".empty") is not None) == (finds == 0)


def test_nothing_asked_is_an_open_field(world: World, door: Door) -> None:
    page = read(door(world.vera).get("/search/"))

    assert page.select_one("main [name=q]").has_attr("autofocus")
    assert page.select_one(".empty") is None


def test_what_was_typed_is_shown_and_never_run(world: World, door: Door) -> None:
    page = read(door(world.vera).get("/search/", {"q": "<script>alert(1)</script>"}))

    assert page.select("main script") == []
    assert "<script>" in page.select_one(".empty :is(h2, h3)").text


def test_search_takes_the_same_queries_however_much_there_is(world: World, door: Door) -> None:
    def add(count: int) -> None:
        many_objectives(world.stay, count)
        many_key_results(world.stay, count, world.ada)
        Kpi.objects.bulk_create(Kpi(name="Riders a week") for _each in range(count))
        Team.objects.bulk_create(Team(name=f"Riders {count} {number}") for number in range(count))
        for number in range(min(count, 20)):
            Person.reserve(name="Rida New", email=f"r{count}x{number}@harbour.test", by=SYSTEM, at=NOW)

    assert len(counts(door(world.vera), "/search/?q=ri", add)) == 1
    assert Objective.objects.count() > 200

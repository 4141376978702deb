"""The page of the plan check."""

from bs4 import BeautifulSoup
from django.urls import reverse

from plumbline.goals.models import Dismissal
from tests.web.conftest import Door, soup_of
from tests.world import World, a_key_result, an_objective


def address(world: World, name: str = "plan-check", query: str = "") -> str:
    return reverse(name, args=[world.q3.public_id]) + query


def a_plan(world: World) -> None:
    """Two teams that want the same, and one goal that nobody can measure."""
    for team, lead in ((world.riders, world.ada), (world.workshop, world.cleo)):
        row = an_objective(lead, world.q3, team, title=f"Aim of {team.name}", pillar=world.pillar)
        a_key_result(row)
    an_objective(world.cleo, world.q3, world.workshop, title="Nobody waits", pillar=world.pillar)


def headings(page: BeautifulSoup) -> list[str]:
    return [heading.get_text() for heading in page.select("main section h2")]


def test_what_stands_out_is_shown_with_its_evidence_and_a_way_to_mend_it(world: World, door: Door) -> None:
    """X15."""
    a_plan(world)

    page = soup_of(door(world.ada).get(address(world)))

    assert headings(page) == ["No key result", "Nearly the same"]
    twice = page.select_one("[data-finding=near_duplicates]")
    assert [link.get_text() for link in twice.select(".evidence a")] == [
        "New riders who ride in week one rise from 31% to 45%"
    ] * 2
    assert "Riders" in twice.get_text()
    assert "Workshop" in twice.get_text()
    empty = page.select_one("[data-finding=no_key_results] .btn")
    assert empty.get_text() == "Write a key result"
    assert door(world.cleo).get(empty["href"]).status_code == 200


def test_a_team_sees_its_own_plan(world: World, door: Door) -> None:
    a_plan(world)

    page = soup_of(door(world.vera).get(address(world, query=f"?team={world.riders.public_id}")))

    assert headings(page) == ["Nearly the same"]
    assert "1 goal looked over. 1 thing stands out." in page.select_one(".page__head").get_text()
    assert page.select_one("[data-finding] form") is None, "a viewer answers nothing"


def test_why_something_is_fine_is_kept_and_can_be_taken_back(world: World, door: Door) -> None:
    """X15: dismissed with a reason; who and when are shown."""
    a_plan(world)
    ada = door(world.ada)
    form = soup_of(ada.get(address(world))).select_one("[data-finding=near_duplicates] form")
    said = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    refused = ada.post(address(world, "plan-dismissals"), said | {"reason": "no"})
    assert refused.status_code == 422
    assert soup_of(refused).select_one("input[aria-invalid]")["value"] == "no"

    ada.post(address(world, "plan-dismissals"), said | {"reason": "Two depots, two weeks apart"})

    page = soup_of(ada.get(address(world)))
    assert headings(page) == ["No key result", "Said to be fine"]
    kept = page.select_one("[data-dismissed]").get_text()
    assert "Two depots, two weeks apart" in kept
    assert "Ada Lead, 22 May 2026" in kept

    ada.post(address(world, "plan-dismissal-removal"), said)

    assert headings(soup_of(ada.get(address(world)))) == ["No key result", "Nearly the same"]
    assert Dismissal.objects.get().withdrawn_by == world.ada


def test_nobody_dismisses_what_they_have_no_hand_in(world: World, door: Door) -> None:
    a_plan(world)
    page = soup_of(door(world.ben).get(address(world)))
    key = page.select_one("[data-finding=no_key_results] input[name=key]")["value"]

    answer = door(world.ben).post(
        address(world, "plan-dismissals"), {"rule": "no_key_results", "key": key, "reason": "It is fine"}
    )

    assert answer.status_code == 403
    unknown = {"rule": "no_key_results", "key": "nothing", "reason": "It is fine"}
    assert door(world.cleo).post(address(world, "plan-dismissals"), unknown).status_code == 404


def test_a_private_goal_is_found_by_those_named_on_it_alone(world: World, door: Door) -> None:
    secret = an_objective(world.ada, world.q3, world.riders, title="Sell the depot", is_private=True)

    for person in (world.ben, world.root, world.olga, world.vera):
        answer = door(person).get(address(world)).content.decode()
        assert "depot" not in answer
        assert secret.public_id not in answer
    assert "Sell the depot" in door(world.ada).get(address(world)).content.decode()


def test_a_long_list_is_cut_and_can_be_seen_whole(world: World, door: Door) -> None:
    for number in range(10):
        an_objective(world.ada, world.q3, title=f"Aim {'abcdefghij'[number] * 3}", pillar=world.pillar)
    vera = door(world.vera)

    page = soup_of(vera.get(address(world)))
    assert len(page.select("[data-finding=no_key_results]")) == 8
    link = page.find("a", string="See all 10")

    assert len(soup_of(vera.get(address(world) + link["href"])).select("[data-finding]")) == 10

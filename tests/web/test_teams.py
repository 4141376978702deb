"""Teams: their tree, their page, and who shapes them."""

import pytest
from django.urls import reverse

from plumbline.goals.models import KeyResult, Kpi
from plumbline.people.models import Actor, Team
from tests.web.conftest import Door
from tests.web.many import many_key_results, many_objectives
from tests.web.visiting import counts, read
from tests.world import NOW, SYSTEM, World


def address(team: Team, name: str = "team", *more: str) -> str:
    return reverse(name, args=[team.public_id, *more])


def test_the_tree_shows_who_is_part_of_what(world: World, door: Door) -> None:
    Team.form(name="Night riders", parent=world.riders, by=SYSTEM, at=NOW)

    page = read(door(world.vera).get("/teams/"))

    rows = [(row.select_one(".goal").text, row["data-depth"]) for row in page.select("[data-team]")]
    assert rows == [("Riders", "0"), ("Night riders", "1"), ("Workshop", "0")]
    assert page.select_one("[data-team] .meta:last-child").text == "2 people"


def test_the_page_tells_where_the_team_stands(world: World, door: Door) -> None:
    page = read(door(world.vera).get(address(world.riders)))

    assert [each.text for each in page.select(".objgroup h3 a")] == ["Riders stay through the winter"]
    assert "31%" in page.select_one(".krline .figures").text
    assert page.select_one(".mix")["aria-label"].startswith("1 outcome")
    assert page.select_one(".kmini a").text == "Monthly churn"


def test_rhythm_is_told_for_the_team_and_never_by_person(world: World, door: Door) -> None:
    KeyResult.objects.filter(pk=world.activation.pk).update(activated_on=world.q2.first_day)

    page = read(door(world.vera).get(address(world.riders)))

    weeks = [week.get_text(strip=True) for week in page.select(".weeks li")]
    assert weeks[-2:] == ["Week 7: 1 of 1 checked in", "Week 8: 0 of 1 checked in"]
    assert not any(name in page.select_one(".weeks").text for name in ("Ada", "Ben"))


@pytest.mark.parametrize(("who", "goals"), [("ada", 2), ("carl", 2), ("ben", 1), ("olga", 1)])
def test_a_private_goal_leaves_no_trace_for_others(world: World, door: Door, who: str, goals: int) -> None:
    """E01: nor do totals give it away."""
    page = read(door(getattr(world, who)).get(address(world.riders)))

    assert len(page.select(".objgroup")) == goals
    assert ("depot" in page.text.lower()) == (goals == 2)
    assert page.select_one("main .sec__head .count").text == ("2 objectives" if goals == 2 else "1 objective")


def test_a_private_kpi_is_not_among_the_teams_numbers(world: World, door: Door) -> None:
    Kpi.watch(
        name="Depot offers", lead=world.ada, is_private=True, home="team", teams=[world.riders], by=SYSTEM, at=NOW
    )

    assert "Depot offers" not in read(door(world.olga).get(address(world.riders))).text
    assert "Depot offers" in read(door(world.ada).get(address(world.riders))).text


def test_root_forms_a_team_and_fills_it(world: World, door: Door) -> None:
    browser = door(world.root)
    form = {"name": "Harbour crew", "purpose": "Loads the boats.", "lead": world.max.public_id, "parent": ""}

    crew = Team.objects.get(name="Harbour crew") if browser.post("/teams/new/", form).status_code == 302 else None
    assert crew is not None
    assert crew.lead == world.max

    browser.post(address(crew, "team-members"), {"person": world.vera.public_id})
    assert list(crew.members()) == [world.vera]
    browser.post(address(crew, "team-member-removal", world.vera.public_id))
    assert list(crew.members()) == []


@pytest.mark.parametrize("name", ["team-details", "team-members", "team-archival"])
@pytest.mark.parametrize("who", ["vera", "ben", "ada"])
def test_shaping_teams_is_for_admins(world: World, door: Door, who: str, name: str) -> None:
    form = {"name": "Ours", "person": world.vera.public_id}

    assert door(getattr(world, who)).post(address(world.riders, name), form).status_code == 403
    assert Team.objects.get(pk=world.riders.pk).name == "Riders"
    assert not Team.objects.get(pk=world.riders.pk).is_archived


def test_a_name_that_is_taken_and_a_circle_are_refused_in_words(world: World, door: Door) -> None:
    browser = door(world.root)
    world.workshop.change(parent=world.riders, by=SYSTEM, at=NOW)
    version = Team.objects.get(pk=world.riders.pk).version

    taken = browser.post("/teams/new/", {"name": "Riders"})
    assert (taken.status_code, "Another team" in read(taken).select_one("#id_name_error").text) == (422, True)

    circle = {"name": "Riders", "parent": world.workshop.public_id, "version": version}
    answer = browser.post(address(world.riders, "team-details"), circle)
    assert (answer.status_code, "above itself" in read(answer).select_one("#id_parent_error").text) == (422, True)


def test_two_admins_on_one_team_are_told(world: World, door: Door) -> None:
    """G01."""
    version = Team.objects.get(pk=world.riders.pk).version
    world.riders.change(name="Riders and drivers", by=Actor(world.olga), at=NOW)
    form = {"name": "Couriers", "lead": world.ada.public_id, "version": version}

    answer = door(world.root).post(address(world.riders, "team-details"), form)

    page = read(answer)
    assert answer.status_code == 409
    assert "Olga Owner changed this" in page.select_one("[role=alert]").text
    assert "Riders and drivers" in page.select_one(".clash").text
    assert page.select_one("#id_name")["value"] == "Couriers"
    again = {**form, "version": page.select_one("#id_version")["value"]}
    assert door(world.root).post(address(world.riders, "team-details"), again).status_code == 302


def test_an_archived_team_takes_nobody_in_and_offers_no_goal(world: World, door: Door) -> None:
    """F03."""
    browser = door(world.root)
    browser.post(address(world.riders, "team-archival"))

    assert browser.post(address(world.riders, "team-members"), {"person": world.vera.public_id}).status_code == 422
    assert read(browser.get(address(world.riders))).select_one("main a[href*='new']") is None
    browser.post(address(world.riders, "team-archival"), {"back": "1"})
    assert not Team.objects.get(pk=world.riders.pk).is_archived


def test_the_list_takes_the_same_queries_however_long(world: World, door: Door) -> None:
    def add(count: int) -> None:
        Team.objects.bulk_create(Team(name=f"Crew {count} of {number}", lead=world.ada) for number in range(count))

    assert len(counts(door(world.vera), "/teams/", add)) == 1


def test_the_page_takes_the_same_queries_however_much(world: World, door: Door) -> None:
    def add(count: int) -> None:
        many_key_results(world.stay, count, world.ada)
        many_objectives(world.stay, count)

    assert len(counts(door(world.vera), address(world.riders), add)) == 1


def test_a_team_without_goals_says_so(world: World, door: Door) -> None:
    page = read(door(world.root).get(address(world.workshop)))

    assert "No objective in this cycle" in page.text
    assert page.select_one(".empty a")["href"].endswith(f"?home={world.workshop.public_id}")
    assert page.select_one(".weeks") is None

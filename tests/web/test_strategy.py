"""The strategy map: what hangs from what, for whom, in few queries."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plumbline.goals.models import Objective, Pillar, UltimateMeasure
from plumbline.people.models import Actor, Person
from plumbline.web.strategy_map import strategy_map
from tests.web.pages import as_, soup_of, words
from tests.world import NOW, SYSTEM, TODAY, World, a_key_result, an_objective


def shown(person: Person, world: World, **asked: str) -> HttpResponse:
    return as_(person).get(reverse("strategy"), {"cycle": world.q2.public_id, **asked})


def a_company_goal(world: World, title: str = "Freight goes by bike") -> Objective:
    goal = an_objective(world.olga, world.q2, title=title, pillar=world.pillar)
    goal.activate(by=Actor(world.olga), at=NOW)
    return goal


def test_goals_hang_from_their_pillar_and_from_each_other(world: World) -> None:
    company = a_company_goal(world)
    world.stay.align(parent_objective=company, by=Actor(world.ada), at=NOW)

    answer = shown(world.ben, world)

    assert words(answer, ".sroot h2") == "Freight by bike"
    assert words(answer, ".spillar .snode--co .scard__t") == "Freight goes by bike"
    assert words(answer, ".snode--co .skids .scard__t") == "Riders stay through the winter"


def test_the_ultimate_goal_shows_its_measure(world: World) -> None:
    UltimateMeasure.set_up(
        metric="deliveries a week",
        baseline=Decimal(31000),
        baseline_on=date(2024, 1, 1),
        current=Decimal(58400),
        current_on=date(2026, 5, 1),
        target=Decimal(250000),
        target_on=date(2030, 12, 31),
        by=SYSTEM,
        at=NOW,
    )

    assert "58,400 deliveries a week" in words(shown(world.ben, world), ".sroot__n")


def test_a_pillar_counts_its_goals_by_status(world: World) -> None:
    assert words(shown(world.ben, world), ".spillar__s").endswith("1")


def test_a_goal_without_a_parent_stands_in_a_lane_of_its_own(world: World) -> None:
    an_objective(world.cleo, world.q2, world.workshop, title="The workshop learns")

    assert "The workshop learns" in words(shown(world.ben, world), "[aria-labelledby=loose]")


def test_a_draft_is_marked_and_has_no_progress(world: World) -> None:
    an_objective(world.cleo, world.q2, world.workshop, title="The workshop learns")

    card = soup_of(shown(world.ben, world)).select_one("[aria-labelledby=loose] .scard")

    assert card is not None
    assert "data-draft" in card.attrs


def test_a_private_goal_is_on_the_map_of_those_it_names_alone(world: World) -> None:
    assert "Sell the harbour depot" in shown(world.carl, world).content.decode()
    for person in (world.ben, world.cleo, world.root, world.olga):
        assert "Sell the harbour depot" not in shown(person, world).content.decode()


def test_a_hidden_parent_is_a_restricted_goal(world: World) -> None:
    below = an_objective(world.ada, world.q2, world.riders, title="Riders feel safe", parent_objective=world.secret)

    answer = shown(world.ben, world)

    assert below.title in words(answer, "[aria-labelledby=restricted]")
    assert world.secret.title not in answer.content.decode()
    assert world.secret.public_id not in answer.content.decode()


def test_a_goal_of_the_year_is_on_the_map_of_its_quarters(world: World) -> None:
    an_objective(world.olga, world.year, title="Freight goes by bike", pillar=world.pillar)

    assert "Year 2026" in words(shown(world.ben, world), ".spillar .snode--co .scard__m")


def test_a_team_filter_keeps_the_way_to_its_goals(world: World) -> None:
    company = a_company_goal(world)
    world.stay.align(parent_objective=company, by=Actor(world.ada), at=NOW)
    an_objective(world.cleo, world.q2, world.workshop, title="The workshop learns", parent_objective=company)

    page = soup_of(shown(world.ben, world, team=world.riders.public_id))

    titles = [title.get_text() for title in page.select(".scard__t")]
    assert titles == ["Freight goes by bike", "Riders stay through the winter"]


@pytest.mark.parametrize(("asked", "depth"), [("company", "company"), ("key-results", "key-results"), ("<b>", "teams")])
def test_the_depth_stands_in_the_address(world: World, asked: str, depth: str) -> None:
    page = soup_of(shown(world.ben, world, depth=asked))

    drawn = page.select_one(".smap")
    assert drawn is not None
    assert drawn["data-depth"] == depth
    assert bool(page.select("details.scard__d[open]")) == (depth == "key-results")


def test_an_empty_map_says_what_to_do(world: World) -> None:
    Objective.objects.update(binned_at=NOW)
    Pillar.objects.update(archived_at=NOW)

    assert "pillars in the settings" in words(shown(world.olga, world), ".empty")
    assert "An owner chooses the pillars" in words(shown(world.ben, world), ".empty")


def test_a_title_is_never_markup(world: World) -> None:
    an_objective(world.ada, world.q2, world.riders, title="<img src=x onerror=alert(1)>", pillar=world.pillar)

    assert soup_of(shown(world.ben, world)).select_one(".smap img") is None


def test_nobody_is_sent_to_sign_in(client, world: World) -> None:  # type: ignore[no-untyped-def]
    assert client.get(reverse("strategy")).status_code == 302


@pytest.mark.parametrize("count", [1, 20, 200])
def test_the_number_of_queries_does_not_grow(world: World, django_assert_num_queries, count: int) -> None:  # type: ignore[no-untyped-def]
    company = a_company_goal(world)
    for place in range(count):
        goal = an_objective(world.ada, world.q2, world.riders, title=f"Ward {place} rides", parent_objective=company)
        a_key_result(goal)

    with django_assert_num_queries(4):
        strategy_map(
            world.q2, reader=world.ben, organisation=world.organisation, today=TODAY, cycles=[world.q2, world.year]
        )


def test_a_large_tree_opens_branch_by_branch(world: World) -> None:
    """D06: 2,000 goals five levels deep open within the budget, and the rest where somebody asks."""
    company = a_company_goal(world)
    above, levels = [company], [4, 15, 80, 400, 1500]
    for depth, count in enumerate(levels):
        level = Objective.objects.bulk_create(
            Objective(
                title=f"Level {depth} goal {number}",
                cycle=world.q2,
                home="company",
                stage="active",
                parent_objective=above[number % len(above)],
            )
            for number in range(count)
        )
        above = level

    answer, taken = counted_queries(world.ben, reverse("strategy"), cycle=world.q2.public_id)
    page = soup_of(answer)

    assert taken <= 8
    assert len(page.select(".scard")) <= 500
    assert len(answer.content) <= 350 * 1024
    more = page.select_one(".skids > a[hx-get]")
    opened = as_(world.ben).get(reverse("strategy") + more["href"] + f"&cycle={world.q2.public_id}")
    in_place = as_(world.ben).get(
        reverse("strategy") + more["href"] + f"&cycle={world.q2.public_id}", headers={"HX-Request": "true"}
    )
    assert len(soup_of(opened).select("main .scard")) > 1
    assert soup_of(in_place).select_one(".skids .scard") is not None
    assert soup_of(in_place).select_one("main") is None


def test_a_branch_that_is_private_to_others_is_not_there(world: World) -> None:
    """E01."""
    address = reverse("strategy") + f"?under={world.secret.public_id}&cycle={world.q2.public_id}"

    assert as_(world.ben).get(address).status_code == 404
    assert as_(world.carl).get(address).status_code == 200


def test_the_key_results_of_a_goal_open_on_its_card(world: World) -> None:
    answer = as_(world.ben).get(reverse("objective-key-results", args=[world.stay.public_id]))

    assert soup_of(answer).select_one(".skr__t").get_text() == world.activation.statement


def counted_queries(person: Person, path: str, **asked: str) -> tuple[HttpResponse, int]:
    client = as_(person)
    client.get(path, asked)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path, asked)
    return answer, len(queries)

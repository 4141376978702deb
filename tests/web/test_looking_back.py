"""As of a past day: the pages as they stood, with a banner, and nothing to change."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from plumbline.people.models import Actor
from tests.web.conftest import soup_of
from tests.web.many import many_key_results, many_objectives
from tests.web.visiting import queries
from tests.world import World

pytestmark = pytest.mark.one_database
LATER = datetime(2026, 6, 20, 9, tzinfo=UTC)


@pytest.fixture
def later(world: World) -> World:
    """By the 20th of June: 40 since the 10th, its target 41 since the 12th, and the 10th put right on the 15th."""
    by = Actor(world.ada)
    first = world.activation.check_in(value=Decimal(40), by=by, at=datetime(2026, 6, 10, 9, tzinfo=UTC))
    world.activation.change(target=Decimal(41), reason="Early winter", by=by, at=datetime(2026, 6, 12, tzinfo=UTC))
    world.activation.check_in(
        value=Decimal(38), on=date(2026, 6, 10), corrects=first, by=by, at=datetime(2026, 6, 15, tzinfo=UTC)
    )
    return world


@pytest.fixture
def ben(later: World) -> Client:
    client = Client()
    client.force_login(later.ben)
    return client


def page(client: Client, url: str) -> object:
    with time_machine.travel(LATER, tick=False):
        answer = client.get(url)
    assert answer.status_code == 200
    return soup_of(answer)


def places(world: World) -> list[str]:
    return [
        reverse("objective", args=[world.stay.public_id]),
        reverse("team", args=[world.riders.public_id]),
        reverse("goals"),
    ]


@pytest.mark.parametrize(
    ("query", "now", "target"),
    [
        ("", "38%", "41%"),
        ("?as_of=2026-06-01", "36%", "45%"),
        ("?as_of=2026-06-11", "40%", "45%"),
        ("?as_of=2026-06-13", "40%", "41%"),
        ("?as_of=2026-06-11&corrected=1", "38%", "45%"),
    ],
)
def test_objective_team_and_list_show_the_day(later: World, ben: Client, query: str, now: str, target: str) -> None:
    """A24: what we knew then, with the target of the day; as corrected is the other button."""
    for url in places(later):
        words = page(ben, url + query).select_one("main").get_text(" ", strip=True)
        assert now in words, url
        assert target in words, url


def test_a_banner_says_so_and_leads_back(later: World, ben: Client) -> None:
    for url in [*places(later), reverse("strategy")]:
        banner = page(ben, f"{url}?as_of=2026-06-11").select_one("[data-as-of]")
        assert "As of 11 June 2026" in banner.text
        assert [link["href"] for link in banner.select("a")] == [f"{url}?as_of=2026-06-11&corrected=1", url]
        assert page(ben, url).select_one("[data-as-of]") is None


def test_nothing_can_be_changed_while_looking_back(later: World, ben: Client) -> None:
    for url in places(later):
        main = page(ben, f"{url}?as_of=2026-06-11").select_one("main")
        assert main.select('form[method="post"]') == []
        assert main.select('a[href$="/edit/"], a[href*="check-in"]') == []


@pytest.mark.parametrize("query", ["?as_of=2026-06-20", "?as_of=2030-01-01", "?as_of=yesterday", "?as_of="])
def test_what_is_no_past_day_shows_today(later: World, ben: Client, query: str) -> None:
    assert page(ben, places(later)[0] + query).select_one("[data-as-of]") is None


def test_before_it_was_set_there_was_no_goal(later: World, ben: Client) -> None:
    with time_machine.travel(LATER, tick=False):
        answer = ben.get(places(later)[0] + "?as_of=2026-05-01")

    assert answer.status_code == 404
    assert later.stay.title not in page(ben, reverse("goals") + "?as_of=2026-05-01").text


def test_a_private_goal_was_never_there_for_others(later: World, ben: Client) -> None:
    """E01."""
    with time_machine.travel(LATER, tick=False):
        url = reverse("objective", args=[later.secret.public_id])
        assert ben.get(url + "?as_of=2026-06-11").status_code == 404
        for url in [*places(later), reverse("strategy")]:
            assert b"depot" not in ben.get(f"{url}?as_of=2026-06-11").content


def test_looking_back_asks_the_same_whatever_the_size(later: World, ben: Client) -> None:
    """K03."""
    for place in places(later):
        found = set()
        for _round in range(3):
            for row in many_objectives(later.stay, 5, kind="committed"):
                many_key_results(row, 2, later.ada)
            with time_machine.travel(LATER, tick=False):
                found.add(queries(ben, f"{place}?as_of=2026-06-11"))
        assert len(found) == 1, place

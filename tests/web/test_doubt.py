"""Where green is said against the readings, lists say both, and the reviewer reads of it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plumbline.goals.models import KeyResult
from plumbline.people.models import Actor
from tests.web.conftest import Door, soup_of
from tests.world import NOW, TODAY, World, a_key_result


@pytest.fixture
def stalled(world: World) -> KeyResult:
    """A number of Ben's that has hardly moved, and goes well all the same."""
    row = a_key_result(
        world.stay, statement="Riders come back", baseline=20, target=60, lead=world.ben, metric="Riders"
    )
    row.activate(by=Actor(world.ben), at=NOW)
    for week, value in enumerate(("21", "21", "21.2", "21.1")):
        day = TODAY - timedelta(weeks=4 - week)
        row.check_in(value=Decimal(value), status="on_track", on=day, by=Actor(world.ben), at=NOW)
    return row


def test_lists_say_both(world: World, door: Door, stalled: KeyResult) -> None:
    """B06: the goals table and My week show the chance beside the green."""
    table = soup_of(door(world.vera).get(reverse("goals"))).select_one("main")
    week = soup_of(door(world.ben).get(reverse("home"))).select_one("main")

    for page in (table, week):
        mark = page.select_one("[data-doubt]")
        assert "likely" in mark.get_text()
        assert "It is shown on track" in mark["title"]
        assert "On track" in page.get_text()


def test_the_reviewer_reads_of_it(world: World, door: Door, stalled: KeyResult) -> None:
    """B06: the team's lead is told; others are not."""
    words = "is said to be on track, and its readings give it a chance of"

    assert words in soup_of(door(world.ada).get(reverse("home"))).select_one("main").get_text()
    assert words not in soup_of(door(world.carl).get(reverse("home"))).select_one("main").get_text()


def test_a_doubted_check_in_stays_within_its_queries(world: World, door: Door, stalled: KeyResult) -> None:
    visitor, address = door(world.ben), reverse("check-in", args=[stalled.public_id])
    visitor.get(address)

    with CaptureQueriesContext(connection) as asked:
        visitor.post(address, {"value": "26", "status": "off_track", "once": "a"})

    assert len(asked) <= 15, [each["sql"] for each in asked]

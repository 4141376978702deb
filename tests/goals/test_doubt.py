"""Green is said while the readings say otherwise: both are shown, the reviewer hears of it, nothing is overwritten."""

from datetime import timedelta
from decimal import Decimal

import pytest

from plumbline.goals.models import CheckIn, KeyResult
from plumbline.goals.prospects import DOUBTFUL
from plumbline.people.models import Actor, Event, Person
from tests.world import NOW, SYSTEM, TODAY, World, a_key_result

pytestmark = pytest.mark.django_db


def stalled(world: World, *, lead: Person, says: str = "on_track", private: bool = False) -> KeyResult:
    """A number that has hardly moved in six weeks, of which somebody says that it goes well."""
    above = world.secret if private else world.stay
    row = a_key_result(above, statement="Riders who come back rise from 20% to 60%", baseline=20, target=60, lead=lead)
    row.activate(by=Actor(lead), at=NOW)
    for week, value in enumerate(("21", "21", "21.2", "21.1", "21.2")):
        row.check_in(value=Decimal(value), status=says, on=TODAY - timedelta(weeks=4 - week), by=Actor(lead), at=NOW)
    return row


def told() -> list[list[str]]:
    return [event.after["told"] for event in Event.objects.filter(verb="doubted").order_by("pk")]


def test_the_reviewer_is_told_and_the_word_of_the_lead_stays(world: World) -> None:
    """B06: the status that was said stays, the chance stands beside it, the team's lead hears of it."""
    row = stalled(world, lead=world.ben)

    newest = row.latest_check_in
    assert (newest.status, newest.is_doubted) == ("on_track", True)
    assert newest.chance < DOUBTFUL
    assert told()[-1] == [world.ada.public_id]


def test_nobody_reviews_what_they_said(world: World) -> None:
    """B06: where the team's lead said it, their manager hears of it."""
    world.ada.manage_by(world.max, by=SYSTEM, at=NOW, on=TODAY)
    stalled(world, lead=world.ada)

    assert told()[-1] == [world.max.public_id]


def test_a_private_goal_is_told_to_nobody_else(world: World) -> None:
    """B06, E01: a manager for whom it does not exist hears nothing."""
    world.ada.manage_by(world.max, by=SYSTEM, at=NOW, on=TODAY)
    stalled(world, lead=world.ada, private=True)

    assert told()[-1] == []


def test_whoever_says_so_themselves_is_not_doubted(world: World) -> None:
    assert stalled(world, lead=world.ben, says="off_track").latest_check_in.chance is not None
    assert told() == []


def test_two_readings_are_too_early_for_a_doubt(world: World) -> None:
    assert [each.chance is None for each in stalled(world, lead=world.ben).check_ins.by_day()][:3] == [
        True,
        True,
        False,
    ]


def test_a_late_entry_about_the_past_is_no_doubt(world: World) -> None:
    row, before = stalled(world, lead=world.ben), len(told())
    late = row.check_in(
        value=Decimal(20), status="on_track", on=TODAY - timedelta(days=30), by=Actor(world.ben), at=NOW
    )

    assert (late.chance, len(told())) == (None, before)


def test_a_correction_is_foretold_without_what_it_corrects(world: World) -> None:
    row = stalled(world, lead=world.ben)
    wrong = row.latest_check_in
    right = row.check_in(value=Decimal(45), status="on_track", corrects=wrong, by=Actor(world.ben), at=NOW)

    assert right.chance > wrong.chance
    assert CheckIn.objects.get(pk=wrong.pk).chance == wrong.chance

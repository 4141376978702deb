"""Check-ins: the verb everything else hangs from."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from plumbline.people.models import Actor, Event
from tests.world import NOW, TODAY, World, a_key_result


def test_a_check_in_moves_the_value_and_leaves_an_event(world: World) -> None:
    """B01: value, confidence, status and note are kept together, with the value before."""
    check_in = world.activation.check_in(
        value=Decimal(38), status="on_track", confidence=4, note="The tour works.", by=Actor(world.ada), at=NOW
    )

    assert (check_in.value, check_in.value_before, check_in.change) == (38, 36, 2)
    assert world.activation.current == 38
    assert Event.objects.about("key_result", world.activation.public_id)[0].verb == "checked_in"


def test_a_late_entry_about_the_past_leaves_the_current_value(world: World) -> None:
    """B02: a back-dated check-in enters history at its date and does not replace the current value."""
    world.activation.check_in(value=Decimal(33), on=date(2026, 5, 8), by=Actor(world.ada), at=NOW)

    assert world.activation.current == 36
    assert [row.value for row in world.activation.check_ins.by_day()] == [33, 36]


def test_the_same_submit_sent_twice_makes_one(world: World) -> None:
    """B08: a double click or a retry with the same key makes one check-in."""
    twice = Actor(world.ada, idempotency_key="form-1")
    first = world.activation.check_in(value=Decimal(38), by=twice, at=NOW)

    again = world.activation.check_in(value=Decimal(38), by=replace(twice, request_id="other"), at=NOW)

    assert again == first
    assert world.activation.check_ins.count() == 2


def test_the_newest_can_be_taken_back_at_once(world: World) -> None:
    """B04: undo brings the value before back."""
    check_in = world.activation.check_in(value=Decimal(63), by=Actor(world.ada), at=NOW)

    world.activation.withdraw(check_in, by=Actor(world.ada), at=NOW + timedelta(seconds=5))

    assert world.activation.current == 36


def test_an_older_one_can_only_be_corrected(world: World) -> None:
    """B04: what others followed is not withdrawn."""
    old = world.activation.latest_check_in
    world.activation.check_in(value=Decimal(38), by=Actor(world.ada), at=NOW)

    with pytest.raises(world.activation.NotTheNewest):
        world.activation.withdraw(old, by=Actor(world.ada), at=NOW)


def test_a_correction_takes_the_place_of_what_it_corrects(world: World) -> None:
    """B04: a correction for an earlier day leaves no second truth on the later one."""
    wrong = world.activation.check_in(value=Decimal(63), by=Actor(world.ada), at=NOW)

    world.activation.check_in(
        value=Decimal(38), on=date(2026, 5, 21), corrects=wrong, by=Actor(world.ada), at=NOW + timedelta(hours=1)
    )

    assert world.activation.current == 38


def test_a_withdrawn_correction_brings_the_corrected_one_back(world: World) -> None:
    wrong = world.activation.check_in(value=Decimal(37), by=Actor(world.ada), at=NOW)
    right = world.activation.check_in(
        value=Decimal(73), corrects=wrong, by=Actor(world.ada), at=NOW + timedelta(hours=1)
    )

    world.activation.withdraw(right, by=Actor(world.ada), at=NOW + timedelta(hours=1))

    assert world.activation.current == 37


def test_a_check_in_ticks_milestones_and_keeps_their_share(world: World) -> None:
    """A13: weights 30 and 70, the first done: 30 %; unticking takes it back."""
    ada = Actor(world.ada, idempotency_key="form-1")
    winter = a_key_result(world.stay, statement="Winter kit reaches every rider", type="milestones")
    first = winter.add_milestone(title="Kit chosen", due_on=TODAY, weight=Decimal(30), by=Actor(world.ada), at=NOW)
    winter.add_milestone(title="Kit handed out", due_on=TODAY, weight=Decimal(70), by=Actor(world.ada), at=NOW)
    winter.activate(by=Actor(world.ada), at=NOW)

    winter.check_in(reached=[first], by=ada, at=NOW)
    assert (winter.current, winter.progress()) == (30, 30)

    winter.check_in(reached=[], by=Actor(world.ada), at=NOW)
    assert (winter.current, winter.progress()) == (0, 0)


def test_withdrawing_a_check_in_unticks_what_it_ticked(world: World) -> None:
    """A13, B04: undo brings back the steps as they stood, with the days they were done on."""
    by = Actor(world.ada)
    winter = a_key_result(world.stay, statement="Winter kit reaches every rider", type="milestones")
    first = winter.add_milestone(title="Kit chosen", due_on=TODAY, weight=Decimal(30), by=by, at=NOW)
    second = winter.add_milestone(title="Kit handed out", due_on=TODAY, weight=Decimal(70), by=by, at=NOW)
    winter.activate(by=by, at=NOW)
    winter.check_in(reached=[first], by=by, at=NOW)

    both = winter.check_in(reached=[second], by=by, at=NOW + timedelta(seconds=1))
    winter.withdraw(both, by=by, at=NOW + timedelta(seconds=2))

    assert (winter.current, winter.progress()) == (30, 30)
    assert [each.done_on for each in winter.milestones.order_by("pk")] == [TODAY, None]

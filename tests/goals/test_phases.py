"""Phases: the calendar moves a cycle on, a hand moves it back, and late values find their way in."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from plumbline.goals.models import Closure, Commitment, Cycle
from plumbline.people.models import Actor, Event
from plumbline.usecases.keep_time import keep_time
from tests.world import NOW, SYSTEM, World


def at(day: str, hour: int = 12) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) + timedelta(hours=hour)


def phase(cycle: Cycle) -> str:
    return Cycle.objects.get(pk=cycle.pk).phase


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-06-30", "planning"),
        ("2026-07-01", "active"),
        ("2026-09-30", "active"),
        ("2026-10-01", "closing"),
        ("2026-10-14", "closing"),
        ("2026-10-15", "closed"),
    ],
)
def test_the_calendar_moves_a_cycle_through_its_phases(world: World, day: str, expected: str) -> None:
    """The worker slept until this day: it catches up in one round, and finds nothing to do in the next."""
    keep_time(at(day))
    before = Event.objects.count()

    assert phase(world.q3) == expected
    assert keep_time(at(day)) == 0
    assert Event.objects.count() == before


def test_a_day_begins_where_the_organisation_is(world: World) -> None:
    """At 23:00 UTC on the last of June it is July in Berlin."""
    world.organisation.change(time_zone="Europe/Berlin", by=SYSTEM, at=NOW)

    keep_time(at("2026-06-30", 21))
    assert phase(world.q3) == "planning"
    keep_time(at("2026-06-30", 23))
    assert phase(world.q3) == "active"


def test_what_a_hand_moved_back_the_calendar_leaves_alone(world: World) -> None:
    keep_time(at("2026-07-02"))
    world.q2.move_to("active", by=Actor(world.olga), at=at("2026-07-02"))

    keep_time(at("2026-07-03"))
    assert phase(world.q2) == "active"

    world.q2.follow_dates(by=Actor(world.olga), at=at("2026-07-03"))
    keep_time(at("2026-07-03"))
    assert phase(world.q2) == "closing"


def test_going_back_to_planning_needs_a_reason_and_unlocks_the_goalposts(world: World) -> None:
    with pytest.raises(Cycle.OutOfOrder):
        world.q2.move_to("planning", by=Actor(world.olga), at=NOW)

    world.q2.move_to("planning", reason="Started a week too early.", by=Actor(world.olga), at=NOW)
    world.activation.change(target=Decimal(44), by=Actor(world.ada), at=NOW)
    world.q2.move_to("active", by=Actor(world.olga), at=NOW)

    assert Commitment.objects.get(key_result=world.activation).target == 44


def closed(world: World) -> Cycle:
    for each in ("closing", "closed"):
        world.q2.move_to(each, by=Actor(world.olga), at=NOW)
    return world.q2


def test_a_final_value_comes_in_late_for_a_day_of_the_cycle(world: World) -> None:
    """C03: a week after closing by default, also on what has its verdict; never for a day behind the cycle."""
    world.organisation.change(late_days=60, by=SYSTEM, at=NOW)
    Closure.close(world.stay, verdict="missed", by=Actor(world.ada), at=NOW)
    closed(world)

    late = world.activation.check_in(value=Decimal(40), by=Actor(world.ada), at=at("2026-07-06"))

    assert (late.on, world.activation.current) == (date(2026, 6, 30), 40)
    with pytest.raises(Cycle.Closed):
        world.activation.check_in(value=Decimal(41), on=date(2026, 7, 1), by=Actor(world.ada), at=at("2026-07-06"))


def test_a_closed_cycle_reopens_with_a_reason_and_takes_changes_again(world: World) -> None:
    """C03: who may is decided by the doors; the reason stands in the log."""
    closed(world)
    world.q2.move_to("closing", reason="The June numbers were wrong.", by=Actor(world.root), at=NOW)

    world.stay.refresh_from_db()
    world.stay.change(title="Riders stay", reason="Shorter", by=Actor(world.ada), at=NOW)

    event = Event.objects.about("cycle", world.q2.public_id)[0]
    assert (event.actor, event.reason, world.q2.closed_at) == (world.root, "The June numbers were wrong.", None)


def test_a_reopened_goal_is_active_everywhere(world: World) -> None:
    """F04: objective and key results, in what is due and in what is counted."""
    closure = Closure.close(world.stay, verdict="missed", by=Actor(world.ada), at=NOW)

    closure.reopen(reason="Too early", by=Actor(world.ada), at=NOW)

    world.activation.refresh_from_db()
    world.stay.refresh_from_db()
    assert (world.stay.stage, world.activation.stage) == ("active", "active")
    assert world.activation in type(world.activation).objects.to_check_in()
    assert world.activation.check_in(value=Decimal(40), by=Actor(world.ada), at=NOW).value == 40

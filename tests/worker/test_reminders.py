"""In the morning each lead hears once what is due, and nobody hears for nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from plumbline.goals.models import KeyResult
from plumbline.people.models import Actor, Event
from plumbline.people.models.organisation import Feature
from plumbline.worker.reminders import remind_of_check_ins
from tests.world import SYSTEM, a_key_result, an_objective

#: Ada checked in on a Friday, the 15th: a week later the next one is due.
FRIDAY = datetime(2026, 5, 22, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def reminded():
    return [event.noun_key for event in Event.objects.filter(verb="reminded").order_by("pk")]


def lead(person, *, on=date(2026, 5, 15), **fields):
    """Give somebody an active key result that has waited since a day."""
    objective = an_objective(person, fields.pop("cycle"), title="Riders come back", **fields)
    key_result = a_key_result(objective, lead=person)
    key_result.activate(by=SYSTEM, at=FRIDAY)
    objective.activate(by=SYSTEM, at=FRIDAY)
    KeyResult.objects.filter(pk=key_result.pk).update(activated_on=on)
    return key_result


def test_a_lead_is_reminded_on_the_day_it_is_due(world):
    assert remind_of_check_ins(FRIDAY) == 1
    event = Event.objects.get(verb="reminded")
    assert (event.noun_key, event.after["of"]) == (world.ada.public_id, [world.activation.public_id])
    assert event.audience == "self"


def test_nobody_is_reminded_the_day_before(world):
    assert remind_of_check_ins(FRIDAY - DAY) == 0


def test_one_message_a_day_however_often_the_job_runs(world):
    for minutes in (0, 15, 30):
        remind_of_check_ins(FRIDAY + timedelta(minutes=minutes))
    assert reminded() == [world.ada.public_id]


def test_one_message_however_many_goals_are_due(world):
    """B07: one message per person and day, whatever is due."""
    second = lead(world.ada, cycle=world.q2, on=date(2026, 5, 1))
    remind_of_check_ins(FRIDAY)
    event = Event.objects.get(verb="reminded")
    assert event.after["of"] == [second.public_id, world.activation.public_id]


def test_everybody_hears_of_their_own_goals_only(world):
    own = lead(world.ben, cycle=world.q2)
    remind_of_check_ins(FRIDAY)
    assert Event.objects.get(verb="reminded", noun_key=world.ben.public_id).after["of"] == [own.public_id]


@pytest.mark.parametrize("hour", [0, 7, 12, 20])
def test_it_is_said_in_the_morning(world, hour):
    assert remind_of_check_ins(FRIDAY.replace(hour=hour)) == 0


@pytest.mark.parametrize(
    ("zone", "hour", "told"), [("Asia/Tokyo", 9, 0), ("Asia/Tokyo", 0, 1), ("America/New_York", 13, 1)]
)
def test_the_morning_is_the_persons_own(world, zone, hour, told):
    world.ada.change(time_zone=zone, by=SYSTEM, at=FRIDAY)
    assert remind_of_check_ins(FRIDAY.replace(hour=hour)) == told


def test_the_weekend_is_free(world):
    assert [remind_of_check_ins(FRIDAY + DAY * day) for day in (1, 2)] == [0, 0]


def test_it_is_said_daily_while_it_can_be_in_time_and_on_mondays_later(world):
    world.secret.bin(by=SYSTEM, at=FRIDAY)
    told = [day for day in range(14) if remind_of_check_ins(FRIDAY + DAY * day)]
    assert [(FRIDAY + DAY * day).strftime("%a %d") for day in told] == ["Fri 22", "Mon 25", "Mon 01"]


def test_whoever_checked_in_is_left_alone(world):
    world.activation.check_in(value=Decimal(37), by=Actor(world.ada), at=FRIDAY)
    assert remind_of_check_ins(FRIDAY) == 0


def test_a_withdrawn_check_in_waits_again(world):
    check_in = world.activation.check_in(value=Decimal(37), by=Actor(world.ada), at=FRIDAY)
    world.activation.withdraw(check_in, by=Actor(world.ada), at=FRIDAY)
    assert remind_of_check_ins(FRIDAY) == 1


@pytest.mark.parametrize("end", ["archived goal", "binned goal", "archived lead", "closed cycle"])
def test_nobody_is_reminded_of_what_has_ended(world, end):
    match end:
        case "archived goal":
            world.activation.archive(by=SYSTEM, at=FRIDAY)
        case "binned goal":
            world.stay.bin(by=SYSTEM, at=FRIDAY)
        case "archived lead":
            world.ada.archive(by=SYSTEM, at=FRIDAY)
        case "closed cycle":
            world.q2.move_to("closing", by=SYSTEM, at=FRIDAY)
            world.q2.move_to("closed", by=SYSTEM, at=FRIDAY)
    assert remind_of_check_ins(FRIDAY) == 0


@pytest.mark.django_db
def test_an_empty_installation_has_nobody_to_remind():
    assert remind_of_check_ins(FRIDAY) == 0


def test_looking_for_leads_asks_the_same_questions_for_one_goal_and_for_twenty(world, django_assert_num_queries):
    with django_assert_num_queries(2):
        remind_of_check_ins(FRIDAY - DAY)
    for _each in range(19):
        lead(world.ben, cycle=world.q2, on=date(2026, 5, 22))
    with django_assert_num_queries(2):
        remind_of_check_ins(FRIDAY - DAY)


def managed(world):
    """Ben leads a goal that is overdue; Max manages Ben."""
    goal = lead(world.ben, cycle=world.q2, on=date(2026, 5, 11))
    world.organisation.switch([each.value for each in Feature], by=SYSTEM, at=FRIDAY)
    return goal


def heard_by(person):
    events = Event.objects.filter(verb="reminded", noun_key=person.public_id).order_by("pk")
    return [(event.after["on"], event.after.get("of_others")) for event in events]


def test_a_manager_hears_of_what_is_overdue_after_its_grace(world):
    """B07: due on the 18th, good until the 21st; Max hears on the 22nd and on Mondays, once a day."""
    goal = managed(world)
    for day in range(-2, 4):
        for hour in (0, 1):
            remind_of_check_ins(FRIDAY + DAY * day + timedelta(hours=hour))
    assert heard_by(world.max) == [("2026-05-22", [goal.public_id]), ("2026-05-25", [goal.public_id])]


def test_no_manager_hears_unless_that_is_switched_on(world):
    """B07: off until an owner switches it on."""
    lead(world.ben, cycle=world.q2, on=date(2026, 5, 11))
    remind_of_check_ins(FRIDAY)
    assert heard_by(world.max) == []


def test_a_manager_hears_nothing_of_a_private_goal(world):
    """B07, E01: for its manager it does not exist."""
    managed(world).objective.make_private(True, by=SYSTEM, at=FRIDAY)
    remind_of_check_ins(FRIDAY)
    assert heard_by(world.max) == []


def test_putting_it_off_does_not_clear_the_debt(world):
    """B07: whoever skips it this week owes it all the same; a check-in ends it."""
    goal = managed(world)
    remind_of_check_ins(FRIDAY)
    goal.check_in(value=Decimal(37), on=date(2026, 5, 22), by=Actor(world.ben), at=FRIDAY)
    remind_of_check_ins(FRIDAY + DAY * 3)
    assert heard_by(world.max) == [("2026-05-22", [goal.public_id])]

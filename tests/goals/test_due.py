"""Which check-ins are owed, and until when there is time."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from plumbline.goals.due import deadline, due_for, up_to_date, week_of
from plumbline.goals.frame import frame_for
from plumbline.goals.models import KeyResult
from plumbline.people.models import Actor
from tests.world import NOW, TODAY, World


def test_a_weekly_goal_is_due_in_the_week_after_its_last_check_in(world: World) -> None:
    assert due_for(world.ada, today=TODAY, organisation=world.organisation) == [world.activation]
    assert frame_for(world.ada).due_by(week_of(TODAY, world.organisation)[1]) == 1


def test_there_is_time_until_the_grace_is_over(world: World) -> None:
    assert deadline([world.activation], today=TODAY, organisation=world.organisation) == date(2026, 5, 25)


def test_what_was_checked_in_this_week_is_not_due_again(world: World) -> None:
    world.activation.check_in(value=Decimal(38), by=Actor(world.ada), at=NOW)

    assert due_for(world.ada, today=TODAY, organisation=world.organisation) == []
    assert frame_for(world.ada).next_due(TODAY) == TODAY + timedelta(days=7)


def test_nobody_owes_a_check_in_on_the_goals_of_others(world: World) -> None:
    assert due_for(world.ben, today=TODAY, organisation=world.organisation) == []


def test_the_share_of_goals_up_to_date(world: World) -> None:
    """P68: due on Friday with three days of grace, the goal is up to date until Monday and not on Tuesday."""
    row = KeyResult.objects.for_reading().get(pk=world.activation.pk)
    days = {day: up_to_date([row], today=date(2026, 5, day), organisation=world.organisation) for day in (25, 26)}

    assert [days[25], days[26]] == [(1, 1), (0, 1)]
    assert (days[26].share, up_to_date([], today=TODAY, organisation=world.organisation).share) == (0, None)


@pytest.mark.parametrize(("rhythm", "days"), [("weekly", 7), ("biweekly", 14), ("termly", 123)])
def test_the_next_check_in_is_due_by_the_rhythm(world: World, rhythm: str, days: int) -> None:
    """P72: every week, every two weeks, or every four months after the last one."""
    world.activation.change(rhythm=rhythm, by=Actor(world.ada), at=NOW)

    assert world.activation.due() == date(2026, 5, 15) + timedelta(days=days)

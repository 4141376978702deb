"""Where goals have been."""

from datetime import date, timedelta
from decimal import Decimal

from pytest_django import DjangoAssertNumQueries

from plumbline.goals.history import histories, rolled_up
from plumbline.goals.models import KeyResult
from plumbline.goals.progress import whole
from plumbline.people.models import Actor
from tests.world import NOW, World, a_key_result


def test_a_course_has_a_point_for_each_day_with_a_reading(world: World) -> None:
    world.activation.check_in(value=Decimal(38), on=date(2026, 5, 22), by=Actor(world.ada), at=NOW)

    course = histories([world.activation])[world.activation.pk]

    assert [(point.on.day, whole(point.progress or Decimal(0))) for point in course] == [(15, 36), (22, 50)]


def test_past_points_keep_the_target_that_was_valid_then(world: World) -> None:
    """A24: the goalposts move with a reason, the past does not."""
    later = NOW + timedelta(days=1)
    world.activation.change(target=Decimal(41), reason="Winter came early", by=Actor(world.ada), at=later)
    world.activation.check_in(value=Decimal(36), by=Actor(world.ada), at=later)

    course = histories([world.activation])[world.activation.pk]

    assert [whole(point.progress or Decimal(0)) for point in course] == [36, 50]


def test_a_withdrawn_reading_leaves_no_point(world: World) -> None:
    check_in = world.activation.check_in(value=Decimal(63), by=Actor(world.ada), at=NOW)
    world.activation.withdraw(check_in, by=Actor(world.ada), at=NOW)

    assert [point.on.day for point in histories([world.activation])[world.activation.pk]] == [15]


def test_an_objective_rolls_up_what_was_known_by_each_day(world: World) -> None:
    rides = a_key_result(world.stay, statement="Winter rides rise from 2 to 4", baseline=2, target=4)
    rides.activate(by=Actor(world.ada), at=NOW)
    rides.check_in(value=Decimal(3), by=Actor(world.ada), at=NOW)
    rows = [world.activation, rides]

    points = rolled_up(rows, histories(rows))

    assert [(point.on.day, whole(point.progress or Decimal(0))) for point in points] == [(15, 18), (22, 43)]


def test_many_courses_cost_two_queries(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _each in range(20):
        a_key_result(world.stay)
    rows = list(KeyResult.objects.filter(objective=world.stay).for_reading())

    with django_assert_num_queries(2):
        histories(rows)

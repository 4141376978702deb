"""Roll-ups on reading: the numbers, and that more goals cost no more queries."""

from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from plumbline.goals.models import Initiative, Objective
from plumbline.goals.outlook import outlooks
from plumbline.goals.progress import whole
from plumbline.goals.status import Status
from plumbline.people.models import Actor, Event
from tests.world import NOW, TODAY, World, a_key_result, an_objective


def test_an_objective_rolls_up_its_key_results(world: World) -> None:
    """31 to 45 at 36 is 5 of 14; a draft beside it does not count."""
    a_key_result(world.stay, statement="Winter rides rise from 2 to 4", baseline=2, target=4)

    outlook = outlooks([world.stay], reader=world.ben, organisation=world.organisation, today=TODAY)[world.stay.pk]

    assert outlook.progress is not None
    assert whole(outlook.progress) == 36
    assert whole(outlook.expected) == 57
    assert outlook.status == Status.ON_TRACK


@pytest.mark.parametrize("count", [1, 20])
def test_the_number_of_queries_does_not_grow(
    world: World, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _each in range(count):
        a_key_result(an_objective(world.ada, world.q2, world.riders))
    objectives = Objective.objects.visible_to(world.ben).select_related("cycle")

    with django_assert_num_queries(3):
        outlooks(objectives, reader=world.ben, organisation=world.organisation, today=TODAY)


def test_one_hidden_child_is_left_out_for_those_who_may_not_see_it(world: World) -> None:
    """A single hidden goal could be worked out from the difference."""
    company = an_objective(world.olga, world.q2, title="Freight goes by bike", driver="aligned")
    company.activate(by=Actor(world.olga), at=NOW)
    for child in (world.stay, world.secret):
        child.align(parent_objective=company, by=Actor(world.olga), at=NOW)

    def seen_by(reader: object) -> Decimal | None:
        return outlooks([company], reader=reader, organisation=world.organisation, today=TODAY)[company.pk].progress  # type: ignore[arg-type]

    assert seen_by(world.ada) != seen_by(world.ben)
    assert whole(seen_by(world.ben) or Decimal(0)) == 36


def progress_of(world: World, objective: Objective) -> Decimal | None:
    fresh = Objective.objects.select_related("cycle", "lead").get(pk=objective.pk)
    found = outlooks([fresh], reader=world.olga, organisation=world.organisation, today=TODAY)
    return found[fresh.pk].progress


def at(world: World, objective: Objective, value: int, **fields: object) -> None:
    """Give an objective a running key result from 0 to 100 that stands at a value."""
    row = a_key_result(objective, baseline=0, target=100, **fields)
    row.activate(by=Actor(world.ada), at=NOW)
    row.check_in(value=Decimal(value), by=Actor(world.ada), at=NOW)


def aligned(world: World, *children: Objective, driver: str = "aligned") -> Objective:
    above = an_objective(world.olga, world.q2, title="The city rides", driver=driver)
    for child in children:
        child.align(parent_objective=above, by=Actor(world.olga), at=NOW)
    above.activate(by=Actor(world.olga), at=NOW)
    return above


def a_child(world: World, value: int, **fields: object) -> Objective:
    child = an_objective(world.ada, world.q2, world.riders, **fields)
    at(world, child, value)
    child.activate(by=Actor(world.ada), at=NOW)
    return child


def test_the_weights_of_children_decide_not_how_many_there_are(world: World) -> None:
    """A19: three children of very different size, weighted 8, 1 and 1."""
    above = aligned(
        world,
        a_child(world, 90, weight=Decimal(8)),
        a_child(world, 10, weight=Decimal(1)),
        a_child(world, 0, weight=Decimal(1)),
    )
    assert progress_of(world, above) == 73


def test_euros_and_percent_meet_only_as_progress(world: World) -> None:
    """A20: half of the way in euros and a tenth in percent are 30 %, whatever the sums."""
    goal = an_objective(world.ada, world.q2, world.riders)
    at(world, goal, 10)
    money = a_key_result(
        goal, baseline=100_000, target=300_000, unit_kind="money", unit_code="EUR", statement="Sales grow"
    )
    money.activate(by=Actor(world.ada), at=NOW)
    money.check_in(value=Decimal(200_000), by=Actor(world.ada), at=NOW)
    goal.activate(by=Actor(world.ada), at=NOW)

    assert progress_of(world, goal) == 30


@pytest.mark.parametrize(("driver", "progress"), [("key_results", 20), ("aligned", 80), ("both", 50)])
def test_the_driver_says_what_the_number_is_made_of(world: World, driver: str, progress: int) -> None:
    """A21: the number follows the driver, and the switch stands in the history."""
    above = aligned(world, a_child(world, 80), driver="key_results")
    at(world, above, 20)

    above.change(driver=driver, reason="We follow the teams.", by=Actor(world.olga), at=NOW)

    assert progress_of(world, above) == progress
    told = Event.objects.about("objective", above.public_id).filter(after__driver=driver)
    assert told.exists() == (driver != "key_results")


def test_finished_work_moves_no_number(world: World) -> None:
    """A22: an initiative that is done leaves the objective where it was."""
    before = progress_of(world, world.stay)
    work = Initiative.take_on(
        title="Send a welcome box", objective=world.stay, key_result=world.activation, by=Actor(world.ada), at=NOW
    )
    work.change(state="done", by=Actor(world.ada), at=NOW)

    assert progress_of(world, world.stay) == before

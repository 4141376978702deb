"""Roll-ups on reading: the numbers, and that more goals cost no more queries."""

from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from plumbline.goals.models import Objective
from plumbline.goals.outlook import outlooks
from plumbline.goals.progress import whole
from plumbline.goals.status import Status
from plumbline.people.models import Actor
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

"""What lies in the bin, and who may take it out again."""

from plumbline.goals import policy
from plumbline.goals.models import Objective
from plumbline.goals.tree import ancestors
from plumbline.people.models import Actor
from tests.world import NOW, World, an_objective


def test_what_lies_in_the_bin_can_only_be_restored(world: World) -> None:
    world.stay.bin(by=Actor(world.ada), at=NOW)

    assert policy.verbs(world.ada, world.stay) == {"restore"}
    assert policy.verbs(world.cleo, world.stay) == frozenset()
    assert list(Objective.objects.binned_for(world.ada)) == [world.stay]


def test_a_private_goal_in_the_bin_exists_for_nobody_else(world: World) -> None:
    world.secret.bin(by=Actor(world.ada), at=NOW)

    assert list(Objective.objects.binned_for(world.olga)) == []
    assert policy.verbs(world.olga, world.secret) == frozenset()


def test_ancestors_come_nearest_first_over_objectives_and_key_results(world: World) -> None:
    company = an_objective(world.olga, world.q2, title="Freight goes by bike")
    world.stay.align(parent_objective=company, by=Actor(world.ada), at=NOW)
    child = an_objective(world.ada, world.q2, world.riders, title="Riders help each other")
    child.align(parent_key_result=world.activation, by=Actor(world.ada), at=NOW)

    assert ancestors(child.pk) == [world.stay.pk, company.pk]

"""Two people at the same moment: of two that can't both be, one is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from plumbline.people.models import Actor, Organisation, Person
from plumbline.people.models.person import Role
from plumbline.usecases.change_address import Stale, change_address, confirm_address, secret_of
from plumbline.usecases.erase_person import erase_person
from tests.goals.test_races import at_once, refusals
from tests.world import NOW, SYSTEM, TODAY, World, build

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    """The company, written for real: threads do not see an open transaction."""
    return build()


def now(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_two_halves_of_a_circle_of_managers(world: World) -> None:
    def manage(person: Person, manager: Person) -> Callable[[], Any]:
        return lambda: now(person).manage_by(now(manager), by=SYSTEM, at=NOW, on=TODAY)

    results = at_once(manage(world.ada, world.carl), manage(world.carl, world.ada))
    assert refusals(results) == [Person.Circle]


def test_two_last_owners_who_erase_each_other(world: World) -> None:
    """E07."""
    world.root.give_role(Role.OWNER, by=SYSTEM, at=NOW)

    def erase(person: Person, by: Person) -> Callable[[], Any]:
        return lambda: erase_person(now(person), by=Actor(by), at=NOW, on=TODAY)

    results = at_once(erase(world.olga, world.root), erase(world.root, world.olga))
    assert refusals(results) == [Person.LastOwner]
    assert Person.objects.filter(role=Role.OWNER, erased_at=None).count() == 1


def test_one_address_for_two_and_one_link_followed_twice(world: World) -> None:
    def take(person: Person) -> Callable[[], Any]:
        return lambda: change_address(now(person), "one@harbour.test", by=SYSTEM, at=NOW)

    assert refusals(at_once(take(world.ada), take(world.ben))) == [Person.AddressTaken]

    secret = secret_of(world.carl.want_address("carl@new.test", by=Actor(world.carl), at=NOW))
    results = at_once(*[lambda: confirm_address(secret, at=NOW)] * 2)
    assert refusals(results) == [Stale]


def test_two_owners_switch_features_from_one_page(world: World) -> None:
    version = world.organisation.version

    def switch(*features: str) -> Callable[[], Any]:
        return lambda: Organisation.the().switch(features, by=SYSTEM, at=NOW, expected_version=version)

    assert refusals(at_once(switch("kpis"), switch("private_goals"))) == [Organisation.Clash]

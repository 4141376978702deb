"""The audit trail keeps what is private."""

from plumbline.goals.audit import audit_trail, hidden_among, meanings_of
from plumbline.people.models import Actor, Token
from tests.world import NOW, World


def test_the_trail_of_a_private_goal_is_for_those_who_see_it(world: World) -> None:
    """E01, K06."""
    keys = {world.secret.public_id, world.secret_result.public_id}

    assert audit_trail(world.ada).filter(noun_key__in=keys).exists()
    assert not audit_trail(world.olga).filter(noun_key__in=keys).exists()
    assert audit_trail(world.olga).filter(noun_key=world.stay.public_id).exists()


def test_a_private_goal_named_elsewhere_is_known_as_hidden(world: World) -> None:
    keys = [world.secret.public_id, world.secret_result.public_id, world.stay.public_id]

    assert hidden_among(world.olga, keys) == set(keys[:2])
    assert hidden_among(world.carl, keys) == set()


def test_what_is_for_one_person_stays_with_that_person(world: World) -> None:
    token, _secret = Token.make(person=world.ada, name="Sync", scope="read", by=Actor(world.ada), at=NOW)

    assert audit_trail(world.ada).filter(noun_key=token.public_id).exists()
    assert not audit_trail(world.root).filter(noun_key=token.public_id).exists()


def test_ids_mean_names_and_units(world: World) -> None:
    meant = meanings_of([world.stay.public_id, world.churn.public_id, world.ada.public_id, "no id", "2" * 12])

    assert {meaning.name for meaning in meant.values()} == {world.stay.title, "Monthly churn", "Ada Lead"}
    assert meant[world.churn.public_id].unit == world.churn.unit
    assert meant[world.stay.public_id].unit is None
    assert meanings_of([]) == {}

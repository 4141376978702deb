"""Coming in: invited once, by a link that nobody can guess."""

from datetime import timedelta

import pytest

from plumbline.people.models import Actor, Event, Invitation, Person
from plumbline.people.models.person import Role
from tests.world import NOW, PASSWORD, TODAY, World


def invited(world: World, email: str = "nora@harbour.test") -> Invitation:
    return Invitation.invite(
        name="Nora New", email=email, role=Role.MEMBER, teams=[world.riders], by=Actor(world.root), at=NOW, on=TODAY
    )


def test_inviting_adds_the_person_the_team_and_the_link_at_once(world: World) -> None:
    invitation = invited(world)

    person = invitation.person
    assert (person.state, person.role, person.email) == ("invited", "member", "nora@harbour.test")
    assert list(person.memberships.values_list("team__name", flat=True)) == ["Riders"]
    assert Event.objects.filter(verb="invited", noun_key=person.public_id).count() == 1


def test_an_address_that_is_taken_leaves_nothing_behind(world: World) -> None:
    before = Person.objects.count()

    with pytest.raises(Person.AddressTaken):
        invited(world, "Ada@Harbour.test")

    assert Person.objects.count() == before


def test_a_link_for_somebody_who_is_in_leaves_the_door_open(world: World) -> None:
    Invitation.send(world.ben, by=Actor(world.root), at=NOW)

    world.ben.refresh_from_db()
    assert world.ben.is_active


def test_nobody_who_left_can_be_invited_or_come_back_by_an_old_link(world: World) -> None:
    invitation = invited(world)
    invitation.person.archive(by=Actor(world.root), at=NOW)

    with pytest.raises(Invitation.Gone):
        Invitation.send(world.dov, by=Actor(world.root), at=NOW)
    with pytest.raises(Invitation.Stale):
        Invitation.find(invitation.secret, at=NOW)
    with pytest.raises(Invitation.Stale):
        invitation.accept(name="Nora", password=PASSWORD, at=NOW)


def test_coming_in_again_keeps_the_day_of_the_first_time(world: World) -> None:
    joined = world.ben.joined_at

    invitation = Invitation.send(world.ben, by=Actor(world.root), at=NOW)
    invitation.accept(name="Ben", password=PASSWORD, at=NOW + timedelta(days=1))

    world.ben.refresh_from_db()
    assert world.ben.joined_at == joined

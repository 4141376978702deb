"""People, teams, tokens and invitations."""

from datetime import date, timedelta

import pytest

from plumbline.people.models import Actor, Event, Invitation, Organisation, Person, Team, Token
from plumbline.people.models.person import Role
from tests.world import NOW, SYSTEM, World


def test_an_address_is_one_persons_however_it_is_typed(world: World) -> None:
    with pytest.raises(Person.AddressTaken):
        Person.reserve(name="Ada Again", email=" ADA@Harbour.test ", by=SYSTEM, at=NOW)


def test_the_last_owner_stays(world: World) -> None:
    """E07: neither demoted nor archived, until there is another."""
    with pytest.raises(Person.LastOwner):
        world.olga.archive(by=Actor(world.olga), at=NOW)
    with pytest.raises(Person.LastOwner):
        world.olga.give_role(Role.ADMIN, by=Actor(world.olga), at=NOW)

    world.root.give_role(Role.OWNER, by=Actor(world.olga), at=NOW)
    world.olga.archive(by=Actor(world.root), at=NOW)

    assert not world.olga.is_active


def test_whoever_leaves_takes_no_token_along(world: World) -> None:
    """E08: tokens die at once."""
    token, _secret = Token.make(person=world.ben, name="Script", scope="write", by=Actor(world.ben), at=NOW)

    world.ben.archive(by=Actor(world.olga), at=NOW)

    assert token not in Token.objects.usable(NOW)


def test_a_secret_is_shown_once_and_kept_as_a_hash(world: World) -> None:
    token, secret = Token.make(person=world.ben, name="Script", scope="read", by=Actor(world.ben), at=NOW)

    assert Token.objects.usable(NOW).get(digest=Token.hashed(secret)) == token
    assert secret not in str(list(Event.objects.values_list("after", flat=True)))


def test_an_invitation_works_once(world: World) -> None:
    guest = Person.reserve(name="Nia New", email="nia@harbour.test", by=SYSTEM, at=NOW)
    invitation = Invitation.send(guest, by=Actor(world.olga), at=NOW)

    came = Invitation.find(invitation.secret, at=NOW).accept(name="Nia New", password="grass and gravel", at=NOW)

    assert came.is_active
    assert came.check_password("grass and gravel")
    with pytest.raises(Invitation.Stale):
        Invitation.find(invitation.secret, at=NOW)


@pytest.mark.parametrize("secret", ["", "made-up", "abc:def"])
def test_a_made_up_link_is_stale(world: World, secret: str) -> None:
    with pytest.raises(Invitation.Stale):
        Invitation.find(secret, at=NOW)


def test_a_link_grows_old_and_a_newer_one_replaces_it(world: World) -> None:
    guest = Person.reserve(name="Nia New", email="nia@harbour.test", by=SYSTEM, at=NOW)
    first = Invitation.send(guest, by=Actor(world.olga), at=NOW)
    second = Invitation.send(guest, by=Actor(world.olga), at=NOW)

    with pytest.raises(Invitation.Stale):
        Invitation.find(first.secret, at=NOW)
    with pytest.raises(Invitation.Stale):
        Invitation.find(second.secret, at=NOW + timedelta(days=15))


def test_a_team_never_stands_above_itself(world: World) -> None:
    inner = Team.form(name="Night riders", parent=world.riders, by=SYSTEM, at=NOW)

    with pytest.raises(Team.Circle):
        world.riders.change(parent=inner, by=SYSTEM, at=NOW)


def test_the_time_in_a_team_stays_known(world: World) -> None:
    world.riders.remove(world.ben, by=SYSTEM, at=NOW, on=date(2026, 5, 22))

    assert world.ben not in world.riders.members()
    assert world.riders.memberships.get(person=world.ben).last_day == date(2026, 5, 22)


def test_a_new_manager_leaves_the_old_one_in_the_past(world: World) -> None:
    world.ben.manage_by(world.ada, by=SYSTEM, at=NOW, on=date(2026, 5, 22))

    assert world.ben.manager() == world.ada
    assert world.ben.managements.count() == 2


def test_there_is_one_organisation(world: World) -> None:
    assert Organisation.the() == world.organisation


def test_the_log_names_nobody(world: World) -> None:
    """Erasing a person leaves the log whole: it holds ids, never names or addresses."""
    world.ben.change(name="Benjamin Homer", by=Actor(world.ben), at=NOW)
    kept = str(list(Event.objects.filter(noun="person").values_list("before", "after")))

    assert "harbour.test" not in kept
    assert "Homer" not in kept

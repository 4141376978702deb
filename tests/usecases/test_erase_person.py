"""Erasing a person: what goes, what stays, and what they take along before."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import translation

from plumbline.goals.listed import listed
from plumbline.goals.lost_leads import hidden_lost_leads, lost_leads
from plumbline.goals.models import Comment, KeyResult, Objective
from plumbline.goals.search import find
from plumbline.people.former import FORMER
from plumbline.people.models import Actor, Event, ExternalId, Invitation, Person, Token
from plumbline.people.models.person import Role
from plumbline.usecases.erase_person import erase_person
from plumbline.usecases.own_data import own_data
from tests.world import NOW, SYSTEM, TODAY, World


def erase(world: World, person: Person, **told: object) -> Person:
    erase_person(person, by=Actor(world.olga), at=NOW, on=TODAY, **told)  # type: ignore[arg-type]
    return Person.objects.get(pk=person.pk)


def furnish(person: Person) -> None:
    person.change(job_title="Rides", language="de", time_zone="Europe/Berlin", by=Actor(person), at=NOW)
    person.look(at=NOW)
    Client().force_login(person)
    UserSession.objects.create(user=person, ip="10.0.0.7", user_agent="A browser", session_key="k")
    EmailAddress.objects.create(user=person, email="ben@harbour.test")
    Authenticator.objects.create(user=person, type="totp", data={})
    ExternalId.objects.create(source="perdoo", key="ben@harbour.test", noun="person", noun_key=person.public_id)
    Token.make(person=person, name="Ben's sheet", scope="write", by=Actor(person), at=NOW)


def test_nothing_that_names_the_person_is_left(world: World) -> None:
    furnish(world.ben)

    ben = erase(world, world.ben)

    kept = {
        name: getattr(ben, name) for name in ("email", "job_title", "language", "time_zone", "seen_at", "joined_at")
    }
    assert not any(kept.values()), kept
    assert (ben.name, ben.state, ben.has_usable_password()) == (FORMER, "archived", False)
    for rows in (UserSession, EmailAddress, Authenticator):
        assert not rows.objects.filter(user=ben).exists()
    assert not ExternalId.objects.filter(noun_key=ben.public_id).exists()
    assert not Token.objects.usable(NOW).filter(person=ben).exists()
    assert not Token.objects.exclude(name="").filter(person=ben).exists()
    assert not ben.memberships.filter(last_day=None).exists()
    told = str(list(Event.objects.filter(noun_key=ben.public_id).values_list("before", "after")))
    assert "Ben" not in told
    assert "Berlin" not in told


@pytest.mark.usefixtures("catalogues")
def test_the_id_stays_and_reads_as_a_former_member_everywhere(world: World) -> None:
    comment = Comment.say(world.stay, "Is it the lock?", by=Actor(world.ada), at=NOW)
    ada = erase(world, world.ada)

    assert ada.public_id == world.ada.public_id
    assert Comment.objects.select_related("author").get(pk=comment.pk).author.name == "Former member"
    with translation.override("de"):
        assert Objective.objects.select_related("lead").get(pk=world.stay.pk).lead.name == "Ehemaliges Mitglied"
        rows = listed({world.stay.pk: Objective.objects.select_related("cycle").get(pk=world.stay.pk)})
        assert rows[world.stay.pk][0].lead.name == "Ehemaliges Mitglied"
    assert not find(world.olga, "Ada").people
    assert not find(world.olga, "Former").people


def test_the_last_owner_is_not_erased(world: World) -> None:
    """E07: nor does anything else happen."""
    with pytest.raises(Person.LastOwner):
        erase(world, world.olga, successor=world.ada)

    assert Person.objects.get(pk=world.olga.pk).email == "olga@harbour.test"


def test_whoever_was_erased_comes_back_by_no_way(world: World) -> None:
    ben = erase(world, world.ben)

    for act in (
        lambda: ben.unarchive(by=SYSTEM, at=NOW),
        lambda: ben.give_role(Role.OWNER, by=SYSTEM, at=NOW),
        lambda: ben.manage_by(world.max, by=SYSTEM, at=NOW, on=TODAY),
        lambda: ben.erase(by=SYSTEM, at=NOW, on=TODAY),
    ):
        with pytest.raises(Person.Erased):
            act()
    with pytest.raises(Invitation.Gone):
        Invitation.send(ben, by=SYSTEM, at=NOW)
    assert Person.reserve(name="Ben Again", email="ben@harbour.test", by=SYSTEM, at=NOW)


def test_open_public_goals_go_to_the_successor_and_private_ones_need_a_lead(world: World) -> None:
    erase(world, world.ada, successor=world.ben, reason="Ada left")

    stay = Objective.objects.get(pk=world.stay.pk)
    assert stay.lead == world.ben
    assert KeyResult.objects.get(pk=world.activation.pk).lead == world.ben
    assert Event.objects.filter(verb="amended", noun_key=stay.public_id, reason="Ada left").exists()
    assert world.secret.pk in {hidden.goal.pk for hidden in hidden_lost_leads()}


def test_without_a_successor_goals_stand_among_those_that_need_a_lead(world: World) -> None:
    """E08: goals of somebody who left are flagged, for those who may give them away."""
    erase(world, world.ada)

    assert {str(goal) for goal in lost_leads(world.root)} >= {
        world.stay.title,
        world.activation.statement,
        "Monthly churn",
    }
    assert not {goal.pk for goal in lost_leads(world.olga) if goal.noun == "objective"} & {world.secret.pk}


def test_everybody_takes_along_what_is_kept_about_them(world: World) -> None:
    furnish(world.ben)
    Comment.say(world.stay, "Is it the lock?", by=Actor(world.ben), at=NOW)

    taken = json.loads("".join(own_data(Person.objects.get(pk=world.ben.pk))))

    assert taken["profile"][0]["email"] == "ben@harbour.test"
    assert taken["teams"][0]["team"] == "Riders"
    assert taken["managers"][0]["manager"] == "Max Manager"
    assert taken["comments"][0]["text"] == "Is it the lock?"
    assert taken["sign_ins"][0]["ip"] == "10.0.0.7"
    assert taken["tokens"][0]["name"] == "Ben's sheet"
    assert {"verb": "joined"}.items() <= {
        k: v for row in taken["events"] for k, v in row.items() if v == "joined"
    }.items()


def test_what_is_private_to_others_is_not_taken_along(world: World) -> None:
    """E01: not even after one was on it."""
    world.secret_result.check_in(value=1, on=TODAY, note="One", by=Actor(world.carl), at=NOW)
    world.secret.share(contributors=[], by=Actor(world.ada), at=NOW)

    for person in (world.carl, world.ben, world.olga):
        taken = "".join(own_data(Person.objects.get(pk=person.pk)))
        for secret in ("depot", "Depot", world.secret.public_id, world.secret_result.public_id):
            assert secret not in taken, person
    assert "Sell the harbour depot" in "".join(own_data(world.ada))

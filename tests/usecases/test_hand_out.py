"""One goal for many people or teams: one action, a report, nothing made twice, and a way back."""

from datetime import timedelta
from typing import Any

import pytest

from plumbline.goals.models import Cycle, Handout, Objective, Outcome
from plumbline.goals.models.objective import Home
from plumbline.people.models import Actor, Event, Person
from plumbline.usecases.hand_out import MOST, NotATemplate, Recipients, TooMany, given_by, hand_out, preview
from tests.world import NOW, World, a_key_result, an_objective


def a_template(world: World, **fields: Any) -> Objective:
    row = an_objective(world.olga, world.q3, title="Know our riders", pillar=world.pillar, **fields)
    a_key_result(row, statement="Rides taken along rise from 0 to 3", metric="Rides taken along", unit_kind="count")
    return row


def staff(count: int) -> list[Person]:
    return Person.objects.bulk_create(
        Person(name=f"Rider {number:02}", email=f"rider{number}@harbour.test", state="active", role="member")
        for number in range(count)
    )


def outcomes(handout: Handout) -> list[str]:
    return [given.outcome for given in given_by(handout)]


def test_one_action_gives_sixty_people_a_goal_and_a_report(world: World) -> None:
    """H06."""
    template, people = a_template(world), staff(60)

    handout = hand_out(template, Recipients(world.q3, people=people), by=Actor(world.root), at=NOW)

    assert outcomes(handout) == [Outcome.MADE] * 60
    made = Objective.objects.filter(handed_out__handout=handout).order_by("pk")
    assert (made.count(), made.filter(home=Home.PERSON, stage="draft", pillar=world.pillar).count()) == (60, 60)
    first = made[0]
    assert first.title == "Know our riders"
    assert first.home_person == first.lead == first.key_results.get().lead == people[0]
    told = Event.objects.about("objective", template.public_id)[0]
    assert (told.verb, told.after["made"], told.after["skipped"]) == ("handed_out", 60, 0)
    assert "Rider" not in str(told.after), "the log names nobody"


def test_done_again_it_makes_nothing_twice(world: World) -> None:
    """H06: idempotent; who joined meanwhile gets theirs."""
    template, people = a_template(world), staff(3)
    hand_out(template, Recipients(world.q3, people=people[:2]), by=Actor(world.root), at=NOW)

    again = hand_out(template, Recipients(world.q3, people=people), by=Actor(world.root), at=NOW)

    assert outcomes(again) == [Outcome.HAS_ONE, Outcome.HAS_ONE, Outcome.MADE]
    assert Objective.objects.filter(title="Know our riders", home=Home.PERSON).count() == 3
    elsewhere = hand_out(template, Recipients(world.year, people=people[:1]), by=Actor(world.root), at=NOW)
    assert outcomes(elsewhere) == [Outcome.MADE], "another cycle is another goal"


def test_the_preview_says_who_gets_none_and_why_and_makes_nothing(world: World) -> None:
    template = a_template(world)
    to = Recipients(world.q3, people=[world.ben, world.vera, world.dov, world.ben])
    before = Objective.objects.count()

    told = {given.name: given.outcome for given in preview(template, to)}

    assert told == {"Ben Homer": Outcome.MADE, "Vera Viewer": Outcome.VIEWER, "Dov Gone": Outcome.GONE}
    assert Objective.objects.count() == before


def test_teams_get_one_led_by_their_lead(world: World) -> None:
    template = a_template(world)
    world.workshop.change(lead=None, by=Actor(world.root), at=NOW)

    handout = hand_out(
        template, Recipients(world.q3, teams=[world.riders, world.workshop]), by=Actor(world.root), at=NOW
    )

    assert outcomes(handout) == [Outcome.MADE, Outcome.NO_LEAD]
    made = Objective.objects.get(handed_out__handout=handout)
    assert (made.home, list(made.home_teams.all()), made.lead) == (Home.TEAM, [world.riders], world.ada)


def test_it_is_taken_back_but_for_what_somebody_works_on(world: World) -> None:
    template = a_template(world)
    handout = hand_out(template, Recipients(world.q3, people=[world.ben, world.cleo]), by=Actor(world.root), at=NOW)
    bens = Objective.objects.get(home_person=world.ben)
    bens.activate(by=Actor(world.ben), at=NOW + timedelta(minutes=5))

    gone = handout.take_back(by=Actor(world.root), at=NOW + timedelta(hours=1))

    assert gone == 1
    assert Objective.objects.get(home_person=world.cleo).binned_at is not None
    assert Objective.objects.get(home_person=world.ben).binned_at is None
    assert handout.take_back(by=Actor(world.root), at=NOW + timedelta(hours=2)) == 0
    again = hand_out(template, Recipients(world.q3, people=[world.ben, world.cleo]), by=Actor(world.root), at=NOW)
    assert outcomes(again) == [Outcome.HAS_ONE, Outcome.MADE]


def test_what_can_not_be_handed_out_is_refused(world: World) -> None:
    ben = [world.ben]
    with pytest.raises(NotATemplate):
        preview(world.secret, Recipients(world.q3, people=ben))
    with pytest.raises(TooMany):
        preview(a_template(world), Recipients(world.q3, people=ben * (MOST + 1)))
    Cycle.objects.filter(pk=world.q3.pk).update(phase="closed")
    with pytest.raises(Cycle.Closed):
        hand_out(world.stay, Recipients(world.q3, people=ben), by=Actor(world.root), at=NOW)

"""Many goals changed at once: each for itself, what was refused is told, and all of it can be taken back."""

from datetime import timedelta
from typing import Any

import pytest

from plumbline.goals.models import Commitment, Initiative, KeyResult, Objective, Tag
from plumbline.people.models import Actor, Event
from plumbline.usecases import change_many as many
from plumbline.usecases.change_many import Change, Outcome, change_many, take_back
from tests.world import NOW, SYSTEM, World, a_key_result, an_objective

pytestmark = pytest.mark.django_db


def changed(world: World, who: str, goals: list[Any], change: Change) -> Outcome:
    return change_many(goals, change, by=Actor(world.cast()[who]), at=NOW)


def taken_back(world: World, who: str, outcome: Outcome) -> Outcome:
    return take_back(outcome.key, by=Actor(world.cast()[who]), at=NOW + timedelta(seconds=5), reason="Taken back.")


def now(goal: Any) -> Any:
    return type(goal).objects.get(pk=goal.pk)


def test_a_lead_is_set_where_that_is_allowed_and_the_others_say_why(world: World) -> None:
    company = an_objective(world.olga, world.q3, title="Freight by bike")

    outcome = changed(world, "ben", [world.activation, company], Change("lead", lead=world.ben, reason="Ada travels"))

    assert (outcome.done, now(world.activation).lead) == ([world.activation], world.ben)
    assert [type(each.why) for each in outcome.refused] == [many.NotAllowed]
    assert now(company).lead == world.olga


def test_locked_goalposts_ask_for_a_reason(world: World) -> None:
    outcome = changed(world, "ada", [world.activation], Change("lead", lead=world.ben))

    assert [type(each.why) for each in outcome.refused] == [KeyResult.NeedsReason]


def test_nobody_comes_to_lead_a_private_goal_that_they_do_not_see(world: World) -> None:
    """E01."""
    outcome = changed(world, "ada", [world.secret], Change("lead", lead=world.ben, reason="He asked"))

    assert [type(each.why) for each in outcome.refused] == [many.NotNamed]


def test_whoever_gave_the_lead_away_takes_it_back(world: World) -> None:
    own = an_objective(world.cleo, world.q3, title="Ship parts faster", home_person=world.cleo)
    outcome = changed(world, "cleo", [own], Change("lead", lead=world.ben))

    assert taken_back(world, "cleo", outcome).done == [own]
    assert now(own).lead == world.cleo


def test_tags_come_and_go_beside_those_that_are_there(world: World) -> None:
    spring, autumn = (Tag.make(name=name, by=SYSTEM, at=NOW) for name in ("Spring", "Autumn"))
    world.stay.tag([spring], by=SYSTEM, at=NOW)

    put = changed(world, "ada", [world.stay, world.activation], Change("tag", tags=(autumn,)))
    assert set(world.stay.tags.all()) == {spring, autumn}
    taken_back(world, "ada", put)
    assert (set(world.stay.tags.all()), set(world.activation.tags.all())) == ({spring}, set())

    off = changed(world, "ada", [world.stay], Change("untag", tags=(spring,)))
    assert not world.stay.tags.exists()
    taken_back(world, "ada", off)
    assert set(world.stay.tags.all()) == {spring}


def test_objectives_move_and_key_results_go_along(world: World) -> None:
    draft = an_objective(world.ada, world.q2, world.riders, title="Riders help each other")
    outcome = changed(world, "ada", [world.activation, draft], Change("cycle", cycle=world.q3))

    assert (outcome.done, now(draft).cycle) == ([draft], world.q3)
    assert [type(each.why) for each in outcome.refused] == [many.OnlyObjectives]

    taken_back(world, "ada", outcome)
    assert now(draft).cycle == world.q2


def test_a_goal_gets_another_home_where_the_mover_may_set_goals(world: World) -> None:
    to_workshop = Change("team", home="team", teams=(world.workshop,), reason="They mend")

    assert [type(each.why) for each in changed(world, "ben", [world.stay], to_workshop).refused] == [many.NotAllowed]
    outcome = changed(world, "root", [world.stay], to_workshop)
    assert list(now(world.stay).home_teams.all()) == [world.workshop]
    taken_back(world, "root", outcome)
    assert list(now(world.stay).home_teams.all()) == [world.riders]


def test_drafts_start_and_become_drafts_again(world: World) -> None:
    draft = an_objective(world.ada, world.q2, world.riders, title="Riders help each other")
    ready, lacking = a_key_result(draft), a_key_result(draft, statement="More help", metric="")

    outcome = changed(world, "ada", [lacking, draft], Change("activate"))
    assert [type(each.why) for each in outcome.refused] == [KeyResult.NotReady]
    assert (now(draft).stage, now(ready).stage) == ("active", "active")

    assert taken_back(world, "ada", outcome).done == [draft]
    assert (now(draft).stage, now(ready).stage) == ("draft", "draft")
    assert not Commitment.objects.filter(key_result=ready).exists()


def test_what_was_checked_in_on_stays_active(world: World) -> None:
    with pytest.raises(KeyResult.HasHistory):
        world.activation.take_activation_back(by=SYSTEM, at=NOW)


@pytest.mark.parametrize(("act", "column"), [("archive", "archived_at"), ("bin", "binned_at")])
def test_goals_are_put_away_and_come_back(world: World, act: str, column: str) -> None:
    draft = a_key_result(world.stay)
    outcome = changed(world, "ada", [draft, world.stay], Change(act))

    assert all(getattr(now(goal), column) for goal in (draft, world.stay))
    assert len(taken_back(world, "ada", outcome).done) == 2
    assert not any(getattr(now(goal), column) for goal in (draft, world.stay))


def test_key_results_become_initiatives_and_key_results_again(world: World) -> None:
    draft = a_key_result(world.stay, statement="Publish 12 articles")
    outcome = changed(world, "ada", [draft, world.activation, world.stay], Change("initiative"))

    assert [type(each.why) for each in outcome.refused] == [KeyResult.HasHistory, many.OnlyKeyResults]
    assert Initiative.objects.filter(title=draft.statement, binned_at=None).exists()
    taken_back(world, "ada", outcome)
    assert (now(draft).binned_at, Initiative.objects.filter(binned_at=None).exists()) == (None, False)


def test_what_somebody_changed_since_stays(world: World) -> None:
    outcome = changed(world, "ada", [world.stay], Change("archive"))
    now(world.stay).unarchive(by=Actor(world.ben), at=NOW)

    assert [type(each.why) for each in taken_back(world, "ada", outcome).refused] == [many.MovedOn]


def test_nobody_takes_back_what_another_did_nor_after_half_an_hour(world: World) -> None:
    outcome = changed(world, "ada", [world.stay], Change("archive"))
    late = take_back(outcome.key, by=Actor(world.ada), at=NOW + timedelta(hours=1), reason="Late")

    assert (taken_back(world, "olga", outcome).done, late.done) == ([], [])


def test_whoever_lost_the_right_takes_nothing_back(world: World) -> None:
    """E12."""
    outcome = changed(world, "root", [world.stay], Change("archive"))
    world.root.give_role("viewer", by=Actor(world.olga), at=NOW)

    assert [type(each.why) for each in taken_back(world, "root", outcome).refused] == [many.NotAllowed]


def test_each_goal_has_a_request_of_its_own(world: World) -> None:
    outcome = changed(world, "ada", [world.activation, world.stay], Change("archive"))

    events = Event.objects.filter(request_id__startswith=outcome.key)
    assert len(set(events.values_list("request_id", flat=True))) == 2
    assert Objective.objects.get(pk=world.stay.pk).is_archived

"""Objectives: where they hang, who sees them, when their goalposts are locked."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from plumbline.goals.models import Closure, Cycle, Decision, Initiative, Objective, Waiver
from plumbline.people.models import Actor, Event
from tests.world import NOW, World, a_key_result, an_objective


def test_a_goal_never_hangs_from_itself(world: World) -> None:
    """D01: A under B under C; C under A is refused, over however many steps, also over a key result."""
    by = Actor(world.ada)
    middle = an_objective(world.ada, world.q2, world.riders, title="Winter feels safe", parent_objective=world.stay)
    result = a_key_result(middle)
    leaf = an_objective(world.ada, world.q2, world.riders, title="Lights on every bike", parent_key_result=result)

    with pytest.raises(Objective.Circle):
        world.stay.align(parent_objective=leaf, by=by, at=NOW)
    with pytest.raises(Objective.Circle):
        world.stay.align(parent_key_result=a_key_result(world.stay), by=by, at=NOW)


def test_a_goal_hangs_from_one_place(world: World) -> None:
    with pytest.raises(Objective.WrongParent):
        world.stay.align(pillar=world.pillar, parent_objective=world.secret, by=Actor(world.ada), at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Objective.objects.filter(pk=world.stay.pk).update(parent_objective=world.secret)


def test_nothing_new_hangs_from_what_was_archived(world: World) -> None:
    """F03: neither from a pillar nor in a team that has ended."""
    world.pillar.archive(by=Actor(world.olga), at=NOW)
    world.workshop.archive(by=Actor(world.olga), at=NOW)

    with pytest.raises(Objective.WrongParent):
        an_objective(world.ada, world.q2, world.riders, pillar=world.pillar)
    with pytest.raises(Objective.WrongParent):
        an_objective(world.cleo, world.q2, world.workshop)


def test_two_who_edit_the_same_goal_do_not_overwrite_each_other(world: World) -> None:
    """G01: the second is told what changed, and by whom."""
    seen = world.stay.version
    world.stay.change(why_now="Winter is coming.", expected_version=seen, by=Actor(world.ada), at=NOW)

    with pytest.raises(Objective.Clash) as clash:
        world.stay.change(title="Riders never stop", expected_version=seen, by=Actor(world.ben), at=NOW)

    assert [(event.actor, list(event.before)) for event in clash.value.since] == [(world.ada, ["why_now"])]
    world.stay.refresh_from_db()
    assert world.stay.title == "Riders stay through the winter"


def test_locked_goalposts_ask_for_a_reason(world: World) -> None:
    with pytest.raises(Objective.NeedsReason):
        world.stay.change(title="Riders stay", by=Actor(world.ada), at=NOW)

    world.stay.change(title="Riders stay", reason="Shorter to say.", by=Actor(world.ada), at=NOW)

    event = Event.objects.about("objective", world.stay.public_id)[0]
    assert (event.verb, event.reason, event.before["title"]) == (
        "amended",
        "Shorter to say.",
        "Riders stay through the winter",
    )


def test_activation_leaves_behind_what_is_not_ready(world: World) -> None:
    goal = an_objective(world.ada, world.q2, world.riders)
    ready = a_key_result(goal)
    unready = a_key_result(goal, statement="Repairs come back fewer", baseline=None)

    waiting = goal.activate(by=Actor(world.ada), at=NOW)

    ready.refresh_from_db()
    assert waiting == [unready]
    assert (ready.stage, goal.stage) == ("active", "active")


def test_a_closed_cycle_refuses_every_change(world: World) -> None:
    """C03: not the goal, not its key results, not a new one, and after the grace period no value either."""
    by = Actor(world.olga)
    world.q2.move_to("closing", by=by, at=NOW)
    world.q2.move_to("closed", by=by, at=NOW)
    world.stay.refresh_from_db()
    check_in, week_later = world.activation.check_ins.get(), NOW + timedelta(days=7)

    for change in (
        lambda: world.stay.change(title="Riders stay", reason="Late", by=by, at=NOW),
        lambda: world.stay.share(contributors=[], by=by, at=NOW),
        lambda: world.stay.align(by=by, at=NOW),
        lambda: world.stay.bin(by=by, at=NOW),
        lambda: world.stay.archive(by=by, at=NOW),
        lambda: world.stay.make_private(True, by=by, at=NOW),
        lambda: world.activation.change(weight=Decimal(2), reason="Late", by=by, at=NOW),
        lambda: world.activation.bin(by=by, at=NOW),
        lambda: world.activation.surround(by=by, at=NOW),
        lambda: world.activation.withdraw(check_in, reason="Late", by=by, at=week_later),
        lambda: world.activation.check_in(value=world.activation.target, by=by, at=week_later),
        lambda: Waiver.give(world.activation, reason="Late", by=by, at=NOW),
        lambda: Decision.decide(world.activation, choice="keep", by=by, at=NOW),
        lambda: Closure.close(world.stay, verdict="missed", by=by, at=NOW),
        lambda: Initiative.take_on(title="Call", objective=world.stay, by=by, at=NOW),
        lambda: a_key_result(world.stay),
        lambda: an_objective(world.ada, world.q2, world.riders),
    ):
        with pytest.raises(Cycle.Closed):
            change()


def test_the_bin_gives_everything_back(world: World) -> None:
    """F01: with its key results, check-ins and links."""
    by = Actor(world.ada)
    world.stay.bin(by=by, at=NOW)
    assert not Objective.objects.visible_to(world.ada).filter(pk=world.stay.pk).exists()

    world.stay.restore(by=by, at=NOW)

    back = Objective.objects.visible_to(world.ada).get(pk=world.stay.pk)
    assert back.key_results.get().check_ins.count() == 1
    assert (back.binned_at, back.binned_by) == (None, None)

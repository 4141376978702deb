"""Moving, cloning and switching goals: what comes along, what stays, and the way back."""

from datetime import date
from decimal import Decimal

import pytest

from plumbline.goals import policy
from plumbline.goals.models import Comment, Cycle, Initiative, KeyResult, Objective
from plumbline.people.models import Actor, Event
from plumbline.usecases.clone_goal import Wishes, clone_goal
from plumbline.usecases.move_goal import Choices, Destination, MovedOn, consequences, move_goal, take_back
from plumbline.usecases.switch_result import Settled, into_initiative, into_key_result, into_objective
from plumbline.usecases.switch_result import take_back as switch_back
from tests.world import NOW, SYSTEM, World, a_key_result, an_objective


def by_ada(world: World) -> Actor:
    return Actor(world.ada, request_id="one request")


def to_q3(world: World) -> Destination:
    return Destination(world.q3, "team", (world.riders,))


def test_what_hangs_on_a_goal_is_listed_before_it_moves(world: World) -> None:
    """C06: children, alignments and due dates; what the reader may not see is not told."""
    child = an_objective(world.ada, world.q2, world.riders, title="Lights", parent_key_result=world.activation)
    an_objective(world.ada, world.q2, title="Hidden", parent_objective=world.stay, is_private=True)
    world.activation.change(due_on=date(2026, 6, 1), reason="Sooner", by=SYSTEM, at=NOW)

    found = consequences(world.stay, to_q3(world), reader=world.ben)

    assert (found.children, found.dated, found.losing) == ((child,), (world.activation,), ())


@pytest.mark.parametrize(
    ("choices", "child_cycle", "hangs", "due"),
    [
        (Choices("stay", "keep"), "q2", True, date(2026, 6, 1)),
        (Choices("along", "shift"), "q3", True, date(2026, 8, 31)),
        (Choices("detach", "clear"), "q2", False, None),
    ],
)
def test_the_mover_decides_what_comes_along(
    world: World, choices: Choices, child_cycle: str, hangs: bool, due: date | None
) -> None:
    """C06: nothing is silently detached."""
    child = an_objective(world.ada, world.q2, world.riders, title="Lights", parent_objective=world.stay)
    world.activation.change(due_on=date(2026, 6, 1), reason="Sooner", by=SYSTEM, at=NOW)

    move_goal(world.stay, to_q3(world), choices, reason="Winter is late", by=by_ada(world), at=NOW)

    child.refresh_from_db()
    world.activation.refresh_from_db()
    assert Objective.objects.get(pk=world.stay.pk).cycle == world.q3
    assert (child.cycle == getattr(world, child_cycle), child.parent_objective is not None) == (True, hangs)
    assert world.activation.due_on == due


def test_a_move_out_of_a_locked_cycle_needs_a_reason(world: World) -> None:
    with pytest.raises(Objective.NeedsReason):
        move_goal(world.stay, to_q3(world), Choices(), by=by_ada(world), at=NOW)


def test_a_closed_cycle_takes_no_goal(world: World) -> None:
    """C03."""
    Cycle.objects.filter(pk=world.q3.pk).update(phase="closed")

    with pytest.raises(Cycle.Closed):
        move_goal(world.stay, to_q3(world), Choices(), reason="So", by=by_ada(world), at=NOW)


def test_access_follows_the_new_team_and_history_stays(world: World) -> None:
    """F07: address, check-ins, comments and alignment survive; who loses access is named first."""
    Comment.say(world.stay, "Is it the lock?", by=Actor(world.ben), at=NOW)
    to = Destination(world.q2, "team", (world.workshop,))
    events = Event.objects.about("objective", world.stay.public_id).count()

    assert consequences(world.stay, to, reader=world.ada).losing == (world.ben,)
    move_goal(world.stay, to, Choices(), by=by_ada(world), at=NOW)

    moved = Objective.objects.get(public_id=world.stay.public_id)
    assert list(moved.home_teams.all()) == [world.workshop]
    assert (moved.pillar, moved.comments.count(), moved.key_results.get().check_ins.count()) == (world.pillar, 1, 1)
    assert Event.objects.about("objective", moved.public_id).count() == events + 1
    assert not policy.can(world.ben, "check_in", moved)
    assert policy.can(world.max, "check_in", moved)


def test_a_move_is_taken_back_with_what_came_along(world: World) -> None:
    child = an_objective(world.ada, world.q2, world.riders, title="Lights", parent_objective=world.stay)
    world.activation.change(due_on=date(2026, 6, 1), reason="Sooner", by=SYSTEM, at=NOW)
    to = Destination(world.q3, "team", (world.workshop,))
    told = move_goal(world.stay, to, Choices("along", "shift", let_go=True), reason="So", by=by_ada(world), at=NOW)

    take_back(told, by=Actor(world.ada), at=NOW)

    back = Objective.objects.get(pk=world.stay.pk)
    child.refresh_from_db()
    assert (back.cycle, back.pillar, list(back.home_teams.all())) == (world.q2, world.pillar, [world.riders])
    assert (child.cycle, KeyResult.objects.get(pk=world.activation.pk).due_on) == (world.q2, date(2026, 6, 1))


def test_a_move_is_not_taken_back_over_the_work_of_others(world: World) -> None:
    told = move_goal(world.stay, to_q3(world), Choices(), reason="So", by=by_ada(world), at=NOW)
    Objective.objects.get(pk=world.stay.pk).change(why_now="Snow", by=Actor(world.ben), at=NOW)

    with pytest.raises(MovedOn):
        take_back(told, by=Actor(world.ada), at=NOW)


def test_a_clone_has_the_words_and_none_of_the_history(world: World) -> None:
    """P21."""
    world.activation.add_milestone(title="Pilot", due_on=date(2026, 5, 1), by=SYSTEM, at=NOW)
    Initiative.take_on(title="Tours", objective=world.stay, key_result=world.activation, by=SYSTEM, at=NOW)

    copy = clone_goal(world.stay, Wishes("Riders stay", to_q3(world), True), by=Actor(world.ada), at=NOW)

    row = copy.key_results.get()
    assert (copy.stage, copy.cycle, copy.pillar, copy.lead) == ("draft", world.q3, world.pillar, world.ada)
    assert (row.statement, row.stage, row.current, row.check_ins.count()) == (
        world.activation.statement,
        "draft",
        None,
        0,
    )
    assert row.milestones.get().due_on == date(2026, 7, 31)
    assert copy.initiatives.get().key_result == row


def test_a_clone_never_hangs_from_what_its_maker_does_not_see(world: World) -> None:
    """E01."""
    goal = an_objective(world.ada, world.q2, world.riders, title="Lights", parent_objective=world.secret)

    assert clone_goal(goal, Wishes("Lights", to_q3(world)), by=Actor(world.ben), at=NOW).parent_objective is None
    assert clone_goal(goal, Wishes("Lamps", to_q3(world)), by=Actor(world.ada), at=NOW).parent_objective == world.secret


def test_a_key_result_with_check_ins_stays_one(world: World) -> None:
    """P34, B09: nothing is read differently afterwards."""
    for switch in (into_initiative, into_objective):
        with pytest.raises(KeyResult.HasHistory):
            switch(world.activation, by=Actor(world.ada), at=NOW)


def test_a_key_result_becomes_an_initiative_and_the_same_one_again(world: World) -> None:
    """P34."""
    row = a_key_result(world.stay, statement="Publish 10 winter guides")

    made = into_initiative(row, by=Actor(world.ada), at=NOW)
    assert (made.objective, made.lead, made.came_from) == (world.stay, row.lead, row.statement)
    assert not KeyResult.objects.visible_to(world.ada).filter(pk=row.pk).exists()

    switch_back(row, by=Actor(world.ada), at=NOW)
    assert KeyResult.objects.visible_to(world.ada).filter(pk=row.pk).exists()
    assert not Initiative.objects.visible_to(world.ada).filter(pk=made.pk).exists()


def test_a_private_key_result_becomes_a_private_objective(world: World) -> None:
    """E05, E01."""
    row = a_key_result(world.secret, statement="Bids for the depot", baseline=None, target=None)

    made = into_objective(row, by=Actor(world.ada), at=NOW)

    assert (made.parent_objective, made.is_private, set(made.contributors.all())) == (world.secret, True, {world.carl})


def test_an_initiative_becomes_a_key_result_until_its_bet_is_settled(world: World) -> None:
    """P34."""
    work = Initiative.take_on(title="Tours", objective=world.stay, lead=world.ben, by=SYSTEM, at=NOW)
    made = into_key_result(work, by=Actor(world.ada), at=NOW)
    assert (made.statement, made.stage, made.lead) == ("Tours", "draft", world.ben)

    bet = Initiative.take_on(title="Leaflets", objective=world.stay, key_result=world.activation, by=SYSTEM, at=NOW)
    bet.place_bet(key_result=world.activation, expected_change=Decimal(1), by=SYSTEM, at=NOW)
    bet.settle_bet(verdict="not", by=SYSTEM, at=NOW)
    with pytest.raises(Settled):
        into_key_result(Initiative.objects.get(pk=bet.pk), by=Actor(world.ada), at=NOW)

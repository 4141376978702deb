"""Scores: as committed and as amended, and why one differs from the suggested."""

from datetime import timedelta
from decimal import Decimal

import pytest

from plumbline.goals.amendments import amendments
from plumbline.goals.models import Closure, Objective
from plumbline.goals.scores import scores
from plumbline.people.models import Actor
from tests.world import NOW, TODAY, World, a_key_result


def both(world: World) -> tuple[Decimal | None, Decimal | None]:
    found = scores([world.stay], reader=world.ada, organisation=world.organisation, today=TODAY)[world.stay.pk]
    return found.committed, found.amended


def test_both_scores_are_told_when_a_target_moved(world: World) -> None:
    """A24: 5 of 14 as committed, 5 of 10 since the target moved to 41."""
    assert both(world) == (Decimal("0.36"), Decimal("0.36"))

    world.activation.change(target=Decimal(41), reason="Winter came early", by=Actor(world.ada), at=NOW)

    assert both(world) == (Decimal("0.36"), Decimal("0.50"))


def test_a_weight_that_moved_changes_the_amended_score_only(world: World) -> None:
    rides = a_key_result(world.stay, statement="Winter rides rise from 2 to 4", baseline=2, target=4)
    rides.activate(by=Actor(world.ada), at=NOW)
    rides.check_in(value=Decimal(4), by=Actor(world.ada), at=NOW)
    rides.change(weight=Decimal(3), reason="Rides count more", by=Actor(world.ada), at=NOW)

    assert both(world) == (Decimal("0.68"), Decimal("0.84"))


def test_nothing_measured_has_no_score(world: World) -> None:
    world.activation.bin(by=Actor(world.ada), at=NOW)

    assert both(world) == (None, None)


def test_a_score_that_differs_from_the_suggested_one_says_why(world: World) -> None:
    """The verb itself asks, whichever door it came through."""
    told = {"verdict": "missed", "score": Decimal("0.9"), "by": Actor(world.ada), "at": NOW}
    with pytest.raises(Closure.NeedsReason) as refused:
        Closure.close(world.stay, **told)
    assert refused.value.suggested == Decimal("0.36")
    assert Objective.objects.get(pk=world.stay.pk).stage == "active"

    closure = Closure.close(world.stay, reason="The survey came late", **told)

    assert (closure.score, closure.suggested, closure.reason) == (
        Decimal("0.9"),
        Decimal("0.36"),
        "The survey came late",
    )


def test_without_a_score_the_suggested_one_is_kept(world: World) -> None:
    assert Closure.close(world.stay, verdict="missed", by=Actor(world.ada), at=NOW).score == Decimal("0.36")


def test_an_amendment_tells_what_moved_by_whom_and_why(world: World) -> None:
    """Both goalposts of one change stand together, with the people themselves."""
    later = NOW + timedelta(hours=1)
    world.activation.change(
        target=Decimal(41), lead=world.carl, reason="Winter came early", by=Actor(world.ben), at=later
    )
    world.stay.change(title="Riders stay", reason="Shorter", by=Actor(world.ada), at=NOW)

    newest, older = amendments([world.stay])

    assert [(move.field, move.before, move.after) for move in newest.moves] == [
        ("target", 45, 41),
        ("lead", world.ada, world.carl),
    ]
    assert (newest.by, newest.reason, newest.key_result) == (world.ben, "Winter came early", world.activation)
    assert (older.key_result, older.moves[0].before) == (None, "Riders stay through the winter")


def test_what_nobody_locked_is_no_amendment(world: World) -> None:
    world.stay.change(why_now="Winter is coming", by=Actor(world.ada), at=NOW)

    assert amendments([world.stay]) == []


def test_the_note_of_a_closure_can_be_put_right(world: World) -> None:
    closure = Closure.close(world.stay, verdict="missed", learned="Ask erlier", by=Actor(world.ada), at=NOW)

    closure.annotate(learned="Ask earlier", rating=4, by=Actor(world.ada), at=NOW)

    assert (closure.learned, closure.rating, closure.score) == ("Ask earlier", 4, Decimal("0.36"))

"""Initiatives, bets, closures, comments and KPIs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from plumbline.goals.kpi_health import Health
from plumbline.goals.models import Closure, Comment, Initiative, KeyResult, Kpi, Objective
from plumbline.people.models import Actor
from tests.world import NOW, SYSTEM, TODAY, World, a_key_result, an_objective


def test_an_output_becomes_a_bet_on_an_outcome(world: World) -> None:
    work = a_key_result(world.stay, statement="Publish 10 blog articles")

    bet = Initiative.from_key_result(work, title="Blog articles", under=world.activation, by=Actor(world.ada), at=NOW)

    assert (bet.key_result, bet.came_from) == (world.activation, "Publish 10 blog articles")
    assert not KeyResult.objects.visible_to(world.ada).filter(pk=work.pk).exists()


def test_a_bet_is_on_a_key_result_of_its_own_objective(world: World) -> None:
    with pytest.raises(Initiative.OtherObjective):
        Initiative.take_on(
            title="A tour", objective=world.secret, key_result=world.activation, by=Actor(world.ada), at=NOW
        )


def test_the_ledger_keeps_what_was_expected_and_what_happened(world: World) -> None:
    by = Actor(world.ada)
    tour = Initiative.take_on(title="A tour", objective=world.stay, key_result=world.activation, by=by, at=NOW)
    tour.add_input(kind="time", amount=Decimal(12), unit="days", by=by, at=NOW)
    tour.place_bet(key_result=world.activation, expected_change=Decimal(4), due_on=date(2026, 6, 15), by=by, at=NOW)
    tour.change(state="done", by=by, at=NOW)

    tour.settle_bet(verdict="partly", actual_change=Decimal(2), learned="Only the second week.", by=by, at=NOW)

    tour.bet.refresh_from_db()
    assert (tour.bet.expected_change, tour.bet.actual_change, tour.bet.verdict) == (4, 2, "partly")


def test_a_closed_objective_takes_its_key_results_along_and_reopens(world: World) -> None:
    """F04: reopened, it is active everywhere."""
    by = Actor(world.ada)
    closure = Closure.close(world.stay, verdict="achieved", rating=4, by=by, at=NOW)
    world.activation.refresh_from_db()
    assert (world.stay.stage, world.activation.stage) == ("closed", "closed")
    with pytest.raises(KeyResult.Closed):
        world.activation.check_in(value=Decimal(45), by=by, at=NOW)
    with pytest.raises(Objective.Closed):
        Closure.close(world.stay, verdict="missed", by=by, at=NOW)

    closure.reopen(reason="Counted too early.", by=by, at=NOW)

    world.activation.refresh_from_db()
    assert (closure.objective.stage, world.activation.stage) == ("active", "active")


def test_a_comment_says_something(world: World) -> None:
    comment = Comment.say(world.stay, " Is it the tour? ", by=Actor(world.ben), at=NOW)

    assert comment.text == "Is it the tour?"
    with pytest.raises(Comment.Empty):
        Comment.say(world.stay, "  ", by=Actor(world.ben), at=NOW)


@pytest.mark.parametrize(("value", "health"), [("2.8", Health.HEALTHY), ("3.2", Health.WATCH), ("3.4", Health.ACT)])
def test_a_kpi_is_healthy_watched_or_asks_to_act(world: World, value: str, health: str) -> None:
    """At most 3 with a tolerance of 10 % of the target."""
    world.churn.read(value=Decimal(value), on=TODAY, by=Actor(world.ada), at=NOW)

    assert world.churn.health(TODAY) == health


def test_an_old_reading_says_nothing(world: World) -> None:
    assert world.churn.health(TODAY + timedelta(days=60)) == Health.UNKNOWN


def test_a_late_reading_of_the_past_leaves_the_current_one(world: World) -> None:
    world.churn.read(value=Decimal(4), on=date(2026, 4, 1), by=Actor(world.ada), at=NOW)

    assert world.churn.current == Decimal("2.8")


def test_targets_carry_forward(world: World) -> None:
    world.churn.aim(first_day=date(2026, 7, 1), target=Decimal("2.5"), by=SYSTEM, at=NOW)

    held = [world.churn.target_on(day) for day in (date(2026, 6, 30), date(2026, 7, 1), date(2027, 3, 1))]
    assert [row and row.target for row in held] == [3, Decimal("2.5"), Decimal("2.5")]


def test_an_archived_kpi_is_not_read(world: World) -> None:
    world.churn.archive(by=Actor(world.ada), at=NOW)

    with pytest.raises(Kpi.Closed):
        world.churn.read(value=Decimal(2), on=TODAY, by=Actor(world.ada), at=NOW)
    assert an_objective(world.ada, world.q2, world.riders, parent_kpi=None).parent_kpi is None

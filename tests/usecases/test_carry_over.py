"""The next cycle is made from a closed one by what people decided."""

from datetime import date
from decimal import Decimal

import pytest

from plumbline.goals.models import CheckIn, Cycle, Decision, Initiative, KeyResult, Objective
from plumbline.people.models import Actor
from plumbline.usecases.carry_over import NotClosed, carry_over
from plumbline.usecases.close_goals import Choice, close_objective
from tests.world import NOW, World, a_key_result


@pytest.fixture
def more(world: World) -> dict[str, KeyResult]:
    """Three key results of one objective: one to keep, one to change, one to drop."""
    rows = {
        "keep": world.activation,
        "change": a_key_result(world.stay, statement="Winter rides rise from 2 to 4", baseline=2, target=4),
        "drop": a_key_result(world.stay, statement="Calls fall from 9 to 5", baseline=9, target=5, type="decrease"),
    }
    for row in rows.values():
        row.activate(by=Actor(world.ada), at=NOW)
    return rows


def close(world: World, *choices: Choice) -> None:
    close_objective(world.stay, choices=choices, verdict="partly_achieved", by=Actor(world.ada), at=NOW)
    world.stay.refresh_from_db()


def carried(world: World) -> Objective | None:
    return carry_over(world.stay, into=world.q3, by=Actor(world.ada), at=NOW)


def test_what_is_kept_begins_where_it_ended_and_knows_its_origin(world: World, more: dict[str, KeyResult]) -> None:
    """C04: a link to the origin, no check-ins, baseline = last actual, chosen work along, origin closed."""
    chosen, other = (
        Initiative.take_on(title=title, objective=world.stay, key_result=more["keep"], by=Actor(world.ada), at=NOW)
        for title in ("Call new riders", "Print a poster")
    )
    chosen.place_bet(key_result=more["keep"], expected_change=Decimal(3), by=Actor(world.ada), at=NOW)
    close(
        world,
        Choice(more["keep"], "keep", initiatives=(chosen,)),
        Choice(more["change"], "change"),
        Choice(more["drop"], "drop"),
    )

    copy = carried(world)

    assert copy is not None
    assert (copy.origin, copy.cycle, copy.title, copy.lead) == (world.stay, world.q3, world.stay.title, world.ada)
    kept, changed = copy.key_results.order_by("pk")
    assert (kept.origin, kept.baseline, kept.current, kept.stage) == (more["keep"], 36, None, "active")
    assert (changed.origin, changed.stage) == (more["change"], "draft")
    assert not CheckIn.objects.filter(key_result__objective=copy).exists()
    assert [(each.title, each.bet.expected_change) for each in kept.initiatives.all()] == [("Call new riders", 3)]
    assert other.title not in kept.initiatives.values_list("title", flat=True)
    assert world.stay.closures.get(reopened_at=None).verdict == "partly_achieved"


def test_a_carried_goal_can_be_edited(world: World, more: dict[str, KeyResult]) -> None:
    """C04: before, by the decision; afterwards, without a reason until the next lock."""
    close(world, Choice(more["keep"], "keep", baseline=Decimal(37)))
    copy = carried(world)
    assert copy is not None
    kept = copy.key_results.get()
    assert kept.baseline == 37

    kept.change(target=Decimal(50), due_on=date(2026, 8, 31), by=Actor(world.ada), at=NOW)

    assert kept.target == 50


def test_nothing_goes_on_unless_somebody_decides(world: World, more: dict[str, KeyResult]) -> None:
    """C05: closed without a decision, and with nothing but drops."""
    close(world, Choice(more["drop"], "drop"))

    assert carried(world) is None
    assert not Objective.objects.in_cycle(world.q3).exists()


def test_an_open_goal_is_not_carried(world: World) -> None:
    """C04: the origin has its verdict first."""
    Decision.decide(world.activation, choice="keep", by=Actor(world.ada), at=NOW)

    with pytest.raises(NotClosed):
        carried(world)


def test_asking_twice_makes_one_copy(world: World, more: dict[str, KeyResult]) -> None:
    close(world, Choice(more["keep"], "keep"), Choice(more["change"], "change"))

    assert carried(world) == carried(world)
    assert KeyResult.objects.filter(origin__in=more.values()).count() == 2


def test_a_copy_hangs_from_the_copy_of_what_it_hung_from(world: World) -> None:
    below = Objective.set(
        title="Lights on every bike", cycle=world.q2, home="team", teams=[world.riders], lead=world.ada,
        parent_key_result=world.activation, by=Actor(world.ada), at=NOW,
    )  # fmt: skip
    row = a_key_result(below)
    below.activate(by=Actor(world.ada), at=NOW)
    close(world, Choice(world.activation, "keep"))
    close_objective(below, choices=[Choice(row, "keep")], verdict="missed", by=Actor(world.ada), at=NOW)

    upper, lower = carried(world), carry_over(below, into=world.q3, by=Actor(world.ada), at=NOW)

    assert upper is not None
    assert lower is not None
    assert (upper.pillar, lower.parent_key_result) == (world.pillar, upper.key_results.get())


def test_a_private_goal_stays_private(world: World) -> None:
    close_objective(
        world.secret, choices=[Choice(world.secret_result, "keep")], verdict="missed", by=Actor(world.ada), at=NOW
    )
    world.secret.refresh_from_db()

    copy = carry_over(world.secret, into=world.q3, by=Actor(world.ada), at=NOW)

    assert copy is not None
    assert copy.is_private
    assert not Objective.objects.visible_to(world.olga).filter(pk=copy.pk).exists()
    assert Objective.objects.visible_to(world.carl).filter(pk=copy.pk).exists()


def test_a_closed_cycle_takes_nothing_in(world: World, more: dict[str, KeyResult]) -> None:
    close(world, Choice(more["keep"], "keep"))
    for phase in ("active", "closing", "closed"):
        world.q3.move_to(phase, by=Actor(world.olga), at=NOW)

    with pytest.raises(Cycle.Closed):
        carried(world)


def test_the_same_closing_sent_twice_closes_once(world: World) -> None:
    by = Actor(world.ada, idempotency_key="once")
    told = {"choices": [Choice(world.activation, "keep")], "verdict": "missed", "by": by, "at": NOW}

    assert close_objective(world.stay, **told) == close_objective(world.stay, **told)
    assert world.stay.closures.count() == 1

"""Work that was written as a key result becomes what it is, and can be taken back."""

import pytest

from plumbline.goals.models import Cycle, Initiative, KeyResult
from plumbline.people.models import Actor
from plumbline.usecases.make_initiative import Effort, Work, bet_on, plan_effort, take_back
from tests.world import NOW, SYSTEM, World, a_key_result

SENTENCE = "Publish 12 winter guides"


def test_work_is_a_bet_on_a_key_result_with_a_blank_change(world: World) -> None:
    work = Work("Winter guides", SENTENCE, lead=world.ben)

    initiative = bet_on(world.stay, work, key_result=world.activation, by=Actor(world.ada), at=NOW)

    assert (initiative.key_result, initiative.lead, initiative.came_from) == (world.activation, world.ben, SENTENCE)
    assert initiative.bet.expected_change is None


def test_the_outcome_can_be_written_down_with_it(world: World) -> None:
    initiative = bet_on(
        world.stay, Work("Winter guides", SENTENCE), outcome="Riders who know the rules rise", by=SYSTEM, at=NOW
    )

    assert initiative.key_result is not None
    assert (initiative.key_result.statement, initiative.key_result.stage) == ("Riders who know the rules rise", "draft")


def test_taking_it_back_restores_what_was_there_and_bins_what_came_with_it(world: World) -> None:
    before = a_key_result(world.stay, statement=SENTENCE)
    work = Work("Winter guides", SENTENCE, instead_of=before)
    initiative = bet_on(world.stay, work, outcome="Riders who know the rules rise", by=SYSTEM, at=NOW)

    sentence = take_back(initiative, by=SYSTEM, at=NOW)

    assert sentence == SENTENCE
    standing = KeyResult.objects.filter(objective=world.stay, binned_at=None)
    assert [each.statement for each in standing.order_by("pk")] == [world.activation.statement, SENTENCE]
    assert not Initiative.objects.filter(binned_at=None).exists()


def test_taking_it_back_leaves_a_key_result_that_was_there_before(world: World) -> None:
    draft = a_key_result(world.stay, statement="Winter rides rise from 20% to 40%")
    initiative = bet_on(world.stay, Work("Guides", SENTENCE), key_result=draft, by=SYSTEM, at=NOW)

    take_back(initiative, by=SYSTEM, at=NOW)

    assert KeyResult.objects.get(pk=draft.pk).binned_at is None


def test_effort_is_an_input_of_an_initiative_that_is_there(world: World) -> None:
    guides = Initiative.take_on(title="Winter guides", objective=world.stay, by=SYSTEM, at=NOW)
    effort = Effort("money", None, "EUR")

    planned = plan_effort(world.stay, Work("", "Spend money"), effort, initiative=guides, by=SYSTEM, at=NOW)

    assert planned == guides
    assert [(each.kind, each.unit, each.note) for each in guides.inputs.all()] == [("money", "EUR", "Spend money")]


def test_nothing_moves_in_a_closed_cycle(world: World) -> None:
    for phase in ("closing", "closed"):
        world.q2.move_to(phase, by=SYSTEM, at=NOW)
    world.stay.refresh_from_db()

    with pytest.raises(Cycle.Closed):
        bet_on(world.stay, Work("Guides", SENTENCE), key_result=world.activation, by=SYSTEM, at=NOW)

    assert not Initiative.objects.exists()

"""What stands around a key result, and what the organisation measures already."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from plumbline.goals.known_metrics import known_metrics, last_reading
from plumbline.goals.models import CheckIn, GuardrailReading, KeyResult
from plumbline.goals.models.key_result import PlannedLimit, PlannedStep
from plumbline.goals.status import Limits
from plumbline.people.models import Actor, Event
from plumbline.values.unit import Unit
from tests.world import NOW, SYSTEM, TODAY, World, a_key_result

PILOT = PlannedStep("Pilot", date(2026, 5, 1), Decimal(30))
ROLL_OUT = PlannedStep("Roll-out", date(2026, 6, 1), Decimal(70))


def test_milestones_that_are_kept_stay_ticked(world: World) -> None:
    steps = a_key_result(world.stay, type="milestones")
    steps.surround(milestones=[PILOT, ROLL_OUT], by=SYSTEM, at=NOW)
    steps.activate(by=Actor(world.ada), at=NOW)
    steps.reach(steps.milestones.get(title="Pilot"), by=SYSTEM, at=NOW)

    steps.surround(milestones=[PILOT], by=SYSTEM, at=NOW)

    assert [(each.title, each.done_on is not None) for each in steps.milestones.all()] == [("Pilot", True)]


def test_a_path_and_guardrails_are_set_whole(world: World) -> None:
    limit = PlannedLimit("Refunds", Unit.named("%"), None, Decimal(5))

    world.activation.surround(path=[(date(2026, 5, 15), Decimal(40))], guardrails=[limit], by=SYSTEM, at=NOW)

    fresh = KeyResult.objects.get(pk=world.activation.pk)
    assert [(each.on, each.value) for each in fresh.path_points.all()] == [(date(2026, 5, 15), 40)]
    assert [(each.metric, each.unit.show(each.high)) for each in fresh.guardrails.all()] == [("Refunds", "5%")]


def guarded(world: World) -> KeyResult:
    limit = PlannedLimit("Refunds", Unit.named("%"), None, Decimal(5))
    world.activation.surround(guardrails=[limit], by=SYSTEM, at=NOW)
    return KeyResult.objects.for_reading().get(pk=world.activation.pk)


def shown(key_result: KeyResult) -> str:
    return KeyResult.objects.for_reading().get(pk=key_result.pk).standing(TODAY, Limits()).shown


def test_a_breached_guardrail_blocks_green_until_it_holds_again(world: World) -> None:
    """Rule 6: told with a check-in, and the breach stays in the history."""
    row, by = guarded(world), Actor(world.ada)

    row.check_in(value=Decimal(41), status="on_track", guarded={"Refunds": Decimal(6)}, by=by, at=NOW)
    assert shown(row) == "needs_attention"

    row.check_in(
        value=Decimal(42), status="on_track", guarded={"Refunds": Decimal(4)}, by=by, at=NOW + timedelta(hours=1)
    )
    assert shown(row) == "on_track"
    assert [each.is_breach for each in GuardrailReading.objects.order_by("pk")] == [True, False]


def test_taking_a_check_in_back_takes_its_guardrail_readings_back(world: World) -> None:
    row, by = guarded(world), Actor(world.ada)
    row.check_in(value=Decimal(41), guarded={"Refunds": Decimal(4)}, by=by, at=NOW)

    breach = row.check_in(value=Decimal(42), guarded={"Refunds": Decimal(9)}, by=by, at=NOW + timedelta(seconds=1))
    row.withdraw(breach, by=by, at=NOW + timedelta(seconds=2))

    assert row.guardrails.get().current == 4


def test_a_metric_that_guards_nothing_here_is_refused(world: World) -> None:
    with pytest.raises(KeyResult.NotGuarded):
        guarded(world).check_in(value=Decimal(41), guarded={"Parcels": Decimal(4)}, by=Actor(world.ada), at=NOW)
    assert not CheckIn.objects.filter(value=41).exists()


def test_nothing_new_leaves_no_event(world: World) -> None:
    world.activation.surround(milestones=[PILOT], by=SYSTEM, at=NOW)
    before = Event.objects.count()

    world.activation.surround(milestones=[PILOT], by=SYSTEM, at=NOW)

    assert Event.objects.count() == before


def test_the_last_readings_of_kpis_and_key_results_are_known(world: World) -> None:
    known = {each.name: (each.last_value, each.unit, each.direction) for each in known_metrics(world.ben)}

    assert known == {
        "Monthly churn": ("2.8", "%", "decrease"),
        "New riders who ride in week one": ("36", "%", "increase"),
    }


def test_a_private_metric_is_known_to_those_it_names_alone(world: World) -> None:
    world.secret_result.change(metric="Depot offers", by=SYSTEM, at=NOW)
    world.secret_result.check_in(value=Decimal(1), by=SYSTEM, at=NOW)

    assert last_reading("depot offers", known_metrics(world.ada)) is not None
    assert last_reading("depot offers", known_metrics(world.olga)) is None


def test_a_metric_is_found_by_its_words_in_any_order(world: World) -> None:
    known = known_metrics(world.ben)

    found = last_reading("the churn, monthly", known)
    assert found is not None
    assert found.name == "Monthly churn"
    assert last_reading("churn", known) is None
    assert last_reading("", known) is None

"""Every number says by which rule it came, with the values put in; what may not be seen is not in it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from plumbline.goals.explanations import Explanation, explain_key_result, explain_kpi, explain_objective, explain_score
from plumbline.goals.history import histories
from plumbline.goals.kpi_tree import Forest
from plumbline.goals.models import KeyResult, Kpi, Objective
from plumbline.goals.models.surroundings import PlannedLimit
from plumbline.goals.outlook import limits_of, outlook_of, outlooks
from plumbline.goals.prospects import prospect, readings_of
from plumbline.goals.scores import scores
from plumbline.people.models import Actor, Person
from plumbline.values.unit import Unit
from tests.world import NOW, SYSTEM, TODAY, World, a_key_result, an_objective

pytestmark = pytest.mark.django_db


def explained(world: World, key_result: KeyResult, today: date = TODAY) -> dict[str, Explanation]:
    """Explain a key result; what is explained, by its key."""
    row, limits = KeyResult.objects.for_reading().get(pk=key_result.pk), limits_of(world.organisation)
    course = histories([row])[row.pk]
    told = explain_key_result(
        outlook_of(row, today=today, limits=limits),
        limits,
        today=today,
        found=prospect(row, course, today=today),
        readings=len(readings_of(course)),
    )
    return {each.of: each for each in told}


def rolled_up(world: World, objective: Objective, reader: Person) -> dict[str, Explanation]:
    asked: dict[str, Any] = {"reader": reader, "organisation": world.organisation, "today": TODAY}
    found = outlooks([objective], **asked)[objective.pk]
    names = dict(Objective.objects.visible_to(reader).values_list("pk", "title"))
    return {each.of: each for each in explain_objective(found, names)}


def health_of(world: World, kpi: Kpi) -> list[Explanation]:
    forest = Forest.of([kpi], world.organisation)
    return explain_kpi(kpi, forest, today=TODAY, organisation=world.organisation)


def test_a_moving_number_shows_its_formula(world: World) -> None:
    told = explained(world, world.activation)

    assert told["progress"].words == "(36 − 31) ÷ (45 − 31) = 36%"
    assert told["progress"].values["target"] == 45
    assert told["expected"].words == "57% of its 91 days have passed"


def test_the_status_names_both_voices_and_the_rule(world: World) -> None:
    told = explained(world, world.activation)

    assert told["data"].words.startswith("Needs attention: 57% − 36% = 21 points behind. Over 15 needs attention")
    assert told["said"].words == "On track, with the check-in of 15 May 2026"
    assert told["status"].words == (
        "On track: the lead's word is shown as it is, good until 25 May 2026 (every week, days of grace: 3)."
    )


def test_silence_is_explained_with_its_days(world: World) -> None:
    told = explained(world, world.activation, TODAY + timedelta(days=4))["status"]

    assert "Outdated: The last check-in is older than its rhythm: every week." in told.words
    assert "It was good until 25 May 2026, its days of grace (3) included." in told.words


def test_a_breached_guardrail_is_the_reason(world: World) -> None:
    by = Actor(world.ada)
    limit = PlannedLimit("Refunds", Unit.named("%"), None, Decimal(5))
    world.activation.surround(guardrails=[limit], by=by, at=NOW)
    world.activation.check_in(value=Decimal(44), status="on_track", guarded={"Refunds": Decimal(6)}, by=by, at=NOW)

    assert explained(world, world.activation)["status"].words == "Needs attention: A guardrail is breached: Refunds."


def test_steps_show_their_weights(world: World) -> None:
    steps = a_key_result(world.stay, type="milestones", baseline=None, target=None, lead=world.ada)
    first = steps.add_milestone(title="Tour", due_on=TODAY, weight=Decimal(30), by=SYSTEM, at=NOW)
    steps.add_milestone(title="Depot", due_on=world.q2.last_day, weight=Decimal(70), by=SYSTEM, at=NOW)
    steps.activate(by=SYSTEM, at=NOW)
    steps.reach(first, by=SYSTEM, at=NOW)

    assert explained(world, steps)["progress"].words == "weights done ÷ all weights = 30% (30 ÷ 100)"


def test_a_forecast_tells_readings_slope_and_noise(world: World) -> None:
    for week, value in enumerate((33, 34), start=1):
        day = date(2026, 5, 15) - timedelta(weeks=week)
        world.activation.check_in(value=Decimal(value), on=day, by=Actor(world.ada), at=NOW)

    told = explained(world, world.activation)["forecast"]

    assert told.words.startswith("From 3 readings: it moves ")
    assert told.values["noise"] > 0


def test_too_few_readings_say_so(world: World) -> None:
    assert explained(world, world.activation)["forecast"].words == "Too early: 1 reading of 3"


def test_a_roll_up_shows_each_part_with_its_weight(world: World) -> None:
    """A17: weights 1 and 3 are 25 % and 75 %; what can't be measured yet is left out."""
    by = Actor(world.ada)
    half = a_key_result(world.stay, baseline=0, target=10, weight=Decimal(3), metric="Rides", lead=world.ada)
    waiting = a_key_result(
        world.stay, baseline=None, target=None, baseline_promised_by=TODAY, metric="Refunds", lead=world.ada
    )
    for row in (half, waiting):
        row.activate(by=by, at=NOW)
    half.check_in(value=Decimal(5), by=by, at=NOW)

    told = rolled_up(world, world.stay, world.vera)["progress"]

    assert [(part.name, part.share) for part in told.parts[1:]] == [("Rides", 75), ("Refunds", None)]
    assert "25% × 36% + 75% × 50% = 46%." in told.words


def test_hidden_parts_are_neither_named_nor_numbered(world: World) -> None:
    """E01: two private goals count, and the reader learns no more than that."""
    by = Actor(world.ada)
    above = an_objective(world.ada, world.q2, world.riders, title="Everybody rides", driver="aligned")
    for place, title in enumerate(("Seen", "Hidden one", "Hidden two")):
        below = an_objective(
            world.ada, world.q2, world.riders, title=title, parent_objective=above, is_private=place > 0
        )
        a_key_result(below, lead=world.ada)
        below.activate(by=by, at=NOW)
    above.activate(by=by, at=NOW)

    told = rolled_up(world, above, world.vera)["progress"]

    assert ([part.name for part in told.parts], told.more) == (["Seen"], True)
    assert "=" not in told.words
    assert len(rolled_up(world, above, world.ada)["progress"].parts) == 3


def test_the_worst_key_result_is_named(world: World) -> None:
    told = rolled_up(world, world.stay, world.vera)["status"]
    assert told.words == f"On track, the worst of its key results: {world.activation.metric}"


def test_a_score_follows_from_its_progress(world: World) -> None:
    found = scores([world.stay], reader=world.ada, organisation=world.organisation, today=TODAY)[world.stay.pk]

    told = {each.of: each.words for each in explain_score(found, progress=Decimal("35.71"), given=Decimal("0.5"))}

    assert told["score_amended"] == "Progress 36%, counted as 36%; ÷ 100, to two places = 0.36"
    assert told["score_committed"] == told["score_amended"]
    assert told["score_given"] == "0.5 was given by hand, with a reason."
    assert "1.0" in told["score_expected"]


def test_the_health_of_a_kpi_shows_its_limits(world: World) -> None:
    told = {each.of: each.words for each in health_of(world, world.churn)}

    assert told["health"] == "Healthy: 2.8% is inside its target."
    assert told["target"].startswith("Healthy at ≤ 3%; within 10% of the target, at ≤ 3.3%")
    assert told["fresh"].endswith("it is good until 4 June 2026.")


def test_almost_done_never_reads_as_done(world: World) -> None:
    """A09: 99.96 % of the way is 99 %."""
    long = a_key_result(world.stay, baseline=0, target=10_000, lead=world.ada)
    long.activate(by=SYSTEM, at=NOW)
    long.check_in(value=Decimal(9996), by=SYSTEM, at=NOW)

    assert explained(world, long)["progress"].words.endswith("= 99%")

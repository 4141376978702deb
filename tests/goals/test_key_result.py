"""Key results: what they need to start, what can't change quietly, and what their types count."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from plumbline.goals.models import Cycle, KeyResult, Waiver
from plumbline.goals.status import Limits, Status, Why
from plumbline.people.models import Actor, Event
from tests.world import NOW, TODAY, World, a_key_result, an_objective

LIMITS = Limits()


def test_a_draft_may_lack_anything_and_is_judged(world: World) -> None:
    draft = KeyResult.write_down(world.stay, statement="Publish 10 blog articles", by=Actor(world.ada), at=NOW)

    assert (draft.stage, draft.level) == ("draft", "output")
    assert draft.judge_version
    assert draft.missing() == ["metric", "lead", "baseline", "target"]


def test_what_is_not_ready_does_not_start(world: World) -> None:
    draft = a_key_result(world.stay, baseline=None)

    with pytest.raises(KeyResult.NotReady) as refused:
        draft.activate(by=Actor(world.ada), at=NOW)

    assert refused.value.missing == ["baseline"]


def test_a_dated_promise_stands_in_for_a_baseline(world: World) -> None:
    draft = a_key_result(world.stay, baseline=None, target=None, baseline_promised_by=date(2026, 6, 1))
    draft.activate(by=Actor(world.ada), at=NOW)

    assert draft.stage == "active"
    assert draft.progress() is None


def test_a_reason_is_asked_where_the_organisation_wants_one(world: World) -> None:
    """The judge never blocks a draft; activation asks, and a waiver answers."""
    world.organisation.change(judge_policy="reason", by=Actor(world.olga), at=NOW)
    work = a_key_result(world.stay, statement="Publish 10 blog articles")

    with pytest.raises(KeyResult.NeedsWaiver):
        work.activate(by=Actor(world.ada), at=NOW)
    Waiver.give(work, reason="The city asks for exactly these.", by=Actor(world.ada), at=NOW)
    work.activate(by=Actor(world.ada), at=NOW)

    assert work.is_waived()


def test_a_waiver_says_why(world: World) -> None:
    with pytest.raises(Waiver.Empty):
        Waiver.give(world.activation, reason="  ", by=Actor(world.ada), at=NOW)


def test_a_target_does_not_move_quietly(world: World) -> None:
    with pytest.raises(KeyResult.NeedsReason):
        world.activation.change(target=Decimal(40), by=Actor(world.ada), at=NOW)

    world.activation.change(target=Decimal(40), reason="The tour comes in July.", by=Actor(world.ada), at=NOW)

    event = Event.objects.about("key_result", world.activation.public_id)[0]
    assert (event.verb, event.before["target"], event.after["target"]) == ("amended", "45", "40")
    assert world.activation.commitment.target == 45


def test_a_type_does_not_change_under_check_ins(world: World) -> None:
    """B09: history is never read differently in silence."""
    with pytest.raises(KeyResult.TypeIsFixed):
        world.activation.change(unit_kind="count", by=Actor(world.ada), at=NOW)


def test_a_new_statement_is_judged_anew(world: World) -> None:
    draft = a_key_result(world.stay)

    draft.change(statement="Launch the winter tyres", by=Actor(world.ada), at=NOW)

    assert draft.level == "output"


def test_a_draft_is_not_checked_in_on(world: World) -> None:
    with pytest.raises(KeyResult.NotActive):
        a_key_result(world.stay).check_in(value=Decimal(32), by=Actor(world.ada), at=NOW)


def test_tomorrow_is_not_known_yet(world: World) -> None:
    with pytest.raises(KeyResult.InTheFuture):
        world.activation.check_in(value=Decimal(40), on=TODAY + timedelta(days=1), by=Actor(world.ada), at=NOW)


def test_a_breached_guardrail_blocks_green(world: World) -> None:
    world.activation.guardrails.create(metric="Refunds a week", high=Decimal(20), current=Decimal(31))

    here = KeyResult.objects.for_reading().get(pk=world.activation.pk).standing(TODAY, LIMITS)

    assert (here.shown, here.said, here.why) == (Status.NEEDS_ATTENTION, Status.ON_TRACK, Why.GUARDRAIL)


def test_yes_or_no_is_nothing_or_all_and_can_be_taken_back(world: World) -> None:
    """A12: unticking returns to 0, nothing closes itself."""
    goal = an_objective(world.ada, world.q2, world.riders)
    permit = a_key_result(goal, statement="The city lets us park", type="yes_no", baseline=None, target=None)
    goal.activate(by=Actor(world.ada), at=NOW)
    permit.refresh_from_db()

    permit.check_in(value=Decimal(1), by=Actor(world.ada), at=NOW)
    assert (permit.progress(), permit.stage) == (100, "active")
    permit.check_in(value=Decimal(0), by=Actor(world.ada), at=NOW)
    assert permit.progress() == 0


def test_a_kept_level_follows_its_readings(world: World) -> None:
    """A10: off track from the reading that broke it, on track again when it recovers."""
    goal = an_objective(world.ada, world.q2, world.riders)
    uptime = a_key_result(goal, statement="Locks answer 99.95% of the time", type="at_least", target=Decimal("99.95"))
    goal.activate(by=Actor(world.ada), at=NOW)
    uptime.refresh_from_db()

    said = []
    for value in ("99.97", "99.90", "99.96"):
        uptime.check_in(value=Decimal(value), by=Actor(world.ada), at=NOW)
        said.append((uptime.progress(), uptime.data_status(TODAY, LIMITS)))

    assert said == [(100, "on_track"), (0, "off_track"), (100, "on_track")]


def test_milestones_count_by_weight_and_by_their_days(world: World) -> None:
    goal = an_objective(world.ada, world.q2, world.riders)
    by = Actor(world.ada)
    depot = a_key_result(goal, statement="The depot opens", type="milestones", baseline=None, target=None)
    first = depot.add_milestone(title="Lease", weight=Decimal(30), due_on=date(2026, 5, 1), by=by, at=NOW)
    depot.add_milestone(title="Doors open", weight=Decimal(70), due_on=date(2026, 6, 20), by=by, at=NOW)
    goal.activate(by=by, at=NOW)
    depot.refresh_from_db()

    assert (depot.progress(), depot.expected(TODAY)) == (0, 30)
    depot.reach(first, by=by, at=NOW)
    assert depot.progress() == 30


def test_two_edits_of_different_fields_both_win(world: World) -> None:
    """Rule 12: saving what changed, and nothing else."""
    mine = KeyResult.objects.get(pk=world.activation.pk)
    yours = KeyResult.objects.get(pk=world.activation.pk)

    mine.change(source_link="https://numbers.harbour.test/42", by=Actor(world.ada), at=NOW)
    yours.change(rhythm="biweekly", by=Actor(world.ben), at=NOW)

    world.activation.refresh_from_db()
    assert (world.activation.rhythm, bool(world.activation.source_link)) == ("biweekly", True)


def test_closed_means_closed(world: World) -> None:
    for phase in ("closing", "closed"):
        world.q2.move_to(phase, by=Actor(world.olga), at=NOW)
    with pytest.raises(Cycle.Closed):
        world.activation.change(metric="Riders", by=Actor(world.ada), at=NOW)

"""Whatever people do to a goal, in whatever order: nothing is lost, nothing drifts, and no green stands on silence.

A machine draws lives of a key result: check-ins for today and the past, corrections, withdrawals, guardrails, moved
goalposts, closing and reopening, the archive, the bin, and days that pass. After every step the rules are asked again.
"""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from plumbline.goals.models import CheckIn, Closure, Cycle, Initiative, KeyResult, Objective
from plumbline.goals.models.surroundings import PlannedLimit
from plumbline.goals.outlook import outlooks
from plumbline.goals.status import GREEN, Limits, Rhythm, Status
from plumbline.people.models import Actor, Event, Organisation
from plumbline.values.unit import Unit
from tests.world import NOW, World, a_key_result, an_objective

REFUSALS = (
    KeyResult.Closed, KeyResult.NotActive, KeyResult.InTheFuture, KeyResult.NotTheNewest, KeyResult.NeedsReason,
    KeyResult.NotReady, Objective.Closed, Objective.NeedsReason, Cycle.Closed,
)  # fmt: skip
LIMITS = Limits()
statuses = st.sampled_from([Status.ON_TRACK, Status.NEEDS_ATTENTION, Status.OFF_TRACK, Status.ACHIEVED, ""])
values = st.integers(20, 60).map(Decimal)


class Life(RuleBasedStateMachine):
    """One objective with one guarded key result, from its plan on."""

    world: World

    @initialize()
    def plan(self) -> None:
        """Set the goal, guard it and start it."""
        self.now = NOW
        self.by = Actor(self.world.ada)
        self.objective = an_objective(self.world.ada, self.world.q2, self.world.riders, title="Riders stay")
        self.key_result = a_key_result(self.objective)
        limit = PlannedLimit("Refunds", Unit.named("%"), None, Decimal(5))
        self.key_result.surround(guardrails=[limit], by=self.by, at=self.now)
        self.objective.activate(by=self.by, at=self.now)
        self.events = self.heard()

    def act(self, verb: Any, **arguments: Any) -> None:
        """Do something that may be refused; what is done leaves an event, what is refused leaves none."""
        arguments = {"by": self.by, "at": self.now, **arguments}
        try:
            done = verb(**arguments)
        except REFUSALS:
            assert self.heard() == self.events, "what was refused left an event"
        else:
            assert self.heard() >= self.events, "an event was lost"
            self.last = done
        self.events = self.heard()
        self.fresh()

    def heard(self) -> int:
        """Count what is in the log."""
        return Event.objects.count()

    def fresh(self) -> None:
        """Read both nouns anew."""
        self.objective = Objective.objects.select_related("cycle", "lead").get(pk=self.objective.pk)
        self.key_result = KeyResult.objects.for_reading().get(pk=self.key_result.pk)

    @rule(days=st.integers(1, 12))
    def time_passes(self, days: int) -> None:
        """Nobody does anything for some days."""
        self.now += timedelta(days=days)

    @rule(value=values, status=statuses, back=st.integers(-1, 30), refunds=st.none() | st.integers(0, 9))
    def check_in(self, value: Decimal, status: str, back: int, refunds: int | None) -> None:
        """Check in, for today, the past, or (refused) tomorrow."""
        day = Organisation.the().today(self.now) - timedelta(days=back)
        guarded = {} if refunds is None else {"Refunds": Decimal(refunds)}
        self.now += timedelta(minutes=1)
        self.act(self.key_result.check_in, value=value, status=status, on=day, guarded=guarded)

    @rule(value=values, status=statuses, refunds=st.none() | st.integers(0, 9))
    def check_in_today(self, value: Decimal, status: str, refunds: int | None) -> None:
        """Check in as people mostly do, on a goal that is there."""
        self.there()
        self.check_in(value=value, status=status, back=0, refunds=refunds)

    def there(self) -> None:
        """Take both nouns out of the bin and the archive, as somebody would before going on."""
        for row in (self.objective, self.key_result):
            if row.binned_at:
                self.act(row.restore)
            if row.is_archived:
                self.act(row.unarchive)
        self.fresh()

    @rule(pick=st.integers(0, 5), value=values)
    def correct(self, pick: int, value: Decimal) -> None:
        """Put one of the check-ins right."""
        rows = list(self.key_result.check_ins.standing().order_by("pk"))
        if rows:
            row = rows[pick % len(rows)]
            self.now += timedelta(minutes=1)
            self.act(self.key_result.check_in, value=value, status="on_track", on=row.on, corrects=row)

    @rule(pick=st.integers(0, 3), reason=st.sampled_from(["", "A typing error."]))
    def withdraw(self, pick: int, reason: str) -> None:
        """Take a check-in back, the newest or (refused) another."""
        rows = list(self.key_result.check_ins.standing().order_by("-entered_at", "-pk"))
        if rows:
            self.act(self.key_result.withdraw, check_in=rows[pick % len(rows)], reason=reason)

    @rule(aim=st.integers(45, 70).map(Decimal), reason=st.sampled_from(["", "The market moved."]))
    def amend(self, aim: Decimal, reason: str) -> None:
        """Move the goalposts, with a reason or (refused) without."""
        self.act(self.key_result.change, target=aim, reason=reason)

    @rule(sure=st.integers(0, 3))
    def close(self, sure: int) -> None:
        """End the objective, now and then."""
        if sure:
            return
        suggested = Decimal(0)
        self.act(Closure.close, objective=self.objective, verdict="missed", score=suggested, reason="It was cut short.")

    @rule()
    def reopen(self) -> None:
        """Make it active again."""
        closure = self.objective.closures.filter(reopened_at=None).first()
        if closure:
            self.act(closure.reopen, reason="There is more to do.")

    @rule(noun=st.sampled_from(["objective", "key_result"]))
    def archive_or_back(self, noun: str) -> None:
        """Put it away, or bring it back."""
        row = getattr(self, noun)
        self.act(row.unarchive if row.is_archived else row.archive)

    @rule(noun=st.sampled_from(["objective", "key_result"]))
    def bin_or_restore(self, noun: str) -> None:
        """Throw it away, or take it out of the bin."""
        row = getattr(self, noun)
        self.act(row.restore if row.binned_at else row.bin)

    @invariant()
    def no_green_without_a_fresh_reading(self) -> None:
        """Rules 4 and 6: green needs a reading inside rhythm and grace, and no guardrail in breach."""
        if not hasattr(self, "key_result"):
            return
        today = Organisation.the().today(self.now)
        shown = self.key_result.standing(today, LIMITS).shown
        if shown in GREEN:
            newest = self.key_result.check_ins.standing().order_by("-on").first()
            assert newest is not None
            if self.key_result.due() is not None:
                room = timedelta(days=Rhythm(self.key_result.rhythm).days + LIMITS.grace_days)
                assert today <= newest.on + room
            assert not any(each.is_breached for each in self.key_result.guardrails.all())

    @invariant()
    def a_fresh_count_changes_nothing(self) -> None:
        """G03: what is kept is what follows from the check-ins that stand."""
        if not hasattr(self, "key_result"):
            return
        latest = self.key_result.check_ins.standing().order_by("-on", "-entered_at", "-pk").first()
        assert self.key_result.latest_check_in == latest
        assert self.key_result.current == (latest.value if latest else None)
        for guardrail in self.key_result.guardrails.all():
            reading = (
                guardrail.readings.filter(check_in__withdrawal=None).order_by("-on", "-check_in__entered_at").first()
            )
            assert guardrail.current == (reading.value if reading else None)

    @invariant()
    def the_objective_is_never_better_than_its_worst(self) -> None:
        """Rule 4: an objective shows the worst of what counts."""
        if not hasattr(self, "key_result"):
            return
        today = Organisation.the().today(self.now)
        found = outlooks([self.objective], reader=self.world.ada, organisation=Organisation.the(), today=today)
        outlook = found[self.objective.pk]
        shown = [row.standing.shown for row in outlook.counted]
        assert outlook.status == (shown[0] if shown else Status.NO_STATUS)

    @invariant()
    def every_check_in_has_its_event(self) -> None:
        """No reading without a trace, and none twice."""
        if not hasattr(self, "key_result"):
            return
        told = Event.objects.about("key_result", self.key_result.public_id).filter(verb__in=("checked_in", "corrected"))
        assert told.count() == CheckIn.objects.filter(key_result=self.key_result).count()
        assert not Initiative.objects.filter(objective=self.objective).exists()


def lived(world: World, *, lives: int, steps: int) -> None:
    Life.world = world
    calm = settings(max_examples=lives, stateful_step_count=steps, deadline=None, derandomize=True)
    run_state_machine_as_test(Life, settings=calm)  # type: ignore[no-untyped-call]


@pytest.mark.django_db
def test_some_lives(world: World) -> None:
    lived(world, lives=5, steps=16)


@pytest.mark.deep
@pytest.mark.django_db
def test_many_lives(world: World) -> None:
    lived(world, lives=40, steps=40)

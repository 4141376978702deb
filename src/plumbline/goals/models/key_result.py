"""Key results: how people will know that it worked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from plumbline_judge import Judgement

from plumbline.goals import judgements
from plumbline.goals.forecast import MOST
from plumbline.goals.kinship import unfit_source
from plumbline.goals.kpi_tree import Value, course_of
from plumbline.goals.models.check_in import CheckIn, Withdrawal
from plumbline.goals.models.cycle import Cycle
from plumbline.goals.models.kpi import Kpi
from plumbline.goals.models.measured import Measured
from plumbline.goals.models.memory import Memory
from plumbline.goals.models.objective import Objective, Stage
from plumbline.goals.models.reviewers import reviewers_of
from plumbline.goals.models.surroundings import (
    KEEPING,
    MOVING,
    Commitment,
    Guardrail,
    GuardrailReading,
    Milestone,
    PathPoint,
    PlannedLimit,
    PlannedStep,
    Type,
)
from plumbline.goals.models.tag import Tag, put_on
from plumbline.goals.numbers import Numbers, Step
from plumbline.goals.progress import Range, milestones_done
from plumbline.goals.prospects import can_be_forecast, foreseen
from plumbline.goals.status import Limits, Rhythm, Standing, Status
from plumbline.goals.tree import descendants
from plumbline.people.models import Actor, Archivable, Event, Organisation, Person
from plumbline.people.models.organisation import Feature, JudgePolicy
from plumbline.values.exact import ValueField

GOALPOSTS = frozenset({"statement", "baseline", "target", "target_upper", "due_on", "weight", "lead"})


class KeyResultQuerySet(models.QuerySet["KeyResult"]):
    """Questions about key results."""

    def visible_to(self, person: Person) -> KeyResultQuerySet:
        """What exists for this person: the key results of the objectives that do."""
        return self.filter(Q(binned_at=None, objective__binned_at=None) & Objective.seen_by(person, "objective__"))

    def binned_for(self, person: Person) -> KeyResultQuerySet:
        """What this person would see, were it not in the bin."""
        return self.filter(~Q(binned_at=None) & Q(objective__binned_at=None) & Objective.seen_by(person, "objective__"))

    def counted(self) -> KeyResultQuerySet:
        """Those that roll-ups count."""
        return self.filter(binned_at=None, archived_at=None).exclude(stage=Stage.DRAFT)

    def to_check_in(self) -> KeyResultQuerySet:
        """Those that somebody is expected to check in on."""
        return self.filter(
            stage=Stage.ACTIVE,
            binned_at=None,
            archived_at=None,
            objective__binned_at=None,
            objective__archived_at=None,
            objective__stage=Stage.ACTIVE,
        ).exclude(objective__cycle__phase=Cycle.Phase.CLOSED)

    def for_reading(self) -> KeyResultQuerySet:
        """Fetch along what ``progress`` and ``standing`` look at, in a fixed number of queries."""
        return self.select_related("objective__cycle", "lead", "latest_check_in__author", "waiver").prefetch_related(
            "milestones", "path_points", "guardrails"
        )

    def for_lists(self) -> KeyResultQuerySet:
        """Fetch what a list shows of a key result, in one query: no judgement, and of people their names."""
        return self.select_related("lead", "latest_check_in__author", "waiver").only(*_IN_LISTS)


_IN_LISTS = (
    *("public_id", "version", "binned_at", "archived_at", "objective", "statement", "metric", "type", "stage", "level"),
    *("unit_kind", "unit_code", "unit_scale", "unit_places", "baseline", "target", "target_upper", "current"),
    *("baseline_promised_by", "starts_on", "due_on", "activated_on", "weight", "rhythm", "source", "language"),
    *("automatic_status", "source_kpi"),
    *("lead__public_id", "lead__name", "waiver__key_result"),
    *("latest_check_in__key_result", "latest_check_in__on", "latest_check_in__status", "latest_check_in__confidence"),
    "latest_check_in__chance",
    *("latest_check_in__note", "latest_check_in__author__public_id", "latest_check_in__author__name"),
)


#: The columns that ``goals/narrow.py`` reads.
_NUMBERS = (
    *("binned_at", "archived_at", "type", "stage", "rhythm", "weight", "baseline", "target", "target_upper"),
    *("current", "starts_on", "due_on", "activated_on", "latest_check_in"),
)


class KeyResult(Archivable, Measured):
    """A metric with a starting value and a target value, judged for what it measures."""

    class Source(models.TextChoices):
        """Where its values come from."""

        TYPED = "typed", _("Entered at check-in")
        KPI = "kpi", _("A KPI")
        CONNECTOR = "connector", _("A connector")

    objective = models.ForeignKey(Objective, models.PROTECT, related_name="key_results")
    statement = models.CharField(max_length=400)
    metric = models.CharField(max_length=160, blank=True)
    type = models.CharField(max_length=10, choices=Type.choices, default=Type.INCREASE)
    baseline = ValueField(null=True)
    target = ValueField(null=True)
    target_upper = ValueField(null=True)
    current = ValueField(null=True, editable=False)
    latest_check_in = models.OneToOneField(
        "goals.CheckIn", models.PROTECT, null=True, editable=False, related_name="latest_of"
    )
    baseline_promised_by = models.DateField(null=True)
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    weight = ValueField(default=Decimal(1))
    lead = models.ForeignKey(Person, models.PROTECT, null=True, related_name="led_key_results")
    contributors = models.ManyToManyField(Person, related_name="contributed_key_results")
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices, default=Rhythm.WEEKLY)
    #: Whether the data say its status at a check-in, unless its lead does.
    automatic_status = models.BooleanField(default=False)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.TYPED)
    source_kpi = models.ForeignKey("goals.Kpi", models.PROTECT, null=True, related_name="feeds")
    source_link = models.URLField(max_length=500, blank=True)
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.DRAFT)
    activated_on = models.DateField(null=True, editable=False)
    level = models.CharField(max_length=8, blank=True, editable=False)
    judgement = models.JSONField(default=dict, editable=False)
    judge_version = models.CharField(max_length=20, blank=True, editable=False)
    origin = models.ForeignKey("self", models.PROTECT, null=True, related_name="carried_to")
    language = models.CharField(max_length=10, default="en")

    description = models.TextField(blank=True)
    learned = models.TextField(blank=True)
    tags = models.ManyToManyField(Tag, related_name="key_results")
    custom_fields = models.JSONField(default=dict)

    objects = KeyResultQuerySet.as_manager()

    #: A whole reading is long; the log tells its level and the judge's version, which say what flipped.
    untold: ClassVar[frozenset[str]] = frozenset({"judgement"})

    class Closed(Exception):
        """Raised when a closed or archived key result is asked to move."""

    class NotActive(Exception):
        """Raised when a draft is checked in on."""

    class NotReady(Exception):
        """Raised when a draft can't start yet; holds the names of what is missing."""

        def __init__(self, missing: list[str]) -> None:
            super().__init__(", ".join(missing))
            self.missing = missing

    class NoWay(Exception):
        """Raised when a number that moves would end where it starts: to keep a level there are other types."""

    class NeedsWaiver(Exception):
        """Raised when the organisation wants a reason for a key result that counts work."""

    class NeedsReason(Exception):
        """Raised when locked goalposts are to be moved without a reason."""

    class TypeIsFixed(Exception):
        """Raised when type or unit would change under recorded check-ins."""

    class HasHistory(Exception):
        """Raised when something that was checked in on would become something that is not."""

    class WrongPlace(Exception):
        """Raised when a key result can't go to an objective: closed, hidden from some who see it now, or below it."""

    class InTheFuture(Exception):
        """Raised when a check-in is dated after today."""

    class NotGuarded(Exception):
        """Raised when a reading is told of a metric that is no guardrail here."""

    class Fed(Exception):
        """Raised when a value is typed, or taken back, where the values come from a KPI."""

    class WrongSource(Exception):
        """Raised when a KPI can't feed it; says why."""

    class NotTheNewest(Exception):
        """Raised when a check-in that others followed is withdrawn; it can be corrected."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="active_key_result_moves",
                condition=~Q(stage="active", type__in=["increase", "decrease"])
                | Q(baseline=None)
                | Q(target=None)
                | ~Q(baseline=F("target")),
            ),
            models.UniqueConstraint(
                fields=["origin", "objective"], condition=Q(binned_at=None), name="key_result_is_carried_once"
            ),
        ]
        indexes = [
            models.Index(fields=["objective", "stage"], name="key_result_of_objective"),
            # All that a roll-up reads, so that it need not leaf through long statements and judgements.
            models.Index(fields=["objective", *_NUMBERS], name="key_result_numbers"),
            models.Index(fields=["objective"], condition=Q(stage="draft", binned_at=None), name="key_result_draft"),
        ]

    def __str__(self) -> str:
        return self.statement

    def lock(self, expected_version: int | None = None) -> Self:
        """Hold its cycle in its phase, then the row: everybody who writes to goals locks in this order."""
        cycle = Cycle.held(objective=self.objective_id)
        super().lock(expected_version)
        self.objective.cycle = cycle if cycle.pk == self.objective.cycle_id else Cycle.hold(self.objective.cycle_id)
        return self

    @classmethod
    def to_lock(cls) -> models.QuerySet[Any]:
        """Return the rows with what verbs ask first; of those that come along none is held."""
        return super().to_lock().select_related("objective", "latest_check_in", "source_kpi")

    # What it says about itself: fields only, no query.

    @property
    def under(self) -> str:
        """The public id of its objective, in whose feed its events stand."""
        return self.objective.public_id

    @property
    def is_open(self) -> bool:
        """Tell whether it may change."""
        return self.stage != Stage.CLOSED and self.archived_at is None and self.binned_at is None

    @property
    def is_fed(self) -> bool:
        """Tell whether its values come from a KPI that is still read: then nobody types them. Needs ``source_kpi``."""
        kpi = self.source_kpi if self.source == self.Source.KPI else None
        return kpi is not None and not kpi.is_archived and kpi.binned_at is None

    @property
    def first_day(self) -> date:
        """Return the day it runs from: its own, or its objective's."""
        return self.starts_on or self.objective.first_day

    @property
    def last_day(self) -> date:
        """Return the day it is due: its own, or its objective's."""
        return self.due_on or self.objective.last_day

    @property
    def range(self) -> Range:
        """Return where a kept level has to stay."""
        return self._numbers().range

    @property
    def counts_work(self) -> bool:
        """Tell whether the judge reads it as an activity rather than an impact."""
        return self.level in {"input", "output"}

    # What needs more rows; ``for_reading`` brings them along.

    def numbers(self) -> Numbers:
        """Return the numbers that everything below follows from, with what surrounds them."""
        kept = self._prefetched().get("around")
        if kept is not None:
            return self._numbers(*kept)
        breached = any(guardrail.is_breached for guardrail in self.guardrails.all())
        return self._numbers(self.steps(), self._points(), breached)

    def keep_around(self, around: tuple[Any, ...], fetched: dict[str, Any]) -> None:
        """Hold what was fetched of its surroundings until it is read anew: the numbers, and the rows by relation."""
        self._prefetched_objects_cache = {**self._prefetched(), **fetched, "around": around}

    def _prefetched(self) -> dict[str, Any]:
        return getattr(self, "_prefetched_objects_cache", {})

    def progress(self) -> Decimal | None:
        """Return the raw progress in points by the rule of its type; None while it can't be told."""
        kept = self._prefetched().get("around")
        values = (self.type, self.baseline, self.target, self.target_upper, self.current)
        return Numbers(*values, date.min, date.max, steps=kept[0] if kept else self.steps()).progress()

    def expected(self, today: date) -> Decimal | None:
        """Return the progress its pace asks for today, in points; None for a level that is kept."""
        return self._numbers(self.steps(), self._points()).expected(today)

    def data_status(self, today: date, limits: Limits) -> Status:
        """Return what the data say, whatever anybody says."""
        return self._numbers(self.steps(), self._points()).data_status(today, limits)

    def due(self) -> date | None:
        """Return the day by which the next check-in is expected; None while none is."""
        return self._numbers().due()

    def standing(self, today: date, limits: Limits) -> Standing:
        """Return where it stands: what the lead says beside what the data say."""
        return self.numbers().read(today, limits)[2]

    def _numbers(self, steps: Any = (), points: Any = (), breached: bool = False) -> Numbers:
        latest = self.latest_check_in
        checked_in_on = self.stage == Stage.ACTIVE and not self.objective.cycle.is_closed
        return Numbers(
            type=self.type,
            baseline=self.baseline,
            target=self.target,
            target_upper=self.target_upper,
            current=self.current,
            first_day=self.first_day,
            last_day=self.last_day,
            said=latest.status if latest else "",
            last=latest.on if latest else None,
            rhythm=self.rhythm if checked_in_on else "",
            begun=self.activated_on,
            steps=steps,
            points=points,
            breached=breached,
        )

    def steps(self) -> tuple[Step, ...]:
        """Return its milestones as numbers; nothing for other types."""
        if self.type != Type.MILESTONES:
            return ()
        return tuple(Step(each.weight, each.due_on, each.done_on is not None) for each in self.milestones.all())

    def _points(self) -> tuple[tuple[date, Decimal], ...]:
        if self.type not in MOVING:
            return ()
        return tuple((point.on, point.value) for point in self.path_points.all())

    def missing(self) -> list[str]:
        """Return the names of what an active key result has to have and this one lacks."""
        needed: dict[str, Any] = {"metric": self.metric, "lead": self.lead_id}
        if self.type in MOVING and not self.baseline_promised_by:
            needed["baseline"] = self.baseline
        if self.type not in {Type.YES_NO, Type.MILESTONES} and not self.baseline_promised_by:
            needed["target"] = self.target
        if self.type == Type.BETWEEN:
            needed["target_upper"] = self.target_upper
        return [name for name, value in needed.items() if value is None or value == ""]

    def read_again(self, *, organisation: Organisation | None = None) -> Judgement:
        """Return what the judge of today says; nothing is kept."""
        return self._judgement_of(self.statement, organisation)

    # Verbs.

    @classmethod
    @transaction.atomic
    def write_down(cls, objective: Objective, *, statement: str, by: Actor, at: datetime, **fields: Any) -> KeyResult:
        """Add a key result to an objective, as a draft, with its judgement. A draft may lack anything."""
        objective.lock()
        objective.refuse_when_closed()
        key_result = cls(objective=objective, statement=statement, **fields)
        key_result._judge()
        key_result.save()
        key_result.record("written", by=by, at=at, after={"statement": statement, "level": key_result.level, **fields})
        return key_result

    @transaction.atomic
    def change(
        self, *, by: Actor, at: datetime, reason: str = "", expected_version: int | None = None, **fields: Any
    ) -> None:
        """Change it; a new statement is judged anew, and locked goalposts ask for a reason (``NeedsReason``)."""
        self.lock(expected_version)
        self.refuse_when_closed()
        self._refuse_reinterpretation(fields)
        self._refuse_standstill(fields)
        moved = sorted(name for name in GOALPOSTS & set(fields) if getattr(self, name) != fields[name])
        if moved and self.is_locked() and not reason.strip():
            raise self.NeedsReason(moved)
        if fields.get("statement", self.statement) != self.statement:
            fields |= judgements.kept(self._judgement_of(fields["statement"]))
        self.write("amended" if moved and self.is_locked() else "changed", by=by, at=at, reason=reason, **fields)

    @transaction.atomic
    def activate(self, *, by: Actor, at: datetime) -> None:
        """Start it. Raises ``NotReady`` with what is missing, or ``NeedsWaiver`` where the policy asks for a reason."""
        self.lock()
        self.refuse_when_closed()
        if self.stage != Stage.DRAFT:
            return
        if missing := self.missing():
            raise self.NotReady(missing)
        self._refuse_standstill({"stage": Stage.ACTIVE})
        organisation = Organisation.the()
        if self.counts_work and organisation.judge_policy == JudgePolicy.REASON and not self.is_waived():
            raise self.NeedsWaiver(self.statement)
        self.write("activated", by=by, at=at, stage=Stage.ACTIVE, activated_on=organisation.today(at))
        if self.objective.cycle.is_locked:
            self.commit(at=at)
        self.follow(by=by, at=at)

    @transaction.atomic
    def feed_from(self, kpi: Kpi | None, *, by: Actor, at: datetime) -> None:
        """Take its values from a KPI from now on, those since its first day included; or, without one, from people."""
        if kpi is not None:
            kpi.lock()
        self.lock()
        self.refuse_when_closed()
        if kpi is not None:
            Organisation.refuse_without(Feature.KPIS)
            self._refuse_source(kpi)
        source = self.Source.KPI if kpi else self.Source.TYPED
        if self.write("fed", by=by, at=at, source=source, source_kpi=kpi):
            self.follow(by=by, at=at)

    @transaction.atomic
    def follow(self, *, by: Actor, at: datetime, day: date | None = None) -> None:
        """Check in with what its KPI reads, each reading once: of one day, else of all since the first.

        A corrected reading corrects, one that was taken back goes. Called anew it changes nothing.
        """
        if self.source != self.Source.KPI:
            return
        self.lock()
        if not self.is_fed or self.source_kpi is None or not self._takes_readings(at):
            return
        quiet = replace(by, idempotency_key="")
        last = min(self.last_reading_day(Organisation.the().today(at)), self.last_day)
        wanted = course_of(self.source_kpi, since=self.first_day, until=last, around=day)
        there = {row.on: row for row in self.check_ins.standing().filter(source=CheckIn.Source.KPI).by_day()}
        for on, read in wanted.items():
            if on not in there or there[on].value != read.value:
                self._take_over(on, read, there.get(on), by=quiet, at=at)
        if day in there and day not in wanted:
            self._let_go(there[day], by=quiet, at=at)

    @transaction.atomic
    def take_activation_back(self, *, by: Actor, at: datetime, reason: str = "") -> None:
        """Make it a draft again, as it was before; raises ``HasHistory`` once it was checked in on."""
        self.lock()
        self.refuse_when_closed()
        if self.stage != Stage.ACTIVE:
            return
        if self.check_ins.exists():
            raise self.HasHistory(self.statement)
        Commitment.objects.filter(key_result=self).delete()
        self.write("activation_taken_back", by=by, at=at, reason=reason, stage=Stage.DRAFT, activated_on=None)

    @transaction.atomic
    def check_in(
        self,
        *,
        by: Actor,
        at: datetime,
        value: Decimal | None = None,
        status: str = "",
        confidence: int | None = None,
        note: str = "",
        on: date | None = None,
        source: str = "typed",
        corrects: CheckIn | None = None,
        reached: Collection[Milestone] | None = None,
        guarded: Mapping[str, Decimal] | None = None,
    ) -> CheckIn:
        """Record where the number stood on a day; without a day, today. The same key twice makes one check-in.

        The current value follows the latest day that a check-in is true for,
        so that a late entry about the past changes the history only. For
        milestones, ``reached`` names all that are done; the value is their share.
        ``guarded`` has readings of its guardrails, by metric.
        """
        self.lock()
        if repeated := self._already(by):
            return repeated
        self.refuse_check_in(at)
        today = Organisation.the().today(at)
        on = on or self.last_reading_day(today)
        if self.is_fed:
            value, on = self._beside_the_feed(value)
        if on > today:
            raise self.InTheFuture(on)
        if self.objective.cycle.is_closed and on > self.objective.cycle.last_day:
            raise Cycle.Closed(self.objective.cycle.name)
        ticks: dict[str, Any] = {}
        if reached is not None:
            ticks = self._tick(reached, by=replace(by, idempotency_key=""), at=at)
            value = self._share_done()
        value, known = self.current if value is None else value, self._known(besides=corrects)
        check_in = self.check_ins.create(
            value=value,
            value_before=self.current,
            chance=self._chance(value, on, known, today=today),
            status=status,
            confidence=confidence,
            note=note,
            on=on,
            entered_at=at,
            author=by.person,
            source=source,
            corrects=corrects,
            idempotency_key=by.idempotency_key,
        )
        also = {"ticks": ticks, "guarded": self._guard(check_in, guarded or {})}
        verb = "corrected" if corrects else "checked_in"
        also = {name: told for name, told in also.items() if told}
        self._follow_latest(verb, check_in, [check_in, *known], by=by, at=at, also=also)
        self._tell_of_doubt(check_in, at=at)
        return check_in

    @transaction.atomic
    def remember(self, memories: Iterable[Memory]) -> list[CheckIn]:
        """Take in many check-ins of the past at once: the rows and events are those of ``check_in``, one by one."""
        self.lock()
        self.refuse_check_in(None)
        organisation, check_ins, events = Organisation.the(), [], []
        for memory in memories:
            if memory.on > organisation.today(memory.at):
                raise self.InTheFuture(memory.on)
            check_in = CheckIn.recalled(self, memory)
            check_ins.append(check_in)
            events.append(self._take_in(check_in, by=memory.by, at=memory.at))
        self._foresee(check_ins)
        CheckIn.objects.bulk_create(check_ins)
        Event.objects.bulk_create(event for event in events if event)
        self.latest_check_in = self.latest_check_in  # bulk_create gave it its key
        self.save(update_fields=["current", "latest_check_in", "version"])
        return check_ins

    @transaction.atomic
    def withdraw(self, check_in: CheckIn, *, by: Actor, at: datetime, reason: str = "") -> None:
        """Undo the newest check-in, the steps it ticked included: at once without a word, later with a reason."""
        self.lock()
        self.refuse_check_in(at)
        newest = self.check_ins.standing().order_by("-entered_at", "-pk").first()
        if newest != check_in:
            raise self.NotTheNewest
        if check_in.source == CheckIn.Source.KPI and self.is_fed:
            raise self.Fed(self.statement)
        if not check_in.may_be_undone(at) and not reason.strip():
            raise self.NeedsReason(["check_in"])
        Withdrawal.objects.create(check_in=check_in, by=by.person, at=at, reason=reason)
        self._untick(check_in)
        for guardrail in self.guardrails.filter(readings__check_in=check_in):
            guardrail.follow_latest()
        self._follow_latest("check_in_withdrawn", check_in, self._known(), by=by, at=at, reason=reason)

    @transaction.atomic
    def add_milestone(
        self, *, title: str, due_on: date, by: Actor, at: datetime, weight: Decimal = Decimal(1)
    ) -> Milestone:
        """Add a step with a weight and a planned day."""
        self.lock()
        self.refuse_when_closed()
        milestone = self.milestones.create(title=title, due_on=due_on, weight=weight)
        self.write("milestone_added", by=by, at=at, also={"title": title, "due_on": due_on})
        return milestone

    @transaction.atomic
    def reach(self, milestone: Milestone, *, by: Actor, at: datetime, done: bool = True) -> None:
        """Tick a milestone, or untick it: nothing completes itself."""
        self.lock()
        self.refuse_check_in(at)
        milestone.done_on = Organisation.the().today(at) if done else None
        milestone.save(update_fields=["done_on"])
        self.write("milestone_reached" if done else "milestone_reopened", by=by, at=at, also={"title": milestone.title})

    @transaction.atomic
    def surround(
        self,
        *,
        by: Actor,
        at: datetime,
        milestones: Iterable[PlannedStep] = (),
        path: Iterable[tuple[date, Decimal]] = (),
        guardrails: Iterable[PlannedLimit] = (),
    ) -> None:
        """Set its milestones, planned path and guardrails to these; what is ticked or read already stays so."""
        self.lock()
        self.refuse_when_closed()
        steps, points, limits = list(milestones), dict(path), list(guardrails)
        changed = [Milestone.plan(self, steps), PathPoint.plan(self, points), Guardrail.plan(self, limits)]
        if any(changed):
            told = {
                "milestones": [step.title for step in steps],
                "path": [[str(on), str(value)] for on, value in sorted(points.items())],
                "guardrails": [limit.metric for limit in limits],
            }
            self.write("surrounded", by=by, at=at, also=told)

    @transaction.atomic
    def share(self, contributors: Iterable[Person], *, by: Actor, at: datetime) -> None:
        """Say who works on it beside its lead."""
        self.lock()
        self.refuse_when_closed()
        wanted = list(contributors)
        if set(wanted) - set(self.contributors.all()):
            Organisation.refuse_without(Feature.SHARED_OWNERSHIP)
        if set(wanted) != set(self.contributors.all()):
            self.contributors.set(wanted)
            self.write("shared", by=by, at=at, also={"contributors": wanted})

    @transaction.atomic
    def tag(self, tags: Iterable[Tag], *, by: Actor, at: datetime) -> None:
        """Put these tags on it, and take the others off."""
        self.lock()
        self.refuse_when_closed()
        told = put_on(self, tags)
        if told is not None:
            self.write("tagged", by=by, at=at, also=told)

    @transaction.atomic
    def archive(self, *, by: Actor, at: datetime, learned: str = "") -> None:
        """Drop it with what was learned: it leaves the progress of its objective, and its history stays.

        What a closed cycle holds stays in its report.
        """
        self.lock().refuse_in_closed_cycle()
        if self.archived_at is None:
            said = learned.strip() or self.learned
            self.write("archived", by=by, at=at, archived_at=at, archived_by=by.person, learned=said)

    @transaction.atomic
    def unarchive(self, *, by: Actor, at: datetime) -> None:
        """Bring it back with everything on it, and with what its KPI read meanwhile."""
        super().unarchive(by=by, at=at)
        self.follow(by=by, at=at)

    @transaction.atomic
    def move(self, objective: Objective, *, by: Actor, at: datetime, reason: str = "") -> Event | None:
        """Move it under another objective, with its history, its comments and the work on it.

        Raises ``WrongPlace`` where that objective is closed or hangs from this
        key result, or where one of the two is private: what was said of it
        would be told to others than those it was told to.
        """
        Organisation.the().lock()
        self.refresh_from_db(fields=["objective"])
        for row in sorted((self.objective, objective), key=lambda each: each.pk):
            row.lock()
        self.lock()
        self.refuse_when_closed()
        if objective.pk == self.objective_id:
            return None
        self._refuse_place(objective)
        if self.is_locked() and not reason.strip():
            raise self.NeedsReason(["objective"])
        self.initiatives.update(objective=objective)
        self.comments.update(objective=objective)
        event = self.write("moved", by=by, at=at, reason=reason, objective=objective)
        if self.stage == Stage.ACTIVE and objective.cycle.is_locked:
            self.commit(at=at)
        return event

    def _refuse_place(self, objective: Objective) -> None:
        if objective.cycle.is_closed or not objective.is_open:
            raise self.WrongPlace(str(_("That objective is closed: nothing new can hang from it.")))
        if objective.is_private or self.objective.is_private:
            raise self.WrongPlace(str(_("A key result moves between goals that everybody sees: one is private.")))
        hanging = list(self.aligned.values_list("pk", flat=True))
        if objective.pk in {*hanging, *descendants(hanging)}:
            raise self.WrongPlace(str(_("That objective hangs from this key result, maybe over some steps.")))

    @transaction.atomic
    def rejudge(self, *, by: Actor, at: datetime) -> bool:
        """Ask the judge of today again; the old level and version stay in the event. False where nothing is new."""
        self.lock()
        return self.write("rejudged", by=by, at=at, **judgements.kept(self.read_again())) is not None

    def commit(self, *, at: datetime) -> Commitment:
        """Remember the goalposts as they are locked."""
        return Commitment.remember(self, at=at)

    def is_locked(self) -> bool:
        """Tell whether its goalposts are locked."""
        return self.objective.cycle.is_locked and self.stage == Stage.ACTIVE

    def is_waived(self) -> bool:
        """Tell whether somebody said why it stays although it counts work."""
        return getattr(self, "waiver", None) is not None

    def _refuse_source(self, kpi: Kpi) -> None:
        if kpi.is_archived or kpi.binned_at is not None:
            raise self.WrongSource(str(_("This KPI is archived.")))
        if self.type not in MOVING | KEEPING:
            raise self.WrongSource(str(_("Steps and yes or no are ticked by people: a KPI has numbers.")))
        if words := unfit_source(kpi, self):
            raise self.WrongSource(words)

    def _takes_readings(self, at: datetime) -> bool:
        try:
            self.refuse_check_in(at)
        except (self.Closed, self.NotActive, Cycle.Closed):
            return False
        return True

    def _beside_the_feed(self, value: Decimal | None) -> tuple[Decimal | None, date]:
        """Return what a word beside the newest reading stands with: its value and its day, so that later ones count."""
        latest = self.latest_check_in
        if latest is None or value not in {None, self.current}:
            raise self.Fed(self.statement)
        return self.current, latest.on

    def _take_over(self, on: date, read: Value, before: CheckIn | None, *, by: Actor, at: datetime) -> None:
        known = self._known(besides=before)
        check_in = self.check_ins.create(
            value=read.value,
            value_before=self.current,
            chance=self._chance(read.value, on, known, today=Organisation.the().today(at)),
            on=on,
            entered_at=at,
            author=read.author,
            source=CheckIn.Source.KPI,
            corrects=before,
        )
        self._follow_latest("corrected" if before else "checked_in", check_in, [check_in, *known], by=by, at=at)

    def _let_go(self, check_in: CheckIn, *, by: Actor, at: datetime) -> None:
        """Withdraw what a day told whose reading was taken back: what it corrected, and what was said beside it."""
        of_the_day = self.check_ins.filter(on=check_in.on, withdrawal=None)
        first = of_the_day.filter(source=CheckIn.Source.KPI).order_by("pk")[:1]
        for row in of_the_day.filter(pk__gte=first.values("pk")):
            Withdrawal.objects.create(check_in=row, by=by.person, at=at)
        self._follow_latest("check_in_withdrawn", check_in, self._known(), by=by, at=at)

    def _judge(self) -> None:
        for name, value in judgements.kept(self._judgement_of(self.statement)).items():
            setattr(self, name, value)

    def _judgement_of(self, statement: str, organisation: Organisation | None = None) -> Judgement:
        return judgements.read(
            statement,
            objective=self.objective.title,
            cycle=self.objective.cycle,
            language=self.language,
            unit=self.unit.name,
            organisation=organisation,
        )

    def _take_in(self, check_in: CheckIn, *, by: Actor, at: datetime) -> Event | None:
        known = self.latest_check_in
        newer = known is None or (check_in.on, check_in.entered_at) >= (known.on, known.entered_at)
        latest = check_in if newer else known
        return self.alter(
            "checked_in",
            by=by,
            at=at,
            also=_told_of(check_in),
            latest_check_in=latest,
            current=latest.value if latest else None,
        )

    def _tick(self, reached: Collection[Milestone], *, by: Actor, at: datetime) -> dict[str, Any]:
        """Tick what is reached, untick the rest; return what stood there before, by title."""
        before = {}
        for milestone in self.milestones.order_by("pk"):
            if (milestone in reached) != (milestone.done_on is not None):
                before[milestone.title] = milestone.done_on
                self.reach(milestone, by=by, at=at, done=milestone in reached)
        return before

    def _guard(self, check_in: CheckIn, readings: Mapping[str, Decimal]) -> dict[str, Decimal]:
        """Keep what was read of the guardrails; a metric it does not guard is refused."""
        if not readings:
            return {}
        guardrails = {each.metric: each for each in self.guardrails.all()}
        if unknown := sorted(set(readings) - set(guardrails)):
            raise self.NotGuarded(unknown[0])
        for metric, value in readings.items():
            guardrail = guardrails[metric]
            GuardrailReading.objects.create(guardrail=guardrail, check_in=check_in, value=value, on=check_in.on)
            guardrail.follow_latest()
        return dict(readings)

    def _untick(self, check_in: CheckIn) -> None:
        told = Event.objects.about(self.noun, self.public_id).filter(after__check_in=check_in.public_id).last()
        for title, day in (told.after.get("ticks", {}) if told else {}).items():
            self.milestones.filter(title=title).update(done_on=day)

    def _share_done(self) -> Decimal | None:
        return milestones_done((each.weight, each.done_on is not None) for each in self.milestones.order_by("pk"))

    def _known(self, *, besides: CheckIn | None = None) -> list[CheckIn]:
        """Return the newest check-ins that stand, as many as a forecast asks for, newest first."""
        rows = self.check_ins.standing().order_by("-on", "-entered_at", "-pk")
        return list((rows.exclude(pk=besides.pk) if besides else rows)[:MOST])

    def _chance(self, value: Decimal | None, on: date, known: Sequence[CheckIn], *, today: date) -> Decimal | None:
        """Return the chance of arriving that the readings give with a new one; None for one of the past."""
        late = bool(known) and on < known[0].on
        if value is None or late or not can_be_forecast(self):
            return None
        days = {each.on: each.value for each in reversed(known) if each.value is not None} | {on: value}
        found = foreseen(self, list(days.items()), today=today)
        return found.probability if found else None

    def _foresee(self, check_ins: Iterable[CheckIn]) -> None:
        """Note with the newest of remembered check-ins what they gave together."""
        known = sorted((row.on, row.value) for row in check_ins if row.value is not None)
        latest = self.latest_check_in
        if latest is not None and known:
            found = foreseen(self, list(dict(known).items()), today=latest.on)
            latest.chance = found.probability if found else None

    def _tell_of_doubt(self, check_in: CheckIn, *, at: datetime) -> None:
        """Tell those who review it that it is said to go well while its readings say otherwise; nothing is changed."""
        if check_in != self.latest_check_in or not check_in.is_doubted:
            return
        told = {"check_in": check_in, "chance": check_in.chance, "status": check_in.status}
        reviewers = reviewers_of(self, besides=check_in.author)
        self.record("doubted", by=Actor.system(), at=at, after={**told, "told": reviewers})

    def _already(self, by: Actor) -> CheckIn | None:
        if not by.idempotency_key:
            return None
        return self.check_ins.filter(idempotency_key=by.idempotency_key, author=by.person).first()

    def _follow_latest(
        self,
        verb: str,
        check_in: CheckIn,
        known: Sequence[CheckIn],
        *,
        by: Actor,
        at: datetime,
        reason: str = "",
        also: Mapping[str, Any] | None = None,
    ) -> None:
        latest = max(known, key=lambda each: (each.on, each.entered_at, each.pk), default=None)
        self.write(
            verb,
            by=by,
            at=at,
            reason=reason,
            also={**_told_of(check_in), **(also or {})},
            latest_check_in=latest,
            current=latest.value if latest else None,
        )

    @transaction.atomic
    def bin(self, *, by: Actor, at: datetime) -> None:
        """Put it into the bin; what a closed cycle holds stays there."""
        self.lock().refuse_in_closed_cycle()
        super().bin(by=by, at=at)

    def refuse_in_closed_cycle(self) -> None:
        """Raise ``Cycle.Closed`` when the record of its cycle is closed."""
        self.objective.refuse_in_closed_cycle()

    def refuse_when_closed(self) -> None:
        """Raise what keeps it from changing: its cycle, its objective or itself is closed or put away."""
        self.refuse_in_closed_cycle()
        if not self.is_open or not self.objective.is_open:
            raise self.Closed(self.statement)

    def last_reading_day(self, today: date) -> date:
        """Return the day that a reading of today is true for: what comes in later is about the cycle's last day."""
        over = self.objective.cycle.phase in {Cycle.Phase.CLOSING, Cycle.Phase.CLOSED}
        return min(today, self.objective.cycle.last_day) if over else today

    def refuse_check_in(self, at: datetime | None) -> None:
        """Raise what keeps it from taking a reading: it is closed, and it is too late for a final value; or a draft."""
        if at is None or not self._takes_a_final_value(at):
            self.refuse_when_closed()
        if self.stage == Stage.DRAFT:
            raise self.NotActive(self.statement)

    def _takes_a_final_value(self, at: datetime) -> bool:
        away = (self.archived_at, self.binned_at, self.objective.archived_at, self.objective.binned_at)
        return not any(away) and self.objective.cycle.takes_final_values(at)

    def _refuse_standstill(self, fields: dict[str, Any]) -> None:
        """A draft may lack a way, as it may lack anything."""
        names = ("stage", "type", "baseline", "target")
        stage, kind, baseline, target = (fields.get(name, getattr(self, name)) for name in names)
        if stage == Stage.ACTIVE and kind in MOVING and baseline is not None and baseline == target:
            raise self.NoWay(self.statement)

    def _refuse_reinterpretation(self, fields: dict[str, Any]) -> None:
        fixed = [
            name
            for name in ("type", "unit_kind", "unit_code")
            if fields.get(name, getattr(self, name)) != getattr(self, name)
        ]
        if fixed and (self.source == self.Source.KPI or self.check_ins.exists()):
            raise self.TypeIsFixed(fixed)


def _told_of(check_in: CheckIn) -> dict[str, Any]:
    return {"check_in": check_in, "value": check_in.value, "status": check_in.status, "on": check_in.on}

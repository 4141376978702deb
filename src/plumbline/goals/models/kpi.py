"""KPIs: evergreen metrics, with readings and targets per period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from plumbline.goals.kinship import unfit_below
from plumbline.goals.kpi_health import Aiming, Frequency, Health, Rule, carried, healthy_range, is_fresh, judged, ramped
from plumbline.goals.models.measured import Measured
from plumbline.goals.models.memory import Memory
from plumbline.goals.models.objective import Home
from plumbline.goals.models.reading import KpiTarget, Reading
from plumbline.goals.models.strategy import Pillar
from plumbline.goals.periods import FiscalCalendar, Period
from plumbline.goals.progress import Range
from plumbline.goals.tree import kpis_below
from plumbline.people.models import Actor, Archivable, Event, Organisation, Person, Team
from plumbline.people.models.organisation import Feature
from plumbline.values.exact import ValueField
from plumbline.values.unit import UnitKind

#: The KPIs that name a person.
_NAMING = """
    SELECT id FROM goals_kpi WHERE is_private AND lead_id = %s
    UNION ALL SELECT kpi_id FROM goals_kpi_contributors WHERE person_id = %s
"""


class Driver(models.TextChoices):
    """What the value of a KPI is made of."""

    TYPED = "typed", _("Typed in")
    SUM = "sum", _("The sum of the KPIs below it")
    MEAN = "mean", _("The weighted average of the KPIs below it")


class KpiQuerySet(models.QuerySet["Kpi"]):
    """Questions about KPIs."""

    def visible_to(self, person: Person) -> KpiQuerySet:
        """What exists for this person."""
        theirs = Q(pk__in=RawSQL(_NAMING, [person.pk] * 2))  # noqa: S611
        return self.filter(Q(binned_at=None) & (Q(is_private=False) | theirs))

    def kept(self) -> KpiQuerySet:
        """KPIs that are still read."""
        return self.filter(binned_at=None, archived_at=None)


class Kpi(Archivable, Measured):
    """A number that is always watched, in no cycle."""

    name = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    home = models.CharField(max_length=10, choices=Home.choices, default=Home.COMPANY)
    home_teams = models.ManyToManyField(Team, related_name="kpis")
    home_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="personal_kpis")
    lead = models.ForeignKey(Person, models.PROTECT, null=True, related_name="led_kpis")
    contributors = models.ManyToManyField(Person, related_name="contributed_kpis")
    frequency = models.CharField(max_length=10, choices=Frequency.choices, default=Frequency.MONTHLY)
    rule = models.CharField(max_length=12, choices=Rule.choices, default=Rule.AT_LEAST)
    tolerance = ValueField(default=Decimal(10))
    resets = models.BooleanField(default=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    driver = models.CharField(max_length=5, choices=Driver.choices, default=Driver.TYPED)
    weight = ValueField(default=Decimal(1))
    pillar = models.ForeignKey(Pillar, models.PROTECT, null=True, related_name="kpis")
    is_private = models.BooleanField(default=False)
    current = ValueField(null=True, editable=False)
    current_on = models.DateField(null=True, editable=False)

    objects = KpiQuerySet.as_manager()

    class Closed(Exception):
        """Raised when an archived KPI is asked to change, or something that was put away would get a KPI."""

    class UnitIsFixed(Exception):
        """Raised when the unit would change under noted readings, or under goals that follow it."""

    class InTheFuture(Exception):
        """Raised when a reading is dated after today."""

    class RollsUp(Exception):
        """Raised when a value is typed on a KPI whose values come from the KPIs below it."""

    class Circle(Exception):
        """Raised when a KPI would hang from itself, over however many steps."""

    class WrongParent(Exception):
        """Raised when a KPI can't hang there, or what hangs together would no longer fit; says why."""

    class Overtaken(Exception):
        """Raised when somebody else filled a cell since the sender saw it; holds what stands there now."""

        def __init__(self, now: Reading | KpiTarget | None) -> None:
            super().__init__(str(now))
            self.now = now

    def __str__(self) -> str:
        return self.name

    @property
    def rolls_up(self) -> bool:
        """Tell whether its value is made of those of the KPIs below it."""
        return self.driver != Driver.TYPED

    # Verbs.

    @classmethod
    @transaction.atomic
    def watch(
        cls,
        *,
        name: str,
        by: Actor,
        at: datetime,
        teams: Iterable[Team] = (),
        contributors: Iterable[Person] = (),
        **fields: Any,
    ) -> Kpi:
        """Start watching a number."""
        Organisation.refuse_without(Feature.KPIS)
        if fields.get("is_private"):
            Organisation.refuse_without(Feature.PRIVATE_GOALS)
        teams, contributors = list(teams), list(contributors)
        if contributors or len(teams) > 1:
            Organisation.refuse_without(Feature.SHARED_OWNERSHIP)
        if any(not team.is_open for team in teams):
            raise cls.Closed(str(_("An archived team gets no new KPIs.")))
        named = list(contributors)
        if named:
            Organisation.refuse_without(Feature.SHARED_OWNERSHIP)
        kpi = cls.objects.create(name=name, **fields)
        kpi.home_teams.set(teams)
        kpi.contributors.set(named)
        kpi.record("watched", by=by, at=at, after={"name": name})
        return kpi

    @transaction.atomic
    def change(self, *, by: Actor, at: datetime, expected_version: int | None = None, **fields: Any) -> None:
        """Change what it is called, who leads it, its rule, what its value is made of and so on.

        Raises ``UnitIsFixed`` and ``WrongParent`` where it would no longer fit what it hangs with.
        """
        self.lock(expected_version)
        self._refuse_when_archived()
        if fields.get("is_private") and not self.is_private:
            Organisation.refuse_without(Feature.PRIVATE_GOALS)
        self._refuse_reinterpretation(fields)
        self._refuse_misfit(fields)
        self.write("changed", by=by, at=at, **fields, **self._value_made_of(fields.get("driver", self.driver)))

    @transaction.atomic
    def move(
        self, *, home: str, by: Actor, at: datetime, teams: Iterable[Team] = (), home_person: Person | None = None
    ) -> None:
        """Move it to another home; its address, readings and what hangs on it stay."""
        self.lock()
        self._refuse_when_archived()
        before, after = set(self.home_teams.all()), set(teams)
        if any(team.is_archived for team in after - before):
            raise self.Closed(str(_("An archived team gets no new KPIs.")))
        self.home_teams.set(after)
        told = {"teams": sorted(after, key=lambda team: team.pk)} if before != after else {}
        self.write("moved", by=by, at=at, also=told, home=home, home_person=home_person)

    @transaction.atomic
    def share(self, contributors: Iterable[Person], *, by: Actor, at: datetime) -> None:
        """Say who works on it beside its lead; of a private one, who sees it."""
        self.lock()
        self._refuse_when_archived()
        wanted = list(contributors)
        if set(wanted) - set(self.contributors.all()):
            Organisation.refuse_without(Feature.SHARED_OWNERSHIP)
        if set(wanted) != set(self.contributors.all()):
            self.contributors.set(wanted)
            self.write("shared", by=by, at=at, also={"contributors": wanted})

    @transaction.atomic
    def hang(self, parent: Kpi | None, *, by: Actor, at: datetime) -> None:
        """Hang it from another KPI, which may add it up, or from none.

        Raises ``Circle`` when it would hang from itself. All take the
        organisation's lock first: two people who draw half a circle each at the
        same moment can't both win.
        """
        Organisation.the().lock()
        if parent is not None and parent.pk in {self.pk, *kpis_below([self.pk])}:
            raise self.Circle(self.name)
        self.lock()
        self._refuse_when_archived()
        if parent is not None:
            parent.lock()._refuse_when_archived()
            if words := unfit_below(self, parent):
                raise self.WrongParent(words)
        self.write("hung", by=by, at=at, parent=parent)

    @transaction.atomic
    def read(
        self, *, value: Decimal, on: date, by: Actor, at: datetime, note: str = "", source: str = "typed"
    ) -> Reading:
        """Note a reading; the newest of a day counts, and the current value follows the latest day.

        The same act sent twice notes one reading. Key results that it feeds check in with it.
        """
        self.lock()
        self._refuse_when_archived()
        if (noted := self._already(by)) is not None:
            return noted
        if self.rolls_up:
            raise self.RollsUp(self.name)
        if on > Organisation.the().today(at):
            raise self.InTheFuture(on)
        reading = self.readings.create(value=value, on=on, entered_at=at, author=by.person, note=note, source=source)
        self.write("read", by=by, at=at, also={"value": value, "on": on}, **self._latest())
        self._feed(on, by=by, at=at)
        return reading

    @transaction.atomic
    def take_back(self, on: date, *, by: Actor, at: datetime) -> Reading | None:
        """Take back the reading that counts for a day; the one before it of that day counts again."""
        self.lock()
        self._refuse_when_archived()
        reading = self.readings.standing().filter(on=on).by_day().last()
        if reading is None:
            return None
        self._withdraw([reading], by=by, at=at)
        return reading

    @transaction.atomic
    def fill(
        self, period: Period, *, value: Decimal | None, known: Decimal | None, by: Actor, at: datetime
    ) -> Reading | None:
        """Say what the value of a period was, or None that there is none: one cell of a board.

        ``known`` is what the sender saw there; raises ``Overtaken`` when it is something else by now.
        """
        self.lock()
        there = self.readings.standing().filter(on__range=period).by_day().last()
        now = there.value if there else None
        if value == now:
            return there
        if known != now:
            raise self.Overtaken(there)
        self._refuse_when_archived()
        if value is None:
            rows = list(self.readings.standing().filter(on__range=period))
            self._withdraw(rows, by=by, at=at)
            return None
        today = Organisation.the().today(at)
        day = today if period.holds(today) else there.on if there else period.last_day
        return self.read(value=value, on=day, by=by, at=at)

    @transaction.atomic
    def remember(self, memories: Iterable[Memory]) -> list[Reading]:
        """Take in many readings of the past at once: the rows and events are those of ``read``, one by one."""
        self.lock()
        self._refuse_when_archived()
        organisation, readings, events = Organisation.the(), [], []
        latest = self.readings.standing().by_day().last()
        for memory in memories:
            if memory.on > organisation.today(memory.at):
                raise self.InTheFuture(memory.on)
            reading = self._recall(memory)
            newer = latest is None or (reading.on, reading.entered_at) >= (latest.on, latest.entered_at)
            latest = reading if newer else latest
            readings.append(reading)
            events.append(self._take_in(reading, latest, by=memory.by, at=memory.at))
        Reading.objects.bulk_create(readings)
        Event.objects.bulk_create(event for event in events if event)
        self.save(update_fields=["current", "current_on", "version"])
        return readings

    @transaction.atomic
    def aim(
        self, *, first_day: date, by: Actor, at: datetime, target: Decimal, upper: Decimal | None = None
    ) -> KpiTarget:
        """Set the target from a day on; it carries forward until another one begins."""
        self.lock()
        self._refuse_when_archived()
        row, _new = self.targets.update_or_create(first_day=first_day, defaults={"target": target, "upper": upper})
        self.write("aimed", by=by, at=at, also={"first_day": first_day, "target": target, "upper": upper})
        return row

    @transaction.atomic
    def drop_target(self, first_day: date, *, by: Actor, at: datetime) -> None:
        """Take the target away that begins on a day: the one before it carries forward."""
        self.lock()
        self._refuse_when_archived()
        row = self.targets.filter(first_day=first_day).first()
        if row is not None:
            row.delete()
            self.write("target_dropped", by=by, at=at, also={"first_day": first_day, "target": row.target})

    @transaction.atomic
    def fill_target(
        self,
        first_day: date,
        *,
        target: Decimal | None,
        upper: Decimal | None = None,
        known: tuple[Decimal | None, Decimal | None],
        by: Actor,
        at: datetime,
    ) -> KpiTarget | None:
        """Say what a period aims for, or None that it follows the one before: one cell of a board.

        ``known`` is what the sender saw there; raises ``Overtaken`` when it is something else by now.
        """
        self.lock()
        there = self.targets.filter(first_day=first_day).first()
        now = (there.target, there.upper) if there else (None, None)
        if (target, upper) == now:
            return there
        if known != now:
            raise self.Overtaken(there)
        if target is None:
            self.drop_target(first_day, by=by, at=at)
            return None
        return self.aim(first_day=first_day, target=target, upper=upper, by=by, at=at)

    # What it says about itself; prefetch ``targets`` for many KPIs.

    def target_on(self, day: date) -> KpiTarget | None:
        """Return the target that holds on a day."""
        return carried(self.targets.all(), day)

    def aim_on(self, day: date, calendar: FiscalCalendar) -> Aiming | None:
        """Return what is asked on a day: the target, or the part of it that the ramp of a resetting KPI has reached."""
        target = self.target_on(day)
        if target is None or not self.resets:
            return target
        return ramped(target, calendar.period(day, self.frequency), day)

    def health(self, today: date, grace_days: int = 3, calendar: FiscalCalendar | None = None) -> Health:
        """Return how it does: unknown without a fresh reading, healthy without a target."""
        return self.health_of(self.current, self.current_on, today, grace_days, calendar)

    def health_of(
        self,
        value: Decimal | None,
        on: date | None,
        today: date,
        grace_days: int,
        calendar: FiscalCalendar | None = None,
    ) -> Health:
        """Return how it does with a value: a level against the target of today, what ramps against that of its day."""
        if value is None or on is None or not is_fresh(on, self.frequency, today=today, grace_days=grace_days):
            return Health.UNKNOWN
        aim = self.aim_on(on if self.resets else today, calendar or FiscalCalendar())
        return judged(value, self.rule, aim, self.tolerance)

    def range(self, target: Aiming, tolerance: Decimal = Decimal(0)) -> Range:
        """Return where the value is healthy, widened by a tolerance in percent of the target."""
        return healthy_range(self.rule, target, tolerance)

    def _latest(self) -> dict[str, Any]:
        latest = self.readings.standing().by_day().last()
        return {"current": latest.value if latest else None, "current_on": latest.on if latest else None}

    def _value_made_of(self, driver: str) -> dict[str, Any]:
        """Return the current value as it goes with a driver: what is rolled up is worked out on reading."""
        if driver == self.driver:
            return {}
        return self._latest() if driver == Driver.TYPED else {"current": None, "current_on": None}

    def _withdraw(self, readings: list[Reading], *, by: Actor, at: datetime) -> None:
        if self.rolls_up:
            raise self.RollsUp(self.name)
        days = sorted({reading.on for reading in readings})
        self.readings.filter(pk__in=[row.pk for row in readings]).update(withdrawn_at=at, withdrawn_by=by.person)
        self.write("reading_withdrawn", by=by, at=at, also={"on": days}, **self._latest())
        for day in days:
            self._feed(day, by=by, at=at)

    def _feed(self, day: date, *, by: Actor, at: datetime) -> None:
        """Let the key results that follow it, or a KPI that adds it up, take in what a day reads now."""
        for kpi in [self, *self._added_up_in()]:
            for key_result in kpi.feeds.filter(source="kpi", binned_at=None).order_by("pk"):
                key_result.follow(by=by, at=at, day=day)

    def _added_up_in(self) -> Iterator[Kpi]:
        """Yield the KPIs above that add it up, nearest first, each held so that two children count both."""
        above = self.parent
        while above is not None and above.lock().rolls_up and not above.is_archived:
            yield above
            above = above.parent

    def _recall(self, memory: Memory) -> Reading:
        return Reading(
            kpi=self,
            value=memory.value,
            on=memory.on,
            entered_at=memory.at,
            author=memory.by.person,
            note=memory.note,
            source=memory.source,
        )

    def _take_in(self, reading: Reading, latest: Reading | None, *, by: Actor, at: datetime) -> Event | None:
        return self.alter(
            "read",
            by=by,
            at=at,
            also={"value": reading.value, "on": reading.on},
            current=latest.value if latest else None,
            current_on=latest.on if latest else None,
        )

    def _refuse_reinterpretation(self, fields: dict[str, Any]) -> None:
        # Hours may be shown as minutes; euros never become dollars, nor percent a count.
        kind = fields.get("unit_kind", self.unit_kind)
        renamed = kind == UnitKind.MONEY and fields.get("unit_code", self.unit_code) != self.unit_code
        if (kind != self.unit_kind or renamed) and (self.readings.exists() or self.feeds.exists()):
            raise self.UnitIsFixed(self.name)

    def _refuse_misfit(self, fields: dict[str, Any]) -> None:
        """Raise ``WrongParent`` where it would no longer fit what it hangs with or what it feeds."""
        asked = {"unit_kind", "unit_code", "frequency", "is_private", "driver"} & set(fields)
        if not any(fields[name] != getattr(self, name) for name in asked):
            return
        imagined = Kpi(**{name: fields.get(name, getattr(self, name)) for name in _FITTING})
        pairs = [(imagined, self.parent)] if self.parent else []
        pairs += [(child, imagined) for child in self.children.all()]
        for child, parent in pairs:
            if words := unfit_below(child, parent):
                raise self.WrongParent(words)
        if imagined.is_private and self.feeds.exists():
            raise self.WrongParent(str(_("It feeds a key result, which tells its numbers: let go of that first.")))

    def _already(self, by: Actor) -> Reading | None:
        same = Event.objects.about(self.noun, self.public_id).filter(verb="read", idempotency_key=by.idempotency_key)
        if not by.idempotency_key or not same.filter(actor=by.person).exists():
            return None
        return self.readings.filter(author=by.person).order_by("-pk").first()

    def _refuse_when_archived(self) -> None:
        if self.archived_at is not None or self.binned_at is not None:
            raise self.Closed(self.name)


_FITTING = ("unit_kind", "unit_code", "frequency", "is_private", "driver")

"""Objectives: where to go, and what hangs from what."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models.custom_field import CustomField
from plumbline.goals.models.cycle import Cycle
from plumbline.goals.models.strategy import Pillar
from plumbline.goals.models.tag import Tag, put_on
from plumbline.goals.tree import NAMING, descendants
from plumbline.people.models import Actor, Archivable, Event, Organisation, Person, Team
from plumbline.people.models.organisation import Feature
from plumbline.values.exact import ValueField

#: The four columns of which at most one holds the main parent.
PARENTS = ("pillar", "parent_objective", "parent_key_result", "parent_kpi")

#: What may not change quietly once the goalposts are locked.
GOALPOSTS = frozenset({"title", "weight", "lead", "due_on"})


class Stage(models.TextChoices):
    """How far an objective or a key result has come, apart from how it is going."""

    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("Active")
    CLOSED = "closed", _("Closed")


class Home(models.TextChoices):
    """Whose goal it is."""

    COMPANY = "company", _("Company")
    TEAM = "team", _("Team")
    PERSON = "person", _("Person")


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    """Questions about objectives."""

    def visible_to(self, person: Person) -> ObjectiveQuerySet:
        """What exists for this person: all that is not private, and the private ones that name them."""
        return self.filter(Q(binned_at=None) & Objective.seen_by(person))

    def binned_for(self, person: Person) -> ObjectiveQuerySet:
        """What this person would see, were it not in the bin."""
        return self.filter(~Q(binned_at=None) & Objective.seen_by(person))

    def tagged(self, tag: Tag) -> ObjectiveQuerySet:
        """Objectives that bear a tag, themselves or on one of their key results."""
        results = tag.key_results.filter(binned_at=None, archived_at=None)
        return self.filter(Q(pk__in=tag.objectives.values("pk")) | Q(pk__in=results.values("objective")))

    def noting(self, field: CustomField, value: str) -> ObjectiveQuerySet:
        """Objectives in whose custom field, or that of one of their key results, a value stands."""
        said = {f"custom_fields__{field.key}": value}
        below = {
            f"key_results__{name}": told for name, told in {**said, "binned_at": None, "archived_at": None}.items()
        }
        return self.filter(Q(pk__in=self.filter(**below).values("pk")) | Q(**said))

    def in_cycle(self, cycle: Cycle | None) -> ObjectiveQuerySet:
        """Objectives of one cycle."""
        return self.filter(cycle=cycle)

    def counted(self) -> ObjectiveQuerySet:
        """Those that roll-ups count: active or closed, not in the bin, not archived."""
        return self.filter(binned_at=None, archived_at=None).exclude(stage=Stage.DRAFT)

    def of_team(self, team: Team) -> ObjectiveQuerySet:
        """Objectives whose home is this team, alone or with others."""
        return self.filter(home=Home.TEAM, home_teams=team)

    def of_company(self) -> ObjectiveQuerySet:
        """Objectives of the whole company."""
        return self.filter(home=Home.COMPANY)


class Objective(Archivable):
    """Where to go: qualitative and inspiring, in a cycle, with one lead."""

    class Kind(models.TextChoices):
        """What reaching it means: a promise, or a stretch."""

        COMMITTED = "committed", _("Committed")
        ASPIRATIONAL = "aspirational", _("Aspirational")

    class Driver(models.TextChoices):
        """What its progress is made of."""

        KEY_RESULTS = "key_results", _("Key results")
        ALIGNED = "aligned", _("Aligned objectives")
        BOTH = "both", _("Key results and aligned objectives")

    title = models.CharField(max_length=240)
    why_it_matters = models.TextField(blank=True)
    why_now = models.TextField(blank=True)
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="objectives")
    home = models.CharField(max_length=10, choices=Home.choices)
    home_teams = models.ManyToManyField(Team, related_name="objectives")
    home_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="personal_objectives")
    lead = models.ForeignKey(Person, models.PROTECT, null=True, related_name="led_objectives")
    contributors = models.ManyToManyField(Person, related_name="contributed_objectives")
    named = models.ManyToManyField(Person, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.COMMITTED)
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.DRAFT)
    activated_at = models.DateTimeField(null=True, editable=False)
    driver = models.CharField(max_length=12, choices=Driver.choices, default=Driver.KEY_RESULTS)
    weight = ValueField(default=Decimal(1))
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    pillar = models.ForeignKey(Pillar, models.PROTECT, null=True, related_name="objectives")
    parent_objective = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    parent_key_result = models.ForeignKey("goals.KeyResult", models.PROTECT, null=True, related_name="aligned")
    parent_kpi = models.ForeignKey("goals.Kpi", models.PROTECT, null=True, related_name="improved_by")
    is_private = models.BooleanField(default=False)
    tags = models.ManyToManyField(Tag, related_name="objectives")
    custom_fields = models.JSONField(default=dict)
    origin = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="carried_to")
    language = models.CharField(max_length=10, default="en")

    objects = ObjectiveQuerySet.as_manager()

    #: The most words about a change that are asked for.
    SHORTEST_REASON: ClassVar = 3

    class Closed(Exception):
        """Raised when a closed or archived objective is asked to change."""

    class Circle(Exception):
        """Raised when an objective would hang from itself, over however many steps."""

    class NeedsReason(Exception):
        """Raised when locked goalposts are to be moved without a reason."""

    class WrongParent(Exception):
        """Raised when a goal can't hang there: archived, private to others, or twice the same."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="objective_has_one_main_parent",
                condition=Q(pillar=None, parent_objective=None, parent_key_result=None)
                | Q(pillar=None, parent_objective=None, parent_kpi=None)
                | Q(pillar=None, parent_key_result=None, parent_kpi=None)
                | Q(parent_objective=None, parent_key_result=None, parent_kpi=None),
            ),
            models.CheckConstraint(
                name="objective_of_a_person_names_one", condition=~Q(home="person") | Q(home_person__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["origin", "cycle"], condition=Q(binned_at=None), name="objective_is_carried_once"
            ),
        ]
        indexes = [
            models.Index(fields=["cycle", "stage", "title"], name="objective_by_title"),
            models.Index(
                fields=["cycle", "binned_at", "archived_at", "stage", "is_private"], name="objective_counted_in_cycle"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def seen_by(person: Person, path: str = "") -> Q:
        """Return the condition under which an objective exists for a person; ``path`` leads to the objective."""
        return Q(**{f"{path}is_private": False}) | Q(**{f"{path}pk__in": RawSQL(NAMING, [person.pk] * 3)})  # noqa: S611

    @property
    def is_open(self) -> bool:
        """Tell whether it may change: neither closed, archived nor binned."""
        return self.stage != Stage.CLOSED and self.archived_at is None and self.binned_at is None

    def lock(self, expected_version: int | None = None) -> Self:
        """Hold its cycle in its phase, then the row: everybody who writes to goals locks in this order."""
        cycle = Cycle.held(objective=self.pk)
        super().lock(expected_version)
        # Moved in between: the cycle that it is in now is the one to hold.
        self.cycle = cycle if cycle.pk == self.cycle_id else Cycle.hold(self.cycle_id)
        return self

    @property
    def first_day(self) -> date:
        """Return the day it runs from: its own, or its cycle's."""
        return self.starts_on or self.cycle.first_day

    @property
    def last_day(self) -> date:
        """Return the day it is due: its own, or its cycle's last."""
        return self.due_on or self.cycle.last_day

    @classmethod
    @transaction.atomic
    def set(
        cls,
        *,
        title: str,
        cycle: Cycle,
        home: str,
        by: Actor,
        at: datetime,
        teams: Iterable[Team] = (),
        contributors: Iterable[Person] = (),
        named: Iterable[Person] = (),
        **fields: Any,
    ) -> Objective:
        """Set a new objective, as a draft."""
        if Cycle.hold(cycle.pk).is_closed:
            raise Cycle.Closed(cycle.name)
        teams = _working(teams)
        objective = cls(title=title, cycle=cycle, home=home, **fields)
        objective._refuse_parent({name: fields.get(name) for name in PARENTS})
        objective.save()
        objective.home_teams.set(teams)
        objective.contributors.set(contributors)
        objective.named.set(named if objective.is_private else [])
        objective.record("set", by=by, at=at, after={"title": title, "cycle": cycle, "home": home, "teams": teams})
        return objective

    @transaction.atomic
    def change(
        self, *, by: Actor, at: datetime, reason: str = "", expected_version: int | None = None, **fields: Any
    ) -> None:
        """Change what it says and who leads it; locked goalposts ask for a reason (``NeedsReason``)."""
        self.lock(expected_version)
        self.refuse_when_closed()
        if fields.get("driver", self.driver) not in {self.driver, self.Driver.KEY_RESULTS}:
            Organisation.refuse_without(Feature.ALIGNED_PROGRESS)
        moved = {name for name in GOALPOSTS & set(fields) if getattr(self, name) != fields[name]}
        if moved and self.is_locked() and not reason.strip():
            raise self.NeedsReason(sorted(moved))
        self.write("amended" if moved and self.is_locked() else "changed", by=by, at=at, reason=reason, **fields)

    @transaction.atomic
    def share(
        self,
        *,
        by: Actor,
        at: datetime,
        teams: Iterable[Team] | None = None,
        contributors: Iterable[Person] | None = None,
    ) -> None:
        """Set the home teams or the contributors."""
        self.lock()
        self.refuse_when_closed()
        told: dict[str, Any] = {}
        teams = None if teams is None else list(teams)
        contributors = None if contributors is None else list(contributors)
        refuse_sharing(self, teams=teams or (), contributors=contributors or ())
        if teams is not None:
            told["teams"] = _working(teams, already=self.home_teams.all())
            self.home_teams.set(told["teams"])
        if contributors is not None:
            told["contributors"] = contributors
            self.contributors.set(told["contributors"])
        if told:
            self.write("shared", by=by, at=at, also=told)

    @transaction.atomic
    def make_private(self, private: bool, *, by: Actor, at: datetime, named: Iterable[Person] = ()) -> None:
        """Show it to its lead, contributors and the people named only, or to everybody again."""
        self.lock()
        self.refuse_when_closed()
        if private and not self.is_private:
            Organisation.refuse_without(Feature.PRIVATE_GOALS)
        self.named.set(named if private else [])
        self.write("made_private" if private else "made_public", by=by, at=at, is_private=private)

    @transaction.atomic
    def align(self, *, by: Actor, at: datetime, **parent: Any) -> None:
        """Hang it from exactly one of ``pillar``, ``parent_objective``, ``parent_key_result``, ``parent_kpi``, or none.

        Raises ``Circle`` when it would hang from itself. All alignments take
        the organisation's lock first: two people who draw half a circle each
        at the same moment can't both win.
        """
        Organisation.the().lock()
        self.lock()
        self.refuse_when_closed()
        places: dict[str, Any] = {name: parent.get(name) for name in PARENTS}
        for place in places.values():
            _hold(place)
        self._refuse_parent(places)
        self.write("aligned", by=by, at=at, **places)

    @transaction.atomic
    def support(self, other: Objective, *, by: Actor, at: datetime) -> None:
        """Say that it helps another objective, without any progress flowing there.

        Raises ``WrongParent`` for the one that it hangs from already, itself or over a key result.
        """
        Organisation.the().lock()
        self.lock()
        self.refuse_when_closed()
        if other.pk in {self.pk, *_parents_of({name: getattr(self, name) for name in PARENTS})}:
            raise self.WrongParent(str(_("It hangs from this goal already: one link is enough.")))
        if other.lock().binned_at is not None or other.is_archived:
            raise self.WrongParent(str(_("This was archived: nothing new can hang from it.")))
        _row, new = Support.objects.get_or_create(objective=self, supported=other)
        if new:
            self.write("supports", by=by, at=at, also={"supported": other})

    @transaction.atomic
    def support_no_more(self, other: Objective, *, by: Actor, at: datetime) -> None:
        """Take a supports link off again."""
        self.lock()
        self.refuse_when_closed()
        gone, _rows = Support.objects.filter(objective=self, supported=other).delete()
        if gone:
            self.write("support_withdrawn", by=by, at=at, also={"supported": other})

    @transaction.atomic
    def tag(self, tags: Iterable[Tag], *, by: Actor, at: datetime) -> None:
        """Put these tags on it, and take the others off."""
        self.lock()
        self.refuse_when_closed()
        told = put_on(self, tags)
        if told is not None:
            self.write("tagged", by=by, at=at, also=told)

    @transaction.atomic
    def move(
        self,
        *,
        by: Actor,
        at: datetime,
        cycle: Cycle | None = None,
        home: str = "",
        teams: Iterable[Team] = (),
        home_person: Person | None = None,
        reason: str = "",
        expected_version: int | None = None,
    ) -> Event | None:
        """Move it to another cycle, another home or both; address, history, comments and links stay.

        Raises ``NeedsReason`` where locked goalposts move with the cycle, and ``Cycle.Closed`` for a closed one.
        """
        target = Cycle.hold((cycle or self.cycle).pk)
        self.lock(expected_version)
        self.refuse_when_closed()
        if target.is_closed:
            raise Cycle.Closed(target.name)
        if target != self.cycle and self.is_locked() and not reason.strip():
            raise self.NeedsReason(["cycle"])
        told = self._rehome(list(teams)) if home else {}
        places = {"home": home, "home_person": home_person if home == Home.PERSON else None} if home else {}
        event = self.write("moved", by=by, at=at, reason=reason, also=told, cycle=target, **places)
        if target.is_locked:
            for key_result in self.key_results.filter(stage=Stage.ACTIVE, binned_at=None, archived_at=None):
                key_result.commit(at=at)
        return event

    def _rehome(self, teams: list[Team]) -> dict[str, Any]:
        before = list(self.home_teams.order_by("pk"))
        teams = _working(teams, already=before)
        if {team.pk for team in before} == {team.pk for team in teams}:
            return {}
        self.home_teams.set(teams)
        return {"teams": teams, "teams_before": before}

    @transaction.atomic
    def activate(self, *, by: Actor, at: datetime) -> list[Any]:
        """Start it, and every key result that is ready; return those that are not and stay drafts."""
        self.lock()
        self.refuse_when_closed()
        if self.stage == Stage.DRAFT:
            self.write("activated", by=by, at=at, stage=Stage.ACTIVE, activated_at=at)
        waiting = []
        for key_result in self.key_results.filter(stage=Stage.DRAFT, binned_at=None).order_by("pk"):
            try:
                with transaction.atomic():
                    key_result.activate(by=by, at=at)
            except (key_result.NotReady, key_result.NeedsWaiver, key_result.NoWay):
                waiting.append(key_result)
        return waiting

    @transaction.atomic
    def take_activation_back(self, *, by: Actor, at: datetime, reason: str = "") -> None:
        """Make it a draft again, as it was before somebody activated it by mistake."""
        self.lock()
        self.refuse_when_closed()
        if self.stage == Stage.ACTIVE:
            self.write("activation_taken_back", by=by, at=at, reason=reason, stage=Stage.DRAFT, activated_at=None)

    def is_locked(self) -> bool:
        """Tell whether its goalposts are locked: since its cycle became active, or its own activation after that."""
        return self.cycle.is_locked and self.stage == Stage.ACTIVE

    @transaction.atomic
    def bin(self, *, by: Actor, at: datetime) -> None:
        """Put it into the bin; what a closed cycle holds stays there."""
        self.lock().refuse_in_closed_cycle()
        super().bin(by=by, at=at)

    @transaction.atomic
    def archive(self, *, by: Actor, at: datetime) -> None:
        """Put it away; what a closed cycle holds stays in its report."""
        self.lock().refuse_in_closed_cycle()
        super().archive(by=by, at=at)

    def refuse_in_closed_cycle(self) -> None:
        """Raise ``Cycle.Closed`` when the record of its cycle is closed."""
        if self.cycle.is_closed:
            raise Cycle.Closed(self.cycle.name)

    def refuse_when_closed(self) -> None:
        """Raise what keeps it from changing: its cycle or itself is closed or put away."""
        self.refuse_in_closed_cycle()
        if not self.is_open:
            raise self.Closed(self.title)

    def _refuse_parent(self, places: dict[str, Any]) -> None:
        parents = [parent for parent in places.values() if parent is not None]
        if len(parents) > 1:
            raise self.WrongParent(str(_("A goal hangs from one place.")))
        if places.get("parent_kpi") not in {None, self.parent_kpi}:
            Organisation.refuse_without(Feature.KPIS)
        for parent in parents:
            above = parent.objective if parent.noun == "key_result" else parent
            if any(_is_gone(each) for each in (parent, above)):
                raise self.WrongParent(str(_("This was archived: nothing new can hang from it.")))
            self._refuse_circle(parent)
        if self.pk and self.supports.filter(supported__in=_parents_of(places)).exists():
            raise self.WrongParent(str(_("It supports this goal already: take that link off first.")))

    def _refuse_circle(self, parent: Any) -> None:
        above = parent.objective if parent.noun == "key_result" else parent
        if above.noun != "objective" or self.pk is None:
            return
        if above.pk == self.pk or above.pk in descendants([self.pk]):
            raise self.Circle(self.title)


def _working(teams: Iterable[Team], already: Iterable[Team] = ()) -> list[Team]:
    """Return teams that may get a goal; one that ended may keep what it has."""
    rows, kept = list(teams), set(already)
    if any(not team.is_open and team not in kept for team in rows):
        raise Objective.WrongParent(str(_("An archived team gets no new goals.")))
    return rows


def refuse_sharing(goal: Any, *, teams: Collection[Team] = (), contributors: Collection[Person] = ()) -> None:
    """Refuse more teams or contributors than a goal has, where goals are not shared (``SwitchedOff``)."""
    more = bool(set(contributors) - set(goal.contributors.all())) if contributors else False
    if not more and len(teams) > 1:
        more = bool(set(teams) - set(goal.home_teams.all()))
    if more:
        Organisation.refuse_without(Feature.SHARED_OWNERSHIP)


def _hold(parent: Any) -> None:
    """Lock what a goal is to hang from, the objective before its key result: nobody archives it meanwhile."""
    if parent is not None and parent.noun == "key_result":
        parent.objective.lock()
    if parent is not None:
        parent.lock()


def _is_gone(parent: Any) -> bool:
    return parent.binned_at is not None or getattr(parent, "archived_at", None) is not None


def _parents_of(places: dict[str, Any]) -> set[int]:
    """Return the objective that a goal hangs from, directly or over a key result."""
    result, above = places.get("parent_key_result"), places.get("parent_objective")
    return {result.objective_id} if result else {above.pk} if above else set()


class Support(models.Model):
    """A link that is shown and carries no progress."""

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="supports")
    supported = models.ForeignKey(Objective, models.CASCADE, related_name="supported_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["objective", "supported"], name="support_is_said_once"),
            models.CheckConstraint(name="nothing_supports_itself", condition=~Q(objective=models.F("supported"))),
        ]

    def __str__(self) -> str:
        return f"{self.objective_id} supports {self.supported_id}"

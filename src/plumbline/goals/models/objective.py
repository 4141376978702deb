"""Objectives: where to go, and what hangs from what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plumbline.goals.models.cycle import Cycle
from plumbline.goals.models.strategy import Pillar
from plumbline.goals.tree import descendants
from plumbline.people.models import Actor, Archivable, Noun, Organisation, Person, Team
from plumbline.values.exact import ValueField

#: The four columns of which at most one holds the main parent.
PARENTS = ("pillar", "parent_objective", "parent_key_result", "parent_kpi")

#: What may not change quietly once the goalposts are locked.
GOALPOSTS = frozenset({"title", "weight", "lead"})


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


class Tag(Noun):
    """A word to find goals by."""

    name = models.CharField(max_length=40)
    description = models.CharField(max_length=200, blank=True)
    hue = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name"], condition=Q(binned_at=None), name="tag_name_is_free")]

    def __str__(self) -> str:
        return self.name


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    """Questions about objectives."""

    def visible_to(self, person: Person) -> ObjectiveQuerySet:
        """What exists for this person: all that is not private, and the private ones that name them."""
        return self.filter(Q(binned_at=None) & Objective.seen_by(person))

    def binned_for(self, person: Person) -> ObjectiveQuerySet:
        """What this person would see, were it not in the bin."""
        return self.filter(~Q(binned_at=None) & Objective.seen_by(person))

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
        indexes = [models.Index(fields=["cycle", "stage"], name="objective_in_cycle")]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def seen_by(person: Person, path: str = "") -> Q:
        """Return the condition under which an objective exists for a person; ``path`` leads to the objective."""
        mine = Objective.objects.filter(is_private=True).filter(
            Q(lead=person)
            | Q(pk__in=Objective.contributors.through.objects.filter(person=person).values("objective"))
            | Q(pk__in=Objective.named.through.objects.filter(person=person).values("objective"))
        )
        return Q(**{f"{path}is_private": False}) | Q(**{f"{path}pk__in": mine.values("pk")})

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
        teams = list(teams)
        if any(team.is_archived for team in teams):
            raise cls.WrongParent(str(_("An archived team gets no new goals.")))
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
        if teams is not None:
            told["teams"] = list(teams)
            self.home_teams.set(told["teams"])
        if contributors is not None:
            told["contributors"] = list(contributors)
            self.contributors.set(told["contributors"])
        if told:
            self.write("shared", by=by, at=at, also=told)

    @transaction.atomic
    def make_private(self, private: bool, *, by: Actor, at: datetime, named: Iterable[Person] = ()) -> None:
        """Show it to its lead, contributors and the people named only, or to everybody again."""
        self.lock()
        self.refuse_when_closed()
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
        self._refuse_parent(places)
        self.write("aligned", by=by, at=at, **places)

    @transaction.atomic
    def support(self, other: Objective, *, by: Actor, at: datetime) -> None:
        """Say that it helps another objective, without any progress flowing there."""
        self.lock()
        self.refuse_when_closed()
        _row, new = Support.objects.get_or_create(objective=self, supported=other)
        if new:
            self.write("supports", by=by, at=at, also={"supported": other})

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
            except (key_result.NotReady, key_result.NeedsWaiver):
                waiting.append(key_result)
        return waiting

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
        for parent in parents:
            if parent.binned_at is not None or getattr(parent, "archived_at", None) is not None:
                raise self.WrongParent(str(_("This was archived: nothing new can hang from it.")))
            self._refuse_circle(parent)

    def _refuse_circle(self, parent: Any) -> None:
        above = parent.objective if parent.noun == "key_result" else parent
        if above.noun != "objective" or self.pk is None:
            return
        if above.pk == self.pk or above.pk in descendants([self.pk]):
            raise self.Circle(self.title)


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

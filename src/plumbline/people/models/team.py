"""Teams and who is in them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from plumbline.people.models.actor import Actor
from plumbline.people.models.noun import Archivable
from plumbline.people.models.person import Person


class TeamQuerySet(models.QuerySet["Team"]):
    """Questions about teams."""

    def open(self) -> TeamQuerySet:
        """Teams that work: neither archived nor binned."""
        return self.filter(archived_at=None, binned_at=None)


class Team(Archivable):
    """A group of people with goals of its own."""

    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=240, blank=True)
    lead = models.ForeignKey(Person, models.PROTECT, null=True, related_name="leads_teams")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")

    objects = TeamQuerySet.as_manager()

    class Circle(Exception):
        """Raised when a team would stand above itself."""

    class NameTaken(Exception):
        """Raised when another open team has the name."""

    class Archived(Exception):
        """Raised when an archived team would take somebody in, or stand above a new team."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(binned_at=None, archived_at=None), name="team_name_is_free"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def form(cls, *, name: str, by: Actor, at: datetime, **fields: Any) -> Team:
        """Make a new team."""
        team = cls(name=name, **fields)
        team._refuse_taken_name(name)
        team._refuse_archived_parent(team.parent)
        team.save()
        team.record("formed", by=by, at=at, after={"name": name})
        return team

    @transaction.atomic
    def change(self, *, by: Actor, at: datetime, expected_version: int | None = None, **fields: Any) -> None:
        """Change name, purpose, lead or the team above; a team never stands above itself (``Circle``)."""
        if "parent" in fields:
            list(Team.objects.order_by("pk").select_for_update().values_list("pk"))
        self.lock(expected_version)
        self._refuse_taken_name(fields.get("name", self.name))
        self._refuse_circle(fields.get("parent"))
        if fields.get("parent") != self.parent:
            self._refuse_archived_parent(fields.get("parent"))
        self.write("changed", by=by, at=at, **fields)

    @transaction.atomic
    def add(self, person: Person, *, by: Actor, at: datetime, on: date) -> None:
        """Take somebody in from a day on."""
        self.lock()
        if self.is_archived:
            raise self.Archived(self.name)
        _row, new = Membership.objects.get_or_create(
            person=person, team=self, last_day=None, defaults={"first_day": on}
        )
        if new:
            self.write("member_added", by=by, at=at, also={"person": person})

    @transaction.atomic
    def remove(self, person: Person, *, by: Actor, at: datetime, on: date) -> None:
        """Let somebody go; the time in the team stays known."""
        self.lock()
        if self.memberships.filter(person=person, last_day=None).update(last_day=on):
            self.write("member_removed", by=by, at=at, also={"person": person})

    @transaction.atomic
    def unarchive(self, *, by: Actor, at: datetime) -> None:
        """Let the team work again; ``NameTaken`` where another bears its name by now."""
        self.lock()
        self._refuse_taken_name(self.name)
        super().unarchive(by=by, at=at)

    @transaction.atomic
    def restore(self, *, by: Actor, at: datetime) -> None:
        """Take the team out of the bin; ``NameTaken`` where another bears its name by now."""
        self.lock()
        if not self.is_archived:
            self._refuse_taken_name(self.name)
        super().restore(by=by, at=at)

    @property
    def is_open(self) -> bool:
        """Tell whether it works: whoever would get a goal, neither archived nor binned."""
        return self.archived_at is None and self.binned_at is None

    def members(self) -> models.QuerySet[Person]:
        """Return the people who are in the team now, by name."""
        here = Membership.objects.filter(team=self, last_day=None)
        people: models.QuerySet[Person] = Person.objects.present().filter(pk__in=here.values("person")).order_by("name")
        return people

    def _refuse_taken_name(self, name: str) -> None:
        if Team.objects.open().filter(name=name).exclude(pk=self.pk).exists():
            raise self.NameTaken(name)

    def _refuse_archived_parent(self, parent: Team | None) -> None:
        if parent is not None and parent.is_archived:
            raise self.Archived(parent.name)

    def _refuse_circle(self, parent: Team | None) -> None:
        above = parent
        while above is not None:
            if above.pk == self.pk:
                raise self.Circle(self.name)
            above = above.parent


class Membership(models.Model):
    """One person's time in one team."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "team"], condition=Q(last_day=None), name="membership_is_single"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.team_id}"

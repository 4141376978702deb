"""Looks at the table of goals that people keep: filters, order and columns by a name, for oneself or for all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from plumbline.people.models import Actor, Event, Noun, Person


class GoalsViewQuerySet(models.QuerySet["GoalsView"]):
    """Questions about views."""

    def visible_to(self, person: Person) -> GoalsViewQuerySet:
        """Their own, and what others share."""
        return self.filter(Q(owner=person) | Q(shared=True), binned_at=None)

    def kept_by(self, person: Person) -> GoalsViewQuerySet:
        """Their own."""
        return self.filter(owner=person, binned_at=None)


class GoalsView(Noun):
    """A look at the table of goals, by a name: what its address says."""

    owner = models.ForeignKey(Person, models.CASCADE, related_name="goals_views")
    name = models.CharField(max_length=60)
    query = models.TextField(blank=True)
    shared = models.BooleanField(default=False)

    #: Whoever keeps a view for themselves tells nobody what they look at.
    audience = Event.Audience.SELF

    objects = GoalsViewQuerySet.as_manager()

    class Nameless(Exception):
        """Raised when a view would have no name, or no owner."""

    class Meta:
        indexes = [models.Index(fields=["owner"], condition=Q(binned_at=None), name="goals_view_of_owner")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def keep(cls, *, name: str, query: str, by: Actor, at: datetime, shared: bool = False) -> GoalsView:
        """Keep a look at the goals under a name."""
        if not name.strip() or by.person is None:
            raise cls.Nameless
        view = cls.objects.create(owner=by.person, name=name.strip(), query=query, shared=shared)
        view.record("kept", by=by, at=at, after={"name": view.name, "query": query, "shared": shared})
        return view

    @transaction.atomic
    def change(self, *, by: Actor, at: datetime, expected_version: int | None = None, **fields: Any) -> None:
        """Call it something else, let it show something else, or share it."""
        self.lock(expected_version)
        self.write("changed", by=by, at=at, **fields)

    @transaction.atomic
    def open_first(self, first: bool, *, by: Actor, at: datetime) -> None:
        """Let the goals open with it for somebody, or no longer."""
        self.lock()
        there = FirstView.objects.filter(person=by.person)
        if first == there.filter(view=self).exists() or by.person is None:
            return
        there.delete()
        if first:
            FirstView.objects.create(person=by.person, view=self)
        self.write("put_first" if first else "put_first_no_more", by=by, at=at, also={"person": by.person})


class FirstView(models.Model):
    """That the goals open with a view for somebody."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="first_view")
    view = models.ForeignKey(GoalsView, models.CASCADE, related_name="first_of")

    def __str__(self) -> str:
        return f"{self.person_id} starts with {self.view_id}"

"""Comments on objectives."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction
from django.db.models import Q

from plumbline.goals.models.key_result import KeyResult
from plumbline.goals.models.objective import Objective
from plumbline.people.models import Actor, Noun, Person


class CommentQuerySet(models.QuerySet["Comment"]):
    """Questions about comments."""

    def visible_to(self, person: Person) -> CommentQuerySet:
        """What exists for this person: the comments on the objectives that do."""
        return self.filter(Q(binned_at=None, objective__binned_at=None) & Objective.seen_by(person, "objective__"))


class Comment(Noun):
    """What somebody said about an objective, or about one of its key results."""

    objective = models.ForeignKey(Objective, models.PROTECT, related_name="comments")
    key_result = models.ForeignKey(KeyResult, models.PROTECT, null=True, related_name="comments")
    author = models.ForeignKey(Person, models.PROTECT, related_name="comments")
    text = models.TextField()
    said_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=10, default="en")

    objects = CommentQuerySet.as_manager()

    class Empty(Exception):
        """Raised when there is nothing in it."""

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def under(self) -> str:
        """The public id of its objective, in whose feed its events stand."""
        return self.objective.public_id

    @classmethod
    @transaction.atomic
    def say(
        cls, objective: Objective, text: str, *, by: Actor, at: datetime, key_result: KeyResult | None = None
    ) -> Comment:
        """Say something about an objective."""
        if not text.strip() or by.person is None:
            raise cls.Empty
        comment = cls.objects.create(
            objective=objective, key_result=key_result, author=by.person, text=text.strip(), said_at=at
        )
        comment.record("said", by=by, at=at, after={"objective": objective})
        return comment

    @transaction.atomic
    def edit(self, text: str, *, by: Actor, at: datetime) -> None:
        """Say it differently; that it was edited is shown."""
        if not text.strip():
            raise self.Empty
        self.lock()
        self.write("edited", by=by, at=at, text=text.strip(), edited_at=at)

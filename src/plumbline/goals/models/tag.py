"""Tags: words to find goals by, across teams and cycles."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import Q

from plumbline.people.models import Actor, Noun, Organisation

if TYPE_CHECKING:
    from plumbline.goals.models.key_result import KeyResult
    from plumbline.goals.models.objective import Objective

HUES = 12


class TagQuerySet(models.QuerySet["Tag"]):
    """Questions about tags."""

    def in_use(self) -> TagQuerySet:
        """Tags that can be put on goals, by name."""
        return self.filter(binned_at=None).order_by("name")


class Tag(Noun):
    """A word to find goals by."""

    name = models.CharField(max_length=40)
    description = models.CharField(max_length=200, blank=True)
    hue = models.PositiveSmallIntegerField(default=0)

    objects = TagQuerySet.as_manager()

    class NameTaken(Exception):
        """Raised when another tag has the name, however it is spelled."""

    class Itself(Exception):
        """Raised when a tag would go up in itself, or in one that lies in the bin."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name"], condition=Q(binned_at=None), name="tag_name_is_free")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def make(cls, *, name: str, by: Actor, at: datetime, description: str = "", hue: int = 0) -> Tag:
        """Make a tag; ``NameTaken`` where one is called that already."""
        Organisation.the().lock()
        _refuse_taken(name, None)
        tag = cls.objects.create(name=name, description=description, hue=hue)
        tag.record("made", by=by, at=at, after={"name": name, "description": description, "hue": hue})
        return tag

    @transaction.atomic
    def change(self, *, by: Actor, at: datetime, expected_version: int | None = None, **fields: Any) -> None:
        """Change its name, what it is for, or its colour."""
        Organisation.the().lock()
        self.lock(expected_version)
        _refuse_taken(fields.get("name", self.name), self.pk)
        self.write("changed", by=by, at=at, **fields)

    @transaction.atomic
    def merge_into(self, other: Tag, *, by: Actor, at: datetime) -> None:
        """Let it go up in another tag: whatever bears this one bears the other from now on."""
        Organisation.the().lock()
        self.lock()
        other.lock()
        if other.pk == self.pk or other.binned_at is not None or self.binned_at is not None:
            raise self.Itself(self.name)
        for goals in (self.objectives, self.key_results):
            for goal in goals.order_by("pk"):
                goal.tags.add(other)
            goals.clear()
        self.write("merged", by=by, at=at, also={"into": other}, binned_at=at, binned_by=by.person)

    @transaction.atomic
    def restore(self, *, by: Actor, at: datetime) -> None:
        """Take it out of the bin; ``NameTaken`` where another tag bears its name by now."""
        Organisation.the().lock()
        _refuse_taken(self.name, self.pk)
        super().restore(by=by, at=at)


def put_on(goal: Objective | KeyResult, tags: Iterable[Tag]) -> dict[str, list[Tag]] | None:
    """Make these the tags of a goal; return what the log is told, None when they are its tags already.

    What lies in the bin stays on it, unseen.
    """
    wanted, before = list(tags), list(goal.tags.in_use())
    if set(wanted) == set(before):
        return None
    goal.tags.remove(*(set(before) - set(wanted)))
    goal.tags.add(*wanted)
    return {"tags": wanted, "tags_before": before}


def _refuse_taken(name: str, key: int | None) -> None:
    others = Tag.objects.in_use().values_list("pk", "name")
    if _folded(name) in {_folded(other) for pk, other in others if pk != key}:
        raise Tag.NameTaken(name)


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))

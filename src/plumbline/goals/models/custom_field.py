"""Custom fields: what this organisation notes on its goals beside what every goal has."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from plumbline.people.models import Actor, Archivable
from plumbline.values.unit import NotANumber, Unit

LONGEST = 400


class CustomFieldQuerySet(models.QuerySet["CustomField"]):
    """Questions about custom fields."""

    def asked_of(self, noun: str) -> CustomFieldQuerySet:
        """Fields that goals of a kind have now (``objective`` or ``key_result``), in their order."""
        kept = self.filter(binned_at=None, archived_at=None, goals__in=[noun, CustomField.Goals.BOTH])
        return kept.order_by("place", "pk")


class CustomField(Archivable):
    """A field that an admin adds to objectives, key results or both."""

    class Kind(models.TextChoices):
        """What stands in it."""

        TEXT = "text", _("Text")
        NUMBER = "number", _("Number")
        DATE = "date", _("Date")
        CHOICE = "choice", _("One of a list")
        LINK = "link", _("Link")

    class Goals(models.TextChoices):
        """Which goals have it."""

        OBJECTIVE = "objective", _("Objectives")
        KEY_RESULT = "key_result", _("Key results")
        BOTH = "both", _("Objectives and key results")

    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    goals = models.CharField(max_length=10, choices=Goals.choices, default=Goals.OBJECTIVE)
    choices = models.JSONField(default=list)
    place = models.PositiveSmallIntegerField(default=0)

    objects = CustomFieldQuerySet.as_manager()

    class BadValue(Exception):
        """Raised when something is to stand in it that is not of its kind."""

    class NoChoices(Exception):
        """Raised when a list would have nothing to choose from."""

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """The name under which goals keep its value, and addresses ask for it."""
        return f"field_{self.public_id}"

    @classmethod
    @transaction.atomic
    def define(
        cls, *, name: str, kind: str, by: Actor, at: datetime, goals: str = Goals.OBJECTIVE, choices: Any = ()
    ) -> CustomField:
        """Add a field behind the last one; its kind stays what it is."""
        if kind == cls.Kind.CHOICE and not choices:
            raise cls.NoChoices(name)
        field = cls.objects.create(name=name, kind=kind, goals=goals, choices=list(choices), place=cls.objects.count())
        field.record("defined", by=by, at=at, after={"name": name, "kind": kind, "goals": goals})
        return field

    @transaction.atomic
    def change(self, *, by: Actor, at: datetime, expected_version: int | None = None, **fields: Any) -> None:
        """Change its name, its place, which goals have it, or what can be chosen; values that stand stay."""
        self.lock(expected_version)
        if self.kind == self.Kind.CHOICE and not fields.get("choices", self.choices):
            raise self.NoChoices(self.name)
        self.write("changed", by=by, at=at, **fields)

    def read(self, value: Any, *, kept: str = "") -> str:
        """Return a value as goals keep it, or raise ``BadValue``; ``kept`` stays even where it can't be chosen now."""
        if value is None or str(value).strip() == "":
            return ""
        text = str(value).strip()
        if text == kept:
            return text
        if len(text) > LONGEST or not self._fits(text):
            raise self.BadValue(self.name)
        return format(Unit().read(text), "f") if self.kind == self.Kind.NUMBER else text

    def _fits(self, text: str) -> bool:
        match self.kind:
            case self.Kind.NUMBER:
                return _reads(Unit().read, text, NotANumber)
            case self.Kind.DATE:
                return _reads(date.fromisoformat, text, ValueError)
            case self.Kind.CHOICE:
                return text in self.choices
            case self.Kind.LINK:
                return _reads(urlsplit, text, ValueError) and urlsplit(text).scheme in {"http", "https"}
            case _:
                return True


def _reads(read: Any, text: str, refusal: type[Exception]) -> bool:
    try:
        read(text)
    except refusal:
        return False
    return True

"""What every mutable noun has: a public id, a version, the bin, and one way to change it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models, transaction

from plumbline.people.models.actor import Actor
from plumbline.people.models.event import Event, plain_data
from plumbline.values.public_id import PublicIdField


class Noun(models.Model):
    """Something people change, that remembers how often and by whom.

    Verbs call ``lock`` first and ``write`` last, inside one transaction: two
    people on one noun either both win (different fields, no version sent) or
    one is told (``Clash``).
    """

    public_id = PublicIdField()
    version = models.PositiveIntegerField(default=1, editable=False)
    binned_at = models.DateTimeField(null=True, editable=False)
    binned_by = models.ForeignKey("people.Person", models.PROTECT, null=True, editable=False, related_name="+")

    #: Whether a change of this noun is for admins' eyes or for everyone who sees it.
    audience: ClassVar[str] = Event.Audience.EVERYONE

    #: Fields of which the log says that they changed, and not to what: erasing a person leaves it whole.
    untold: ClassVar[frozenset[str]] = frozenset()

    class Clash(Exception):
        """Raised when somebody else changed the noun since the sender read it."""

        def __init__(self, noun: Noun, since: list[Event]) -> None:
            super().__init__(f"{noun} was changed meanwhile")
            self.noun = noun
            self.since = since

    class Meta:
        abstract = True

    @property
    def noun(self) -> str:
        """The noun's name in events and addresses, such as ``key_result``."""
        return "".join("_" + letter.lower() if letter.isupper() else letter for letter in type(self).__name__).strip(
            "_"
        )

    @property
    def under(self) -> str:
        """The public id of what the noun belongs to, for its feed; itself when it stands alone."""
        return self.public_id

    @classmethod
    def to_lock(cls) -> models.QuerySet[Any]:
        """Return the rows as ``lock`` reads them: each alone is held."""
        rows: models.QuerySet[Any] = cls._base_manager.select_for_update(of=("self",))
        return rows

    def lock(self, expected_version: int | None = None) -> Self:
        """Read the row anew and hold it until the transaction ends.

        Raises ``Clash`` when ``expected_version`` is not the row's version.
        """
        self.refresh_from_db(from_queryset=self.to_lock())
        if expected_version is not None and expected_version != self.version:
            raise self.Clash(self, self._events_since(expected_version))
        return self

    def write(
        self,
        verb: str,
        *,
        by: Actor,
        at: datetime,
        reason: str = "",
        also: Mapping[str, Any] | None = None,
        **changes: Any,
    ) -> Event | None:
        """Save the changed fields, raise the version, and leave one event; None when nothing changed.

        ``also`` is told in the event's ``after`` without being a field.
        """
        event = self.alter(verb, by=by, at=at, reason=reason, also=also, **changes)
        if event is not None:
            self.save(update_fields=[*event.before, "version"])
            event.save(force_insert=True)
        return event

    def alter(
        self,
        verb: str,
        *,
        by: Actor,
        at: datetime,
        reason: str = "",
        also: Mapping[str, Any] | None = None,
        **changes: Any,
    ) -> Event | None:
        """Change the fields and return the event of it, both unsaved: ``write`` saves them, many at once wait."""
        before = {name: getattr(self, name) for name, value in changes.items() if getattr(self, name) != value}
        if not before and not also:
            return None
        for name in before:
            setattr(self, name, changes[name])
        self.version += 1
        after = {**{name: changes[name] for name in before}, **(also or {})}
        return self.event(verb, by=by, at=at, before=before, after=after, reason=reason)

    def record(
        self,
        verb: str,
        *,
        by: Actor,
        at: datetime,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        reason: str = "",
        audience: str = "",
    ) -> Event:
        """Leave an event about this noun, for those who may read of it; ``audience`` can be narrower."""
        event = self.event(verb, by=by, at=at, before=before, after=after, reason=reason, audience=audience)
        event.save(force_insert=True)
        return event

    def event(
        self,
        verb: str,
        *,
        by: Actor,
        at: datetime,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        reason: str = "",
        audience: str = "",
    ) -> Event:
        """Return an event about this noun, unsaved."""
        return Event.of(
            verb,
            noun=self.noun,
            key=self.public_id,
            under=self.under,
            by=by,
            at=at,
            before=self._tellable(before or {}),
            after={**self._tellable(after or {}), "version": self.version},
            reason=reason,
            audience=audience or self.audience,
        )

    @transaction.atomic
    def bin(self, *, by: Actor, at: datetime) -> None:
        """Put it into the bin; ``restore`` brings all of it back."""
        self.lock()
        if self.binned_at is None:
            self.write("binned", by=by, at=at, binned_at=at, binned_by=by.person)

    @transaction.atomic
    def restore(self, *, by: Actor, at: datetime) -> None:
        """Take it out of the bin."""
        self.lock()
        if self.binned_at is not None:
            self.write("restored", by=by, at=at, binned_at=None, binned_by=None)

    def _tellable(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: None if name in self.untold else value for name, value in plain_data(values).items()}

    def _events_since(self, version: int) -> list[Event]:
        later = Event.objects.about(self.noun, self.public_id).select_related("actor")
        return [event for event in later[:50] if event.after.get("version", 0) > version]


class Archivable(Noun):
    """A noun that can be put away: out of lists, trees and averages, open by its address, and back at any time."""

    archived_at = models.DateTimeField(null=True, editable=False)
    archived_by = models.ForeignKey("people.Person", models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        abstract = True

    @property
    def is_archived(self) -> bool:
        """Tell whether it was put away: nothing new may be hung from it or made in it."""
        return self.archived_at is not None

    @transaction.atomic
    def archive(self, *, by: Actor, at: datetime) -> None:
        """Put it away; its history stays."""
        self.lock()
        self.write("archived", by=by, at=at, archived_at=at, archived_by=by.person)

    @transaction.atomic
    def unarchive(self, *, by: Actor, at: datetime) -> None:
        """Bring it back with everything on it."""
        self.lock()
        self.write("unarchived", by=by, at=at, archived_at=None, archived_by=None)

"""Invitations: one-time links by which people come in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import ClassVar

from django.core.signing import BadSignature, Signer
from django.db import models, transaction

from plumbline.people.models.actor import Actor
from plumbline.people.models.event import Event
from plumbline.people.models.noun import Noun
from plumbline.people.models.person import Person, Role
from plumbline.people.models.team import Team


class Invitation(Noun):
    """A link for one person, good once and for a fortnight.

    The secret in the link is a signature over the public id, so that nothing in
    the database is enough to come in and the letter can be written later.
    """

    audience: ClassVar[str] = Event.Audience.ADMINS

    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    GOOD_FOR: ClassVar = timedelta(days=14)
    _SIGNER: ClassVar = Signer(salt="plumbline.invitation")

    class Stale(Exception):
        """Raised when the link was used, withdrawn, replaced, or is too old."""

    class Gone(Exception):
        """Raised when somebody who left, or has no address, would be invited."""

    def __str__(self) -> str:
        return f"invitation of {self.person_id}"

    @classmethod
    @transaction.atomic
    def invite(
        cls,
        *,
        name: str,
        email: str,
        by: Actor,
        at: datetime,
        on: date,
        role: str = Role.MEMBER,
        teams: Iterable[Team] = (),
    ) -> Invitation:
        """Add somebody to the organisation and to teams from a day on, and send them a link, all or nothing."""
        person = Person.reserve(name=name, email=email, role=role, by=by, at=at)
        for team in teams:
            team.add(person, by=by, at=at, on=on)
        return cls.send(person, by=by, at=at)

    @classmethod
    @transaction.atomic
    def send(cls, person: Person, *, by: Actor, at: datetime) -> Invitation:
        """Invite a person; an earlier link stops working. The letter leaves through the event.

        Somebody who is in already gets a link to choose a new password with,
        and can go on signing in as before.
        """
        person.lock()
        if person.state == Person.State.ARCHIVED or not person.email:
            raise cls.Gone(person.name)
        cls.objects.filter(person=person, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
        invitation = cls.objects.create(person=person, made_at=at, expires_at=at + cls.GOOD_FOR)
        state = Person.State.ACTIVE if person.state == Person.State.ACTIVE else Person.State.INVITED
        person.write("invited", by=by, at=at, state=state, also={"invitation": invitation})
        return invitation

    @classmethod
    def find(cls, secret: str, *, at: datetime) -> Invitation:
        """Return the open invitation that the link's secret names; raises ``Stale`` otherwise."""
        try:
            key = cls._SIGNER.unsign(secret)
        except BadSignature as error:
            raise cls.Stale from error
        invitation = cls.objects.select_related("person").filter(public_id=key).first()
        if invitation is None or not invitation.is_open(at):
            raise cls.Stale
        return invitation

    @property
    def secret(self) -> str:
        """What the link ends in."""
        return self._SIGNER.sign(self.public_id)

    def is_open(self, at: datetime) -> bool:
        """Tell whether the link still works."""
        waits = self.used_at is None and self.withdrawn_at is None and at < self.expires_at
        return waits and self.person.binned_at is None and self.person.state != Person.State.ARCHIVED

    @transaction.atomic
    def accept(self, *, name: str, password: str, at: datetime) -> Person:
        """Come in by this link; it never works again."""
        self.person.lock()
        self.lock()
        if not self.is_open(at):
            raise self.Stale
        self.used_at = at
        self.save(update_fields=["used_at"])
        self.person.join(name=name, password=password, by=Actor(person=self.person), at=at)
        return self.person

"""Tokens: how programs act for a person."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plumbline.people.models.actor import Actor
from plumbline.people.models.event import Event
from plumbline.people.models.noun import Noun
from plumbline.people.models.person import Person


class TokenQuerySet(models.QuerySet["Token"]):
    """Questions about tokens."""

    def usable(self, at: datetime) -> TokenQuerySet:
        """Tokens that still open a door: not revoked, not expired, of somebody who may sign in."""
        alive = Q(expires_at=None) | Q(expires_at__gt=at)
        return self.filter(alive, revoked_at=None, person__state=Person.State.ACTIVE, person__binned_at=None)


class Token(Noun):
    """A secret that acts for a person with at most that person's rights; only its hash is kept."""

    audience: ClassVar[str] = Event.Audience.SELF

    class Scope(models.TextChoices):
        """What a token may do."""

        READ = "read", _("Read only")
        WRITE = "write", _("Read and write")

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    scope = models.CharField(max_length=10, choices=Scope.choices, default=Scope.READ)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    used_on = models.DateField(null=True)

    objects = TokenQuerySet.as_manager()

    PREFIX: ClassVar = "plumb_"

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def make(
        cls, *, person: Person, name: str, scope: str, by: Actor, at: datetime, expires_at: datetime | None = None
    ) -> tuple[Token, str]:
        """Make a token; its secret is returned here and never again."""
        secret = cls.PREFIX + secrets.token_urlsafe(32)
        token = cls.objects.create(
            person=person, name=name, scope=scope, digest=cls.hashed(secret), made_at=at, expires_at=expires_at
        )
        token.record("made", by=by, at=at, after={"scope": scope})
        return token, secret

    @staticmethod
    def hashed(secret: str) -> str:
        """Return what is stored of a secret. It has 256 random bits, so a fast hash is enough."""
        return hashlib.sha256(secret.encode()).hexdigest()

    def note_use(self, *, on: date) -> None:
        """Remember the last day it was used, with at most one write a day."""
        if self.used_on != on:
            Token.objects.filter(pk=self.pk).update(used_on=on)

    @transaction.atomic
    def revoke(self, *, by: Actor, at: datetime) -> None:
        """Close the door for this token at once."""
        self.lock()
        self.write("revoked", by=by, at=at, revoked_at=at)

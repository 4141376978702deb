"""Events: feed, audit trail, history and outbox in one; deliveries make sending exactly once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plumbline.people.models.actor import Actor
from plumbline.values.public_id import PublicIdField


class EventQuerySet(models.QuerySet["Event"]):
    """Questions to the log."""

    def undispatched(self, *, before: datetime) -> EventQuerySet:
        """Events old enough to leave the house: past the undo window and not handed on yet."""
        return self.filter(dispatched_at=None, at__lte=before)

    def about(self, noun: str, key: str) -> EventQuerySet:
        """Everything that happened to one noun, newest first."""
        return self.filter(noun=noun, noun_key=key).order_by("-at", "-id")


class Event(models.Model):
    """One thing that happened. Never changed, except for the mark that it was handed on.

    ``before`` and ``after`` hold ids of people, never names or addresses, so
    that erasing a person leaves the log whole.
    """

    class Audience(models.TextChoices):
        """Who may read of it, beside the rules of the noun it is about."""

        EVERYONE = "everyone", _("everyone who sees the goal")
        ADMINS = "admins", _("admins and owners")
        SELF = "self", _("the person alone")

    public_id = PublicIdField()
    verb = models.CharField(max_length=60)
    schema = models.PositiveSmallIntegerField(default=1)
    noun = models.CharField(max_length=40)
    noun_key = models.CharField(max_length=12)
    under = models.CharField(max_length=12, blank=True, db_index=True)
    actor_kind = models.CharField(max_length=10)
    actor = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="events")
    token = models.ForeignKey("people.Token", models.PROTECT, null=True, related_name="+")
    connector = models.CharField(max_length=40, blank=True)
    on_behalf_of = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    door = models.CharField(max_length=12)
    request_id = models.CharField(max_length=36, blank=True)
    idempotency_key = models.CharField(max_length=80, blank=True)
    reason = models.TextField(blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.EVERYONE)
    at = models.DateTimeField(db_index=True)
    dispatched_at = models.DateTimeField(null=True)

    objects = EventQuerySet.as_manager()

    #: Nothing leaves the house before a person had the time to undo it.
    UNDO_WINDOW: ClassVar = timedelta(seconds=10)

    class Meta:
        indexes = [
            models.Index(fields=["noun", "noun_key", "-at"], name="event_about"),
            models.Index(fields=["at"], condition=Q(dispatched_at=None), name="event_outbox"),
            models.Index(fields=["-at", "-id"], name="event_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["noun_key", "verb", "actor", "idempotency_key"],
                condition=~Q(idempotency_key=""),
                name="event_happens_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.noun} {self.noun_key}"

    @classmethod
    def record(cls, verb: str, **told: Any) -> Event:
        """Write down what happened, inside the transaction that made it happen; ``of`` lists what can be told."""
        event = cls.of(verb, **told)
        event.save(force_insert=True)
        return event

    @classmethod
    def of(
        cls,
        verb: str,
        *,
        noun: str,
        key: str,
        by: Actor,
        at: datetime,
        under: str = "",
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        reason: str = "",
        audience: str = Audience.EVERYONE,
    ) -> Event:
        """Return the event of what happened, not written yet: verbs that take in many at once write them together."""
        return cls(
            verb=verb,
            noun=noun,
            noun_key=key,
            under=under,
            actor_kind=by.kind,
            actor=by.person,
            token=by.token,
            connector=by.connector,
            on_behalf_of=by.on_behalf_of,
            door=by.door,
            request_id=by.request_id,
            idempotency_key=by.idempotency_key,
            reason=reason,
            before=plain_data(before or {}),
            after=plain_data(after or {}),
            audience=audience,
            at=at,
        )


def plain_data(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what JSON can hold: decimals as digits, dates in ISO form, nouns by their public id."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case models.Model():
            return getattr(value, "public_id", None)
        case list() | tuple() | set():
            return [_plain(each) for each in value]
        case Mapping():
            return plain_data(value)
        case _:
            return value


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Questions to the outbox."""

    def due(self, at: datetime) -> DeliveryQuerySet:
        """Deliveries that wait and whose time has come."""
        return self.filter(state=Delivery.State.WAITING, next_at__lte=at)


class Delivery(models.Model):
    """One event on its way to one recipient by one channel: the unique row makes sending exactly once."""

    class State(models.TextChoices):
        """Where a delivery stands."""

        WAITING = "waiting", _("waiting")
        CLAIMED = "claimed", _("being sent")
        SENT = "sent", _("sent")
        DROPPED = "dropped", _("not needed any more")
        FAILED = "failed", _("given up")

    event = models.ForeignKey(Event, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=20)
    recipient = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=80, blank=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)

    objects = DeliveryQuerySet.as_manager()

    #: Waiting times between attempts; after the last one a delivery is given up. Two and a half
    #: days in all: a mail server that broke on a Friday evening may be mended on Monday morning.
    PATIENCE: ClassVar = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720, 1440, 1440))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "channel", "recipient"], name="delivery_happens_once"),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="delivery_due"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} to {self.recipient}: {self.state}"

    @classmethod
    def plan(cls, event: Event, *, channel: str, recipients: Iterable[str], at: datetime) -> None:
        """Write down who is to hear of an event by a channel; what is planned already stays as it is."""
        rows = [cls(event=event, channel=channel, recipient=each, next_at=at) for each in recipients]
        cls.objects.bulk_create(rows, ignore_conflicts=True)

    def claim(self, *, worker: str, at: datetime) -> bool:
        """Take this delivery for one worker; False when another was quicker."""
        won = Delivery.objects.filter(pk=self.pk, state=self.State.WAITING, attempts=self.attempts).update(
            state=self.State.CLAIMED, claimed_by=worker, claimed_at=at, attempts=F("attempts") + 1
        )
        if won:
            self.refresh_from_db()
        return bool(won)

    def sent(self, *, at: datetime) -> bool:
        """Note that it arrived."""
        return self._settle(state=self.State.SENT, sent_at=at, trouble="")

    def dropped(self, *, at: datetime, why: str) -> bool:
        """Note that nobody needs it any more (undone meanwhile, the person left)."""
        return self._settle(state=self.State.DROPPED, sent_at=at, trouble=why)

    def failed(self, *, at: datetime, trouble: str) -> bool:
        """Wait longer for the next attempt, or give up after the last."""
        if self.attempts > len(self.PATIENCE):
            return self._settle(state=self.State.FAILED, trouble=trouble)
        wait = self.PATIENCE[self.attempts - 1]
        return self._settle(state=self.State.WAITING, next_at=at + wait, trouble=trouble)

    def _settle(self, **fields: Any) -> bool:
        # False when the claim is not ours any more: this worker was thought dead, and another took over.
        mine = Delivery.objects.filter(
            pk=self.pk, state=self.State.CLAIMED, claimed_by=self.claimed_by, attempts=self.attempts
        )
        settled = mine.update(**fields)
        self.refresh_from_db()
        return bool(settled)

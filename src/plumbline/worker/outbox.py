"""The outbox: from what happened to who hears of it, exactly once (``docs/decisions/events-and-deliveries.md``)."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from plumbline.goals.models import Withdrawal
from plumbline.integrations import Channel, NotNeeded, Trouble
from plumbline.people.models import Delivery, Event
from plumbline.worker.models import Heartbeat

AT_ONCE = 100

log = logging.getLogger(__name__)


def dispatch(at: datetime, channels: Sequence[Channel]) -> int:
    """Turn events that are past the undo window into deliveries; return how many were turned."""
    old_enough = Event.objects.undispatched(before=at - Event.UNDO_WINDOW)
    found = list(old_enough.order_by("at", "pk").values_list("pk", "verb")[:AT_ONCE])
    wanted = {verb for channel in channels for verb in channel.verbs}
    quiet = [key for key, verb in found if verb not in wanted]
    if quiet:
        Event.objects.filter(pk__in=quiet, dispatched_at=None).update(dispatched_at=at)
    for key, verb in found:
        if verb in wanted:
            _dispatch(key, at, channels)
    return len(found)


@transaction.atomic
def _dispatch(key: int, at: datetime, channels: Sequence[Channel]) -> None:
    # Deliveries and mark together: after a crash either both are there or neither.
    event = Event.objects.select_for_update(of=("self",)).filter(pk=key, dispatched_at=None).first()
    if event is None:
        return
    for channel in channels:
        if event.verb in channel.verbs:
            Delivery.plan(event, channel=channel.name, recipients=channel.recipients(event), at=at)
    Event.objects.filter(pk=key).update(dispatched_at=at)


def waiting(at: datetime, channels: Sequence[Channel]) -> list[Delivery]:
    """Return the deliveries that are due by channels that are set up; the others wait until theirs is."""
    ready = [channel.name for channel in channels if channel.is_ready()]
    due = Delivery.objects.due(at).filter(channel__in=ready).select_related("event__actor")
    return list(due.order_by("next_at", "pk")[:AT_ONCE])


def deliver(delivery: Delivery, at: datetime, channels: Sequence[Channel], *, worker: str) -> bool:
    """Send one delivery and note how that went; False when another worker was quicker.

    A worker claims right before it sends, and one at a time: a crash leaves at
    most one letter of each worker in doubt.
    """
    if not delivery.claim(worker=worker, at=at):
        return False
    channel = next(channel for channel in channels if channel.name == delivery.channel)
    _send(delivery, channel, at)
    return True


def _send(delivery: Delivery, channel: Channel, at: datetime) -> None:
    try:
        _refuse_withdrawn(delivery.event)
        channel.send(delivery, at=at)
    except NotNeeded as reason:
        delivery.dropped(at=at, why=str(reason))
    except Trouble as trouble:
        delivery.failed(at=at, trouble=str(trouble))
    except Exception as error:  # noqa: BLE001 - whatever one letter does, the others have to leave
        # Only the kind of the error: its words may hold an address.
        delivery.failed(at=at, trouble=type(error).__name__)
    else:
        delivery.sent(at=at)
    log.info("Delivery %s by %s: %s %s", delivery.pk, delivery.channel, delivery.state, delivery.trouble)


def _refuse_withdrawn(event: Event) -> None:
    check_in = event.after.get("check_in")
    if check_in and Withdrawal.objects.filter(check_in__public_id=check_in).exists():
        raise NotNeeded("the check-in was withdrawn")


def give_back(at: datetime) -> int:
    """Put back into the queue what dead workers were sending; return how many."""
    held = Delivery.objects.filter(state=Delivery.State.CLAIMED, claimed_at__lt=at - Heartbeat.SILENCE)
    left = held.exclude(claimed_by__in=Heartbeat.objects.alive(at).values("worker"))
    return left.update(state=Delivery.State.WAITING, next_at=at)

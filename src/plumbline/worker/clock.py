"""The main loop: about once a second, look what is due, and do it."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Sequence

from django.db import DatabaseError, connection
from django.utils import timezone

from plumbline.integrations import Channel
from plumbline.integrations.email.notify import Letters
from plumbline.worker import outbox
from plumbline.worker.jobs import JOBS, run_due
from plumbline.worker.models import Schedule
from plumbline.worker.pulse import Pulse

CHANNELS: Sequence[Channel] = (Letters(),)
PAUSE = 1.0
PAUSE_AFTER_TROUBLE = 5.0
SECONDS_BETWEEN_REAPINGS = 30

log = logging.getLogger(__name__)


def run(stop: threading.Event, *, name: str = "") -> None:
    """Work until told to stop; what is under way is finished first."""
    name = name or f"{socket.gethostname()[:40]}-{os.getpid()}"
    while not stop.is_set():
        try:
            # A new name each time: what the one before held is not ours, and is given back to everybody.
            Worker(f"{name}-{secrets.token_hex(3)}", stop).work()
        except DatabaseError as error:
            # Also the first one, where the database starts later than the worker.
            log.warning("The database does not answer (%s), trying again", type(error).__name__)
            connection.close()
            stop.wait(PAUSE_AFTER_TROUBLE)


class Worker:
    """One process that sends and does what is due, beside any number of others."""

    def __init__(self, name: str, stop: threading.Event, channels: Sequence[Channel] = CHANNELS) -> None:
        self.name = name
        self.stop = stop
        self.channels = channels
        self._reaped = float("-inf")

    def work(self) -> None:
        """Go round until told to stop."""
        with Pulse(self.name) as pulse:
            Schedule.put_up((job.name for job in JOBS), at=timezone.now())
            log.info("Worker %s is at work", self.name)
            while not self.stop.is_set():
                self._reap_now_and_then()
                busy = self.go_round(pulse)
                self.stop.wait(0 if busy else PAUSE)
        log.info("Worker %s has ended", self.name)

    def go_round(self, pulse: Pulse) -> bool:
        """Do what is due now; tell whether there was anything. An idle round asks three questions."""
        pulse.moved()
        done = outbox.dispatch(timezone.now(), self.channels)
        for delivery in outbox.waiting(timezone.now(), self.channels):
            if self.stop.is_set():
                return True
            done += outbox.deliver(delivery, timezone.now(), self.channels, worker=self.name)
            pulse.moved()
        return bool(done + run_due(timezone.now(), worker=self.name))

    def _reap_now_and_then(self) -> None:
        if time.monotonic() - self._reaped < SECONDS_BETWEEN_REAPINGS:
            return
        self._reaped = time.monotonic()
        given_back = outbox.give_back(timezone.now()) + Schedule.give_back(at=timezone.now())
        if given_back:
            log.warning("%s claims of dead workers were given back", given_back)

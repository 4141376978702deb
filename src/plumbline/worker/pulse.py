"""The pulse of a worker: says every few seconds that it lives, beside whatever it does."""

from __future__ import annotations

import logging
import threading
import time
from types import TracebackType
from typing import Self

from django.db import DatabaseError, connection
from django.utils import timezone

from plumbline.worker.models import Heartbeat

log = logging.getLogger(__name__)


class Pulse:
    """Beats in a thread of its own, because one slow mail server must not make a worker look dead.

    A worker that does not come round for ``STUCK`` seconds stops beating: what
    it holds is then given to another.
    """

    STUCK = 600

    def __init__(self, worker: str) -> None:
        self.worker = worker
        self._moved = time.monotonic()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat_on, name="pulse", daemon=True)

    def moved(self) -> None:
        """Tell that the worker comes along."""
        self._moved = time.monotonic()

    def __enter__(self) -> Self:
        """Be heard of before the first claim."""
        Heartbeat.beat(self.worker, at=timezone.now())
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Say goodbye, so that nobody has to wait until the silence is long enough."""
        self._ended.set()
        self._thread.join()
        Heartbeat.bury(self.worker)

    def _beat_on(self) -> None:
        while not self._ended.wait(Heartbeat.EVERY.total_seconds()):
            if time.monotonic() - self._moved < self.STUCK:
                self._beat()
        connection.close()

    def _beat(self) -> None:
        try:
            Heartbeat.beat(self.worker, at=timezone.now())
        except DatabaseError:
            log.warning("The database did not take the heartbeat of %s", self.worker)
            connection.close()

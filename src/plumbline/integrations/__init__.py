"""Services outside: one folder each, and the shape that every way out of the house has."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from plumbline.people.models import Delivery, Event


class NotNeeded(Exception):
    """Raised when nobody needs a delivery any more; says why, without names or addresses."""


class Trouble(Exception):
    """Raised when a delivery did not work and may work later; says what happened, without names or addresses."""


class Channel(Protocol):
    """One way to reach people or programs outside."""

    @property
    def name(self) -> str:
        """The name that stands in deliveries."""

    @property
    def verbs(self) -> frozenset[str]:
        """Which events leave by this channel."""

    def recipients(self, event: Event) -> Iterable[str]:
        """Return who hears of an event, by public id."""

    def is_ready(self) -> bool:
        """Tell whether the channel is set up; until it is, deliveries wait."""

    def send(self, delivery: Delivery, *, at: datetime) -> None:
        """Send one delivery. Raises ``NotNeeded``, or ``Trouble`` when it should be tried again."""

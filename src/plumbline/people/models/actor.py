"""Who does something, through which door: what every verb is told as ``by``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plumbline.people.models.person import Person
    from plumbline.people.models.token import Token


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at a door, a token, a connector or the system itself.

    ``request_id`` ties together what one request did; ``idempotency_key`` is
    the sender's word for "this is the same act again".
    """

    person: Person | None = None
    door: str = "web"
    token: Token | None = None
    connector: str = ""
    on_behalf_of: Person | None = None
    request_id: str = ""
    idempotency_key: str = ""

    @classmethod
    def system(cls) -> Actor:
        """Return the actor for what the clock does."""
        return cls(door="worker")

    @property
    def kind(self) -> str:
        """One of ``token``, ``connector``, ``person``, ``system``."""
        if self.token is not None:
            return "token"
        if self.connector:
            return "connector"
        return "person" if self.person is not None else "system"

"""Who may use which route: one row each, read by ``test_access.py`` and by people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from tests.world import World

EVERYBODY = frozenset({"vera", "cleo", "ben", "ada", "carl", "max", "root", "olga"})
WRITERS = EVERYBODY - {"vera"}
#: May work on the Riders' goal: its team, its lead, its contributor, admins and owners.
WORKERS = frozenset({"ben", "ada", "carl", "root", "olga"})
#: May also close, move, bin or hide it: a contributor may not.
KEEPERS = WORKERS - {"carl"}
#: For whom the private goal exists.
NAMED = frozenset({"ada", "carl"})
ADMINS = frozenset({"root", "olga"})
OWNERS = frozenset({"olga"})

Arguments = Callable[[World, bool], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """One route: how it is asked, and who may; ``private`` is None where no goal is named in the address."""

    name: str
    may: frozenset[str] = EVERYBODY
    private: frozenset[str] | None = None
    method: str = "get"
    arguments: Arguments = field(default=lambda _world, _private: {})
    body: dict[str, Any] | None = None
    open: bool = False
    private_seen: frozenset[str] = NAMED
    #: True where what the address names exists for nobody else, goal or not.
    hidden: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.name}"

    def address(self, world: World, *, private: bool) -> str:
        """Return the route's address with the public or the private noun in it."""
        return reverse(self.name, kwargs=self.arguments(world, private))


ROWS: list[Row] = []

"""Somebody by name alone: what lists show of a person, and the picture made of it."""

from __future__ import annotations

from typing import NamedTuple

HUES = 12


def initials_of(name: str) -> str:
    """Return the first letters of the first and the last word."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def hue_of(public_id: str) -> int:
    """Return one of twelve hues, always the same for one public id."""
    return sum(map(ord, public_id)) % HUES


class Name(NamedTuple):
    """Somebody as lists show them: no more than a name and its picture need."""

    pk: int
    public_id: str
    name: str

    @property
    def initials(self) -> str:
        """At most two letters for the avatar."""
        return initials_of(self.name)

    @property
    def hue(self) -> int:
        """One of twelve avatar hues."""
        return hue_of(self.public_id)

"""Let many people in at once: all of them, or nobody where one of them can't be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from plumbline.people.models import Actor, Invitation, Person, Team


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is to come in; without an address the person is only reserved."""

    name: str
    email: str = ""


class Taken(Exception):
    """Raised when addresses belong to people who are here already."""

    def __init__(self, addresses: list[str]) -> None:
        super().__init__(f"{len(addresses)} taken")
        self.addresses = addresses


@transaction.atomic
def invite_many(
    guests: Iterable[Guest],
    *,
    role: str,
    by: Actor,
    at: datetime,
    on: date,
    teams: Iterable[Team] = (),
    send: bool = True,
) -> tuple[list[Invitation], list[Person]]:
    """Add people and send those with an address a link; return the invitations, and who is only reserved."""
    rows, teams = list(guests), list(teams)
    _refuse_taken(rows)
    invitations: list[Invitation] = []
    reserved: list[Person] = []
    for guest in rows:
        if send and guest.email:
            told = {"name": guest.name, "email": guest.email, "role": role}
            invitations.append(Invitation.invite(**told, teams=teams, by=by, at=at, on=on))
        else:
            person = Person.reserve(name=guest.name, email=guest.email or None, role=role, by=by, at=at)
            for team in teams:
                team.add(person, by=by, at=at, on=on)
            reserved.append(person)
    return invitations, reserved


def _refuse_taken(guests: list[Guest]) -> None:
    asked = {guest.email.strip().casefold() for guest in guests if guest.email}
    taken = list(Person.objects.filter(email__in=asked).order_by("email").values_list("email", flat=True))
    if taken:
        raise Taken(taken)


@transaction.atomic
def send_again(people: Iterable[Person], *, by: Actor, at: datetime) -> list[Invitation]:
    """Send everybody a new link; the earlier ones stop working."""
    return [Invitation.send(person, by=by, at=at) for person in people]

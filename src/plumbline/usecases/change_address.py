"""Another address to sign in with: given by an admin, or asked for and confirmed by a link that went there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from allauth.account.models import EmailAddress
from django.core.signing import BadSignature, Signer
from django.db import transaction

from plumbline.people.models import Actor, Event, Person

GOOD_FOR: Final = timedelta(days=2)
_SIGNER: Final = Signer(salt="plumbline.address")


class Stale(Exception):
    """Raised when the link was used or replaced, or is too old."""


@transaction.atomic
def change_address(person: Person, email: str, *, by: Actor, at: datetime) -> None:
    """Let somebody sign in with this address alone: the sign-in forgets the one before."""
    person.take_address(email, by=by, at=at)
    EmailAddress.objects.filter(user=person).delete()


def secret_of(wish: Event) -> str:
    """Return what the link to the wanted address ends in."""
    return _SIGNER.sign(wish.public_id)


def wish_by(secret: str, *, at: datetime) -> Person:
    """Return who asked for the address that the link went to."""
    try:
        key = _SIGNER.unsign(secret)
    except BadSignature as error:
        raise Stale from error
    wish = Event.objects.filter(public_id=key, verb="address_wanted", at__gt=at - GOOD_FOR).first()
    person: Person | None = Person.objects.active().filter(public_id=wish.noun_key).first() if wish else None
    if wish is None or person is None or not person.wanted_email:
        raise Stale
    newest = Event.objects.about(person.noun, person.public_id).filter(verb=wish.verb).first()
    if newest != wish:
        raise Stale
    return person


@transaction.atomic
def confirm_address(secret: str, *, at: datetime) -> Person:
    """Take the address that the link went to; it never works again."""
    person = wish_by(secret, at=at)
    person.lock()
    if not person.wanted_email:
        raise Stale
    change_address(person, person.wanted_email, by=Actor(person=person), at=at)
    return person

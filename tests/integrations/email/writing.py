"""Write a letter without sending it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone, translation

from plumbline.integrations.email.letter import Letter, Writing
from plumbline.integrations.email.notify import LETTERS
from plumbline.people.models import Event, Organisation, Person


def newest(verb: str) -> Event:
    """Return the last event of this verb."""
    return Event.objects.filter(verb=verb).latest("pk")


def letter_of(event: Event, person: Person, at: datetime) -> Letter:
    """Return the letter that an event makes for a person."""
    writing = Writing(event, person, Organisation.the(), at)
    with translation.override(person.language or "en"), timezone.override(writing.zone):
        return LETTERS[event.verb](writing)

"""Forget a person everywhere: the row, the ways in, and what they led."""

from __future__ import annotations

from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from plumbline.goals.lost_leads import led_by
from plumbline.people.models import Actor, Person, Team
from plumbline.usecases.hand_on import hand_on


@transaction.atomic
def erase_person(
    person: Person, *, by: Actor, at: datetime, on: date, successor: Person | None = None, reason: str = ""
) -> None:
    """Erase somebody for good; ``successor`` takes over the open public goals, else they need a lead.

    Raises what ``Person.erase`` raises, and then nothing is lost.
    """
    if successor is not None:
        hand_on(led_by(person), to=successor, by=by, at=at, reason=reason)
    for team in Team.objects.filter(lead=person, binned_at=None):
        team.change(lead=successor, by=by, at=at)
    person.erase(by=by, at=at, on=on)
    forget_sign_ins(person)


def forget_sign_ins(person: Person) -> None:
    """Drop sessions with their addresses, second factors, and the address that the sign-in knows."""
    sessions = UserSession.objects.filter(user=person)
    Session.objects.filter(session_key__in=list(sessions.values_list("session_key", flat=True))).delete()
    for rows in (sessions, Authenticator.objects.filter(user=person), EmailAddress.objects.filter(user=person)):
        rows.delete()

"""The audit trail: who did what, through which door, as far as a reader may know."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from plumbline.goals.models import Initiative, KeyResult, Kpi, Objective
from plumbline.people.models import Event, Person


def audit_trail(reader: Person) -> QuerySet[Event]:
    """Return every event that may be read by somebody who may read the trail, newest first.

    What happened to a private goal is there only for those who see the goal,
    and what is for one person alone only for that person.
    """
    hidden = [rows.values("public_id") for rows in _hidden_from(reader)]
    known = Event.objects.exclude(Q(audience=Event.Audience.SELF) & ~Q(actor=reader))
    for rows in hidden:
        known = known.exclude(Q(noun_key__in=rows) | Q(under__in=rows))
    return known.order_by("-at", "-id")


def hidden_among(reader: Person, keys: Iterable[str]) -> set[str]:
    """Return which of these public ids name goals that do not exist for the reader."""
    asked = set(keys)
    return {
        key
        for rows in (*_hidden_from(reader), *_hidden_parts(reader))
        for key in rows.filter(public_id__in=asked).values_list("public_id", flat=True)
    }


def _hidden_from(reader: Person) -> tuple[QuerySet[Any], ...]:
    # The bin hides from lists, not from the trail: only privacy counts here.
    return (
        Objective.objects.filter(is_private=True).exclude(Objective.seen_by(reader)),
        Kpi.objects.filter(is_private=True).exclude(Q(lead=reader) | Q(contributors=reader)),
    )


def _hidden_parts(reader: Person) -> tuple[QuerySet[Any], ...]:
    objectives = _hidden_from(reader)[0]
    return (
        KeyResult.objects.filter(objective__in=objectives),
        Initiative.objects.filter(objective__in=objectives),
    )

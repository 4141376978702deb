"""The audit trail: who did what, through which door, as far as a reader may know."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Q, QuerySet

from plumbline.goals.models import (
    Cadence,
    CustomField,
    Cycle,
    Initiative,
    KeyResult,
    Kpi,
    Objective,
    Pillar,
    Tag,
)
from plumbline.people.former import called
from plumbline.people.models import Event, Noun, Organisation, Person, Team
from plumbline.values.public_id import ALPHABET, LENGTH
from plumbline.values.unit import Unit

#: What a public id looks like: anything else in the log names no noun.
IS_ID: Final = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


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


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """Return what the nouns with these public ids are called now, in one query; whoever asks hides what is hidden."""
    asked = {key for key in keys if IS_ID.fullmatch(key)}
    first, *others = (
        kind._base_manager.filter(public_id__in=asked).values_list("public_id", name) for kind, name in _NAMED
    )
    return {key: called(name) for key, name in first.union(*others, all=True)} if asked else {}


def units_of(keys: Iterable[str]) -> dict[str, Unit]:
    """Return the units of those that are key results or KPIs, so that their values can be read."""
    names = ("public_id", "unit_kind", "unit_code", "unit_scale", "unit_places")
    asked = {key for key in keys if IS_ID.fullmatch(key)}
    rows = KeyResult.objects.filter(public_id__in=asked).values_list(*names)
    return {key: Unit(*unit) for key, *unit in rows.union(Kpi.objects.filter(public_id__in=asked).values_list(*names))}


_NAMED: Final[tuple[tuple[type[Noun], str], ...]] = (
    (Objective, "title"),
    (KeyResult, "statement"),
    (Initiative, "title"),
    (Kpi, "name"),
    (Pillar, "name"),
    (Cycle, "name"),
    (Cadence, "name"),
    (Team, "name"),
    (Person, "name"),
    (Tag, "name"),
    (CustomField, "name"),
    (Organisation, "name"),
)

"""The audit trail: who did what, through which door, as far as a reader may know."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from django.db.models import CharField, PositiveSmallIntegerField, Q, QuerySet, Value

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
from plumbline.goals.models.measured import Measured
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


class Meaning(NamedTuple):
    """What a public id stands for: a name, and a unit where it has values."""

    name: str
    unit: Unit | None = None


def meanings_of(keys: Iterable[str]) -> dict[str, Meaning]:
    """Return what these public ids stand for now, in one query; whoever asks hides what is hidden."""
    asked = {key for key in keys if IS_ID.fullmatch(key)}
    if not asked:
        return {}
    first, *others = (_named(kind, name).filter(public_id__in=asked) for kind, name in _NAMED)
    return {
        key: Meaning(called(name), Unit(*unit) if unit[0] else None)
        for key, name, *unit in first.union(*others, all=True)
    }


def _named(kind: type[Noun], name: str) -> QuerySet[Any, Any]:
    if issubclass(kind, Measured):
        return kind._base_manager.values_list("public_id", name, *_UNIT)
    none = {f"no_{column}": Value("", CharField()) for column in _UNIT[:2]}
    none |= {f"no_{column}": Value(0, PositiveSmallIntegerField()) for column in _UNIT[2:]}
    return kind._base_manager.annotate(**none).values_list("public_id", name, *none)


_UNIT: Final = ("unit_kind", "unit_code", "unit_scale", "unit_places")
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

"""The events of the audit trail as people read them: names for ids, units for numbers, days for dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plumbline.goals.audit import hidden_among, meanings_of
from plumbline.people.models import Event, Person
from plumbline.people.models.organisation import Feature
from plumbline.values.unit import Unit
from plumbline.web.audit_words import ACTORS, CHOICES, DOORS, FIELDS, NOUNS, VERBS, called

#: What is kept for machines: ids of rows, versions, the judge's own notes.
UNTOLD: Final = frozenset(
    {"version", "judgement", "judge_version", "check_in", "latest_check_in", "invitation", "waiver"}
)
#: What is a value in the unit of the noun.
VALUES: Final = frozenset({"baseline", "target", "target_upper", "current", "value", "value_before", "upper"})
NOTHING: Final = "–"


@dataclass(frozen=True, slots=True)
class Line:
    """One event, ready to be read."""

    event: Event
    verb: str
    noun: str
    name: str
    who: str
    changes: list[tuple[str, str, str]]

    @property
    def door(self) -> str:
        """The door it came through."""
        return called(DOORS, self.event.door)


@dataclass(frozen=True, slots=True)
class Known:
    """What the ids in some events mean to a reader."""

    names: Mapping[str, str]
    units: Mapping[str, Unit]


def lines(reader: Person, events: Iterable[Event]) -> list[Line]:
    """Return events as this person may read them, with the same number of queries for any number."""
    rows = list(events)
    told = {key for event in rows for values in (event.before, event.after) for key in _texts(values.values())}
    keys = told | {event.noun_key for event in rows}
    hidden = dict.fromkeys(hidden_among(reader, keys), _("a private goal"))
    meant = meanings_of(keys)
    names = {key: meaning.name for key, meaning in meant.items()}
    known = Known(names | hidden, {key: meaning.unit for key, meaning in meant.items() if meaning.unit})
    return [_line(event, known) for event in rows]


def _line(event: Event, known: Known) -> Line:
    name = known.names.get(event.noun_key) or known.names.get(event.under, "")
    return Line(event, called(VERBS, event.verb), called(NOUNS, event.noun), name, _who(event), _changes(event, known))


def _changes(event: Event, known: Known) -> list[tuple[str, str, str]]:
    unit = known.units.get(event.noun_key)
    rows = [
        (
            called(FIELDS, name),
            _words(event.before.get(name), name, known, unit),
            _words(event.after.get(name), name, known, unit),
        )
        for name in {**event.before, **event.after}
        if name not in UNTOLD
    ]
    return [row for row in rows if row[1] != row[2]]


def _texts(values: Iterable[Any]) -> Iterable[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from _texts(value)


def _words(value: Any, name: str, known: Known, unit: Unit | None) -> str:
    match value:
        case None | "" | [] | {}:
            return NOTHING
        case bool():
            return _("yes") if value else _("no")
        case list():
            return ", ".join(_words(each, name, known, unit) for each in value)
        case dict():
            return ", ".join(
                f"{_key(key)}: {_words(each, key if key in FIELDS else name, known, unit)}"
                for key, each in value.items()
            )
        case _:
            return _said(str(value), name, known, unit)


def _said(value: str, name: str, known: Known, unit: Unit | None) -> str:
    if name in VALUES and unit is not None:
        return _figure(value, unit)
    meaning = CHOICES.get(name, known.names).get(value)
    return str(meaning) if meaning is not None else _day(value) or value


def _key(key: str) -> str:
    return str(dict(Feature.choices).get(key) or called(FIELDS, key))


def _figure(value: str, unit: Unit) -> str:
    try:
        return unit.show(Decimal(value))
    except InvalidOperation:
        return value


def _day(value: str) -> str:
    """Return a date or an instant as people write it; nothing for any other text."""
    try:
        instant = parse_datetime(value) if "T" in value else None
        if instant is not None:
            return date_format(timezone.localtime(instant) if timezone.is_aware(instant) else instant, _("j M Y, H:i"))
        day = parse_date(value)
    except ValueError:
        return ""
    return date_format(day, _("j M Y")) if day else ""


def _who(event: Event) -> str:
    return event.actor.name if event.actor else event.connector or called(ACTORS, event.actor_kind)

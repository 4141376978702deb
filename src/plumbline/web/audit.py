"""The audit trail: who did what, when, and through which door."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plumbline.goals.audit import audit_trail, hidden_among
from plumbline.people.models import Event, Person
from plumbline.web.audit_words import ACTORS, CHOICES, DOORS, FIELDS, NOUNS, VERBS, called
from plumbline.web.http import VisitRequest, require_role

PAGE = 50
#: What is kept for machines: ids of rows, versions, the judge's own notes.
UNTOLD = frozenset({"version", "judgement", "judge_version", "check_in", "latest_check_in", "invitation", "waiver"})


@dataclass(frozen=True, slots=True)
class Line:
    """One event, ready to be read."""

    event: Event
    verb: str
    noun: str
    who: str
    changes: list[tuple[str, str, str]]

    @property
    def door(self) -> str:
        """The door it came through."""
        return called(DOORS, self.event.door)


@require_safe
def audit(request: VisitRequest) -> HttpResponse:
    """Show the trail, newest first; admins and owners may."""
    require_role(request.visit.person, "read_audit_trail")
    events = audit_trail(request.visit.person).select_related("actor", "token", "on_behalf_of")
    who = request.GET.get("who", "")
    noun = request.GET.get("noun", "")
    if who:
        events = events.filter(actor__public_id=who)
    if noun:
        events = events.filter(noun=noun)
    page = Paginator(events, PAGE).get_page(request.GET.get("page"))
    chosen = Person.objects.filter(public_id=who).first() if who else None
    context = {"tab": "audit", "page": page, "lines": _lines(request.visit.person, page), "who": chosen}
    return render(request, "settings/audit.html", context | {"noun": called(NOUNS, noun)})


def _lines(reader: Person, events: Iterable[Event]) -> list[Line]:
    rows = list(events)
    keys = {key for event in rows for told in (event.before, event.after) for key in _texts(told.values())}
    hidden = hidden_among(reader, keys)
    names = dict(Person.objects.filter(public_id__in=keys).values_list("public_id", "name"))
    replaced = {**names, **dict.fromkeys(hidden, _("a private goal"))}
    return [
        Line(event, called(VERBS, event.verb), called(NOUNS, event.noun), _who(event), _changes(event, replaced))
        for event in rows
    ]


def _changes(event: Event, replaced: dict[str, str]) -> list[tuple[str, str, str]]:
    rows = [
        (
            called(FIELDS, name),
            _words(event.before.get(name), replaced, name),
            _words(event.after.get(name), replaced, name),
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


def _words(value: Any, replaced: dict[str, str], name: str) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, list):
        return ", ".join(_words(each, replaced, name) for each in value)
    if isinstance(value, dict):
        told = (
            f"{called(FIELDS, key)}: {_words(each, replaced, key if key in FIELDS else name)}"
            for key, each in value.items()
        )
        return "; ".join(told) or "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    known = CHOICES.get(name, replaced)
    return str(known.get(str(value), value))


def _who(event: Event) -> str:
    return event.actor.name if event.actor else event.connector or called(ACTORS, event.actor_kind)


routes = [path("settings/audit/", audit, name="audit")]

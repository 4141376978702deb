"""Two people on one noun: who changed what, and what the second one typed, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Manager
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from plumbline.people.models import Event, Noun
from plumbline.values.unit import Unit


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which two people differ."""

    label: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class ClashNotice:
    """Who was quicker, when, and in what the two differ: what ``parts/_clash.html`` shows."""

    name: str
    when: str
    rows: tuple[Difference, ...]


def notice_of(clash: Noun.Clash, form: forms.Form, fresh: Noun | None = None) -> ClashNotice:
    """Return what to show after a clash, and let the form be sent again knowingly.

    ``fresh`` is the noun as it is read for the page; its version goes along
    from now on, so that saving again is a choice and not an accident.
    """
    noun = clash.noun if fresh is None else fresh
    sent: Any = form.data.copy()  # type: ignore[attr-defined]
    sent[form.add_prefix("version")] = str(noun.version)
    form.data = sent
    newest = clash.since[0] if clash.since else None
    when = date_format(localtime(newest.at), _("j M Y, H:i")) if newest else ""
    return ClashNotice(_who(newest), when, tuple(_differences(clash, form, noun)))


def _who(event: Event | None) -> str:
    return event.actor.name if event is not None and event.actor is not None else _("Somebody")


def _differences(clash: Noun.Clash, form: forms.Form, noun: Noun) -> Iterable[Difference]:
    """Yield the fields that somebody else changed since, and that differ from what was typed."""
    changed = {name for event in clash.since for name in (*event.before, *event.after)}
    for name, field in form.fields.items():
        if name == "version" or not hasattr(noun, name) or (changed and name not in changed):
            continue
        mine, theirs = form.cleaned_data.get(name), _plain(getattr(noun, name))
        if _comparable(mine) != _comparable(theirs):
            yield Difference(str(field.label), _words(field, theirs, noun), _words(field, mine, noun))


def _plain(value: Any) -> Any:
    return list(value.all()) if isinstance(value, Manager) else value


def _comparable(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return value
    return sorted(map(str, value)) if hasattr(value, "__iter__") and not isinstance(value, str) else str(value)


def _words(field: forms.Field, value: Any, noun: Noun) -> str:
    if value is None or value == "" or (not isinstance(value, str) and hasattr(value, "__len__") and not len(value)):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        unit: Unit = getattr(noun, "unit", Unit())
        return unit.show(value)
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return ", ".join(map(str, value))
    choices = getattr(field, "choices", None)
    return str(dict(choices).get(value, value)) if choices and not hasattr(value, "pk") else str(value)

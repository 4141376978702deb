"""Two people on one noun: who changed what, and what the second one typed, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from plumbline.people.models import Noun


@dataclass(frozen=True, slots=True)
class Row:
    """One field that differs."""

    label: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Clash:
    """What ``parts/_clash.html`` shows."""

    name: str
    when: str
    rows: tuple[Row, ...]


def clash_of(clash: Noun.Clash, form: forms.Form, fresh: Noun) -> Clash:
    """Lay both versions side by side: the fields that somebody else changed since."""
    newest = clash.since[0] if clash.since else None
    changed = {name for event in clash.since for name in event.after}
    rows = [
        Row(str(field.label), _shown(getattr(fresh, name)), str(form[name].value() or "–"))
        for name, field in form.fields.items()
        if name in changed and hasattr(fresh, name) and name != "version"
    ]
    who = newest.actor.name if newest and newest.actor else _("Somebody")
    return Clash(who, _when(newest.at) if newest else "", tuple(rows))


def _when(at: datetime) -> str:
    return date_format(localtime(at), _("j M Y, H:i"))


def _shown(value: Any) -> str:
    return "–" if value is None or value == "" else str(value)

"""When two people changed one thing: who changed what, beside what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from plumbline.people.models import Noun


@dataclass(frozen=True, slots=True)
class Row:
    """One field that both touched."""

    label: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Who was quicker, when, and what differs."""

    name: str
    when: str
    rows: list[Row]


def clash_of(clash: Noun.Clash, typed: Mapping[str, Any], labels: Mapping[str, str] | None = None) -> Clash:
    """Return what the page of a clash shows: the noun's values of now beside the typed ones, where they differ."""
    last = clash.since[0] if clash.since else None
    name = last.actor.name if last and last.actor else _("Somebody")
    when = date_format(localtime(last.at), "j F, H:i") if last else ""
    names = labels or {}
    rows = [
        Row(str(names.get(field, field.replace("_", " "))), _shown(getattr(clash.noun, field)), _shown(value))
        for field, value in typed.items()
        if getattr(clash.noun, field) != value
    ]
    return Clash(name, when, rows)


def _shown(value: Any) -> str:
    return "–" if value is None or value == "" else str(value)

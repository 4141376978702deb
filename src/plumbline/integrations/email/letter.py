"""What a letter is made of, and what is at hand for writing one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from plumbline.people.models import Event, Organisation, Person


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in both forms that mail programs show."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Writing:
    """What a letter is written from: why, to whom, from where and when."""

    event: Event
    person: Person
    organisation: Organisation
    at: datetime

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone on the reader's wall."""
        return ZoneInfo(self.person.time_zone or self.organisation.time_zone)

    @property
    def today(self) -> date:
        """The reader's date."""
        return self.at.astimezone(self.zone).date()

    @property
    def home(self) -> str:
        """Where everybody's week is: the public address itself."""
        return f"{settings.DEPLOYMENT.address}/"

    def link(self, page: str, *arguments: str) -> str:
        """Return the address of a page of this installation."""
        return settings.DEPLOYMENT.address + reverse(page, args=arguments)

    def letter(self, name: str, *, subject: str, **context: Any) -> Letter:
        """Fill both templates of a letter."""
        context |= {
            "subject": one_line(subject),
            "person": self.person,
            "first_name": self.person.name.split(maxsplit=1)[0] if self.person.name.strip() else "",
            "organisation": self.organisation,
            "today": self.today,
        }
        text = render_to_string(f"email/{name}.txt", context).strip() + "\n"
        return Letter(context["subject"], text, render_to_string(f"email/{name}.html", context))


def one_line(text: str) -> str:
    """Return the text without line breaks and control characters: a header is one line, whoever wrote it."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())

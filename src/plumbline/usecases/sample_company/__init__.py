"""Fernwood Bikes: a company to look round in, with five quarters behind it.

Everything is told through the verbs that people use, and follows from the data
files beside it and from the instant it is built at: the same instant gives the
same company, but for public ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from plumbline.goals.models import Cycle
from plumbline.people.models import Event, Organisation
from plumbline.usecases.sample_company.calendar import Calendar
from plumbline.usecases.sample_company.kpis import watch
from plumbline.usecases.sample_company.people import hire, signs_in
from plumbline.usecases.sample_company.story import Story
from plumbline.usecases.sample_company.strategy import Years, choose, found

__all__ = ["Sample", "build"]


@dataclass(frozen=True, slots=True)
class Sample:
    """What was built, and the addresses of those who can sign in.

    ``signs_in`` is keyed by the part they play: owner, lead, member, viewer, admin.
    """

    organisation: Organisation
    current: Cycle
    signs_in: Mapping[str, str]

    @property
    def owner(self) -> str:
        """Return the address of an owner."""
        return self.signs_in["owner"]

    @property
    def lead(self) -> str:
        """Return the address of a team lead."""
        return self.signs_in["lead"]

    @property
    def member(self) -> str:
        """Return the address of a member of the lead's team."""
        return self.signs_in["member"]

    @property
    def viewer(self) -> str:
        """Return the address of somebody who reads."""
        return self.signs_in["viewer"]

    @property
    def admin(self) -> str:
        """Return the address of an admin."""
        return self.signs_in["admin"]


@transaction.atomic
def build(*, at: datetime, passwords: Mapping[str, str] | None = None) -> Sample:
    """Build the sample company in an empty database, as it would look at this instant.

    ``passwords`` are keyed by part (owner, lead, member, viewer, admin); who
    gets none is active without being able to sign in with one.
    """
    calendar = Calendar(at)
    organisation = found(calendar)
    staff = hire(calendar, passwords or {})
    strategy = choose(staff, calendar)
    kpis = watch(staff, strategy, calendar)
    current = Story(calendar, staff, strategy, kpis, Years.begin(calendar)).tell()
    # It is history: nobody is to be told of it by mail now.
    Event.objects.filter(dispatched_at=None).update(dispatched_at=at)
    organisation.refresh_from_db()
    return Sample(organisation, current, signs_in())

"""The first minutes of an installation: the organisation gets its calendar and its first cycle."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from plumbline.goals.models import Cadence, Cycle, Pillar
from plumbline.people.models import Actor, Organisation


@transaction.atomic
def take_first_steps(
    *,
    name: str,
    time_zone: str,
    cadence: str,
    by: Actor,
    at: datetime,
    ultimate_goal: str = "",
    pillar: str = "",
) -> Cycle:
    """Set up what the first goal needs: a calendar, a cadence and the cycle that today is in."""
    organisation = Organisation.the()
    organisation.change(name=name, time_zone=time_zone, ultimate_goal=ultimate_goal, by=by, at=at)
    if pillar:
        Pillar.raise_up(name=pillar, by=by, at=at)
    rhythm = Cadence.begin(name=_cadence_name(cadence), kind=cadence, formula=_formula(cadence), by=by, at=at)
    return rhythm.make_cycle(first_day=rhythm.next_first_day(organisation.today(at)), by=by, at=at)


def _cadence_name(kind: str) -> str:
    return _("Years") if kind == Cadence.Kind.ANNUAL else _("Quarters")


def _formula(kind: str) -> str:
    return _("Year {fiscal_year}") if kind == Cadence.Kind.ANNUAL else "Q{quarter} {fiscal_year}"

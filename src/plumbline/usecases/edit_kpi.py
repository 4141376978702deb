"""Watch or change a KPI as a form sends it, in one act: what it is, whose it is, who works on it, where it hangs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from plumbline.goals.models import Kpi
from plumbline.people.models import Actor, Organisation, Person, Team


@dataclass(frozen=True, slots=True)
class KpiHome:
    """Whose number it is."""

    home: str
    teams: tuple[Team, ...] = ()
    home_person: Person | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a KPI; None where the form did not ask."""

    parent: Kpi | None = None
    contributors: tuple[Person, ...] | None = None
    home: KpiHome | None = None


@transaction.atomic
def watch_kpi(around: Around, *, by: Actor, at: datetime, **fields: Any) -> Kpi:
    """Start watching a number, and hang it where it belongs; raises what ``Kpi.hang`` raises."""
    place = around.home or KpiHome("company")
    Organisation.the().lock()
    kpi = Kpi.watch(
        home=place.home,
        home_person=place.home_person,
        teams=place.teams,
        contributors=around.contributors or (),
        by=by,
        at=at,
        **fields,
    )
    if around.parent is not None:
        kpi.hang(around.parent, by=by, at=at)
    return kpi


@transaction.atomic
def change_kpi(
    kpi: Kpi, around: Around, *, by: Actor, at: datetime, expected_version: int | None = None, **fields: Any
) -> None:
    """Change a KPI; raises what its verbs raise, and then nothing is changed."""
    # ``hang`` takes this lock; after the KPI's it would come too late for the order.
    Organisation.the().lock()
    if kpi.parent_id is not None and around.parent is None:
        kpi.lock(expected_version)
        kpi.hang(None, by=by, at=at)
        expected_version = None
    kpi.change(expected_version=expected_version, by=by, at=at, **fields)
    if around.parent is not None and around.parent.pk != kpi.parent_id:
        kpi.hang(around.parent, by=by, at=at)
    if around.contributors is not None:
        kpi.share(around.contributors, by=by, at=at)
    if around.home is not None:
        home = around.home
        kpi.move(home=home.home, teams=home.teams, home_person=home.home_person, by=by, at=at)

"""Put a team into the bin with the goals that are its alone, and take all of it out again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Count, QuerySet

from plumbline.goals.models import Cycle, Kpi, Objective
from plumbline.people.models import Actor, Team

Rows = TypeVar("Rows", QuerySet[Objective], QuerySet[Kpi])


class HasPast(Exception):
    """Raised for a team with goals in a closed cycle: their record stays, so the team is archived instead."""


class HasTeams(Exception):
    """Raised for a team that others are part of: they find another place first."""


@dataclass(frozen=True, slots=True)
class Hanging:
    """What goes along: the public goals and KPIs that are this team's alone."""

    objectives: QuerySet[Objective]
    kpis: QuerySet[Kpi]


def hanging_on(team: Team) -> Hanging:
    """Return what goes into the bin with a team. Private goals stay with those who see them, and shared ones too."""
    return Hanging(
        _alone(Objective.objects.filter(binned_at=None), team).order_by("title"),
        _alone(Kpi.objects.filter(binned_at=None), team).order_by("name"),
    )


def _alone(rows: Rows, team: Team) -> Rows:
    only = rows.filter(is_private=False, home="team").annotate(teams=Count("home_teams")).filter(teams=1)
    return rows.filter(pk__in=only.values("pk"), home_teams=team)


@transaction.atomic
def bin_team(team: Team, *, by: Actor, at: datetime) -> None:
    """Put a team into the bin, and with it what hangs on it (``HasPast``, ``HasTeams``)."""
    team.lock()
    if team.children.filter(binned_at=None).exists():
        raise HasTeams(team.name)
    if Objective.objects.filter(home_teams=team, cycle__phase=Cycle.Phase.CLOSED, binned_at=None).exists():
        raise HasPast(team.name)
    hanging = hanging_on(team)
    for goal in [*hanging.objectives, *hanging.kpis]:
        goal.bin(by=by, at=at)
    team.bin(by=by, at=at)


@transaction.atomic
def restore_team(team: Team, *, by: Actor, at: datetime) -> None:
    """Take a team out of the bin with all that went in at the same moment (``Team.NameTaken``)."""
    team.lock()
    went = {"home_teams": team, "binned_at": team.binned_at, "is_private": False}
    goals = [*Objective.objects.filter(**went), *Kpi.objects.filter(**went)] if team.binned_at else []
    team.restore(by=by, at=at)
    for goal in goals:
        goal.restore(by=by, at=at)

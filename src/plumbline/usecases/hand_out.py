"""Hand out a goal: one action gives many people, or many teams, a goal of their own made from it.

Done twice it makes nothing twice: who has one from this goal in this cycle already is passed over, and the report
says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from plumbline.goals.models import Cycle, Given, Handout, HandoutRow, Objective, Outcome
from plumbline.goals.models.objective import Home
from plumbline.people.models import Actor, Person, Team
from plumbline.people.models.person import Role
from plumbline.usecases.clone_goal import Wishes, clone_goal
from plumbline.usecases.move_goal import Destination

#: So many goals are made at once: more would keep everybody else waiting.
MOST: Final = 200


class TooMany(Exception):
    """Raised when more are to get a goal than can be made at once."""


class NotATemplate(Exception):
    """Raised for a private goal: what it says would be told to all who get a copy."""


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who is to get one, and in which cycle."""

    cycle: Cycle
    people: Sequence[Person] = ()
    teams: Sequence[Team] = ()


def preview(template: Objective, to: Recipients) -> list[Given]:
    """Return who would get a goal and who would not, and why; nothing is made."""
    _refuse(template, to)
    there = Objective.objects.filter(handed_out__handout__template=template, cycle=to.cycle, binned_at=None)
    has: set[tuple[Any, Any]] = set(there.values_list("handed_out__person", "handed_out__team"))
    people = [Given(_of_person(person, (person.pk, None) in has), person=person) for person in _once(to.people)]
    return people + [Given(_of_team(team, (None, team.pk) in has), team=team) for team in _once(to.teams)]


@transaction.atomic
def hand_out(template: Objective, to: Recipients, *, by: Actor, at: datetime) -> Handout:
    """Make a goal for everybody who is to get one; the report keeps who got one, and who did not and why."""
    if Cycle.hold(to.cycle.pk).is_closed:
        raise Cycle.Closed(to.cycle.name)
    template.lock()
    given = [_made(template, row, to.cycle, by=by, at=at) for row in preview(template, to)]
    return Handout.note(template, to.cycle, given, by=by, at=at)


def given_by(handout: Handout) -> list[Given]:
    """Return what a handout did, in the order of its rows."""
    rows = HandoutRow.objects.filter(handout=handout).select_related("person", "team", "objective").order_by("pk")
    return [Given(Outcome(row.outcome), row.person, row.team, row.objective) for row in rows]


def _refuse(template: Objective, to: Recipients) -> None:
    if template.is_private:
        raise NotATemplate(template.title)
    if len(to.people) + len(to.teams) > MOST:
        raise TooMany


def _once(rows: Sequence[Any]) -> list[Any]:
    return sorted(set(rows), key=lambda row: (row.name.casefold(), row.pk))


def _of_person(person: Person, has_one: bool) -> Outcome:
    if person.state == Person.State.ARCHIVED:
        return Outcome.GONE
    if not Role(person.role).rank >= Role.MEMBER.rank:
        return Outcome.VIEWER
    return Outcome.HAS_ONE if has_one else Outcome.MADE


def _of_team(team: Team, has_one: bool) -> Outcome:
    if team.is_archived or team.binned_at is not None:
        return Outcome.GONE
    if team.lead is None:
        return Outcome.NO_LEAD
    return Outcome.HAS_ONE if has_one else Outcome.MADE


def _made(template: Objective, row: Given, cycle: Cycle, *, by: Actor, at: datetime) -> Given:
    if row.outcome != Outcome.MADE:
        return row
    whose = row.person or (row.team.lead if row.team else None)
    home = Destination(cycle, Home.PERSON, home_person=row.person)
    if row.team:
        home = Destination(cycle, Home.TEAM, teams=(row.team,))
    # Each goal is an act of its own: the key that makes a repeated form one act belongs to the handout.
    actor = replace(by, idempotency_key="")
    made = clone_goal(template, Wishes(template.title, home, whose=whose), by=actor, at=at)
    return row._replace(objective=made)

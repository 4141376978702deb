"""The company of the access tests: the cast's world with one of everything that an address can name.

Everything that must stay secret carries the word ``depot``, and everything that
people can write carries ``HOSTILE``, so that one walk through the pages proves both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from plumbline.goals.models import (
    Cadence,
    CheckIn,
    Comment,
    CustomField,
    GoalsView,
    Initiative,
    KeyResult,
    Kpi,
    Objective,
    Tag,
    Waiver,
)
from plumbline.people.models import Actor, Invitation, Token
from tests.world import NOW, PASSWORD, SYSTEM, TODAY, World, a_key_result, build

#: What somebody would write who tries to get a program into a page.
HOSTILE = "\"><script>alert('hung')</script><img src=x onerror=alert(1)>"


@dataclass
class Goal:
    """An objective with one of everything that hangs on it."""

    objective: Objective
    key_result: KeyResult
    counting: KeyResult
    comment: Comment
    check_in: CheckIn
    initiative: Initiative
    kpi: Kpi

    @property
    def ids(self) -> set[str]:
        """Return the ids in its addresses."""
        nouns = (self.objective, self.key_result, self.counting, self.comment, self.check_in, self.initiative, self.kpi)
        return {noun.public_id for noun in nouns}


@dataclass
class Place:
    """The world, its public and its private goal, and what is nobody's goal."""

    world: World
    public: Goal
    secret: Goal
    child: Objective
    cadence: Cadence
    tag: Tag
    other_tag: Tag
    field: CustomField
    token: Token
    invitation: Invitation
    view: GoalsView

    def goal(self, *, private: bool) -> Goal:
        """Return the goal that an address is to name."""
        return self.secret if private else self.public

    @property
    def secret_words(self) -> list[str]:
        """Return what a page shows of the private goal, if it shows anything."""
        return ["depot", *sorted(self.secret.ids)]


def furnish() -> Place:
    """Build the company, as people write it who mean no good."""
    world = build()
    for person in (world.vera, world.cleo, world.ben, world.ada, world.carl, world.max, world.root, world.olga):
        person.choose_password(password=PASSWORD, by=SYSTEM, at=NOW)
    by = Actor(world.ada)
    public = _furnished(world, world.stay, world.activation, "", world.churn)
    secret_kpi = Kpi.watch(
        name="Price per depot bid",
        lead=world.ada,
        teams=[world.riders],
        home="team",
        is_private=True,
        by=by,
        at=NOW,
        description="What a depot brings",
    )
    secret_kpi.read(value=Decimal(7), on=TODAY, by=by, at=NOW, note="A depot was asked about")
    secret = _furnished(world, world.secret, world.secret_result, "depot ", secret_kpi)
    child = _child(world)
    _hostile_names(world)
    cadence = Cadence.begin(name=f"Quarters {HOSTILE}", kind="quarterly", formula="S{number} {year}", by=SYSTEM, at=NOW)
    token, _secret = Token.make(person=world.ada, name=f"Notes {HOSTILE}", scope="read", by=by, at=NOW)
    guest = Invitation.invite(name=f"Gil {HOSTILE}", email="gil@harbour.test", by=Actor(world.olga), at=NOW, on=TODAY)
    tag, other, field = _marks(world, public, secret)
    view = GoalsView.keep(name=f"Mine {HOSTILE[:40]}", query=f"q={HOSTILE}", shared=True, by=by, at=NOW)
    return Place(world, public, secret, child, cadence, tag, other, field, token, guest, view)


def _marks(world: World, *goals: Goal) -> tuple[Tag, Tag, CustomField]:
    """Put a tag and a custom field on both goals, as hostile as any."""
    told: dict[str, Any] = {"by": SYSTEM, "at": NOW}
    tag, other = (Tag.make(name=f"{name} {HOSTILE[:24]}", hue=3, **told) for name in ("Winter", "Cold"))
    field = CustomField.define(name=f"City {HOSTILE[:40]}", kind="choice", choices=["Berlin", HOSTILE], **told)
    for goal in goals:
        goal.objective.tag([tag], **told)
        goal.key_result.tag([tag], **told)
        goal.objective.change(custom_fields={field.key: HOSTILE}, **told)
    return tag, other, field


def _furnished(world: World, objective: Objective, key_result: KeyResult, word: str, kpi: Kpi) -> Goal:
    by = Actor(world.ada)
    objective.change(
        by=by, at=NOW, title=f"{objective.title} {HOSTILE}", reason="To be sure", why_it_matters=f"{word}{HOSTILE}"
    )
    counting = a_key_result(objective, lead=world.ada, statement=f"Publish 10 {word}articles {HOSTILE}", metric="")
    Waiver.give(counting, reason=f"The {word}press asks for it {HOSTILE}", by=by, at=NOW)
    check_in = key_result.check_in(
        value=Decimal(2), on=date(2026, 5, 8), note=f"Two {word}calls {HOSTILE}", status="on_track", by=by, at=NOW
    )
    initiative = Initiative.take_on(
        title=f"Call ten {word}owners {HOSTILE}", objective=objective, key_result=key_result, by=by, at=NOW,
        lead=world.ada, note=f"Soon, {word}{HOSTILE}",
    )  # fmt: skip
    initiative.place_bet(key_result=key_result, expected_change=Decimal(1), by=by, at=NOW)
    initiative.add_input(
        kind="time", amount=Decimal(3), unit="days", note=f"In the {word}week {HOSTILE}", by=by, at=NOW
    )
    comment = Comment.say(objective, f"Who knows a {word}broker? {HOSTILE}", by=by, at=NOW)
    return Goal(objective, key_result, counting, comment, check_in, initiative, kpi)


def _child(world: World) -> Objective:
    """Hang a public goal from the private one, as somebody may who sees both."""
    child = Objective.set(
        title=f"Find a smaller yard {HOSTILE}", cycle=world.q2, home="team", teams=[world.riders], lead=world.ada,
        parent_objective=world.secret, by=Actor(world.ada), at=NOW,
    )  # fmt: skip
    a_key_result(child, lead=world.ada, statement="Rent falls from 9 to 7", metric="Rent", baseline=9, target=7)
    child.activate(by=Actor(world.ada), at=NOW)
    return child


def _hostile_names(world: World) -> None:
    told: dict[str, Any] = {"by": SYSTEM, "at": NOW}
    world.riders.change(name=f"Riders {HOSTILE}", purpose=HOSTILE, **told)
    world.ada.change(name=f"Ada {HOSTILE}", job_title=HOSTILE, **told)
    world.pillar.change(name=f"Riders who stay {HOSTILE}", description=HOSTILE, **told)
    world.organisation.change(name=f"Harbour {HOSTILE}", ultimate_goal=f"Freight {HOSTILE}", **told)
    world.churn.change(name=f"Monthly churn {HOSTILE}", description=HOSTILE, **told)

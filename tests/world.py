"""The cast and the small company that every test shares.

Each name tells the permission: Nobody (signed out), Vera the viewer, Cleo a
member elsewhere, Ben a member of the home team, Ada the lead, Carl a contributor
from elsewhere, Max who manages Ben, Root the admin, Olga the owner, Dov who left.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from plumbline.goals.models import Cycle, KeyResult, Kpi, Objective, Pillar
from plumbline.people.models import Actor, Organisation, Person, Team
from plumbline.people.models.person import Role

#: A Friday in the eighth week of the second quarter.
NOW = datetime(2026, 5, 22, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
PASSWORD = "seven wheels in a row"
SYSTEM = Actor.system()


@dataclass
class World:
    """A company that rents out cargo bikes: one team, one objective, one key result from 31 to 45 at 36."""

    organisation: Organisation
    vera: Person
    cleo: Person
    ben: Person
    ada: Person
    carl: Person
    max: Person
    root: Person
    olga: Person
    dov: Person
    riders: Team
    workshop: Team
    pillar: Pillar
    year: Cycle
    q2: Cycle
    q3: Cycle
    stay: Objective
    activation: KeyResult
    secret: Objective
    secret_result: KeyResult
    churn: Kpi

    def cast(self) -> dict[str, Person | None]:
        """Return everybody by name, Nobody included."""
        names = ("vera", "cleo", "ben", "ada", "carl", "max", "root", "olga", "dov")
        return {"nobody": None} | {name: getattr(self, name) for name in names}


def build() -> World:
    """Build the company, the same every time but for its public ids."""
    organisation = Organisation.found(name="Harbour Cargo Bikes", ultimate_goal="Freight by bike", by=SYSTEM, at=NOW)
    people = _people()
    riders = Team.form(name="Riders", lead=people["ada"], by=SYSTEM, at=NOW)
    workshop = Team.form(name="Workshop", lead=people["cleo"], by=SYSTEM, at=NOW)
    for name, team in [("ada", riders), ("ben", riders), ("max", workshop), ("cleo", workshop), ("carl", workshop)]:
        team.add(people[name], by=SYSTEM, at=NOW, on=date(2026, 1, 5))
    people["ben"].manage_by(people["max"], by=SYSTEM, at=NOW, on=date(2026, 1, 5))
    people["dov"].archive(by=SYSTEM, at=NOW)
    pillar = Pillar.raise_up(name="Riders who stay", by=SYSTEM, at=NOW)
    year, q2, q3 = _cycles()
    stay = an_objective(people["ada"], q2, riders, pillar=pillar)
    stay.contributors.add(people["carl"])
    activation = a_key_result(stay, lead=people["ada"])
    activation.activate(by=Actor(people["ada"]), at=NOW)
    stay.activate(by=Actor(people["ada"]), at=NOW)
    q2.move_to("active", by=SYSTEM, at=NOW)
    activation.check_in(
        value=Decimal(36), status="on_track", confidence=4, on=date(2026, 5, 15), by=Actor(people["ada"]), at=NOW
    )
    secret = an_objective(people["ada"], q2, riders, title="Sell the harbour depot", is_private=True)
    secret.contributors.add(people["carl"])
    secret_result = a_key_result(
        secret, statement="Depot offers rise from 0 to 3", baseline=0, target=3, lead=people["ada"]
    )
    secret_result.activate(by=Actor(people["ada"]), at=NOW)
    secret.activate(by=Actor(people["ada"]), at=NOW)
    churn = Kpi.watch(
        name="Monthly churn",
        lead=people["ada"],
        unit_kind="percent",
        rule="at_most",
        teams=[riders],
        home="team",
        by=SYSTEM,
        at=NOW,
    )
    churn.aim(first_day=date(2026, 1, 1), target=Decimal(3), by=SYSTEM, at=NOW)
    churn.read(value=Decimal("2.8"), on=date(2026, 5, 1), by=SYSTEM, at=NOW)
    return World(
        organisation=organisation,
        **people,
        riders=riders,
        workshop=workshop,
        pillar=pillar,
        year=year,
        q2=q2,
        q3=q3,
        stay=_fresh(stay),
        activation=_fresh(activation),
        secret=_fresh(secret),
        secret_result=_fresh(secret_result),
        churn=_fresh(churn),
    )


def a_person(name: str, role: str = Role.MEMBER, *, active: bool = True) -> Person:
    """Add somebody who can sign in with PASSWORD."""
    person = Person.reserve(
        name=name, email=f"{name.split(maxsplit=1)[0].lower()}@harbour.test", role=role, by=SYSTEM, at=NOW
    )
    if active:
        person.join(password="", by=SYSTEM, at=NOW)
    return person


def an_objective(
    lead: Person, cycle: Cycle, *teams: Team, title: str = "Riders stay through the winter", **fields: Any
) -> Objective:
    """Set an objective of a team, or of the company where no team is named."""
    home = "team" if teams else "company"
    return Objective.set(title=title, cycle=cycle, home=home, teams=teams, lead=lead, by=Actor(lead), at=NOW, **fields)


def a_key_result(objective: Objective, *, lead: Person | None = None, **fields: Any) -> KeyResult:
    """Write down a key result that is ready to start: activation from 31 % to 45 %."""
    given = {
        "statement": "New riders who ride in week one rise from 31% to 45%",
        "metric": "New riders who ride in week one",
        "unit_kind": "percent",
        "baseline": Decimal(31),
        "target": Decimal(45),
        "lead": lead or objective.lead,
    } | fields
    given |= {
        name: Decimal(value)
        for name, value in given.items()
        if isinstance(value, int) and name in {"baseline", "target"}
    }
    return KeyResult.write_down(objective, by=Actor(objective.lead), at=NOW, **given)


def _people() -> dict[str, Person]:
    roles = {
        "vera": ("Vera Viewer", Role.VIEWER),
        "cleo": ("Cleo Elsewhere", Role.MEMBER),
        "ben": ("Ben Homer", Role.MEMBER),
        "ada": ("Ada Lead", Role.MEMBER),
        "carl": ("Carl Contributor", Role.MEMBER),
        "max": ("Max Manager", Role.MEMBER),
        "root": ("Root Admin", Role.ADMIN),
        "olga": ("Olga Owner", Role.OWNER),
        "dov": ("Dov Gone", Role.MEMBER),
    }
    return {key: a_person(name, role) for key, (name, role) in roles.items()}


def _cycles() -> tuple[Cycle, Cycle, Cycle]:
    def plan(name: str, first: date, last: date) -> Cycle:
        return Cycle.plan(name=name, first_day=first, last_day=last, by=SYSTEM, at=NOW)

    return (
        plan("Year 2026", date(2026, 1, 1), date(2026, 12, 31)),
        plan("Q2 2026", date(2026, 4, 1), date(2026, 6, 30)),
        plan("Q3 2026", date(2026, 7, 1), date(2026, 9, 30)),
    )


def _fresh(noun: Any) -> Any:
    return type(noun).objects.get(pk=noun.pk)

"""The people of Fernwood Bikes and their teams."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from plumbline.people.models import Actor, Invitation, Person, Team
from plumbline.people.models.person import Role
from plumbline.usecases.sample_company.calendar import Calendar
from plumbline.usecases.sample_company.plans import table

SYSTEM = Actor(door="cli")
DOMAIN = "fernwood.example"


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody by name."""

    people: dict[str, Person] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)

    def person(self, name: str) -> Person:
        """Return somebody by name."""
        return self.people[name]

    def actor(self, name: str) -> Actor:
        """Return somebody as the one who does something."""
        return Actor(self.people[name])


def address(name: str) -> str:
    """Return the e-mail address of somebody: the name without accents."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return f"{plain.lower().replace(' ', '.')}@{DOMAIN}"


def hire(calendar: Calendar, passwords: Mapping[str, str]) -> Staff:
    """Take everybody in, form the teams, and say who manages whom."""
    staff, facts = Staff(), table("people")
    titles = _job_titles(facts)
    secrets = {facts["signs_in"][part]: password for part, password in passwords.items()}
    for name in _everybody(facts):
        staff.people[name] = _take_in(name, titles, secrets.get(name, ""), calendar)
    for row in facts["team"]:
        staff.teams[row["name"]] = _form(row, staff, calendar)
    for name, team in facts["also_in"].items():
        _add(staff.teams[team], staff.person(name), calendar)
    for name, state in facts["states"].items():
        _settle(staff.person(name), state, calendar)
    return staff


def signs_in() -> dict[str, str]:
    """Return the addresses of those who can sign in, by the part they play."""
    parts: dict[str, str] = table("people")["signs_in"]
    return {part: address(name) for part, name in parts.items()}


def _everybody(facts: dict[str, Any]) -> Iterator[str]:
    names = [*facts["first"], *(name for row in facts["team"] for name in row["people"]), *facts["roles"]]
    yield from dict.fromkeys(names)


def _job_titles(facts: dict[str, Any]) -> dict[str, str]:
    titles = {}
    for row in facts["team"]:
        for place, name in enumerate(row["people"]):
            titles[name] = row["jobs"][place % len(row["jobs"])]
    return {**titles, **facts["jobs"]}


def _take_in(name: str, titles: Mapping[str, str], password: str, calendar: Calendar) -> Person:
    facts = table("people")
    at = calendar.moment(calendar.founded_on, 9, name)
    role = facts["roles"].get(name, Role.MEMBER)
    person = Person.reserve(name=name, email=address(name), role=role, job_title=titles.get(name, ""), by=SYSTEM, at=at)
    if facts["states"].get(name, "active") in {"active", "archived"}:
        person.join(password=password, by=SYSTEM, at=at)
    return person


def _form(row: dict[str, Any], staff: Staff, calendar: Calendar) -> Team:
    lead = staff.person(row["lead"])
    team = Team.form(
        name=row["name"],
        purpose=row["purpose"],
        lead=lead,
        parent=staff.teams.get(row.get("under", "")),
        by=SYSTEM,
        at=calendar.moment(calendar.founded_on, 10, row["name"]),
    )
    for name in row["people"]:
        _add(team, staff.person(name), calendar)
        manager = lead if name != row["lead"] else staff.person("Ingrid Vale")
        if staff.person(name) != manager:
            staff.person(name).manage_by(
                manager, by=SYSTEM, at=calendar.moment(calendar.founded_on, 11, name), on=calendar.founded_on
            )
    return team


def _add(team: Team, person: Person, calendar: Calendar) -> None:
    at = calendar.moment(calendar.founded_on, 11, team.name, person.name)
    team.add(person, by=SYSTEM, at=at, on=calendar.founded_on)


def _settle(person: Person, state: str, calendar: Calendar) -> None:
    if state == "archived":
        person.archive(by=SYSTEM, at=calendar.moment(calendar.quarter(-1).last_day, 17, person.name))
    elif state == "invited":
        _invite(person, calendar)


def _invite(person: Person, calendar: Calendar) -> None:
    Invitation.send(person, by=SYSTEM, at=calendar.moment(calendar.today, 0, person.name))

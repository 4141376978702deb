"""People and teams in bulk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from plumbline.people.models import Actor, Event, Membership, Organisation, Person, Team
from plumbline.people.models.person import Management, Role
from plumbline.usecases.seed.chance import Chance
from plumbline.usecases.seed.size import Size
from plumbline.usecases.seed.vocabulary import FAMILY, GIVEN, TEAMS

SYSTEM = Actor(door="cli")
DOMAIN = "seed.example"
_ADMINS = 0.02
_VIEWERS = 0.1
_IN_TWO_TEAMS = 0.15


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody who was sown; ``of_team`` has the members of each team, its lead first."""

    people: list[Person]
    teams: list[Team]
    of_team: dict[int, list[Person]]


def sow_staff(size: Size, chance: Chance, at: datetime) -> Staff:
    """Make the people, the teams, who is in which, and who manages whom. The first person is an owner."""
    people = Person.objects.bulk_create([_person(place, chance, at) for place in range(size.people)])
    teams = Team.objects.bulk_create([_team(place, people) for place in range(size.teams)])
    for place, team in enumerate(teams[5:], 5):
        team.parent = teams[place // 5 - 1]
    Team.objects.bulk_update(teams[5:], ["parent"], batch_size=200)
    staff = Staff(people, teams, {team.pk: [people[place % len(people)]] for place, team in enumerate(teams)})
    _join(staff, chance, at)
    made = [each.event("reserved", by=SYSTEM, at=at, after={"role": each.role}) for each in people]
    made += [each.event("formed", by=SYSTEM, at=at, after={"name": each.name}) for each in teams]
    Event.objects.bulk_create(made, batch_size=1000)
    return staff


def _person(place: int, chance: Chance, at: datetime) -> Person:
    name = f"{chance.one_of(GIVEN)} {chance.one_of(FAMILY)}"
    role = Role.OWNER if place == 0 else _role(chance)
    person = Person(name=name, email=f"{name.lower().replace(' ', '.')}.{place}@{DOMAIN}", role=role)
    person.state, person.joined_at = Person.State.ACTIVE, at
    person.set_unusable_password()
    return person


def _role(chance: Chance) -> Role:
    if chance.happens(_ADMINS):
        return Role.ADMIN
    return Role.VIEWER if chance.happens(_VIEWERS) else Role.MEMBER


def _team(place: int, people: list[Person]) -> Team:
    again, word = divmod(place, len(TEAMS))
    return Team(name=f"{TEAMS[word]} {again + 1}" if again else TEAMS[word], lead=people[place % len(people)])


def _join(staff: Staff, chance: Chance, at: datetime) -> None:
    since = Organisation.the().today(at) - timedelta(days=400)
    memberships, managers = [], []
    for place, person in enumerate(staff.people):
        home = staff.teams[place % len(staff.teams)]
        for team in {home, chance.one_of(staff.teams)} if chance.happens(_IN_TWO_TEAMS) else {home}:
            memberships.append(Membership(person=person, team=team, first_day=since))
            if person is not staff.of_team[team.pk][0]:
                staff.of_team[team.pk].append(person)
        if home.lead is not None and home.lead != person:
            managers.append(Management(person=person, manager=home.lead, first_day=since))
    Membership.objects.bulk_create(memberships, batch_size=1000)
    Management.objects.bulk_create(managers, batch_size=1000)

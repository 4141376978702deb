"""How many queries each page takes: the same with 1, 20 and 200 rows (K03).

The number stands in the table, so that a rise is seen and asked about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from plumbline.goals.models import CheckIn, Cycle, Initiative, Input, Kpi, Objective, Pillar, Reading
from plumbline.people.models import Actor, Event, Management, Membership, Person, Team, Token
from tests.web.many import many_comments, many_key_results, many_objectives
from tests.web.visiting import queries, visitor
from tests.world import NOW, SYSTEM, TODAY, World

pytestmark = pytest.mark.one_database

SIZES = (1, 20, 200)
Add = Callable[[World, int], Any]


def key_results(world: World, count: int) -> None:
    many_key_results(world.stay, count, world.ada)


def objectives(world: World, count: int) -> None:
    for objective in many_objectives(world.stay, count, kind="committed"):
        many_key_results(objective, 1, world.ada)


def children(world: World, count: int) -> None:
    for objective in many_objectives(world.stay, count, parent_objective=world.stay):
        many_key_results(objective, 1, world.ada)


def comments(world: World, count: int) -> None:
    many_comments(world.stay, count, world.ben)


def check_ins(world: World, count: int) -> None:
    days = (date(2026, 4, 1) + timedelta(days=number % 40) for number in range(count))
    CheckIn.objects.bulk_create(
        CheckIn(key_result=world.activation, value=Decimal(33), on=day, entered_at=NOW, author=world.ben)
        for day in days
    )


def initiatives(world: World, count: int) -> None:
    Initiative.objects.bulk_create(
        Initiative(title="Call", objective=world.stay, key_result=world.activation, lead=world.ben)
        for _each in range(count)
    )


def inputs(world: World, count: int) -> None:
    work = Initiative.objects.filter(title="Put in").first() or Initiative.take_on(
        title="Put in", objective=world.stay, by=SYSTEM, at=NOW
    )
    Input.objects.bulk_create(Input(initiative=work, kind="time", amount=Decimal(1)) for _each in range(count))


def people(world: World, count: int) -> None:
    there = Person.objects.count()
    rows = Person.objects.bulk_create(
        Person(name=f"P {there + number}", email=f"p{there + number}@harbour.test", state="active")
        for number in range(count)
    )
    Membership.objects.bulk_create(Membership(person=row, team=world.riders, first_day=TODAY) for row in rows)
    Management.objects.bulk_create(Management(person=row, manager=world.max, first_day=TODAY) for row in rows)


def teams(world: World, count: int) -> None:
    there = Team.objects.count()
    rows = Team.objects.bulk_create(
        Team(name=f"T {there + number}", lead=world.cleo, parent=world.riders) for number in range(count)
    )
    Membership.objects.bulk_create(Membership(person=world.ben, team=row, first_day=TODAY) for row in rows)


def kpis(world: World, count: int) -> None:
    rows = Kpi.objects.bulk_create(
        Kpi(name="Bikes", home="team", lead=world.ada, pillar=world.pillar, current=Decimal(1), current_on=TODAY)
        for _each in range(count)
    )
    Kpi.home_teams.through.objects.bulk_create(Kpi.home_teams.through(kpi=row, team=world.riders) for row in rows)
    Reading.objects.bulk_create(Reading(kpi=row, value=Decimal(1), on=TODAY, entered_at=NOW) for row in rows)


def readings(world: World, count: int) -> None:
    Reading.objects.bulk_create(
        Reading(kpi=world.churn, value=Decimal(2), on=TODAY - timedelta(days=number), entered_at=NOW, author=world.ada)
        for number in range(count)
    )


def events(world: World, count: int) -> None:
    told = {"by": Actor(world.ben), "at": NOW, "noun": "objective", "key": world.stay.public_id}
    Event.objects.bulk_create(
        Event.of("changed", **told, under=world.stay.public_id, after={"lead": world.ben}) for _each in range(count)
    )


def pillars(world: World, count: int) -> None:
    for pillar in Pillar.objects.bulk_create(Pillar(name="Bikes", place=9) for _each in range(count)):
        many_objectives(world.stay, 1, pillar=pillar)


def cycles(world: World, count: int) -> None:
    there = Cycle.objects.count()
    Cycle.objects.bulk_create(
        Cycle(name=f"C {there + number}", first_day=date(2030, 1, 1), last_day=date(2030, 2, 1), levels=[])
        for number in range(count)
    )


def tokens(world: World, count: int) -> None:
    there = Token.objects.count()
    Token.objects.bulk_create(
        Token(person=world.ada, name="T", made_at=NOW, digest=f"{there + number}") for number in range(count)
    )


def bets(world: World, count: int) -> None:
    for row in Initiative.objects.bulk_create(
        Initiative(title="Call", objective=world.stay, key_result=world.activation, lead=world.ben, state="doing")
        for _each in range(count)
    ):
        row.place_bet(key_result=world.activation, expected_change=Decimal(1), by=SYSTEM, at=NOW)


@dataclass(frozen=True)
class Page:
    """A page, for whom, with more of what, and the queries it takes."""

    name: str
    more: Add
    takes: int
    noun: Callable[[World], Any] = lambda _world: None
    query: str = ""
    by: str = "ada"

    def __str__(self) -> str:
        return f"{self.name}{self.query} with {self.more.__name__}"

    def address(self, world: World) -> str:
        noun = self.noun(world)
        return reverse(self.name, args=[noun.public_id] if noun else []) + self.query


def stay(world: World) -> Objective:
    return world.stay


def activation(world: World) -> Any:
    return world.activation


def riders(world: World) -> Team:
    return world.riders


def ada(world: World) -> Person:
    return world.ada


def churn(world: World) -> Kpi:
    return world.churn


def this_cycle(world: World) -> Cycle:
    """Name the running cycle."""
    return world.q2


def bet(world: World) -> Initiative:
    """Name a bet on a number with readings, which is over."""
    row = Initiative.objects.filter(title="A bet").first()
    if row is None:
        row = Initiative.take_on(
            title="A bet", objective=world.stay, key_result=world.activation, lead=world.ben, by=SYSTEM, at=NOW
        )
        row.place_bet(key_result=world.activation, expected_change=Decimal(1), by=SYSTEM, at=NOW)
        row.change(state="done", by=SYSTEM, at=NOW)
        row.settle_bet(verdict="moved", by=SYSTEM, at=NOW)
    return row


def work(_world: World) -> Initiative:
    return Initiative.objects.get(title="Put in")


PAGES = [
    Page("home", key_results, 12),
    Page("home", objectives, 12),
    Page("home", events, 12),
    Page("home", comments, 12),
    Page("home", teams, 9, by="ben"),
    Page("goals", objectives, 9),
    Page("goals", key_results, 9),
    Page("goals", objectives, 11, query="?status=on_track&sort=progress"),
    Page("goals", people, 9),
    Page("strategy", objectives, 7),
    Page("strategy", children, 7),
    Page("strategy", pillars, 7),
    Page("objective", key_results, 17, stay),
    Page("objective", check_ins, 17, stay),
    Page("objective", comments, 17, stay),
    Page("objective", children, 18, stay),
    Page("objective", bets, 17, stay),
    Page("objective-edit", objectives, 20, stay),
    Page("objective-edit", people, 20, stay),
    Page("objective-bin", key_results, 9, stay),
    Page("objective-closure", key_results, 17, stay),
    Page("new-goal", objectives, 19),
    Page("new-goal", teams, 17, by="root"),
    Page("examples", teams, 8, query="?q=customers"),
    Page("examples", cycles, 8, query="?q=customers"),
    Page("glossary", people, 3, query="?q=outcome"),
    Page("key-result", check_ins, 15, activation),
    Page("key-result", bets, 15, activation),
    Page("key-result-edit", key_results, 24, activation),
    Page("key-result-new", key_results, 19, stay),
    Page("check-in", check_ins, 9, activation),
    Page("check-in", initiatives, 9, activation),
    Page("guided-check-in", key_results, 8),
    Page("initiative", inputs, 7, work),
    Page("initiative", check_ins, 12, bet),
    Page("bets", bets, 7),
    Page("kpis", kpis, 9),
    Page("kpi-library", kpis, 3, query="?q=share"),
    Page("kpi", readings, 14, churn),
    Page("kpi-board", kpis, 12),
    Page("teams", teams, 4),
    Page("team", objectives, 15, riders),
    Page("team", people, 15, riders),
    Page("team", kpis, 15, riders),
    Page("team", bets, 15, riders),
    Page("team", people, 15, riders, by="root"),
    Page("people", people, 6),
    Page("person", objectives, 10, ada),
    Page("person", people, 10, ada, by="root"),
    Page("search", objectives, 4, query="?q=riders"),
    Page("search", people, 4, query="?q=p"),
    Page("search", kpis, 4, query="?q=bikes"),
    Page("audit", events, 10, by="olga"),
    Page("pillars", pillars, 8, by="olga"),
    Page("cycles", cycles, 6, by="olga"),
    Page("plan-check", objectives, 12, this_cycle),
    Page("plan-check", key_results, 12, this_cycle),
    Page("tokens", tokens, 4),
    Page("settings", people, 5),
]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_more_rows_cost_no_more_queries(world: World, page: Page) -> None:
    """K03."""
    there, seen = 0, []
    with time_machine.travel(NOW, tick=False):
        for size in SIZES:
            page.more(world, size - there)
            there = size
            seen.append(queries(visitor(getattr(world, page.by)), page.address(world)))
    assert seen == [page.takes] * len(SIZES)

"""People at the same moment: nobody's work is lost, and of two that can't both be, one is told.

Each person is a thread with a database connection of its own, let go together.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction

from plumbline.goals.models import (
    Cadence,
    CheckIn,
    Closure,
    Cycle,
    Dismissal,
    Initiative,
    KeyResult,
    Kpi,
    Objective,
    Tag,
)
from plumbline.goals.outlook import outlooks
from plumbline.goals.periods import Period
from plumbline.people.models import Actor, Event, Organisation, Person
from plumbline.people.models.person import Role
from plumbline.usecases.ask_for_verdicts import ask_for_verdicts
from plumbline.usecases.carry_over import carry_over
from plumbline.usecases.close_goals import Choice, close_objective
from plumbline.usecases.hand_out import Recipients, hand_out
from plumbline.usecases.keep_time import keep_time
from tests.world import NOW, SYSTEM, TODAY, World, a_key_result, a_person, an_objective, build

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 20


@pytest.fixture
def world() -> World:
    """The company, written for real: threads do not see an open transaction."""
    return build()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do everything at the same moment; return what came of each: its answer, or its refusal."""
    ready = threading.Barrier(len(acts))

    def do(act: Callable[[], Any]) -> Any:
        try:
            ready.wait(20)
            return act()
        except Exception as refusal:  # noqa: BLE001 - a refusal is an answer too
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(do, acts))


def refusals(results: list[Any]) -> list[type[Exception]]:
    return [type(result) for result in results if isinstance(result, Exception)]


def test_two_people_check_in_on_one_key_result_and_both_are_kept(world):
    def check_in(person: Person, value: int, on: date) -> Callable[[], CheckIn]:
        return lambda: KeyResult.objects.get(pk=world.activation.pk).check_in(
            value=Decimal(value), on=on, by=Actor(person), at=NOW
        )

    results = at_once(check_in(world.ada, 38, TODAY), check_in(world.carl, 37, TODAY - timedelta(days=1)))
    assert refusals(results) == []
    key_result = KeyResult.objects.get(pk=world.activation.pk)
    assert key_result.check_ins.count() == 3
    # The value follows the latest day it is true for, whoever came first.
    assert (key_result.current, key_result.latest_check_in) == (38, results[0])


def test_of_two_edits_of_one_version_one_is_told_and_loses_nothing(world):
    version = world.activation.version

    def change(**fields: Any) -> Callable[[], None]:
        return lambda: KeyResult.objects.get(pk=world.activation.pk).change(
            by=Actor(world.ada), at=NOW, expected_version=version, **fields
        )

    results = at_once(change(metric="Riders in week one"), change(metric="Riders in their first week"))
    assert refusals(results) == [KeyResult.Clash]
    clash = next(result for result in results if isinstance(result, KeyResult.Clash))
    assert clash.since[0].after["metric"] == KeyResult.objects.get(pk=world.activation.pk).metric


def test_two_edits_of_two_fields_are_both_kept(world):
    def change(**fields: Any) -> Callable[[], None]:
        return lambda: KeyResult.objects.get(pk=world.activation.pk).change(by=Actor(world.ada), at=NOW, **fields)

    results = at_once(change(metric="Riders in week one"), change(source_link="https://bikes.test/riders"))
    assert refusals(results) == []
    key_result = KeyResult.objects.get(pk=world.activation.pk)
    assert (key_result.metric, key_result.source_link) == ("Riders in week one", "https://bikes.test/riders")
    assert key_result.version == world.activation.version + 2


def test_twenty_writers_on_one_objective_lose_nothing(world):
    before = Event.objects.count()
    results_at_start = [a_key_result(world.stay, baseline=0, target=100) for _each in range(4)]
    for key_result in results_at_start:
        key_result.activate(by=SYSTEM, at=NOW)
    prepared = Event.objects.count() - before

    def write(number: int) -> Callable[[], Any]:
        key = results_at_start[number % 4].pk
        if number % 5 == 4:
            objective = Objective.objects.get(pk=world.stay.pk)
            return lambda: a_key_result(objective, statement=f"Rides rise from 0 to {number}")
        return lambda: KeyResult.objects.get(pk=key).check_in(value=Decimal(number), by=Actor(world.ada), at=NOW)

    results = at_once(*[write(number) for number in range(WRITERS)])
    assert refusals(results) == []
    assert Event.objects.count() == before + prepared + WRITERS
    assert world.stay.key_results.count() == 1 + 4 + 4
    for key_result in KeyResult.objects.filter(pk__in=[each.pk for each in results_at_start]):
        latest = key_result.check_ins.by_day().last()
        assert (key_result.latest_check_in, key_result.current) == (latest, latest.value)
        assert key_result.check_ins.count() == 4
        assert key_result.version == Event.objects.about("key_result", key_result.public_id).count()
    _roll_up_agrees(world)


def _roll_up_agrees(world: World) -> None:
    outlook = outlooks([world.stay], reader=world.ada, organisation=Organisation.the(), today=TODAY)[world.stay.pk]
    counted = [row.progress for row in outlook.counted]
    assert outlook.progress == pytest.approx(sum(counted) / len(counted))


def test_of_two_half_circles_drawn_at_once_one_is_refused(world):
    upper, lower = (
        an_objective(world.ada, world.q2, world.riders, title=name) for name in ("Stay longer", "Ride more")
    )

    def hang(one: Objective, other: Objective) -> Callable[[], None]:
        return lambda: Objective.objects.get(pk=one.pk).align(
            parent_objective=Objective.objects.get(pk=other.pk), by=Actor(world.ada), at=NOW
        )

    assert refusals(at_once(hang(upper, lower), hang(lower, upper))) == [Objective.Circle]
    assert Objective.objects.filter(parent_objective__in=[upper, lower]).count() == 1


def test_of_two_owners_who_demote_each_other_one_stays(world):
    second = a_person("Otto Owner", Role.OWNER)

    def demote(person: Person, by: Person) -> Callable[[], None]:
        return lambda: Person.objects.get(pk=person.pk).give_role(Role.MEMBER, by=Actor(by), at=NOW)

    assert refusals(at_once(demote(world.olga, second), demote(second, world.olga))) == [Person.LastOwner]
    assert Person.objects.active().filter(role=Role.OWNER).count() == 1


def test_of_two_owners_who_archive_each_other_one_stays(world):
    second = a_person("Otto Owner", Role.OWNER)

    def archive(person: Person, by: Person) -> Callable[[], None]:
        return lambda: Person.objects.get(pk=person.pk).archive(by=Actor(by), at=NOW)

    assert refusals(at_once(archive(world.olga, second), archive(second, world.olga))) == [Person.LastOwner]
    assert Person.objects.active().filter(role=Role.OWNER).count() == 1


def test_a_double_submit_makes_one_check_in(world):
    def submit() -> CheckIn:
        return KeyResult.objects.get(pk=world.activation.pk).check_in(
            value=Decimal(39), by=Actor(world.ada, idempotency_key="once"), at=NOW
        )

    results = at_once(*[submit] * 6)
    assert refusals(results) == []
    assert {check_in.pk for check_in in results} == {world.activation.check_ins.get(idempotency_key="once").pk}
    assert Event.objects.filter(verb="checked_in", idempotency_key="once").count() == 1


def test_of_two_overlapping_cycles_made_at_once_one_is_refused(world):
    def plan(name: str, first: date, last: date) -> Callable[[], Cycle]:
        return lambda: Cycle.plan(name=name, first_day=first, last_day=last, by=Actor(world.olga), at=NOW)

    results = at_once(
        plan("Autumn", date(2027, 9, 1), date(2027, 11, 30)), plan("Winter", date(2027, 11, 1), date(2028, 1, 31))
    )
    assert refusals(results) == [Cycle.Overlaps]
    assert Cycle.objects.filter(first_day__year=2027).count() == 1


def test_a_person_is_reminded_once_by_two_workers_at_once(world):
    def remind() -> Event | None:
        return Person.objects.get(pk=world.ada.pk).remind([world.activation], day=TODAY, by=SYSTEM, at=NOW)

    results = at_once(*[remind] * 4)
    assert sorted(result is None for result in results) == [False, True, True, True]
    assert Event.objects.filter(verb="reminded").count() == 1


def test_a_check_in_never_lands_on_an_objective_that_was_closed_at_that_moment(world):
    def close() -> Closure:
        return Closure.close(Objective.objects.get(pk=world.stay.pk), verdict="missed", by=Actor(world.ada), at=NOW)

    def check_in() -> CheckIn:
        return KeyResult.objects.get(pk=world.activation.pk).check_in(value=Decimal(40), by=Actor(world.ada), at=NOW)

    refused = refusals(at_once(close, check_in))
    assert refused in ([], [KeyResult.Closed])
    # Versions are given under the lock of the key result: the closing has the highest.
    newest = max(
        Event.objects.about("key_result", world.activation.public_id), key=lambda event: event.after["version"]
    )
    assert newest.verb == "closed"


def test_a_check_in_never_lands_in_a_cycle_that_is_closing_at_that_moment(world):
    """The closing is under way and not committed: the check-in waits for it, and is refused."""
    world.organisation.change(late_days=0, by=SYSTEM, at=NOW)
    world.q2.move_to("closing", by=SYSTEM, at=NOW)
    moved = threading.Event()

    def close() -> None:
        with transaction.atomic():
            Cycle.objects.get(pk=world.q2.pk).move_to("closed", by=Actor(world.olga), at=NOW)
            moved.set()
            time.sleep(0.5)

    def check_in() -> CheckIn:
        moved.wait(20)
        return KeyResult.objects.get(pk=world.activation.pk).check_in(value=Decimal(40), by=Actor(world.ada), at=NOW)

    assert refusals(at_once(close, check_in)) == [Cycle.Closed]
    assert world.activation.check_ins.count() == 1


def test_a_cycle_waits_for_the_check_in_that_came_first(world):
    world.q2.move_to("closing", by=SYSTEM, at=NOW)
    written = threading.Event()

    def check_in() -> None:
        with transaction.atomic():
            KeyResult.objects.get(pk=world.activation.pk).check_in(value=Decimal(40), by=Actor(world.ada), at=NOW)
            written.set()
            time.sleep(0.5)

    def close() -> int:
        written.wait(20)
        Cycle.objects.get(pk=world.q2.pk).move_to("closed", by=Actor(world.olga), at=NOW)
        return world.activation.check_ins.count()

    assert at_once(check_in, close) == [None, 2]


def test_check_ins_and_phases_crossing_each_other_never_lock_up(world):
    rows = [a_key_result(world.stay, baseline=0, target=100) for _each in range(4)]
    for row in rows:
        row.activate(by=SYSTEM, at=NOW)

    def check_in(number: int) -> Callable[[], CheckIn]:
        key = rows[number % 4].pk
        return lambda: KeyResult.objects.get(pk=key).check_in(value=Decimal(number), by=Actor(world.ada), at=NOW)

    def turn() -> None:
        for phase in ("closing", "active", "closing", "active"):
            Cycle.objects.get(pk=world.q2.pk).move_to(phase, by=Actor(world.olga), at=NOW)

    def close() -> Closure:
        return Closure.close(Objective.objects.get(pk=world.secret.pk), verdict="missed", by=Actor(world.ada), at=NOW)

    assert refusals(at_once(*[check_in(number) for number in range(12)], turn, close)) == []


def test_two_workers_make_the_next_cycles_once(world):
    """And move a cycle on once."""
    Cycle.objects.filter(pk__in=[world.q2.pk, world.q3.pk]).update(binned_at=NOW)
    Cadence.begin(name="Quarters", kind="quarterly", formula="S{quarter} {year}", by=SYSTEM, at=NOW)

    assert refusals(at_once(*[lambda: keep_time(NOW)] * 4)) == []
    assert sorted(Cycle.objects.filter(binned_at=None).values_list("name", "phase")) == [
        ("S2 2026", "active"),
        ("S3 2026", "planning"),
        ("Year 2026", "active"),
    ]
    assert Event.objects.about("cycle", world.year.public_id).filter(verb="phase_changed").count() == 1


def test_two_who_make_the_next_cycle_at_once_make_one_copy(world):
    close_objective(
        world.stay, choices=[Choice(world.activation, "keep")], verdict="missed", by=Actor(world.ada), at=NOW
    )

    def carry() -> Objective | None:
        return carry_over(Objective.objects.get(pk=world.stay.pk), into=world.q3, by=Actor(world.ada), at=NOW)

    results = at_once(*[carry] * 4)
    assert refusals(results) == []
    assert len({result.pk for result in results}) == 1
    assert KeyResult.objects.filter(origin=world.activation).count() == 1


def test_of_two_who_close_one_objective_one_is_told(world):
    def close() -> Closure:
        return Closure.close(Objective.objects.get(pk=world.stay.pk), verdict="missed", by=Actor(world.ada), at=NOW)

    assert refusals(at_once(close, close)) == [Objective.Closed]
    assert world.stay.closures.count() == 1


def test_a_key_result_that_moves_keeps_a_check_in_of_that_moment(world):
    other = an_objective(world.ada, world.q2, world.riders, title="Ride more")

    def move() -> Event | None:
        return KeyResult.objects.get(pk=world.activation.pk).move(other, reason="So", by=Actor(world.ada), at=NOW)

    def check_in() -> CheckIn:
        return KeyResult.objects.get(pk=world.activation.pk).check_in(value=Decimal(41), by=Actor(world.ben), at=NOW)

    assert refusals(at_once(move, check_in)) == []
    key_result = KeyResult.objects.get(pk=world.activation.pk)
    assert (key_result.objective, key_result.current) == (other, Decimal(41))
    assert key_result.version == Event.objects.about("key_result", key_result.public_id).count()


def test_a_goal_that_moves_keeps_a_check_in_of_that_moment(world):
    def move() -> Event | None:
        return Objective.objects.get(pk=world.stay.pk).move(cycle=world.q3, reason="So", by=Actor(world.ada), at=NOW)

    def check_in() -> CheckIn:
        return KeyResult.objects.get(pk=world.activation.pk).check_in(value=Decimal(41), by=Actor(world.ben), at=NOW)

    assert refusals(at_once(move, check_in)) == []
    assert Objective.objects.get(pk=world.stay.pk).cycle == world.q3
    assert KeyResult.objects.get(pk=world.activation.pk).current == Decimal(41)


def test_nothing_hangs_anew_from_what_was_archived_at_that_moment(world):
    child = an_objective(world.ada, world.q2, world.riders, title="Ride more")

    def archive() -> None:
        Objective.objects.get(pk=world.stay.pk).archive(by=Actor(world.ada), at=NOW)

    def align() -> None:
        parent = Objective.objects.get(pk=world.stay.pk)
        Objective.objects.get(pk=child.pk).align(parent_objective=parent, by=Actor(world.ben), at=NOW)

    refused = refusals(at_once(archive, align))
    child.refresh_from_db()
    assert (refused, child.parent_objective) in [([], world.stay), ([Objective.WrongParent], None)]


def test_of_two_key_results_that_close_a_circle_at_once_one_is_refused(world):
    upper, lower = (an_objective(world.ada, world.q2, world.riders, title=name) for name in ("Stay", "Ride"))
    row = a_key_result(lower)

    def align() -> None:
        parent = KeyResult.objects.get(pk=row.pk)
        Objective.objects.get(pk=upper.pk).align(parent_key_result=parent, by=Actor(world.ada), at=NOW)

    def move() -> Event | None:
        return KeyResult.objects.get(pk=row.pk).move(Objective.objects.get(pk=upper.pk), by=Actor(world.ben), at=NOW)

    assert refusals(at_once(align, move)) in ([Objective.Circle], [KeyResult.WrongPlace])


def test_of_two_tags_of_one_name_made_at_once_one_is_refused(world):
    def make(name: str) -> Callable[[], Tag]:
        return lambda: Tag.make(name=name, by=Actor(world.root), at=NOW)

    assert refusals(at_once(make("Winter"), make("winter"))) == [Tag.NameTaken]


def test_of_two_kpis_hung_from_each_other_at_once_one_is_refused(world):
    upper, lower = (Kpi.watch(name=name, by=SYSTEM, at=NOW) for name in ("Revenue", "Margin"))

    def hang(one: Kpi, other: Kpi) -> Callable[[], None]:
        return lambda: Kpi.objects.get(pk=one.pk).hang(Kpi.objects.get(pk=other.pk), by=Actor(world.ada), at=NOW)

    assert refusals(at_once(hang(upper, lower), hang(lower, upper))) == [Kpi.Circle]
    assert Kpi.objects.exclude(parent=None).count() == 1


def test_two_who_fill_one_cell_at_once_and_one_is_told(world):
    def fill(value: int) -> Callable[[], Any]:
        kpi, april = Kpi.objects.get(pk=world.churn.pk), Period(date(2026, 4, 1), date(2026, 4, 30))
        return lambda: kpi.fill(april, value=Decimal(value), known=None, by=Actor(world.ada), at=NOW)

    def aim(value: int) -> Callable[[], Any]:
        kpi = Kpi.objects.get(pk=world.churn.pk)
        asked = {"target": Decimal(value), "known": (None, None)}
        return lambda: kpi.fill_target(date(2026, 4, 1), **asked, by=Actor(world.ada), at=NOW)

    assert refusals(at_once(fill(3), fill(4))) == [Kpi.Overtaken]
    assert refusals(at_once(aim(3), aim(4))) == [Kpi.Overtaken]


def test_a_key_result_that_follows_a_sum_ends_at_the_sum_of_all(world):
    """And every reading is taken in once, however many come at the same moment."""
    total = Kpi.watch(name="Riders", driver="sum", unit_kind="percent", by=SYSTEM, at=NOW)
    cities = [Kpi.watch(name=name, unit_kind="percent", by=SYSTEM, at=NOW) for name in ("Ghent", "Lyon", "Bern")]
    for city in cities:
        city.hang(total, by=SYSTEM, at=NOW)
    world.activation.feed_from(total, by=Actor(world.ada), at=NOW)

    def read(city: Kpi, value: int) -> Callable[[], Any]:
        return lambda: Kpi.objects.get(pk=city.pk).read(value=Decimal(value), on=TODAY, by=Actor(world.ada), at=NOW)

    assert refusals(at_once(*[read(city, place + 10) for place, city in enumerate(cities)])) == []
    key_result = KeyResult.objects.get(pk=world.activation.pk)
    assert (key_result.current, key_result.check_ins.filter(source="kpi").count()) == (Decimal(33), 1)


def test_a_reading_and_a_feed_begun_at_that_moment_make_one_check_in(world):
    def read() -> Any:
        return Kpi.objects.get(pk=world.churn.pk).read(value=Decimal(4), on=TODAY, by=Actor(world.ada), at=NOW)

    def feed() -> None:
        kpi = Kpi.objects.get(pk=world.churn.pk)
        KeyResult.objects.get(pk=world.activation.pk).feed_from(kpi, by=Actor(world.ada), at=NOW)

    assert refusals(at_once(read, feed)) == []
    taken = world.activation.check_ins.filter(source="kpi").order_by("on")
    assert list(taken.values_list("on", "value")) == [(date(2026, 5, 1), Decimal("2.8")), (TODAY, Decimal(4))]


def test_two_who_settle_one_bet_at_once_and_one_is_told(world):
    row = Initiative.take_on(title="A guide", objective=world.stay, key_result=world.activation, by=SYSTEM, at=NOW)
    row.place_bet(key_result=world.activation, expected_change=Decimal(2), by=SYSTEM, at=NOW)
    version = row.version

    def settle(verdict: str) -> Callable[[], None]:
        return lambda: Initiative.objects.get(pk=row.pk).settle_bet(
            verdict=verdict, by=Actor(world.ada), at=NOW, expected_version=version
        )

    results = at_once(settle("moved"), settle("not"))
    assert refusals(results) == [Initiative.Clash]
    settled = Event.objects.get(verb="bet_settled")
    assert Initiative.objects.get(pk=row.pk).bet.verdict == settled.after["verdict"]


def test_two_workers_ask_for_one_verdict_once(world):
    row = Initiative.take_on(title="A guide", objective=world.stay, lead=world.ada, by=SYSTEM, at=NOW)
    row.place_bet(key_result=world.activation, expected_change=Decimal(2), by=SYSTEM, at=NOW)
    row.change(state="done", by=SYSTEM, at=NOW)

    results = at_once(*[lambda: ask_for_verdicts(NOW)] * 2)
    assert refusals(results) == []
    assert (sum(results), Event.objects.filter(verb="verdict_asked").count()) == (1, 1)


def test_two_who_hand_out_one_goal_at_once_make_it_once_for_each(world):
    def give() -> Any:
        template = Objective.objects.get(pk=world.stay.pk)
        return hand_out(template, Recipients(world.q3, people=[world.ben, world.cleo]), by=Actor(world.root), at=NOW)

    results = at_once(give, give)
    assert refusals(results) == []
    assert Objective.objects.filter(home="person").count() == 2


def test_two_who_say_why_one_finding_is_fine_leave_one_reason(world):
    def say(reason: str) -> Callable[[], Any]:
        told = {"rule": "unaligned", "key": world.stay.public_id, "by": Actor(world.ada), "at": NOW}
        return lambda: Dismissal.say(Objective.objects.get(pk=world.stay.pk), reason=reason, **told)

    results = at_once(say("On purpose"), say("We know"))
    assert refusals(results) == []
    assert Dismissal.objects.count() == Event.objects.filter(verb="finding_dismissed").count() == 1

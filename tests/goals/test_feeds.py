"""A key result fed by a KPI: its check-ins follow the readings, each once, and nobody types the number."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from plumbline.goals.models import KeyResult, Kpi
from plumbline.goals.status import Status
from plumbline.people.models import Actor, Event
from tests.world import NOW, SYSTEM, TODAY, World, a_key_result, an_objective

MAY = date(2026, 5, 1)


@pytest.fixture
def fed(world: World) -> KeyResult:
    """Churn is at 2.8 since 1 May; the key result runs from April on."""
    key_result = KeyResult.objects.get(pk=world.activation.pk)
    key_result.feed_from(world.churn, by=Actor(world.ada), at=NOW)
    return key_result


def taken(key_result: KeyResult) -> list[tuple[date, Decimal]]:
    rows = key_result.check_ins.standing().filter(source="kpi").by_day()
    return list(rows.values_list("on", "value"))


def current(key_result: KeyResult) -> Decimal | None:
    return KeyResult.objects.get(pk=key_result.pk).current


def test_its_check_ins_follow_the_readings_each_once(world: World, fed: KeyResult) -> None:
    twice = Actor(world.ada, idempotency_key="form-1")
    for _again in range(2):
        world.churn.read(value=Decimal("2.6"), on=TODAY, by=twice, at=NOW)
    for _again in range(2):
        fed.follow(by=SYSTEM, at=NOW)

    assert taken(fed) == [(MAY, Decimal("2.8")), (TODAY, Decimal("2.6"))]
    assert (current(fed), fed.check_ins.get(on=TODAY).author) == (Decimal("2.6"), world.ada)
    assert Event.objects.about("key_result", fed.public_id).filter(verb="fed").count() == 1


def test_a_corrected_reading_corrects_and_one_taken_back_goes(world: World, fed: KeyResult) -> None:
    """B04: the history keeps both."""
    world.churn.read(value=Decimal("2.6"), on=TODAY, by=SYSTEM, at=NOW)
    world.churn.read(value=Decimal("2.5"), on=TODAY, by=SYSTEM, at=NOW)
    assert (taken(fed)[-1], fed.check_ins.filter(on=TODAY).count()) == ((TODAY, Decimal("2.5")), 2)
    assert fed.check_ins.get(value=Decimal("2.5")).corrects.value == Decimal("2.6")

    world.churn.take_back(TODAY, by=SYSTEM, at=NOW)
    assert taken(fed)[-1] == (TODAY, Decimal("2.6"))
    world.churn.take_back(TODAY, by=SYSTEM, at=NOW)
    assert taken(fed) == [(MAY, Decimal("2.8"))]


def test_a_late_reading_about_the_past_changes_the_history_only(world: World, fed: KeyResult) -> None:
    """B02."""
    world.churn.read(value=Decimal("2.6"), on=TODAY, by=SYSTEM, at=NOW)
    world.churn.read(value=Decimal(7), on=date(2026, 5, 12), by=SYSTEM, at=NOW)
    assert (current(fed), len(taken(fed))) == (Decimal("2.6"), 3)
    world.churn.read(value=Decimal(7), on=date(2026, 3, 31), by=SYSTEM, at=NOW)  # before its first day
    assert len(taken(fed)) == 3


def test_nobody_types_its_value_and_the_lead_still_says_how_it_goes(world: World, fed: KeyResult) -> None:
    with pytest.raises(KeyResult.Fed):
        fed.check_in(value=Decimal(40), by=Actor(world.ada), at=NOW)
    world.churn.read(value=Decimal("2.6"), on=date(2026, 5, 18), by=SYSTEM, at=NOW)
    said = fed.check_in(status="off_track", confidence=2, note="Late invoices", by=Actor(world.ada), at=NOW)

    assert (said.value, said.on) == (Decimal("2.6"), date(2026, 5, 18))
    world.churn.read(value=Decimal("2.7"), on=date(2026, 5, 20), by=SYSTEM, at=NOW)
    fresh = KeyResult.objects.get(pk=fed.pk)
    # What the lead said was said of the reading before: the new one has the word of the data alone.
    assert (fresh.current, fresh.latest_check_in.status) == (Decimal("2.7"), "")
    with pytest.raises(KeyResult.Fed):
        fed.withdraw(fresh.latest_check_in, by=Actor(world.ada), at=NOW)


def test_what_was_said_of_a_reading_goes_with_it(world: World, fed: KeyResult) -> None:
    world.churn.read(value=Decimal("2.6"), on=TODAY, by=SYSTEM, at=NOW)
    fed.check_in(status=Status.ON_TRACK, by=Actor(world.ada), at=NOW)

    world.churn.take_back(TODAY, by=SYSTEM, at=NOW)
    assert current(fed) == Decimal(36)  # typed on the 15th, before it was fed


def test_while_its_kpi_is_archived_people_type_again(world: World, fed: KeyResult) -> None:
    world.churn.archive(by=SYSTEM, at=NOW)
    fed.check_in(value=Decimal(41), by=Actor(world.ada), at=NOW)
    assert current(fed) == Decimal(41)

    world.churn.unarchive(by=SYSTEM, at=NOW)
    with pytest.raises(KeyResult.Fed):
        fed.check_in(value=Decimal(42), by=Actor(world.ada), at=NOW)


def test_let_go_of_its_kpi_it_keeps_what_it_took_in(world: World, fed: KeyResult) -> None:
    fed.feed_from(None, by=Actor(world.ada), at=NOW)
    world.churn.read(value=Decimal(9), on=TODAY, by=SYSTEM, at=NOW)

    assert taken(fed) == [(MAY, Decimal("2.8"))]
    assert fed.check_in(value=Decimal(40), by=Actor(world.ada), at=NOW).value == 40


def test_a_draft_takes_the_readings_in_when_it_starts(world: World) -> None:
    draft = a_key_result(an_objective(world.ada, world.q2, world.riders, title="Ride more"))
    draft.feed_from(world.churn, by=Actor(world.ada), at=NOW)
    assert taken(draft) == []

    draft.activate(by=Actor(world.ada), at=NOW)
    assert taken(draft) == [(MAY, Decimal("2.8"))]


def test_a_closed_key_result_follows_no_longer(world: World, fed: KeyResult) -> None:
    fed.archive(by=Actor(world.ada), at=NOW)
    world.churn.read(value=Decimal(9), on=TODAY, by=SYSTEM, at=NOW)
    assert taken(fed) == [(MAY, Decimal("2.8"))]


@pytest.mark.parametrize(
    "fields", [{"unit_kind": "count"}, {"unit_kind": "money", "unit_code": "EUR"}, {"is_private": True}]
)
def test_a_kpi_that_does_not_fit_feeds_nothing(world: World, fields: dict[str, Any]) -> None:
    kpi = Kpi.watch(name="Depot offers", lead=world.ada, **{"unit_kind": "percent"} | fields, by=SYSTEM, at=NOW)

    with pytest.raises(KeyResult.WrongSource):
        world.activation.feed_from(kpi, by=Actor(world.ada), at=NOW)


def test_units_stay_as_they_are_while_one_feeds_the_other(world: World, fed: KeyResult) -> None:
    """B09."""
    with pytest.raises(KeyResult.TypeIsFixed):
        fed.change(unit_kind="count", by=Actor(world.ada), at=NOW)
    for fields, refusal in (({"unit_kind": "count"}, Kpi.UnitIsFixed), ({"is_private": True}, Kpi.WrongParent)):
        with pytest.raises(refusal):
            world.churn.change(**fields, by=Actor(world.ada), at=NOW)


def test_it_follows_what_a_roll_up_reads(world: World) -> None:
    total = Kpi.watch(name="Riders", driver="mean", unit_kind="percent", by=SYSTEM, at=NOW)
    cities = [Kpi.watch(name=name, unit_kind="percent", by=SYSTEM, at=NOW) for name in ("Ghent", "Lyon")]
    for city in cities:
        city.hang(total, by=SYSTEM, at=NOW)
    fed = KeyResult.objects.get(pk=world.activation.pk)
    fed.feed_from(total, by=Actor(world.ada), at=NOW)

    cities[0].read(value=Decimal(40), on=TODAY, by=SYSTEM, at=NOW)
    assert taken(fed) == []  # Lyon is missing
    cities[1].read(value=Decimal(41), on=date(2026, 5, 18), by=SYSTEM, at=NOW)
    assert taken(fed) == [(TODAY, Decimal("40.5"))]
    cities[1].read(value=Decimal(42), on=date(2026, 5, 18), by=SYSTEM, at=NOW)
    assert (taken(fed), fed.check_ins.filter(source="kpi").count()) == ([(TODAY, Decimal(41))], 2)

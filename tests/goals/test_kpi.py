"""KPIs: one act makes one reading, and a unit never changes under readings."""

from datetime import date
from decimal import Decimal

import pytest

from plumbline.goals.kpi_health import Health
from plumbline.goals.models import Kpi, Reading
from plumbline.goals.periods import Period
from plumbline.people.models import Actor, Event
from tests.world import NOW, SYSTEM, TODAY, World


def test_the_same_reading_sent_twice_is_noted_once(world: World) -> None:
    twice = Actor(world.ada, idempotency_key="form-1")

    first = world.churn.read(value=Decimal("2.6"), on=date(2026, 5, 20), by=twice, at=NOW)
    again = world.churn.read(value=Decimal("2.6"), on=date(2026, 5, 20), by=twice, at=NOW)

    assert first == again
    assert world.churn.readings.count() == 2


def test_readings_keep_the_unit_they_were_noted_in(world: World) -> None:
    with pytest.raises(Kpi.UnitIsFixed):
        world.churn.change(unit_kind="count", by=Actor(world.ada), at=NOW)

    fresh = Kpi.watch(name="Rides", lead=world.ada, by=SYSTEM, at=NOW)
    fresh.change(unit_kind="money", unit_code="EUR", by=Actor(world.ada), at=NOW)
    assert fresh.unit_kind == "money"


def test_an_archived_team_gets_no_new_kpi(world: World) -> None:
    """F03."""
    world.riders.archive(by=SYSTEM, at=NOW)

    with pytest.raises(Kpi.Closed):
        Kpi.watch(name="Rides", home="team", teams=[world.riders], by=SYSTEM, at=NOW)


def test_the_reading_before_counts_again_when_one_is_taken_back(world: World) -> None:
    day = date(2026, 5, 1)
    world.churn.read(value=Decimal(9), on=day, by=SYSTEM, at=NOW)

    for left in (Decimal("2.8"), None):
        world.churn.take_back(day, by=Actor(world.ada), at=NOW)
        assert Kpi.objects.get(pk=world.churn.pk).current == left
    assert world.churn.take_back(day, by=Actor(world.ada), at=NOW) is None
    assert (world.churn.readings.count(), world.churn.readings.standing().count()) == (2, 0)
    assert Event.objects.about("kpi", world.churn.public_id).filter(verb="reading_withdrawn").count() == 2


def test_a_cell_of_the_past_is_filled_corrected_and_emptied(world: World) -> None:
    """P53: the newest entry counts, the history keeps all, and the value of today stays."""
    april = Period(date(2026, 4, 1), date(2026, 4, 30))

    def fill(value: str, known: str) -> Reading | None:
        given = {"value": Decimal(value) if value else None, "known": Decimal(known) if known else None}
        return world.churn.fill(april, **given, by=Actor(world.ada), at=NOW)

    assert fill("3.1", "").on == april.last_day
    assert fill("3.1", "") == fill("3.1", "3.1")  # sent again: one reading
    assert fill("3.2", "3.1").on == april.last_day
    with pytest.raises(Kpi.Overtaken) as told:
        fill("3.4", "3.1")
    assert told.value.now.value == Decimal("3.2")
    assert fill("", "3.2") is None
    assert Kpi.objects.get(pk=world.churn.pk).current == Decimal("2.8")
    assert world.churn.readings.count() == 3


def test_the_cell_of_now_is_read_today(world: World) -> None:
    may = Period(date(2026, 5, 1), date(2026, 5, 31))

    reading = world.churn.fill(may, value=Decimal(3), known=Decimal("2.8"), by=Actor(world.ada), at=NOW)
    assert reading.on == TODAY
    june = Period(date(2026, 6, 1), date(2026, 6, 30))
    with pytest.raises(Kpi.InTheFuture):
        world.churn.fill(june, value=Decimal(3), known=None, by=Actor(world.ada), at=NOW)


def test_a_target_is_set_and_dropped_period_by_period(world: World) -> None:
    """P47: what is dropped gives way to the target before it."""
    may = date(2026, 5, 1)
    nothing, half = (None, None), (Decimal("2.5"), None)

    world.churn.fill_target(may, target=Decimal("2.5"), known=nothing, by=Actor(world.ada), at=NOW)
    assert Kpi.objects.get(pk=world.churn.pk).target_on(TODAY).target == Decimal("2.5")
    with pytest.raises(Kpi.Overtaken):
        world.churn.fill_target(may, target=Decimal(2), known=nothing, by=Actor(world.ada), at=NOW)
    world.churn.fill_target(may, target=None, known=half, by=Actor(world.ada), at=NOW)
    assert Kpi.objects.get(pk=world.churn.pk).target_on(TODAY).target == Decimal(3)


def test_a_number_that_resets_is_held_against_the_ramp_of_its_day(world: World) -> None:
    """P48: on day 22 of 31 a target of 31 asks for 22."""
    sold = Kpi.watch(name="Bikes sold this month", resets=True, by=SYSTEM, at=NOW)
    sold.aim(first_day=date(2026, 1, 1), target=Decimal(31), by=SYSTEM, at=NOW)

    for value, health in ((22, Health.HEALTHY), (20, Health.WATCH), (5, Health.ACT)):
        sold.read(value=Decimal(value), on=TODAY, by=SYSTEM, at=NOW)
        assert sold.health(TODAY) == health


def test_a_kpi_moves_home_and_is_shared(world: World) -> None:
    world.churn.move(home="team", teams=[world.workshop], by=Actor(world.olga), at=NOW)
    world.churn.share([world.carl], by=Actor(world.olga), at=NOW)

    told = Event.objects.about("kpi", world.churn.public_id)
    moved, shared = (told.get(verb=verb) for verb in ("moved", "shared"))
    assert (moved.after["teams"], shared.after["contributors"]) == (
        [world.workshop.public_id],
        [world.carl.public_id],
    )
    world.riders.archive(by=SYSTEM, at=NOW)
    with pytest.raises(Kpi.Closed):
        world.churn.move(home="team", teams=[world.riders], by=Actor(world.olga), at=NOW)

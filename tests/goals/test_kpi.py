"""KPIs: one act makes one reading, and a unit never changes under readings."""

from datetime import date
from decimal import Decimal

import pytest

from plumbline.goals.models import Kpi
from plumbline.people.models import Actor
from tests.world import NOW, SYSTEM, World


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

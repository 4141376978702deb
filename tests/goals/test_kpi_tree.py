"""KPIs above KPIs: sums and averages worked out on reading, never of what is missing or of another unit."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plumbline.goals.kpi_health import Health
from plumbline.goals.kpi_tree import Forest, Standing, standings
from plumbline.goals.models import Kpi
from plumbline.people.models import Actor, Event
from tests.world import NOW, SYSTEM, TODAY, World


def a_kpi(name: str, *, reads: Any = None, on: date = TODAY, **fields: Any) -> Kpi:
    given = {"unit_kind": "money", "unit_code": "EUR"} | fields
    kpi = Kpi.watch(name=name, by=SYSTEM, at=NOW, **given)
    if reads is not None:
        kpi.read(value=Decimal(reads), on=on, by=SYSTEM, at=NOW)
    return kpi


def standing(kpi: Kpi, world: World) -> Standing:
    fresh = Kpi.objects.get(pk=kpi.pk)
    return standings([fresh], organisation=world.organisation, today=TODAY)[fresh.pk]


@pytest.fixture
def revenue(world: World) -> Kpi:
    return a_kpi("Revenue", driver="sum")


@pytest.fixture
def cities(revenue: Kpi) -> list[Kpi]:
    rows = [a_kpi("Ghent", reads="100.10"), a_kpi("Lyon", reads="50.20", weight=Decimal(3))]
    for row in rows:
        row.hang(revenue, by=SYSTEM, at=NOW)
    return rows


def test_a_sum_is_worked_out_on_reading_over_all_steps(world: World, revenue: Kpi, cities: list[Kpi]) -> None:
    """P50, P60."""
    group = a_kpi("Group", driver="sum")
    revenue.hang(group, by=SYSTEM, at=NOW)

    assert (standing(revenue, world).value, standing(group, world).value) == (Decimal("150.3"), Decimal("150.3"))
    cities[0].read(value=Decimal(200), on=TODAY, by=SYSTEM, at=NOW)
    assert standing(group, world).value == Decimal("250.2")
    assert Kpi.objects.get(pk=group.pk).current is None


def test_a_weighted_average_follows_the_weights(world: World, revenue: Kpi, cities: list[Kpi]) -> None:
    """P50, A19."""
    revenue.change(driver="mean", by=SYSTEM, at=NOW)
    assert standing(revenue, world).value == Decimal("62.675")
    for city in cities:
        city.change(weight=Decimal(0), by=SYSTEM, at=NOW)
    assert standing(revenue, world) == Standing(None, TODAY, Health.UNKNOWN)


def test_what_is_missing_is_named_and_never_counted_as_nothing(world: World, revenue: Kpi, cities: list[Kpi]) -> None:
    silent, stale = a_kpi("Bern"), a_kpi("Oslo", reads=1, on=TODAY - timedelta(days=60))
    for city in (silent, stale):
        city.hang(revenue, by=SYSTEM, at=NOW)

    now = standing(revenue, world)
    assert (now.value, now.health, [each.name for each in now.missing]) == (None, Health.UNKNOWN, ["Bern", "Oslo"])
    for city in (silent, stale):
        city.archive(by=SYSTEM, at=NOW)
    assert standing(revenue, world).value == Decimal("150.3")


def test_a_period_takes_the_last_reading_in_it_of_each(world: World, revenue: Kpi, cities: list[Kpi]) -> None:
    for city, day, value in ((cities[0], 3, 1), (cities[0], 28, 2), (cities[1], 9, 5)):
        city.read(value=Decimal(value), on=date(2026, 4, day), by=SYSTEM, at=NOW)

    forest = Forest.of([revenue], world.organisation).with_readings(date(2026, 3, 1), TODAY)
    march, april, may = (forest.in_period(revenue, each) for each in forest.calendar.until(TODAY, "monthly", 3))
    assert (april.value, april.on, may.value) == (Decimal(7), date(2026, 4, 28), Decimal("150.3"))
    assert (march.value, sorted(each.name for each in march.missing)) == (None, ["Ghent", "Lyon"])


@pytest.mark.parametrize(
    "fields",
    [
        {"unit_code": "USD"},
        {"unit_kind": "percent", "unit_code": ""},
        {"frequency": "quarterly"},
        {"is_private": True},
    ],
)
def test_what_does_not_fit_is_not_added(revenue: Kpi, fields: dict[str, Any]) -> None:
    """A20: money is never added across currencies, nor money and percent."""
    other = a_kpi("Boston", **fields)

    with pytest.raises(Kpi.WrongParent):
        other.hang(revenue, by=SYSTEM, at=NOW)
    assert Kpi.objects.get(pk=other.pk).parent is None


@pytest.mark.parametrize("fields", [{"unit_code": "USD"}, {"frequency": "yearly"}, {"is_private": True}])
def test_what_hangs_together_stays_fitting(revenue: Kpi, cities: list[Kpi], fields: dict[str, Any]) -> None:
    city = a_kpi("Bern")
    city.hang(revenue, by=SYSTEM, at=NOW)

    with pytest.raises(Kpi.WrongParent):
        city.change(**fields, by=SYSTEM, at=NOW)


def test_a_tree_that_adds_nothing_up_may_hold_any_unit(world: World) -> None:
    churn = Kpi.objects.get(pk=world.churn.pk)
    churn.hang(goal := a_kpi("Revenue"), by=SYSTEM, at=NOW)

    assert Event.objects.about("kpi", churn.public_id).get(verb="hung").after["parent"] == goal.public_id
    with pytest.raises(Kpi.WrongParent):
        goal.change(driver="sum", by=SYSTEM, at=NOW)


def test_a_kpi_never_hangs_from_itself(revenue: Kpi, cities: list[Kpi]) -> None:
    """D01."""
    for above in (revenue, cities[0]):
        with pytest.raises(Kpi.Circle):
            revenue.hang(above, by=SYSTEM, at=NOW)


def test_what_is_rolled_up_takes_no_value_by_hand(revenue: Kpi, cities: list[Kpi]) -> None:
    with pytest.raises(Kpi.RollsUp):
        revenue.read(value=Decimal(1), on=TODAY, by=SYSTEM, at=NOW)


def test_a_kpi_that_is_typed_again_stands_at_its_own_last_reading(world: World, cities: list[Kpi]) -> None:
    city = Kpi.objects.get(pk=cities[0].pk)
    for driver, current in (("sum", None), ("typed", Decimal("100.1"))):
        city.change(driver=driver, by=Actor(world.ada), at=NOW)
        assert Kpi.objects.get(pk=city.pk).current == current


def test_a_forest_takes_the_same_queries_however_large(world: World, revenue: Kpi) -> None:
    seen = set()
    for size in (1, 20):
        for place in range(size):
            a_kpi(f"City {place}", reads=1).hang(revenue, by=SYSTEM, at=NOW)
        with CaptureQueriesContext(connection) as told:
            Forest.of([revenue, world.churn], world.organisation).with_readings(TODAY, TODAY)
        seen.add(len(told))
    assert seen == {3}

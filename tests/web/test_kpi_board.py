"""The board: values and targets typed in place, cell by cell or row by row, also of the past."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.urls import reverse

from plumbline.goals.models import Kpi, KpiTarget, Reading
from tests.web.conftest import Door
from tests.web.visiting import counts, read
from tests.world import NOW, SYSTEM, TODAY, World

BOARD = "/kpis/board/"
PART = {"HX-Request": "true"}


def fill(door: Door, who: Any, kpi: Kpi, *, part: bool = True, **cells: str) -> HttpResponseBase:
    form = {name.replace("_", "-"): typed for name, typed in cells.items()}
    return door(who).post(reverse("kpi-cells", args=[kpi.public_id]), form, headers=PART if part else {})


def test_the_board_shows_values_targets_and_health_period_by_period(world: World, door: Door) -> None:
    """P53."""
    world.churn.read(value=Decimal("3.4"), on=date(2026, 4, 28), by=SYSTEM, at=NOW)
    page = read(door(world.vera).get(BOARD))

    assert [head.text for head in page.select("thead th")][-4:-1] == ["Mar 2026", "Apr 2026", "May 2026"]
    april, may = page.select(f"[data-kpi='{world.churn.public_id}'] td")[-3:-1]
    assert [cell.select_one(".cell").text for cell in (april, may)] == ["3.4", "2.8"]
    assert [cell.select_one(".cell__told").get_text(" ").split() for cell in (april, may)] == [
        ["Act", "of", "3"],
        ["Healthy", "of", "3"],
    ]
    assert page.select("input[data-cell]") == []  # Vera reads


def test_periods_follow_the_fiscal_year(world: World, door: Door) -> None:
    """P55."""
    world.organisation.change(fiscal_year_start=4, by=SYSTEM, at=NOW)
    Kpi.watch(name="Margin", frequency="quarterly", by=SYSTEM, at=NOW)

    heads = [head.text for head in read(door(world.vera).get(f"{BOARD}?every=quarterly")).select("thead th")]
    assert heads[-3:-1] == ["Q4 FY2026", "Q1 FY2027"]


def test_ben_types_a_value_of_the_past_in_place(world: World, door: Door) -> None:
    answer = fill(door, world.ben, world.churn, value_2026_04_01="3,1 %", known_2026_04_01="")

    noted = Reading.objects.get(kpi=world.churn, on=date(2026, 4, 30))
    assert (answer.status_code, noted.value, noted.author) == (200, Decimal("3.1"), world.ben)
    assert read(answer).select_one("[name=known-2026-04-01]")["value"] == "3.1"
    assert Kpi.objects.get(pk=world.churn.pk).current == Decimal("2.8")


def test_a_row_is_a_plain_form_without_javascript(world: World, door: Door) -> None:
    """I05: what nobody touched stays; the board comes back as it was looked at."""
    back = f"{BOARD}?every=monthly&show=values"
    form = {"value-2026-03-01": "3", "known-2026-03-01": "", "value-2026-05-01": "2.8", "known-2026-05-01": "2.8"}

    answer = door(world.ada).post(reverse("kpi-cells", args=[world.churn.public_id]), form | {"back": back})
    assert (answer.status_code, answer["Location"]) == (302, back)
    assert list(world.churn.readings.order_by("on").values_list("on", flat=True)) == [
        date(2026, 3, 31),
        date(2026, 5, 1),
    ]


@pytest.mark.parametrize("part", [True, False])
def test_who_was_quicker_is_said_in_the_cell_and_nothing_typed_is_lost(world: World, door: Door, part: bool) -> None:
    """G01."""
    fill(door, world.ben, world.churn, value_2026_04_01="3.1", known_2026_04_01="")
    answer = fill(door, world.ada, world.churn, part=part, value_2026_04_01="3.4", known_2026_04_01="")

    page = read(answer)
    assert (answer.status_code, world.churn.readings.count()) == (409, 2)
    assert "Ben Homer made it 3.1% meanwhile" in page.select_one(".cell__wrong").text
    assert page.select_one("[name=known-2026-04-01]")["value"] == "3.1"
    if not part:
        assert page.select_one("[name=value-2026-04-01]")["value"] == "3.4"
    fill(door, world.ada, world.churn, value_2026_04_01="3.4", known_2026_04_01="3.1")
    assert world.churn.readings.get(value=Decimal("3.4")).author == world.ada


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"value_2026_04_01": "lots"}, "holds no number"),
        ({"value_2026_06_01": "3"}, "still to come"),
        ({"target_2026_04_01": "some"}, "holds no number"),
    ],
)
def test_what_can_not_be_is_said_in_the_cell(world: World, door: Door, cells: dict[str, str], words: str) -> None:
    answer = fill(door, world.ben, world.churn, **cells)

    assert (answer.status_code, words in read(answer).select_one(".cell__wrong").text) == (422, True)
    assert (world.churn.readings.count(), world.churn.targets.count()) == (1, 1)


def test_a_target_of_one_period_is_set_and_taken_off(world: World, door: Door) -> None:
    """P47: an empty cell follows the target before it."""
    fill(door, world.ada, world.churn, target_2026_05_01="2.5", known_2026_05_01="|")
    assert KpiTarget.objects.get(kpi=world.churn, first_day=date(2026, 5, 1)).target == Decimal("2.5")

    page = read(door(world.ada).get(f"{BOARD}?show=targets"))
    april, may = (page.select_one(f"[name=target-2026-0{month}-01]") for month in (4, 5))
    assert (april["value"], april["placeholder"], may["value"]) == ("", "3", "2.5")
    fill(door, world.ada, world.churn, target_2026_05_01="", known_2026_05_01="2.5|")
    assert world.churn.targets.count() == 1


def test_a_band_is_typed_with_both_edges(world: World, door: Door) -> None:
    stock = Kpi.watch(name="Weeks of stock", rule="between", by=SYSTEM, at=NOW)

    for typed, status in (("5", 422), ("7 – 5", 422), ("5 to 7", 200)):
        answer = fill(door, world.olga, stock, target_2026_05_01=typed, known_2026_05_01="|")
        assert answer.status_code == status
    assert stock.targets.values_list("target", "upper").get() == (Decimal(5), Decimal(7))


def test_what_is_rolled_up_takes_targets_and_no_values(world: World, door: Door) -> None:
    total = Kpi.watch(name="All churn", driver="mean", unit_kind="percent", by=SYSTEM, at=NOW)
    world.churn.hang(total, by=SYSTEM, at=NOW)

    row = read(door(world.olga).get(BOARD)).select_one(f"[data-kpi='{total.public_id}']")
    assert (row.select("input.cell"), row.select(".cell")[-1].text) == ([], "2.8")
    silent = row.select_one("[title]")
    assert (silent.text, silent["title"]) == ("1 missing", "Missing: Monthly churn")
    assert fill(door, world.olga, total, value_2026_05_01="2", known_2026_05_01="").status_code == 422
    assert fill(door, world.olga, total, target_2026_05_01="2", known_2026_05_01="|").status_code == 200


@pytest.mark.parametrize("name", ["value", "target"])
def test_from_elsewhere_no_cell_is_filled(world: World, door: Door, name: str) -> None:
    """E03."""
    hidden = Kpi.watch(name="Depot offers", lead=world.ada, is_private=True, by=SYSTEM, at=NOW)
    for who, kpi, status in ((world.cleo, world.churn, 403), (world.vera, world.churn, 403), (world.olga, hidden, 404)):
        assert fill(door, who, kpi, **{f"{name}_2026_05_01": "2"}).status_code == status
    assert "Depot offers" not in read(door(world.olga).get(BOARD)).text
    assert (Reading.objects.count(), KpiTarget.objects.count()) == (1, 1)


def test_the_board_takes_the_same_queries_however_long(world: World, door: Door) -> None:
    def add(count: int) -> None:
        rows = Kpi.objects.bulk_create(
            Kpi(name="Rides", lead=world.ada, pillar=world.pillar, current=Decimal(3), current_on=TODAY)
            for _each in range(count)
        )
        KpiTarget.objects.bulk_create(KpiTarget(kpi=row, first_day=TODAY, target=Decimal(2)) for row in rows)
        Reading.objects.bulk_create(Reading(kpi=row, value=Decimal(3), on=TODAY, entered_at=NOW) for row in rows)

    assert len(counts(door(world.olga), BOARD, add)) == 1

"""Cadences make cycles one behind the other."""

from datetime import date, timedelta

import pytest

from plumbline.goals.models import Cadence, Cycle
from plumbline.people.models import Organisation
from plumbline.usecases.keep_time import keep_time
from tests.world import NOW, SYSTEM, TODAY, World


def quarters(formula: str = "Q{quarter} {fiscal_year}") -> Cadence:
    return Cadence.begin(name="Quarters", kind="quarterly", formula=formula, by=SYSTEM, at=NOW)


@pytest.fixture
def organisation(db: None) -> Organisation:
    return Organisation.found(name="Harbour Cargo Bikes", by=SYSTEM, at=NOW)


@pytest.mark.parametrize(
    ("fiscal_year_start", "first_day"), [(1, date(2026, 4, 1)), (2, date(2026, 5, 1)), (4, date(2026, 4, 1))]
)
def test_the_first_cycle_holds_today(organisation: Organisation, fiscal_year_start: int, first_day: date) -> None:
    organisation.change(fiscal_year_start=fiscal_year_start, by=SYSTEM, at=NOW)

    assert quarters().next_first_day(TODAY) == first_day


def test_the_next_cycle_begins_where_the_last_one_ends(organisation: Organisation) -> None:
    cadence = quarters()
    for _each in range(2):
        cadence.make_cycle(first_day=cadence.next_first_day(TODAY), by=SYSTEM, at=NOW)

    assert [cycle.name for cycle in Cycle.objects.order_by("first_day")] == ["Q2 2026", "Q3 2026"]


@pytest.mark.parametrize("formula", ["Q{quarters}", "{0}", "{year.__class__}", "{"])
def test_a_formula_that_is_not_understood_is_refused(organisation: Organisation, formula: str) -> None:
    with pytest.raises(Cadence.BadFormula):
        quarters(formula)


def test_two_cycles_never_share_a_name(world: World) -> None:
    with pytest.raises(Cycle.NameTaken):
        Cycle.plan(name="Q2 2026", first_day=date(2027, 1, 1), last_day=date(2027, 3, 31), by=SYSTEM, at=NOW)


def test_a_cadence_plans_ahead_and_catches_up(organisation: Organisation) -> None:
    """The worker slept for half a year: what is missing comes in order, and once."""
    cadence = quarters()
    assert [cycle.name for cycle in cadence.keep_ahead(by=SYSTEM, at=NOW)] == ["Q2 2026", "Q3 2026"]

    made = cadence.keep_ahead(by=SYSTEM, at=NOW + timedelta(days=180))

    assert [cycle.name for cycle in made] == ["Q4 2026", "Q1 2027"]
    assert cadence.keep_ahead(by=SYSTEM, at=NOW + timedelta(days=180)) == []


def test_several_cadences_run_at_once(organisation: Organisation) -> None:
    Cadence.begin(name="Years", kind="annual", formula="Year {year}", ahead=0, by=SYSTEM, at=NOW)
    quarters()

    keep_time(NOW)

    assert set(Cycle.objects.values_list("name", flat=True)) == {"Year 2026", "Q2 2026", "Q3 2026"}


def test_a_cadence_stops_where_somebody_planned_by_hand(world: World) -> None:
    assert quarters().keep_ahead(by=SYSTEM, at=NOW) == []


def test_an_archived_cadence_makes_no_cycles_and_comes_back(organisation: Organisation) -> None:
    cadence = quarters()
    cadence.archive(by=SYSTEM, at=NOW)
    assert cadence.keep_ahead(by=SYSTEM, at=NOW) == []

    cadence.unarchive(by=SYSTEM, at=NOW)

    assert len(cadence.keep_ahead(by=SYSTEM, at=NOW)) == 2


def test_a_season_of_four_months_is_numbered_through(organisation: Organisation) -> None:
    cadence = Cadence.begin(
        name="Seasons", kind="custom", months=4, formula="Season {count}: {month}–{end_month} {end_year}",
        levels=["team"], by=SYSTEM, at=NOW,
    )  # fmt: skip

    made = cadence.keep_ahead(by=SYSTEM, at=NOW)

    assert [(cycle.name, cycle.levels) for cycle in made] == [
        ("Season 1: May–August 2026", ["team"]),
        ("Season 2: September–December 2026", ["team"]),
    ]


def test_a_changed_cadence_changes_the_cycles_to_come(organisation: Organisation) -> None:
    cadence = quarters()
    cadence.keep_ahead(by=SYSTEM, at=NOW)
    with pytest.raises(Cadence.BadFormula):
        cadence.change(formula="{quart}", by=SYSTEM, at=NOW)

    cadence.change(formula="Quarter {quarter}/{year}", ahead=2, by=SYSTEM, at=NOW)

    assert [cycle.name for cycle in cadence.keep_ahead(by=SYSTEM, at=NOW)] == ["Quarter 4/2026"]

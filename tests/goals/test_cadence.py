"""Cadences make cycles one behind the other."""

from datetime import date

import pytest

from plumbline.goals.models import Cadence, Cycle
from plumbline.people.models import Organisation
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

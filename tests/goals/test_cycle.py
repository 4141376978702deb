"""Cycles: which days may be whose, and the order of their phases."""

from datetime import date

import pytest
from django.utils import translation

from plumbline.goals.models import Cadence, Cycle
from plumbline.people.models import Actor
from tests.world import NOW, SYSTEM, World


def plan(name: str, first: str, last: str, **fields: object) -> Cycle:
    return Cycle.plan(
        name=name, first_day=date.fromisoformat(first), last_day=date.fromisoformat(last), by=SYSTEM, at=NOW, **fields
    )  # type: ignore[arg-type]


def test_an_overlap_is_refused_and_names_the_clash(world: World) -> None:
    """C01: a second quarter from mid-June has days of Q2 2026."""
    with pytest.raises(Cycle.Overlaps) as refused:
        plan("Summer", "2026-06-15", "2026-09-15")

    assert refused.value.other == world.q2


def test_a_quarter_nests_in_its_year_and_other_levels_do_not_clash(world: World) -> None:
    assert plan("Q4 2026", "2026-10-01", "2026-12-31").cadence is None
    assert plan("Sprint", "2026-06-15", "2026-07-15", levels=[]).levels == []


def test_the_same_days_twice_are_refused(world: World) -> None:
    with pytest.raises(Cycle.Overlaps):
        plan("Quarter two", "2026-04-01", "2026-06-30")


def test_phases_come_in_order_and_closed_reopens_with_a_reason(world: World) -> None:
    with pytest.raises(Cycle.OutOfOrder):
        world.q2.move_to("closed", by=SYSTEM, at=NOW)

    for phase in ("closing", "closed"):
        world.q2.move_to(phase, by=SYSTEM, at=NOW)
    with pytest.raises(Cycle.OutOfOrder):
        world.q2.move_to("closing", by=SYSTEM, at=NOW)
    world.q2.move_to("closing", reason="The June numbers were late.", by=Actor(world.olga), at=NOW)

    assert world.q2.phase == Cycle.Phase.CLOSING


def test_becoming_active_remembers_the_goalposts(world: World) -> None:
    """The first of the two scores is measured against what was promised."""
    commitment = world.activation.commit(at=NOW)

    assert (commitment.baseline, commitment.target, commitment.due_on) == (31, 45, date(2026, 6, 30))
    assert world.q2.is_locked


@pytest.mark.parametrize(
    ("kind", "formula", "first", "name", "last"),
    [
        ("quarterly", "Q{quarter} {year}", "2027-01-01", "Q1 2027", "2027-03-31"),
        ("annual", "Year {fiscal_year}", "2028-01-01", "Year 2028", "2028-12-31"),
        ("custom", "{month} {year}", "2027-02-01", "February 2027", "2027-03-31"),
    ],
)
def test_a_cadence_names_its_cycles(world: World, kind: str, formula: str, first: str, name: str, last: str) -> None:
    cadence = Cadence.begin(name="Ours", kind=kind, formula=formula, months=2, by=SYSTEM, at=NOW)

    cycle = cadence.make_cycle(first_day=date.fromisoformat(first), by=SYSTEM, at=NOW)

    assert (cycle.name, cycle.last_day) == (name, date.fromisoformat(last))


def test_weeks_and_days_count_both_ends(world: World) -> None:
    assert (world.q2.days, world.q2.weeks) == (91, 13)
    assert world.q2.week(date(2026, 5, 22)) == 8
    assert world.q2.days_left(date(2026, 6, 30)) == 0


def test_a_name_is_in_the_organisations_language(world: World) -> None:
    cadence = Cadence.begin(name="Ours", kind="custom", formula="{month} {year}", months=2, by=SYSTEM, at=NOW)

    with translation.override("de"):
        assert cadence.name_for(date(2027, 3, 1), date(2027, 4, 30)) == "March 2027"

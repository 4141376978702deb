"""Periods: weeks, months, quarters and years of a fiscal calendar, and how a number does in them. No database."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline.goals.kpi_health import Aim, Frequency, Health, Rule, carried, judged, ramped, worst
from plumbline.goals.kpi_tree import rolled_up
from plumbline.goals.periods import FiscalCalendar, Period

APRIL = FiscalCalendar(year_start=4, week_start=6)
TARGET = Aim(date(2026, 1, 1), Decimal(100))


@pytest.mark.parametrize(
    ("frequency", "first", "last"),
    [
        ("weekly", date(2026, 5, 17), date(2026, 5, 23)),
        ("monthly", date(2026, 5, 1), date(2026, 5, 31)),
        ("quarterly", date(2026, 4, 1), date(2026, 6, 30)),
        ("yearly", date(2026, 4, 1), date(2027, 3, 31)),
    ],
)
def test_periods_follow_the_fiscal_year_and_the_week(frequency: str, first: date, last: date) -> None:
    assert APRIL.period(date(2026, 5, 22), frequency) == Period(first, last)


def test_a_fiscal_year_is_named_after_the_year_it_ends_in() -> None:
    assert (APRIL.year(date(2026, 5, 22)), APRIL.quarter(date(2026, 5, 22))) == (2027, 1)
    assert (APRIL.year(date(2026, 3, 31)), APRIL.quarter(date(2026, 3, 31))) == (2026, 4)
    assert FiscalCalendar().year(date(2026, 12, 31)) == 2026


@given(
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.sampled_from(Frequency.values),
    st.integers(1, 12),
    st.integers(0, 6),
)
def test_every_day_is_in_one_period_and_periods_leave_no_gap(
    day: date, frequency: str, year_start: int, week_start: int
) -> None:
    calendar = FiscalCalendar(year_start, week_start)
    periods = calendar.until(day, frequency, 6)

    assert periods[-1].holds(day)
    for earlier, later in pairwise(periods):
        assert earlier.last_day + timedelta(days=1) == later.first_day


def test_a_target_carries_forward_to_later_empty_periods() -> None:
    """P47."""
    autumn = Aim(date(2026, 9, 1), Decimal(120))

    found = [carried([TARGET, autumn], day) for day in (date(2025, 12, 31), date(2026, 8, 31), date(2026, 9, 1))]
    assert found == [None, TARGET, autumn]


def test_the_target_of_a_number_that_resets_grows_with_the_days() -> None:
    """P48."""
    april = Period(date(2026, 4, 1), date(2026, 4, 30))

    ramp = [ramped(TARGET, april, date(2026, 4, day)).target for day in (1, 15, 30)]
    assert (round(ramp[0], 3), *ramp[1:]) == (Decimal("3.333"), 50, 100)


@pytest.mark.parametrize(
    ("rule", "upper", "values"),
    [
        (Rule.AT_LEAST, None, {100: "healthy", 90: "watch", 89: "act"}),
        (Rule.INCREASE_TO, None, {101: "healthy", 99: "watch", 0: "act"}),
        (Rule.AT_MOST, None, {100: "healthy", 110: "watch", 111: "act"}),
        (Rule.DECREASE_TO, None, {-5: "healthy", 101: "watch", 200: "act"}),
        (
            Rule.BETWEEN,
            Decimal(120),
            {100: "healthy", 120: "healthy", 130: "watch", 131: "act", 89: "act"},
        ),
    ],
)
def test_health_follows_the_rule(rule: str, upper: Decimal | None, values: dict[int, str]) -> None:
    """P45, P49."""
    aim = Aim(date(2026, 1, 1), Decimal(100), upper)

    assert {value: judged(Decimal(value), rule, aim, Decimal(10)) for value in values} == values
    assert judged(Decimal(-999), rule, None, Decimal(10)) == Health.HEALTHY


def test_the_worst_speaks_for_many() -> None:
    assert worst([Health.HEALTHY, Health.UNKNOWN, Health.WATCH]) == Health.WATCH
    assert worst([Health.HEALTHY, Health.UNKNOWN]) == Health.UNKNOWN
    assert worst([]) is None


def test_sums_and_means_are_exact() -> None:
    """A09: no float anywhere, 20 digits before the point and 10 behind it."""
    huge = Decimal("12345678901234567890.0000000001")

    assert rolled_up(
        "sum", [(huge, Decimal(1)), (Decimal("0.1"), Decimal(1)), (Decimal("0.2"), Decimal(1))]
    ) == Decimal("12345678901234567890.3000000001")
    assert rolled_up("mean", [(Decimal("0.1"), Decimal(1)), (Decimal("0.4"), Decimal(2))]) == Decimal("0.3")
    assert rolled_up("mean", [(Decimal(3), Decimal(0))]) is None
    assert rolled_up("sum", []) is None

"""What a number did after some work, beside the trend it had: worked out by hand."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline.goals.trend import FEWEST, Course, TooFew, course

START = date(2026, 4, 1)


def weekly(*values: str | int) -> list[tuple[date, Decimal]]:
    return [(START + timedelta(weeks=week), Decimal(value)) for week, value in enumerate(values)]


def test_what_the_trend_would_have_done_is_taken_off():
    """X03: 10, 11, 12 rises by 1 a week; two weeks later 16 is 2 of trend and 2 beyond it."""
    found = course(weekly(10, 11, 12, 14, 16), ended_on=START + timedelta(weeks=2))

    assert isinstance(found, Course)
    assert (found.change, found.trend, found.beyond) == (4, 2, 2)
    assert (found.before[1], found.after[1], found.scatter) == (12, 16, 0)
    assert not found.may_be_chance


def test_a_number_that_only_went_on_moved_nothing_beyond():
    found = course(weekly(10, 11, 12, 13, 14), ended_on=START + timedelta(weeks=2))

    assert isinstance(found, Course)
    assert (found.change, found.beyond) == (2, 0)
    assert found.may_be_chance


def test_one_odd_reading_does_not_bend_the_trend():
    found = course(weekly(10, 11, 30, 13, 14, 15, 16), ended_on=START + timedelta(weeks=5))

    assert isinstance(found, Course)
    assert (found.trend, found.beyond) == (1, 0)


def test_what_is_no_more_than_the_readings_scatter_may_be_chance():
    found = course(weekly(10, 14, 10, 14, 10, 14, 12), ended_on=START + timedelta(weeks=5))

    assert isinstance(found, Course)
    assert found.scatter > 1
    assert found.may_be_chance


def test_readings_after_the_horizon_do_not_count():
    found = course(weekly(10, 10, 10, 15, 40), ended_on=START + timedelta(weeks=2), last_day=START + timedelta(weeks=3))

    assert isinstance(found, Course)
    assert found.change == 5


@pytest.mark.parametrize(("ended", "before", "after"), [(1, 2, 3), (4, 5, 0)])
def test_too_few_readings_are_said_to_be_too_few(ended, before, after):
    found = course(weekly(10, 11, 12, 13, 14), ended_on=START + timedelta(weeks=ended))

    assert found == TooFew(before, after)
    assert found.lacks_before == (before < FEWEST)


@given(
    st.lists(st.integers(-1000, 1000), min_size=4, max_size=15),
    st.integers(-100, 100),
    st.integers(-5, 5),
)
def test_a_steady_rise_laid_over_everything_changes_the_trend_alone(values, level, slope):
    """What is beyond the trend does not depend on where the number stands, nor on how it was going anyway."""
    plain = weekly(*values)
    tilted = [(day, value + level + slope * (day - START).days) for day, value in plain]
    ended = START + timedelta(weeks=len(values) - 2)

    before, after = course(plain, ended_on=ended), course(tilted, ended_on=ended)

    assert isinstance(before, Course) == isinstance(after, Course)
    if isinstance(before, Course) and isinstance(after, Course):
        assert abs(before.beyond - after.beyond) < Decimal("1e-15")
        assert abs(before.scatter - after.scatter) < Decimal("1e-15")

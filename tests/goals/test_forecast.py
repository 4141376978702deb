"""The forecast says how likely a target is, how far it may be off, and when it is too early to say anything."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline.goals.forecast import FEWEST, forecast, forecast_kept
from plumbline.goals.progress import Range

FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)


def weekly(*values):
    return [(FIRST + timedelta(weeks=week), Decimal(str(value))) for week, value in enumerate(values)]


def of(*values, baseline=0, target=100, bounds=Range()):  # noqa: B008
    return forecast(
        weekly(*values),
        baseline=Decimal(baseline),
        target=Decimal(target),
        first_day=FIRST,
        last_day=LAST,
        bounds=bounds,
    )


@pytest.mark.parametrize("values", [(), (5,), (5, 9)])
def test_two_readings_are_too_early(values):
    assert of(*values) is None
    assert forecast_kept(weekly(*values), within=Range(Decimal(1)), first_day=FIRST, last_day=LAST) is None


def test_three_readings_are_enough():
    assert of(0, 8, 16).readings == FEWEST


def test_a_number_ahead_of_its_pace_is_likely_to_arrive():
    assert of(0, 12, 24, 37, 48, 61).probability > Decimal("0.95")


def test_a_number_that_stands_still_is_unlikely_to_arrive():
    assert of(0, 1, 0, 1, 1, 0, 1, 1).probability < Decimal("0.1")


def test_a_falling_number_arrives_when_its_target_is_below():
    assert of(9, 8, 7, 6, 5, 4, baseline=9, target=2).probability > Decimal("0.6")
    assert of(9, 9.1, 9.2, 9.4, baseline=9, target=2).probability < Decimal("0.2")


def test_few_readings_give_a_wider_interval_than_many():
    few, many = of(0, 8, 16), of(0, 8, 16, 24, 31, 39, 47, 55, 62)
    assert few.high - few.low > many.high - many.low


def test_restless_readings_give_a_wider_interval_than_calm_ones():
    calm, restless = of(0, 8, 16, 24, 31, 39), of(0, 22, 3, 40, 12, 39)
    assert restless.high - restless.low > calm.high - calm.low


def test_nothing_is_forecast_beyond_the_bounds_of_a_measure():
    share = of(90, 93, 96, 98, baseline=80, target=97, bounds=Range(Decimal(0), Decimal(100)))
    assert share.high == 100


def test_no_way_to_go_has_no_forecast():
    assert of(5, 5, 5, baseline=5, target=5) is None


def test_a_kept_level_is_likely_to_be_kept_when_it_always_was():
    kept = forecast_kept(
        weekly(99.97, 99.96, 99.98, 99.97, 99.97), within=Range(Decimal("99.9")), first_day=FIRST, last_day=LAST
    )
    assert kept.probability > Decimal("0.8")


def test_a_level_outside_its_range_on_both_sides_is_unlikely_to_be_kept():
    kept = forecast_kept(
        weekly(9, 9.1, 9, 8.9, 9), within=Range(Decimal(5), Decimal(7)), first_day=FIRST, last_day=LAST
    )
    assert kept.probability < Decimal("0.3")


shares = st.lists(st.integers(-200, 300), min_size=3, max_size=40)


@given(shares)
def test_probability_and_interval_hold_together(values):
    found = of(*values)
    assert 0 <= found.probability <= 1
    assert found.low <= found.middle <= found.high


@given(shares, st.sampled_from([Decimal("0.001"), Decimal(7), Decimal(1_000_000)]))
def test_another_scale_and_direction_do_not_change_the_probability(values, scale):
    plain = of(*values)
    scaled = forecast(
        [(day, -value * scale) for day, value in weekly(*values)],
        baseline=Decimal(0),
        target=-100 * scale,
        first_day=FIRST,
        last_day=LAST,
    )
    assert abs(scaled.probability - plain.probability) <= Decimal("0.0002")

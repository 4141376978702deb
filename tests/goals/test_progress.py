"""Progress, roll-up and pace: the stories by their numbers, and what holds for all numbers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plumbline.goals.progress import (
    Part,
    Path,
    Range,
    counted,
    expected,
    kept,
    milestones_done,
    progress,
    roll_up,
    share_in_range,
    whole,
)

D = Decimal


def way(baseline: str, target: str, value: str) -> Decimal | None:
    """Return the progress of digits as people write them."""
    return progress(baseline=D(baseline), target=D(target), value=D(value))


amounts = st.decimals(min_value=-(10**15), max_value=10**15, places=6)
weights = st.decimals(min_value=0, max_value=1000, places=2)
maybe = st.none() | amounts
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))


@pytest.mark.parametrize(
    ("baseline", "target", "value", "points"),
    [
        ("20", "60", "40", "50"),  # A01: the baseline counts
        ("9", "2", "5.5", "50"),  # A02: falling is progress too
        ("7", "0", "0", "100"),  # A03: a target of zero
        ("7", "0", "7", "0"),
        ("0", "100", "150", "150"),  # A05: beyond the target is kept raw
        ("20", "60", "10", "-25"),  # A06: moving the wrong way too
        ("0.012", "0.010", "0.011", "50"),  # A08: no rounding on the way
        ("1000000000000.01", "1000000000002.01", "1000000000001.01", "50"),  # A09: large and exact
    ],
)
def test_progress_is_the_share_of_the_way(baseline: str, target: str, value: str, points: str) -> None:
    assert progress(baseline=D(baseline), target=D(target), value=D(value)) == D(points)


def test_the_baseline_counts() -> None:
    """A01: from 20 to 60, 40 is half of the way, exactly."""
    assert way("20", "60", "40") == 50


def test_falling_is_progress_too() -> None:
    """A02: a first response of 9 h that is to take 2 h is half of the way at 5.5 h, and grows on the way down."""
    assert way("9", "2", "5.5") == 50
    assert way("9", "2", "4") > way("9", "2", "5.5")


def test_nothing_is_a_target_like_any_other() -> None:
    """A03: from 7 to 0, nothing is all of the way, and 7 none of it."""
    assert (way("7", "0", "0"), way("7", "0", "7")) == (100, 0)


def test_small_numbers_are_not_rounded_on_the_way() -> None:
    """A08: from 0.012 to 0.010, 0.011 is half of the way."""
    assert way("0.012", "0.010", "0.011") == 50


def test_without_a_way_progress_is_undefined() -> None:
    """A04: never 0, never 100, never an error."""
    assert progress(baseline=D(5), target=D(5), value=D(5)) is None


@given(amounts, amounts, amounts, st.integers(1, 10**6))
def test_progress_does_not_care_about_direction_or_unit(
    start: Decimal, target: Decimal, value: Decimal, by: int
) -> None:
    """A26: the same under negating all three and under scaling the unit."""
    assume(start != target)
    points = progress(baseline=start, target=target, value=value)

    assert points == progress(baseline=-start, target=-target, value=-value)
    assert points == progress(baseline=start * by, target=target * by, value=value * by)


@given(amounts, amounts)
def test_progress_begins_at_nothing_and_ends_at_all(start: Decimal, target: Decimal) -> None:
    assume(start != target)

    assert progress(baseline=start, target=target, value=start) == 0
    assert progress(baseline=start, target=target, value=target) == 100


@given(amounts, amounts, amounts, amounts)
def test_progress_grows_toward_the_target(start: Decimal, target: Decimal, one: Decimal, other: Decimal) -> None:
    assume(start != target)
    nearer, further = sorted((one, other), key=lambda value: (value - start) * (1 if target > start else -1))

    before = progress(baseline=start, target=target, value=nearer)
    after = progress(baseline=start, target=target, value=further)
    assert before is not None
    assert after is not None
    assert before <= after


@given(st.lists(st.builds(Part, maybe, weights), max_size=12))
def test_a_roll_up_is_total_and_a_share(parts: list[Part]) -> None:
    points = roll_up(parts)

    assert points is None or 0 <= points <= 100


@given(st.lists(st.builds(Part, amounts, weights), min_size=1, max_size=8), st.randoms())
def test_a_roll_up_does_not_care_about_order(parts: list[Part], shuffle: object) -> None:
    mixed = list(parts)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]

    assert roll_up(parts) == roll_up(mixed)


@given(st.lists(st.builds(Part, amounts, weights), min_size=1, max_size=8), amounts)
def test_a_roll_up_never_falls_when_one_part_rises(parts: list[Part], rise: Decimal) -> None:
    first = parts[0].progress
    assert first is not None
    better = [Part(first + abs(rise), parts[0].weight), *parts[1:]]

    before, after = roll_up(parts), roll_up(better)
    assert (before is None) == (after is None)
    assert before is None or after is None or before <= after


def test_weights_are_relative() -> None:
    """A17, A13: 30 and 70 are the same as 36 and 84."""
    assert roll_up([Part(D(100), D(30)), Part(D(0), D(70))]) == 30
    assert roll_up([Part(D(100), D(36)), Part(D(0), D(84))]) == 30
    assert milestones_done([(D(30), True), (D(70), False)]) == 30


def test_what_is_undefined_or_weighs_nothing_is_left_out() -> None:
    """A16, A17: an average of nothing is –, not 0."""
    assert roll_up([]) is None
    assert roll_up([Part(D(40), D(0))]) is None
    assert roll_up([Part(None), Part(D(40))]) == 40


def test_a_roll_up_counts_from_nothing_to_all() -> None:
    """A05, A06: 150 counts 100, and -25 counts 0."""
    assert counted(D(150)) == 100
    assert counted(D(-25)) == 0
    assert roll_up([Part(D(150)), Part(D(-25))]) == 50


def test_a_level_is_kept_or_not() -> None:
    """A10, A11: both edges belong to the range."""
    assert kept(Range(low=D("99.95")), D("99.95")) == 100
    assert kept(Range(low=D("99.95")), D("99.90")) == 0
    assert kept(Range(high=D(8)), D("8.1")) == 0
    assert kept(Range(D(5), D(7)), D(5)) == 100
    assert kept(Range(D(5), D(7)), D("4.99")) == 0


def test_the_share_of_time_in_range_counts_days() -> None:
    """A10: a breach stays in history: two of ten days were outside."""
    readings = [(date(2026, 4, 1), D("99.97")), (date(2026, 4, 5), D("99.90")), (date(2026, 4, 7), D("99.99"))]

    assert share_in_range(Range(low=D("99.95")), readings, until=date(2026, 4, 10)) == 80


@pytest.mark.parametrize(
    ("today", "points"),
    [("2026-03-31", 0), ("2026-04-01", "1"), ("2026-04-25", "25"), ("2026-07-09", 100), ("2027-01-01", 100)],
)
def test_the_calendar_passes_evenly(today: str, points: str) -> None:
    """A25: 0 before, 100 after, both ends included: a cycle of 100 days passes a point a day."""
    passed = expected(first_day=date(2026, 4, 1), last_day=date(2026, 7, 9), today=date.fromisoformat(today))

    assert passed == D(points)


def test_of_a_cycle_of_one_day_all_has_passed_on_that_day() -> None:
    day = date(2026, 4, 1)

    assert expected(first_day=day, last_day=day, today=day) == 100
    assert expected(first_day=day, last_day=day, today=day - timedelta(days=1)) == 0


def test_a_planned_path_bends_the_pace() -> None:
    """A15: 50 by the middle, then 0: at the middle half of the way is expected, a quarter of the way a quarter."""
    path = Path(date(2026, 4, 1), date(2026, 7, 9), D(100), D(0), ((date(2026, 5, 20), D(80)),))

    assert path.expected(date(2026, 5, 20)) == 20
    assert path.planned(date(2026, 4, 25)) == 90
    assert path.expected(date(2026, 7, 9)) == 100
    assert path.expected(date(2026, 3, 1)) == 0


@given(days, days, st.lists(st.tuples(days, amounts), max_size=5), days)
def test_a_path_is_total(first: date, last: date, points: list[tuple[date, Decimal]], today: date) -> None:
    assume(first <= last)

    assert Path(first, last, D(10), D(20), tuple(points)).expected(today).is_finite()


@given(st.decimals(min_value=-200, max_value=200, places=4))
def test_only_done_reads_as_done(points: Decimal) -> None:
    """A09: 99.96 is not 100."""
    assert (whole(points) >= 100) == (points >= 100)
    assert (whole(points) == 0) <= (points <= 0)

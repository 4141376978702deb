"""Status: two voices side by side, and green only with evidence."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline.goals.status import GREEN, SAYABLE, Limits, Status, Why, by_level, by_pace, standing, worst

TODAY = date(2026, 5, 22)
LIMITS = Limits()
days_ago = st.integers(0, 60).map(lambda days: TODAY - timedelta(days=days))


@pytest.mark.parametrize(
    ("behind", "status"),
    [(-20, "on_track"), (15, "on_track"), (16, "needs_attention"), (30, "needs_attention"), (31, "off_track")],
)
def test_the_data_speak_in_points_behind(behind: int, status: str) -> None:
    assert by_pace(progress=Decimal(50 - behind), expected=Decimal(50), limits=LIMITS) == status


def test_an_undefined_progress_says_nothing() -> None:
    assert by_pace(progress=None, expected=Decimal(50), limits=LIMITS) == Status.NO_STATUS
    assert by_level(kept=None) == Status.NO_STATUS


@given(
    said=st.none() | st.sampled_from(SAYABLE),
    data=st.sampled_from([*SAYABLE[:3], Status.NO_STATUS]),
    last=st.none() | days_ago,
    rhythm=st.sampled_from([7, 14, 31]),
    breached=st.booleans(),
)
def test_nothing_is_green_without_a_fresh_reading_or_over_a_breach(
    said: Status | None, data: Status, last: date | None, rhythm: int, breached: bool
) -> None:
    due = last + timedelta(days=rhythm) if last else TODAY
    here = standing(said=said, data=data, last=last, due=due, today=TODAY, breached=breached, limits=LIMITS)

    fresh = last is not None and due + timedelta(days=LIMITS.grace_days) >= TODAY
    assert here.shown not in GREEN or (fresh and not breached)
    assert here.said == said
    assert here.data == data


def test_never_checked_in_is_no_status() -> None:
    """B05: never green, whatever the data say."""
    here = standing(said=None, data=Status.ON_TRACK, last=None, due=TODAY, today=TODAY, breached=False, limits=LIMITS)

    assert (here.shown, here.why) == (Status.NO_STATUS, Why.NEVER_CHECKED_IN)


def test_silence_past_grace_overrides_the_last_green() -> None:
    """B05: due on Monday, three days of grace, Friday is outdated."""
    due = TODAY - timedelta(days=4)
    here = standing(
        said=Status.ON_TRACK,
        data=Status.ON_TRACK,
        last=due - timedelta(days=7),
        due=due,
        today=TODAY,
        breached=False,
        limits=LIMITS,
    )

    assert (here.shown, here.why) == (Status.OUTDATED, Why.SILENT)


def test_both_voices_are_heard_where_they_differ() -> None:
    """B06: the lead's word is not overwritten, and the difference is told."""
    here = standing(
        said=Status.ON_TRACK,
        data=Status.OFF_TRACK,
        last=TODAY,
        due=TODAY + timedelta(days=7),
        today=TODAY,
        breached=False,
        limits=LIMITS,
    )

    assert here.shown == Status.ON_TRACK
    assert here.disagrees


def test_an_objective_shows_its_worst() -> None:
    assert worst([Status.ON_TRACK, Status.OUTDATED, Status.NEEDS_ATTENTION]) == Status.OUTDATED
    assert worst([Status.ACHIEVED, Status.ON_TRACK]) == Status.ON_TRACK
    assert worst([Status.ACHIEVED, Status.ACHIEVED]) == Status.ACHIEVED
    assert worst([]) == Status.NO_STATUS

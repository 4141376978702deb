"""What the readings of a key result say about its end, and what is said when the lead says otherwise."""

from datetime import timedelta
from decimal import Decimal

import pytest

from plumbline.goals.history import histories
from plumbline.goals.models import KeyResult
from plumbline.goals.prospects import can_be_forecast, doubts, prospect
from plumbline.goals.status import Status
from plumbline.people.models import Actor
from tests.world import NOW, TODAY, World, a_key_result

pytestmark = pytest.mark.django_db


def read_weekly(world: World, key_result: KeyResult, *values: str, status: str = "on_track") -> KeyResult:
    key_result.activate(by=Actor(world.ada), at=NOW)
    for week, value in enumerate(reversed(values)):
        key_result.check_in(
            value=Decimal(value), status=status, on=TODAY - timedelta(weeks=week), by=Actor(world.ada), at=NOW
        )
    return KeyResult.objects.for_reading().get(pk=key_result.pk)


def of(key_result: KeyResult):
    return prospect(key_result, histories([key_result])[key_result.pk], today=TODAY)


def test_two_readings_are_too_early(world: World) -> None:
    rides = read_weekly(world, a_key_result(world.stay, baseline=20, target=60), "22", "25")
    assert can_be_forecast(rides)
    assert of(rides) is None


def test_three_readings_tell(world: World) -> None:
    rides = read_weekly(world, a_key_result(world.stay, baseline=20, target=60), "22", "27", "33")
    assert of(rides).readings == 3


def test_a_yes_or_no_is_not_forecast(world: World) -> None:
    assert not can_be_forecast(a_key_result(world.stay, type="yes_no", baseline=None, target=None))


def test_a_share_never_ends_above_the_whole(world: World) -> None:
    share = a_key_result(world.stay, baseline=90, target=97, unit_kind="percent")
    assert of(read_weekly(world, share, "92", "95", "98", "99.5")).high <= 100


def test_a_count_never_ends_below_nothing(world: World) -> None:
    calls = a_key_result(world.stay, type="decrease", baseline=40, target=2, unit_kind="count")
    assert of(read_weekly(world, calls, "30", "18", "7", "1")).low >= 0


def test_a_closed_time_has_no_forecast(world: World) -> None:
    rides = read_weekly(world, a_key_result(world.stay, baseline=20, target=60), "22", "27", "33")
    course = histories([rides])[rides.pk]
    assert prospect(rides, course, today=rides.last_day) is None


def test_green_without_a_chance_is_contradicted(world: World) -> None:
    """B06: the lead's word stays, and what the readings say stands beside it."""
    rides = read_weekly(world, a_key_result(world.stay, baseline=20, target=60), "21", "20", "21", "20")
    found = of(rides)
    assert found.probability < Decimal("0.2")
    assert doubts(found.probability, Status.ON_TRACK)
    assert not doubts(found.probability, Status.OFF_TRACK)
    assert not doubts(None, Status.ON_TRACK)

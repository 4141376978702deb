"""The sample company looks sensible on whatever day somebody tries Plumbline."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from plumbline.goals.models import CheckIn
from plumbline.usecases.sample_company import build
from plumbline.usecases.sample_company.calendar import Calendar
from tests.usecases.truths import everything_holds

pytestmark = pytest.mark.one_database

DAYS = {
    "the first minute of a year": datetime(2026, 12, 31, 23, 0, tzinfo=UTC),
    "the first day of a quarter": datetime(2026, 10, 1, 9, 0, tzinfo=UTC),
    "a Wednesday in the middle": datetime(2026, 8, 19, 9, 0, tzinfo=UTC),
    "a leap day": datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
    "the last hour of a quarter": datetime(2027, 6, 30, 21, 30, tzinfo=UTC),
}

#: Before the first Friday nobody has checked in.
FIRST_DAYS = {DAYS["the first minute of a year"], DAYS["the first day of a quarter"]}


@pytest.mark.deep
@pytest.mark.django_db
@pytest.mark.parametrize("at", DAYS.values(), ids=DAYS.keys())
def test_it_holds_on(at: datetime) -> None:
    sample = build(at=at)

    everything_holds(at)
    assert sample.current.first_day <= Calendar(at).today <= sample.current.last_day
    begun = CheckIn.objects.filter(key_result__objective__cycle=sample.current).exists()
    assert begun == (at not in FIRST_DAYS)


@pytest.mark.deep
@pytest.mark.django_db
def test_it_is_the_same_company_every_time() -> None:
    """Two buildings at one instant give the same readings, said by the same people in the same words."""
    at = DAYS["a Wednesday in the middle"]

    assert built_and_undone(at) == built_and_undone(at)


def built_and_undone(at: datetime) -> list[tuple[object, ...]]:
    with transaction.atomic():
        build(at=at)
        rows = CheckIn.objects.order_by("key_result__objective__cycle__first_day", "key_result__statement", "on")
        told = rows.values_list("key_result__statement", "on", "value", "status", "note", "entered_at", "author__name")
        found = list(told)
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("days", range(7))
def test_who_is_due_is_due_on_every_day_of_the_week(days: int) -> None:
    """Seven to ten days ago: past the rhythm, inside the grace; on a Friday that is everybody's last check-in."""
    calendar = Calendar(datetime(2026, 11, 21, 9, 0, tzinfo=UTC) + timedelta(days=days))
    fridays = calendar.quarter(0).fridays(calendar.today)

    looked = calendar.last_look(fridays[-2])

    assert timedelta(7) <= calendar.today - looked <= timedelta(14)

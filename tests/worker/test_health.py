"""What ``plumbline check`` is told about the worker."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plumbline.people.models import Event, Invitation
from plumbline.worker.health import health
from plumbline.worker.models import Heartbeat, Schedule
from plumbline.worker.outbox import dispatch
from tests.worker.test_outbox import CHANNELS
from tests.world import NOW, SYSTEM


@pytest.fixture
def quiet(world):
    """The world, with everything that made it handed on already."""
    Event.objects.update(dispatched_at=NOW)
    return world


def test_a_new_house_has_nothing_to_tell(quiet):
    found = health(NOW)
    assert (found.workers, found.died, found.waiting, found.given_up, found.troubled) == (0, 0, 0, 0, ())
    assert not found.is_late


def test_the_living_and_the_dead_are_counted(quiet):
    Heartbeat.beat("one", at=NOW)
    Heartbeat.beat("dead", at=NOW - timedelta(minutes=2))
    assert (health(NOW).workers, health(NOW).died) == (1, 1)


def test_letters_that_wait_are_seen(quiet):
    Invitation.send(quiet.vera, by=SYSTEM, at=NOW)
    dispatch(NOW + timedelta(seconds=11), CHANNELS)
    assert health(NOW).waiting == 1


def test_events_that_stay_too_long_are_seen(quiet):
    Invitation.send(quiet.vera, by=SYSTEM, at=NOW)
    assert not health(NOW + timedelta(minutes=9)).is_late
    assert health(NOW + timedelta(minutes=11)).is_late


def test_a_job_in_trouble_is_named(quiet):
    Schedule.objects.create(name="dig", next_run_at=NOW, trouble="LookupError")
    assert health(NOW).troubled == ("dig",)

"""The main loop: cheap when idle, prompt to stop, hard to kill."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from plumbline.people.models import Event
from plumbline.worker import clock, run
from plumbline.worker.jobs import JOBS
from plumbline.worker.models import Heartbeat, Schedule
from plumbline.worker.pulse import Pulse
from tests.world import build


def test_an_idle_round_asks_three_questions(world, django_assert_max_num_queries):
    Event.objects.update(dispatched_at=timezone.now())
    worker = clock.Worker("one", threading.Event())
    with django_assert_max_num_queries(3):
        assert not worker.go_round(Pulse("one"))


def test_a_busy_round_hands_on_all_that_happened(world):
    assert clock.Worker("one", threading.Event()).go_round(Pulse("one"))
    assert not Event.objects.filter(dispatched_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_what_is_due_and_stops_promptly():
    build()
    stop = threading.Event()
    thread = threading.Thread(target=_work, args=(stop,))
    thread.start()
    _wait_until(lambda: Schedule.objects.filter(ran_at__isnull=False).count() == len(JOBS))
    assert [beat.worker.rsplit("-", 1)[0] for beat in Heartbeat.objects.all()] == ["test"]
    asked = time.monotonic()
    stop.set()
    thread.join(5)
    assert not thread.is_alive()
    assert time.monotonic() - asked < 2
    assert not Heartbeat.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_outlives_a_database_that_goes_away(monkeypatch, caplog):
    stop, troubles = threading.Event(), iter([DatabaseError("postgres://okr:hush@db/okr is away")])
    go_round = clock.Worker.go_round

    def stumble(self, pulse):
        for trouble in troubles:
            raise trouble
        stop.set()
        return go_round(self, pulse)

    monkeypatch.setattr(clock.Worker, "go_round", stumble)
    monkeypatch.setattr(clock, "PAUSE_AFTER_TROUBLE", 0.01)
    run(stop, name="test")
    assert "The database does not answer (DatabaseError)" in caplog.text
    assert "hush" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_stuck_stops_beating(monkeypatch):
    pulse = Pulse("stuck")
    monkeypatch.setattr(Pulse, "STUCK", 0)
    monkeypatch.setattr(Heartbeat, "EVERY", timezone.timedelta(milliseconds=10))
    with pulse:
        first = Heartbeat.objects.get().at
        time.sleep(0.2)
        assert Heartbeat.objects.get().at == first
        monkeypatch.setattr(Pulse, "STUCK", 600)
        _wait_until(lambda: Heartbeat.objects.get().at > first)


def _work(stop):
    run(stop, name="test")
    connection.close()


def _wait_until(true, seconds=15):
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit
        time.sleep(0.05)

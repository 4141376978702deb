"""Of several workers one runs a slot; what fails is tried again; what a dead one held goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plumbline.worker.jobs import JOBS, Job, run_due
from plumbline.worker.models import Heartbeat, Schedule
from plumbline.worker.models.schedule import next_slot
from tests.world import NOW

pytestmark = pytest.mark.django_db
QUARTER = timedelta(minutes=15)
MINUTE = timedelta(minutes=1)


class Diary:
    """Notes when it was done; fails as often as it is told to."""

    def __init__(self, failures=0):
        self.done = []
        self.failures = failures

    def __call__(self, at):
        if self.failures:
            self.failures -= 1
            raise LookupError("noor@harbour.test")
        self.done.append(at)


def a_job(failures=0):
    job = Job("write the diary", QUARTER, Diary(failures))
    Schedule.put_up([job.name], at=NOW)
    return job


def test_a_new_job_is_due_at_once_and_then_at_the_next_quarter():
    job = a_job()
    run_due(NOW + MINUTE, [job], worker="one")
    run_due(NOW + 2 * MINUTE, [job], worker="one")
    run_due(NOW + QUARTER, [job], worker="one")
    assert job.do.done == [NOW + MINUTE, NOW + QUARTER]


@pytest.mark.deep
def test_a_job_is_put_up_once_however_many_workers_start():
    job = a_job()
    run_due(NOW, [job], worker="one")
    Schedule.put_up([job.name], at=NOW)
    assert Schedule.objects.get().next_run_at == NOW + QUARTER


def test_of_two_workers_one_runs_a_slot():
    a_job()
    first, second = Schedule.objects.get(), Schedule.objects.get()
    assert first.claim(worker="one", at=NOW)
    assert not second.claim(worker="two", at=NOW)


def test_a_slot_that_is_done_is_not_taken_from_an_old_reading():
    job = a_job()
    late_reader = Schedule.objects.get()
    run_due(NOW, [job], worker="one")
    assert not late_reader.claim(worker="two", at=NOW)


def test_what_was_missed_for_a_day_is_run_once():
    job = a_job()
    run_due(NOW, [job], worker="one")
    run_due(NOW + timedelta(days=1), [job], worker="one")
    run_due(NOW + timedelta(days=1), [job], worker="one")
    assert len(job.do.done) == 2


def test_a_failed_job_is_tried_again_after_a_growing_wait(caplog):
    job = a_job(failures=2)
    run_due(NOW, [job], worker="one")
    assert Schedule.objects.get().trouble == "LookupError"
    run_due(NOW + timedelta(seconds=59), [job], worker="one")
    run_due(NOW + MINUTE, [job], worker="one")
    run_due(NOW + 5 * MINUTE, [job], worker="one")
    assert job.do.done == []
    run_due(NOW + 6 * MINUTE, [job], worker="one")
    schedule = Schedule.objects.get()
    assert (job.do.done, schedule.attempts, schedule.trouble) == ([NOW + 6 * MINUTE], 0, "")


def test_a_job_that_never_works_waits_for_its_next_time():
    job = Job("dig", timedelta(days=1), Diary(failures=99))
    Schedule.put_up([job.name], at=NOW)
    at = NOW
    for _attempt in range(4):
        at = Schedule.objects.get().next_run_at
        run_due(at, [job], worker="one")
    schedule = Schedule.objects.get()
    assert (schedule.next_run_at, schedule.attempts) == (next_slot(at, job.every), 0)


def test_the_job_of_a_dead_worker_is_run_by_another():
    job = a_job()
    Heartbeat.beat("dead", at=NOW)
    Schedule.objects.get().claim(worker="dead", at=NOW)
    later = NOW + 2 * MINUTE
    assert run_due(later, [job], worker="two") == 0
    assert Schedule.give_back(at=later) == 1
    assert run_due(later, [job], worker="two") == 1


def test_the_job_of_a_living_worker_stays_with_it():
    a_job()
    Schedule.objects.get().claim(worker="busy", at=NOW)
    Heartbeat.beat("busy", at=NOW + 5 * MINUTE)
    assert Schedule.give_back(at=NOW + 5 * MINUTE) == 0


def test_a_worker_that_was_thought_dead_does_not_move_the_clock():
    job = a_job()
    slow = Schedule.objects.get()
    slow.claim(worker="slow", at=NOW)
    Schedule.give_back(at=NOW + 2 * MINUTE)
    Schedule.objects.get().claim(worker="two", at=NOW + 2 * MINUTE)
    slow.done(at=NOW + 3 * MINUTE, every=job.every)
    assert Schedule.objects.get().claimed_by == "two"


def test_the_heartbeats_of_the_long_dead_are_dropped():
    Heartbeat.beat("old", at=NOW - timedelta(days=8))
    Heartbeat.beat("young", at=NOW)
    Schedule.put_up(["forget workers"], at=NOW)
    run_due(NOW, worker="young")
    assert list(Heartbeat.objects.values_list("worker", flat=True)) == ["young"]


def test_every_job_can_run_twice(world):
    Schedule.put_up([job.name for job in JOBS], at=NOW)
    assert run_due(NOW, worker="one") == len(JOBS)
    Schedule.objects.update(next_run_at=NOW)
    assert run_due(NOW, worker="one") == len(JOBS)
    assert not Schedule.objects.exclude(trouble="").exists()

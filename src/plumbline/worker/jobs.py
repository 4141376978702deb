"""What the clock does again and again. Every job may run twice: it finds nothing to do then."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings

from plumbline.usecases.ask_for_verdicts import ask_for_verdicts
from plumbline.usecases.forget import forget_old_sign_ins
from plumbline.usecases.keep_time import keep_time
from plumbline.worker.models import Heartbeat, Schedule
from plumbline.worker.reminders import remind_of_check_ins

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to do, and how often."""

    name: str
    every: timedelta
    do: Callable[[datetime], object]


def clear_sessions(_at: datetime) -> None:
    """Drop the sessions that ended."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def forget_workers(at: datetime) -> None:
    """Drop the heartbeats of workers that died long ago."""
    Heartbeat.forget(at=at)


JOBS = (
    Job("remind of check-ins", timedelta(minutes=15), remind_of_check_ins),
    Job("keep cycles in time", timedelta(minutes=15), keep_time),
    Job("ask what became of bets", timedelta(hours=1), ask_for_verdicts),
    Job("clear sessions", timedelta(days=1), clear_sessions),
    Job("forget sign-ins", timedelta(days=1), forget_old_sign_ins),
    Job("forget workers", timedelta(days=1), forget_workers),
)


def run_due(at: datetime, jobs: Sequence[Job] = JOBS, *, worker: str) -> int:
    """Run the jobs that are due and that no other worker took; return how many ran."""
    known = {job.name: job for job in jobs}
    ran = 0
    for schedule in Schedule.objects.due(at).filter(name__in=known).order_by("next_run_at"):
        if schedule.claim(worker=worker, at=at):
            _run(schedule, known[schedule.name], at)
            ran += 1
    return ran


def _run(schedule: Schedule, job: Job, at: datetime) -> None:
    try:
        job.do(at)
    except Exception as error:
        log.exception("The job %r did not work", job.name)
        schedule.failed(at=at, every=job.every, trouble=type(error).__name__)
    else:
        schedule.done(at=at, every=job.every)

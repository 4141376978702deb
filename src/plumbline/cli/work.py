"""``plumbline work``: the worker apart from the web server."""

from __future__ import annotations

import os
import signal
import threading
from typing import Annotated

import typer

from plumbline.cli.installation import read_deployment, start_django
from plumbline.cli.refusal import refuse_if_any


def work(
    until_input_ends: Annotated[bool, typer.Option("--until-input-ends", hidden=True)] = False,
) -> None:
    """Send what is due: mail, reminders, and every job that waits. Runs until it is stopped."""
    refuse_if_any(read_deployment().problems())
    start_django()
    from plumbline.worker import run

    run(_stopped(until_input_ends))


def _stopped(until_input_ends: bool) -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    if until_input_ends:
        threading.Thread(target=_wait_for_end, args=(stop,), daemon=True).start()
    return stop


def _wait_for_end(stop: threading.Event) -> None:
    # Not sys.stdin: its lock would still be held when Python ends.
    while os.read(0, 1024):
        pass
    stop.set()

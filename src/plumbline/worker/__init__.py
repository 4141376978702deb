"""The clock: delivers events, sends what is due, looks after jobs."""

import threading


def run(stop: threading.Event) -> None:
    """Work until told to stop."""
    stop.wait()

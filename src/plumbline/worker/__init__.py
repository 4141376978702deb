"""The clock: delivers events, sends what is due, looks after jobs."""

import threading
from importlib import import_module


def run(stop: threading.Event, *, name: str = "") -> None:
    """Work until told to stop. Django has to be ready by then, which is why the clock is fetched late."""
    import_module("plumbline.worker.clock").run(stop, name=name)

"""Real processes of the product, started on the tests' database, to be killed without warning."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Process:
    """A process with its children, in a group of its own."""

    popen: subprocess.Popen[bytes]
    folder: Path
    port: int = 0

    def kill(self) -> None:
        """End all of it at once, as a power cut would: nobody gets to tidy up."""
        os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait(10)


def serve(folder: Path) -> Process:
    """Start the web server as ``plumbline serve`` does, and wait until it answers."""
    port = free_port()
    options = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "error"]
    process = _start(folder, "granian", *options, "--port", str(port), "plumbline.wsgi:application")
    process.port = port
    _wait_for(process)
    return process


def work(folder: Path, *, mail_port: int) -> Process:
    """Start the worker as its own command."""
    return _start(folder, "plumbline.cli", "work", PLUMBLINE_MAIL=f"smtp://127.0.0.1:{mail_port}?tls=no")


def _start(folder: Path, module: str, *arguments: str, **environment: str) -> Process:
    (folder / "static").mkdir(exist_ok=True)
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "judge" / "src"), str(ROOT)])
    own = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": paths,
        "DJANGO_SETTINGS_MODULE": "tests.worker.crash_settings",
        "PLUMBLINE_FOLDER": str(folder),
        "PLUMBLINE_DATABASE": database_address(),
        "PLUMBLINE_SECRET_KEY": settings.SECRET_KEY,
    }
    command = [sys.executable, "-m", module, *arguments]
    with (folder / "log").open("ab") as log:
        popen = subprocess.Popen(command, env={**own, **environment}, stdout=log, stderr=log, start_new_session=True)
    return Process(popen, folder)


def database_address() -> str:
    """Return the address of the database that this test runs on."""
    chosen: dict[str, Any] = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{chosen['NAME']}"
    return f"postgres://{chosen['USER']}@{chosen['HOST']}:{chosen['PORT']}/{chosen['NAME']}"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])


def _wait_for(process: Process) -> None:
    limit = time.monotonic() + 30
    while process.popen.poll() is None and time.monotonic() < limit:
        knock = HTTPConnection("127.0.0.1", process.port, timeout=2)
        try:
            knock.request("GET", "/healthz")
            if knock.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            knock.close()
    raise AssertionError((process.folder / "log").read_text())

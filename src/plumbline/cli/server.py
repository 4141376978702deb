"""The processes of one running installation, and how they end together."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server as Granian

from plumbline.cli.installation import read_deployment

PATIENCE = 15
LONGEST_PAUSE = 30


class Server:
    """One web process with four threads, and the worker's process beside it.

    The web process answers one request per thread; a second process would
    hardly help on SQLite, which has one writer.
    """

    def __init__(self, host: str, port: int, *, with_worker: bool, words: str) -> None:
        self.host, self.port, self.words = host, port, words
        self.companion = Companion() if with_worker else None

    def run(self) -> None:
        """Serve until a signal says stop, then wait for what is under way."""
        try_port(self.host, self.port)
        multiprocessing.set_start_method("spawn", force=True)
        threading.Thread(target=self._announce, daemon=True).start()
        if self.companion:
            self.companion.start()
        try:
            self._granian().serve(target_loader=load)
        finally:
            if self.companion:
                self.companion.stop()

    def _granian(self) -> Any:
        return Granian(
            "plumbline.wsgi:application",
            address=self.host,
            port=self.port,
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=4,
            websockets=False,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
            respawn_interval=0.5,
            workers_kill_timeout=PATIENCE,
        )

    def _announce(self) -> None:
        while not is_healthy(self.host, self.port):
            time.sleep(0.1)
        sys.stdout.write(f"{self.words}\n")
        sys.stdout.flush()


def load(target: str) -> Callable[..., Any]:
    """Load the application in the web process, which ends when its parent does."""
    # Ctrl-C reaches every process of a group; granian's own word to stop would
    # then be the second one, which it does not survive gracefully.
    os.setpgid(0, 0)
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()
    from plumbline.wsgi import application

    return application


def _end_after(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)


class Companion:
    """The worker's process: started again when it dies, stopped when the server stops.

    It reads from a pipe that nobody writes to: when the server is killed, the
    pipe ends, and so does the worker. No orphan is left behind.
    """

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Start the worker and keep it running."""
        self._keeper.start()

    def stop(self) -> None:
        """Let the worker finish what it is doing, but not for ever."""
        self._stopping.set()
        if self._process:
            self._process.terminate()
            try:
                self._process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self._keeper.join(PATIENCE)

    def _keep(self) -> None:
        pause = 1.0
        while not self._stopping.is_set():
            started = time.monotonic()
            self._run_once()
            pause = 1.0 if time.monotonic() - started > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
            self._stopping.wait(pause)

    def _run_once(self) -> None:
        command = [sys.executable, "-m", "plumbline.cli", "work", "--until-input-ends"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, process_group=0) as process:  # noqa: S603
            self._process = process
            process.wait()


def is_healthy(host: str, port: int) -> bool:
    """Ask the server itself, by the name that it answers to."""
    connection = HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=5)  # noqa: S104
    try:
        connection.request("GET", "/healthz", headers={"Host": read_deployment().host})
        return connection.getresponse().status == 200  # noqa: PLR2004
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def try_port(host: str, port: int) -> None:
    """Raise ``OSError`` where nobody can listen, because somebody does already or may not."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        attempt.bind((host, port))

"""The real program in processes of its own, on a throw-away folder."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

PATIENCE = 40


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return an environment without anybody's settings but these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PLUMBLINE_", "DJANGO_"))}
    paths = os.pathsep.join(path for path in sys.path if path)
    return {**kept, "PYTHONPATH": paths, "PLUMBLINE_FOLDER": str(folder), **more}


def plumbline(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "plumbline.cli", *arguments],
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        stdin=subprocess.DEVNULL,
        env=environment(folder, **settings),
    )


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run the server until the test is over; give its process and port."""
    port = free_port()
    command = [sys.executable, "-m", "plumbline.cli", "serve", "--port", str(port), *arguments]
    with subprocess.Popen(command, env=environment(folder), stdout=subprocess.PIPE, text=True) as process:
        try:
            wait_until(lambda: answers(port))
            yield process, port
        finally:
            process.kill()


def answers(port: int) -> bool:
    connection = HTTPConnection("localhost", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def wait_until(condition) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


def children(process: int) -> list[int]:
    """Return the processes below one, without the tracker that Python keeps for itself."""
    below = [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/stat") if _parent(path) == process]
    return [child for child in below if b"resource_tracker" not in command_of(child)]


def command_of(process: int) -> bytes:
    """Return what a process was started with; nothing when it has just ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def _parent(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def free_port() -> int:
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])

"""Ask the real server for 1,000 pages of all kinds, and read what its worker holds."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import Request, urlopen

REQUESTS = 1_000
MOST = 120
PATIENCE = 60


class Visits(NamedTuple):
    """What is asked, and with which cookies."""

    paths: Sequence[str]
    cookies: dict[str, str]


def measure(visits: Visits, address: str) -> str:
    """Start `plumbline serve` on a free port, ask, and say what the largest of its processes holds of its own."""
    port = _free_port()
    command = [sys.executable, "-m", "plumbline.cli", "serve", "--port", str(port)]
    environment = {**os.environ, "PLUMBLINE_ADDRESS": address}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", server)
        before = max(_held(server.pid).values())
        for number in range(REQUESTS):
            _ask(f"http://127.0.0.1:{port}{visits.paths[number % len(visits.paths)]}", visits.cookies)
        after = max(_held(server.pid).values())
    finally:
        server.terminate()
        server.wait()
    return f"memory of a worker: {before:.0f} MB at the start, {after:.0f} MB after {REQUESTS} requests, <= {MOST}"


def _free_port() -> int:
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    for _second in range(PATIENCE * 5):
        if server.poll() is not None:
            raise SystemExit(f"The server ended with {server.returncode}")
        try:
            with urlopen(Request(address, headers={"Host": "localhost:8000"}), timeout=5):  # noqa: S310
                return
        except URLError:
            time.sleep(0.2)
    raise SystemExit(f"{address} does not answer")


def _ask(address: str, cookies: dict[str, str]) -> None:
    headers = {"Host": "localhost:8000", "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    with urlopen(Request(address, headers=headers), timeout=60) as answer:  # noqa: S310
        if answer.status != 200 or "/accounts/login" in answer.url:
            raise SystemExit(f"{address} answers {answer.status} at {answer.url}")
        answer.read()


def _held(pid: int) -> dict[int, float]:
    """Return the megabytes that a process and its children hold, shared pages by their share."""
    return {each: _share(each) for each in [pid, *_children(pid)]}


def _children(pid: int) -> list[int]:
    try:
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except FileNotFoundError:
        return []
    return [each for child in map(int, told) for each in [child, *_children(child)]]


def _share(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))

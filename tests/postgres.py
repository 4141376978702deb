"""A throw-away PostgreSQL server for the tests, started as an unprivileged user.

PostgreSQL refuses to run as root, so root hands it to the user ``postgres``.
Set ``PLUMBLINE_TEST_POSTGRES`` to the address of a server that is there
already, and that one is used instead. Run as a program, this file says
whether PostgreSQL can be found.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

PREFIX = "plumbline-postgres-"
HOW_TO = (
    "The tests need PostgreSQL's own programs (initdb and pg_ctl). On Debian and Ubuntu: apt install postgresql. "
    "Or set PLUMBLINE_TEST_POSTGRES to the address of a server."
)


class Missing(Exception):
    """Raised when there is no PostgreSQL to be found."""


def programs() -> Path:
    """Return the folder of the newest PostgreSQL on this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    if on_path:
        return Path(on_path).resolve().parent
    raise Missing(HOW_TO)


@dataclass(frozen=True)
class Server:
    """One running server and the folder that holds all of it."""

    folder: Path
    port: int

    @property
    def address(self) -> str:
        """How tests reach it."""
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    @classmethod
    def start(cls) -> Server:
        """Start a server of our own on a free port; sweep away what a crash left behind."""
        sweep()
        folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        server = cls(folder, _free_port())
        if _is_root():
            shutil.chown(folder, "postgres")
        _run("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
        # Nothing here outlives the tests, so nothing has to reach the disk.
        options = f"-p {server.port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"
        _run("pg_ctl", "-D", str(folder / "data"), "-w", "-l", str(folder / "log"), "-o", options, "start")
        return server

    def stop(self) -> None:
        """End the server and remove its folder."""
        _stop(self.folder)


def sweep() -> None:
    """Stop the servers whose tests died without a goodbye."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = folder.name.removeprefix(PREFIX).split("-")[0]
        if owner.isdigit() and not _is_running(int(owner)):
            _stop(folder)


def _stop(folder: Path) -> None:
    if (folder / "data" / "postmaster.pid").exists():
        _run("pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "stop", check=False)
    shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *arguments: str, check: bool = True) -> None:
    command = [str(programs() / program), *arguments]
    if _is_root():
        command = ["runuser", "-u", "postgres", "--", *command]
    subprocess.run(command, check=check, cwd="/", stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


def _is_root() -> bool:
    return os.geteuid() == 0


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _free_port() -> int:
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])


if __name__ == "__main__":
    if not os.environ.get("PLUMBLINE_TEST_POSTGRES"):
        try:
            programs()
        except Missing as missing:
            sys.exit(str(missing))

"""``plumbline demo``: a company with goals to look round in, on this machine alone."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from plumbline.cli.installation import collect_static_files, make_folder, read_deployment, start_django, update_database
from plumbline.cli.refusal import refuse, refuse_if_any
from plumbline.cli.serve import Host, Port, run

if TYPE_CHECKING:
    from plumbline.deployment import Deployment


def demo(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget what was changed and start anew.")] = False,
) -> None:
    """Start Plumbline with the sample company Fernwood Bikes."""
    _choose_settings(host, port)
    deployment = read_deployment()
    make_folder(deployment)
    _refuse_taken_port(host, port)
    if fresh:
        _forget(deployment)
    deployment.keep_a_secret()
    deployment = read_deployment()
    refuse_if_any(deployment.problems())
    start_django()
    update_database()
    collect_static_files(deployment)
    run(host, port, with_worker=True, words=_words(deployment))


def _choose_settings(host: str, port: int) -> None:
    # A database of its own: a demo must never touch, or forget, real goals.
    os.environ["PLUMBLINE_DATABASE"] = "demo.sqlite3"
    name = "localhost" if host in ("127.0.0.1", "::1") else host
    os.environ.setdefault("PLUMBLINE_ADDRESS", f"http://{name}:{port}")


def _refuse_taken_port(host: str, port: int) -> None:
    from plumbline.cli.server import try_port

    try:
        try_port(host, port)
    except OSError as error:
        refuse(f"Port {port} can't be used: {error.strerror}. Try: make demo PORT={port + 1}")


def _forget(deployment: Deployment) -> None:
    for path in deployment.folder.glob("demo.sqlite3*"):
        path.unlink()
    (deployment.folder / "demo-sign-in.txt").unlink(missing_ok=True)


def _words(deployment: Deployment) -> str:
    return f"Plumbline is ready: {deployment.address}\nCtrl-C stops it."

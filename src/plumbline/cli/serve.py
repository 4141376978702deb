"""``plumbline serve``: the web server, with the worker beside it."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from plumbline.cli.installation import (
    collect_static_files,
    make_folder,
    pending_migrations,
    read_deployment,
    refuse_silent_database,
    start_django,
)
from plumbline.cli.refusal import refuse, refuse_if_any

Host = Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 for every one.", envvar="PLUMBLINE_HOST")]
Port = Annotated[int, typer.Option(help="The port to listen on.", envvar="PLUMBLINE_PORT", min=1, max=65535)]


def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    worker: Annotated[bool, typer.Option(help="Run the worker too; without it, start 'plumbline work' apart.")] = True,
) -> None:
    """Serve people: the web server, and the worker that sends what is due."""
    os.environ.setdefault("PLUMBLINE_ADDRESS", f"http://localhost:{port}")
    deployment = read_deployment()
    refuse_if_any(deployment.problems())
    make_folder(deployment)
    start_django()
    _refuse_old_database()
    collect_static_files(deployment)
    run(host, port, with_worker=worker, words=f"Plumbline is ready: {deployment.address}")


def _refuse_old_database() -> None:
    from django.db import connection

    refuse_silent_database()
    if pending_migrations():
        refuse("The database isn't up to date with this version. Run 'plumbline init' first.")
    connection.close()


def run(host: str, port: int, *, with_worker: bool, words: str) -> None:
    """Serve until told to stop; say the words once people can come in."""
    from plumbline.cli.server import Server

    try:
        Server(host, port, with_worker=with_worker, words=words).run()
    except OSError as error:
        refuse(f"Port {port} can't be used on {host}: {error.strerror}. Choose another with --port.")

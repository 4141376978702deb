"""``plumbline demo``: a company with goals to look round in, on this machine alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plumbline.cli.installation import collect_static_files, make_folder, read_deployment, start_django, update_database
from plumbline.cli.refusal import refuse, refuse_if_any
from plumbline.cli.serve import Host, Port, run

if TYPE_CHECKING:
    from plumbline.deployment import Deployment

DATABASE = "demo.sqlite3"
SIGN_INS = "demo-sign-in.txt"
PARTS = {"owner": "Owner", "lead": "Team lead", "member": "Member", "viewer": "Viewer"}


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
    run(host, port, with_worker=True, words=_words(deployment, _fill(deployment.folder / SIGN_INS)))


def _choose_settings(host: str, port: int) -> None:
    # A database of its own: a demo must never touch, or forget, real goals.
    os.environ["PLUMBLINE_DATABASE"] = DATABASE
    name = "localhost" if host in ("127.0.0.1", "::1") else host
    os.environ.setdefault("PLUMBLINE_ADDRESS", f"http://{name}:{port}")


def _refuse_taken_port(host: str, port: int) -> None:
    from plumbline.cli.server import try_port

    try:
        try_port(host, port)
    except OSError as error:
        refuse(f"Port {port} can't be used on {host}: {error.strerror}. Try: make demo PORT={port + 1}")


def _forget(deployment: Deployment) -> None:
    for path in (*deployment.folder.glob(f"{DATABASE}*"), deployment.folder / SIGN_INS):
        path.unlink(missing_ok=True)


def _fill(kept: Path) -> str:
    """Build the company once; return how to sign in."""
    from django.db import connection, transaction

    from plumbline.people.models import Organisation

    with transaction.atomic():
        if not Organisation.objects.exists():
            kept.write_text(_build())
    connection.close()
    if not kept.exists():
        refuse(f"{kept} is gone, and nothing else knows the passwords. Start anew: make demo FRESH=1")
    return kept.read_text()


def _build() -> str:
    from django.utils.timezone import now

    from plumbline.usecases.sample_company import build

    passwords = {part: secrets.token_urlsafe(12) for part in PARTS}
    sample = build(at=now(), passwords=passwords)
    lines = [f"  {words:<10} {sample.signs_in[part]:<36} {passwords[part]}" for part, words in PARTS.items()]
    return "\n".join(lines) + "\n"


def _words(deployment: Deployment, sign_ins: str) -> str:
    kept = deployment.folder / SIGN_INS
    return (
        f"\nPlumbline is ready: {deployment.address}\n\nSign in with one of these (kept in {kept}):\n\n{sign_ins}\n"
        "Ctrl-C stops it. What you change stays; make demo FRESH=1 starts anew."
    )

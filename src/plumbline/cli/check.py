"""``plumbline check``: tell a person what is wrong with an installation."""

from __future__ import annotations

import smtplib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plumbline.cli.installation import (
    pending_migrations,
    read_deployment,
    start_django,
    why_the_database_is_silent,
)
from plumbline.deployment import Deployment

if TYPE_CHECKING:
    from plumbline.worker.health import Health

SECONDS_APART = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: ``well``, ``wrong``, or only worth ``knowing``."""

    what: str
    state: str
    words: str


def check(
    alive: Annotated[
        bool, typer.Option("--alive", help="Only ask whether the server answers; for health checks.")
    ] = False,
    host: Annotated[str, typer.Option(envvar="PLUMBLINE_HOST", help="Where the server listens.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PLUMBLINE_PORT", help="The port it listens on.")] = 8000,
) -> None:
    """Look over the installation and say what is wrong with it; status 1 when something is."""
    findings = list([_server(host, port)] if alive else _everything(read_deployment()))
    for finding in findings:
        sys.stdout.write(f"{_SIGNS[finding.state]} {finding.what}: {finding.words}\n")
    raise typer.Exit(int(any(finding.state == "wrong" for finding in findings)))


_SIGNS = {"well": "ok   ", "wrong": "WRONG", "knowing": "note "}


def _everything(deployment: Deployment) -> Iterator[Finding]:
    problems = deployment.problems()
    yield from (Finding("Settings", "wrong", problem) for problem in problems)
    if not problems:
        yield Finding("Settings", "well", f"safe for {deployment.address}")
    if not deployment.folder.exists():
        yield Finding("Folder", "wrong", f"{deployment.folder} isn't there yet. Run 'plumbline init'.")
    else:
        yield from _everything_in(deployment)


def _everything_in(deployment: Deployment) -> Iterator[Finding]:
    start_django()
    if silence := why_the_database_is_silent():
        yield Finding("Database", "wrong", f"it doesn't answer: {silence}")
    else:
        yield _tables()
        yield from _worker()
        yield from _clock(deployment)
    yield from _mail(deployment)
    yield from _proxy(deployment)
    yield from _judge(deployment)


def _tables() -> Finding:
    steps = pending_migrations()
    if steps:
        return Finding("Database", "wrong", f"{steps} steps behind this version. Run 'plumbline init'.")
    return Finding("Database", "well", "reachable and up to date")


def _worker() -> Iterator[Finding]:
    from plumbline.worker.health import health

    found = health(datetime.now(UTC))
    if found.workers:
        yield Finding("Worker", "well", f"{found.workers} at work")
    elif found.died:
        yield Finding("Worker", "wrong", "none was heard of for a minute, so nothing is sent. Start 'plumbline work'.")
    else:
        yield Finding("Worker", "knowing", "none at work now; 'plumbline serve' brings one along.")
    yield from _work(found)


def _work(found: Health) -> Iterator[Finding]:
    """Tell what does not get done although somebody is at work."""
    if found.workers and found.is_late:
        yield Finding("Worker", "wrong", f"what happened {found.late} ago has not left yet. Look into its log.")
    if found.waiting or found.given_up:
        yield Finding("Letters", "knowing", f"{found.waiting} wait, {found.given_up} could not be delivered")
    for job in found.troubled:
        yield Finding("Worker", "wrong", f"the job '{job}' did not work. Look into its log.")


def _clock(deployment: Deployment) -> Iterator[Finding]:
    """Compare with the database server's clock; SQLite has none of its own."""
    from django.db import connection

    if not deployment.is_postgres:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        apart = abs(datetime.now(UTC) - cursor.fetchone()[0])
    if apart > timedelta(seconds=SECONDS_APART):
        yield Finding(
            "Clock", "wrong", f"this machine and the database differ by {apart}. Let both follow a time server."
        )
    else:
        yield Finding("Clock", "well", "this machine and the database agree")


def _mail(deployment: Deployment) -> Iterator[Finding]:
    from django.core.mail import get_connection

    if not deployment.mail_address:
        yield Finding("Mail", "knowing", "not set up; letters wait until it is. See PLUMBLINE_MAIL.")
        return
    try:
        connection = get_connection()
        connection.open()
        connection.close()
        yield Finding("Mail", "well", "the mail server answers")
    except (OSError, smtplib.SMTPException) as error:
        yield Finding("Mail", "wrong", f"the mail server doesn't take letters from us: {error}")


def _judge(deployment: Deployment) -> Iterator[Finding]:
    from plumbline_judge.settings_file import BadSettings, config_of

    if not deployment.judge_settings:
        return
    try:
        config = config_of(Path(deployment.judge_settings))
        yield Finding("Judge", "well", f"set up by {deployment.judge_settings}, {len(config.disabled)} rules silent")
    except BadSettings as problem:
        yield Finding("Judge", "wrong", f"it speaks as if there were no settings: {problem}")


def _proxy(deployment: Deployment) -> Iterator[Finding]:
    if deployment.is_https and not deployment.proxies:
        yield Finding(
            "Proxy", "knowing", "PLUMBLINE_PROXY isn't set, so everybody seems to come from the proxy's own address."
        )


def _server(host: str, port: int) -> Finding:
    from plumbline.cli.server import is_healthy

    if is_healthy(host, port):
        return Finding("Server", "well", f"it answers on port {port}")
    return Finding("Server", "wrong", f"nobody healthy answers on port {port}")

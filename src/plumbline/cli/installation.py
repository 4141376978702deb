"""Bring an installation's folder, database and static files up to date."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from plumbline.cli.refusal import refuse
from plumbline.deployment import Deployment

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_deployment() -> Deployment:
    """Read the environment as it is now."""
    return Deployment.from_environment(os.environ)


def make_folder(deployment: Deployment) -> None:
    """Create the folder for its owner only, or say who stands in the way."""
    try:
        deployment.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        deployment.mail_folder.mkdir(mode=0o700, exist_ok=True)
        (deployment.folder / "static").mkdir(exist_ok=True)
    except OSError as error:
        refuse(
            f"Plumbline can't write to {deployment.folder}: {error.strerror}. Set PLUMBLINE_FOLDER to another folder."
        )


def start_django() -> None:
    """Load the models; everything that touches them comes after this."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plumbline.settings")
    django.setup()


def refuse_silent_database() -> None:
    """Say in one sentence why the database doesn't answer, where it doesn't."""
    if silence := why_the_database_is_silent():
        refuse(f"The database doesn't answer: {silence}")


def why_the_database_is_silent() -> str:
    """Return the database's own last line, or nothing when it answers."""
    from django.db import DatabaseError, connection

    # Without the pool, which would try for a while and fill the screen meanwhile.
    probe = connection.copy()
    probe.settings_dict["OPTIONS"].pop("pool", None)
    try:
        probe.ensure_connection()
        probe.close()
    except DatabaseError as error:
        return str(error).strip().splitlines()[-1].strip()
    return ""


def pending_migrations() -> int:
    """Count the steps that the database is behind the code."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def update_database() -> None:
    """Create or update the tables; quick when there is nothing to do."""
    from django.core.management import call_command

    if pending_migrations():
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def collect_static_files(deployment: Deployment) -> None:
    """Copy, hash and compress the static files; quick when none has changed."""
    from django.core.management import call_command

    stamp = deployment.folder / "static" / ".stamp"
    present = _fingerprint()
    if not stamp.exists() or stamp.read_text() != present:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(present)


def _fingerprint() -> str:
    return hashlib.sha256("\n".join(_files_as_found()).encode()).hexdigest()


def _files_as_found() -> Iterator[str]:
    from django.contrib.staticfiles.finders import get_finders

    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            yield f"{path} {found.st_size} {found.st_mtime_ns}"

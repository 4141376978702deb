"""``plumbline init``: make an installation, or bring one up to date."""

from __future__ import annotations

from plumbline.cli.installation import collect_static_files, make_folder, read_deployment, start_django, update_database


def init() -> None:
    """Make the folder, the secret, the database and the first owner's link. Safe to run again."""
    make_folder(read_deployment())
    read_deployment().keep_a_secret()
    start_django()
    update_database()
    collect_static_files(read_deployment())

"""The sample company in the test database: built once, then copied in."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, connections

from plumbline.people.models import Person
from plumbline.usecases.sample_company import Sample, build


@pytest.fixture(scope="session")
def fernwood_file(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Sample]:
    """Build the company as it looks today, and keep it in a file of its own."""
    kept = tmp_path_factory.mktemp("fernwood") / "fernwood.sqlite3"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        sample = build(at=datetime.now(UTC))
        with sqlite3.connect(kept) as file:
            connection.connection.backup(file)
        call_command("flush", interactive=False, verbosity=0)
        connections.close_all()
    return kept, sample


@pytest.fixture
def fernwood(transactional_db: None, fernwood_file: tuple[Path, Sample]) -> dict[str, Person]:
    """Fernwood Bikes with five quarters behind it; its people by the part they play."""
    kept, sample = fernwood_file
    connection.ensure_connection()
    with sqlite3.connect(kept) as file:
        file.backup(connection.connection)
    return {part: Person.objects.get(email=email) for part, email in sample.signs_in.items()}

"""``migrate``, and the index of words after it: a migration that copies a table on SQLite drops its triggers."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from plumbline.goals.search.index import keep
from plumbline.goals.search.kinds import KINDS


class Command(migrate.Command):
    """Bring the tables up to date, and see that search still follows them."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then put the index up again where it is missing."""
        super().handle(*args, **options)
        connection = connections[options["database"]]
        there = set(connection.introspection.table_names())
        if all(kind.table in there for kind in KINDS):
            keep(connection)

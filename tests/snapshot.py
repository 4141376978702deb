"""Building the world takes a quarter of a second, and nearly every test wants one: it is built once and copied."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from tests.world import World, build

ROOMS = ("people", "goals")


@dataclass(frozen=True)
class Snapshot:
    """All rows of a freshly built world, and the world itself as it was then.

    Keys are the same in every copy. PostgreSQL's sequences stand behind them
    since the first build, which no rollback undoes.
    """

    rows: dict[str, tuple[list[str], list[tuple[Any, ...]]]]
    world: bytes

    @classmethod
    def take(cls) -> tuple[Snapshot, World]:
        """Build the world and remember it."""
        world = build()
        return cls({table: found for table in _tables() if (found := _read(table))[1]}, pickle.dumps(world)), world

    def restore(self) -> World:
        """Write the rows into an empty database and return the world they make."""
        with transaction.atomic(), connection.cursor() as cursor:
            for table, (columns, rows) in self.rows.items():
                names = ", ".join(f'"{column}"' for column in columns)
                places = ", ".join(["%s"] * len(columns))
                cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)  # noqa: S608
        world: World = pickle.loads(self.world)  # noqa: S301 - our own bytes, of this process
        return world


def _tables() -> list[str]:
    models = (model for room in ROOMS for model in apps.get_app_config(room).get_models(include_auto_created=True))
    return [model._meta.db_table for model in models]


def _read(table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
        return [column[0] for column in cursor.description or ()], cursor.fetchall()

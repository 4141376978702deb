"""An installation is built and upgraded by the committed migrations alone (K01).

The tests' own database is made from nothing by these migrations, on SQLite and on
PostgreSQL: what the tests see is what an installation gets.
"""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

OURS = ("people", "goals", "worker")


@pytest.mark.django_db
def test_the_database_was_built_from_nothing_by_every_migration() -> None:
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()

    assert executor.migration_plan(leaves) == []
    assert set(OURS) <= {app for app, _name in executor.loader.applied_migrations}


@pytest.mark.django_db
def test_every_model_has_its_table() -> None:
    tables = set(connection.introspection.table_names())

    assert {model._meta.db_table for model in apps.get_models()} - tables == set()


@pytest.mark.django_db
def test_the_models_say_what_the_migrations_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_each_of_our_rooms_has_one_newest_migration() -> None:
    loader = MigrationExecutor(connection).loader

    assert loader.detect_conflicts() == {}

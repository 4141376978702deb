"""Put up the index of words that search asks; see docs/decisions/search.md."""

from django.db import migrations

from plumbline.goals.search.index import keep


def put_up(_apps, schema_editor):
    keep(schema_editor.connection)


def take_down(_apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION IF EXISTS goals_search_keep CASCADE")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'search_%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("DROP TABLE IF EXISTS goals_search")


class Migration(migrations.Migration):
    dependencies = [("goals", "0005_indexes_for_lists"), ("people", "0001_initial")]

    operations = [migrations.RunPython(put_up, take_down)]

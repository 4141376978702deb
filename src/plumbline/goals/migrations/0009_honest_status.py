"""Keep the chance that readings gave with each check-in, and whether the data say a key result's status.

The index of words is put up again: SQLite copies the table of key results, which drops its triggers.
"""

import plumbline.values.exact
from django.db import migrations, models

from plumbline.goals.search.index import keep


def put_up_again(_apps, schema_editor):
    keep(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("goals", "0008_kpi_trees")]

    operations = [
        migrations.AddField("checkin", "chance", plumbline.values.exact.ValueField(editable=False, null=True)),
        migrations.AddField("keyresult", "automatic_status", models.BooleanField(default=False)),
        migrations.RunPython(put_up_again, migrations.RunPython.noop),
    ]

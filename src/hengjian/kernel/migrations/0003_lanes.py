"""Entries are counted as they are written; those of before take the one lane, in their order."""

from django.db import migrations, models

_PLACES = (
    "UPDATE kernel_entry SET place = counted.place"
    " FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM kernel_entry) AS counted"
    " WHERE counted.id = kernel_entry.id"
)
_COUNTED = "INSERT INTO kernel_lane (lane, last) SELECT 0, count(*) FROM kernel_entry HAVING count(*) > 0"


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_hand")]

    operations = [
        migrations.CreateModel(
            name="Lane",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lane", models.SmallIntegerField(unique=True)),
                ("last", models.BigIntegerField()),
            ],
            options={"ordering": ["lane"]},
        ),
        migrations.AddField("entry", "lane", models.SmallIntegerField(default=0), preserve_default=False),
        migrations.AddField("entry", "place", models.BigIntegerField(default=0), preserve_default=False),
        migrations.RunSQL([_PLACES, _COUNTED], migrations.RunSQL.noop),
        migrations.AddConstraint("entry", models.UniqueConstraint(fields=("lane", "place"), name="entry_place_once")),
    ]

"""The store of files: a row for each, saying which object holds it. What lies in the database is taken over afterwards by
the clock (`files_kept`), as the account that serves: who migrates may be another one, and objects would be theirs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0005_stored_files")]

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.BinaryField(max_length=32, unique=True)),
                ("place", models.CharField(max_length=120, unique=True)),
                ("key", models.CharField(max_length=32)),
                ("size", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("checked_at", models.DateTimeField(null=True)),
                (
                    "fault",
                    models.CharField(blank=True, choices=[("gone", "Gone"), ("altered", "Altered")], max_length=8),
                ),
                ("doomed_at", models.DateTimeField(null=True)),
                ("taken_at", models.DateTimeField(null=True)),
            ],
            options={"ordering": ["id"]},
        ),
    ]

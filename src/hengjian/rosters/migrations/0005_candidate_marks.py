from django.db import migrations, models


def without_rowid(apps, schema_editor):
    """On SQLite the key is the table: half the size, and each look-up one descent instead of two."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE rosters_candidatemark")
        schema_editor.execute(
            'CREATE TABLE rosters_candidatemark (mark bigint NOT NULL, "row" bigint NOT NULL,'
            ' PRIMARY KEY (mark, "row")) WITHOUT ROWID'
        )


def mark_everybody(apps, schema_editor):
    """Candidates that were filed before there were marks are found too."""
    from hengjian.kernel import marks

    rows = apps.get_model("rosters", "Candidate").objects.select_related("batch__plan").order_by("pk")
    rows = rows.only("pk", "name", "document_number", "batch__plan__institution_id")
    people = (
        marks.Named(row.pk, row.name, row.document_number, row.batch.plan.institution_id) for row in rows.iterator(2000)
    )
    marks.write(apps.get_model("rosters", "CandidateMark"), people)


class Migration(migrations.Migration):
    dependencies = [
        ("rosters", "0004_public_samples"),
    ]

    operations = [
        migrations.CreateModel(
            name="CandidateMark",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "mark", "row", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("mark", models.BigIntegerField()),
                ("row", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RunPython(without_rowid, migrations.RunPython.noop),
        migrations.RunPython(mark_everybody, migrations.RunPython.noop),
    ]

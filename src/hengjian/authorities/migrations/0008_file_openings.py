"""Who opened which file, for the auditor."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("authorities", "0007_institution_administrators")]

    operations = [
        migrations.CreateModel(
            name="FileOpening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True)),
                ("actor", models.CharField(max_length=64)),
                ("who", models.CharField(max_length=200)),
                ("name", models.BinaryField(max_length=32)),
                ("how", models.CharField(choices=[("shown", "Shown"), ("taken", "Taken")], max_length=8)),
                ("what", models.CharField(max_length=60)),
                ("case_table", models.CharField(max_length=64)),
                ("case_id", models.BigIntegerField()),
                ("area_path", models.CharField(max_length=60)),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["case_table", "case_id"], name="opening_by_case")],
            },
        ),
    ]

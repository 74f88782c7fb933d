"""Texts that the house composed are kept as what was said: message and parameters, behind a mark (`kernel.kept_field`)."""

from django.db import migrations

import hengjian.kernel.kept_field


class Migration(migrations.Migration):
    dependencies = [
        ("rosters", "0005_candidate_marks"),
    ]

    operations = [
        migrations.AlterField(
            model_name="rostercheck",
            name="sentence",
            field=hengjian.kernel.kept_field.SaidField(blank=True),
        ),
        migrations.AlterField(
            model_name="sample",
            name="reason",
            field=hengjian.kernel.kept_field.SaidField(),
        ),
    ]

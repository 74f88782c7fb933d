"""Texts that the house composed are kept as what was said: message and parameters, behind a mark (`kernel.kept_field`)."""

from django.db import migrations

import hengjian.kernel.kept_field


class Migration(migrations.Migration):
    dependencies = [
        ("occupations", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="standard",
            name="title",
            field=hengjian.kernel.kept_field.SaidField(),
        ),
        migrations.AlterField(
            model_name="standard",
            name="version",
            field=hengjian.kernel.kept_field.SaidField(),
        ),
    ]

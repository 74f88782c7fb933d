"""Texts that the house composed are kept as what was said: message and parameters, behind a mark (`kernel.kept_field`)."""

from django.db import migrations

import hengjian.kernel.kept_field


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0004_staff_of_a_sitting"),
    ]

    operations = [
        migrations.AlterField(
            model_name="batch",
            name="standard_title",
            field=hengjian.kernel.kept_field.SaidField(),
        ),
        migrations.AlterField(
            model_name="plan",
            name="filed_by",
            field=hengjian.kernel.kept_field.SaidField(blank=True),
        ),
    ]

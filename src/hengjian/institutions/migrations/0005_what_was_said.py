"""Texts that the house composed are kept as what was said: message and parameters, behind a mark (`kernel.kept_field`)."""

from django.db import migrations

import hengjian.kernel.kept_field


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0004_takeovers_of_every_kind"),
    ]

    operations = [
        migrations.AlterField(
            model_name="filing",
            name="decided_by",
            field=hengjian.kernel.kept_field.SaidField(blank=True),
        ),
        migrations.AlterField(
            model_name="filing",
            name="return_reason",
            field=hengjian.kernel.kept_field.SaidField(blank=True),
        ),
        migrations.AlterField(
            model_name="institution",
            name="office_reason",
            field=hengjian.kernel.kept_field.SaidField(help_text="路由依据，或改派理由"),
        ),
        migrations.AlterField(
            model_name="takeovercheck",
            name="sentence",
            field=hengjian.kernel.kept_field.SaidField(blank=True),
        ),
    ]

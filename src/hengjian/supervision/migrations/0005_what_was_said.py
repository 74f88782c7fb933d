"""Texts that the house composed are kept as what was said: message and parameters, behind a mark (`kernel.kept_field`)."""

from django.db import migrations

import hengjian.kernel.kept_field


class Migration(migrations.Migration):
    dependencies = [
        ("supervision", "0004_means_of_a_report"),
    ]

    operations = [
        migrations.AlterField(
            model_name="draw",
            name="excluded",
            field=hengjian.kernel.kept_field.SaidJSONField(default=list, verbose_name="未入池人员及理由"),
        ),
        migrations.AlterField(
            model_name="draw",
            name="purpose",
            field=hengjian.kernel.kept_field.SaidField(),
        ),
        migrations.AlterField(
            model_name="draw",
            name="voided_by",
            field=hengjian.kernel.kept_field.SaidField(blank=True),
        ),
        migrations.AlterField(
            model_name="witness",
            name="label",
            field=hengjian.kernel.kept_field.SaidField(verbose_name="见证人"),
        ),
        migrations.AlterField(
            model_name="duty",
            name="checklist",
            field=hengjian.kernel.kept_field.SaidJSONField(default=list),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models

import hengjian.institutions.models
import hengjian.kernel.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("authorities", "0006_exports"),
        ("institutions", "0004_takeovers_of_every_kind"),
        ("personnel", "0003_years_of_experience"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("area_path", models.CharField(db_index=True, max_length=48)),
                ("name", models.CharField(max_length=60)),
                ("employer", models.CharField(max_length=120)),
                ("phone", hengjian.kernel.sealed.EncryptedTextField(default=b"")),
                ("document_number", hengjian.kernel.sealed.EncryptedTextField(default=b"")),
                ("masked_number", models.CharField(blank=True, max_length=40)),
                ("grade", models.CharField(choices=[("assessor", "考评员"), ("senior", "高级考评员")], max_length=12)),
                ("occupations", models.JSONField(default=list)),
                ("levels", models.CharField(blank=True, max_length=12)),
                ("card_number", models.CharField(max_length=40)),
                ("card_valid_until", models.DateField()),
                ("trained_on", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("standing", "在册"), ("withdrawn", "承接已撤销")], default="standing", max_length=12
                    ),
                ),
                ("withdrawn_on", models.DateField(null=True, verbose_name="撤销承接日期")),
            ],
            options={
                "ordering": ["id"],
            },
            bases=(hengjian.institutions.models.Brought, models.Model),
        ),
        migrations.CreateModel(
            name="AssessorMark",
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
        migrations.AddField(
            model_name="supervisor",
            name="takeover",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supervisors",
                to="institutions.takeover",
            ),
        ),
        migrations.AlterField(
            model_name="supervisor",
            name="card_number",
            field=models.CharField(max_length=24),
        ),
        migrations.AlterField(
            model_name="supervisor",
            name="state",
            field=models.CharField(
                choices=[("appointed", "在聘"), ("suspended", "暂停"), ("ended", "解聘"), ("withdrawn", "承接已撤销")],
                default="appointed",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), _negated=True), ("takeover__isnull", False), _connector="OR"
                ),
                name="supervisor_withdrawn_was_taken_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisor",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=("card_number",),
                name="supervisor_card_once",
            ),
        ),
        migrations.AddField(
            model_name="assessor",
            name="institution",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assessors",
                to="institutions.institution",
            ),
        ),
        migrations.AddField(
            model_name="assessor",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="assessors", to="authorities.office"
            ),
        ),
        migrations.AddField(
            model_name="assessor",
            name="takeover",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="assessors", to="institutions.takeover"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessor",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=("card_number",),
                name="assessor_card_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), ("withdrawn_on__isnull", False)),
                    models.Q(models.Q(("state", "withdrawn"), _negated=True), ("withdrawn_on__isnull", True)),
                    _connector="OR",
                ),
                name="assessor_withdrawn_says_when",
            ),
        ),
    ]

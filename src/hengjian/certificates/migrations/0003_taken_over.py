import django.db.models.deletion
from django.db import migrations, models

import hengjian.institutions.models
import hengjian.kernel.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0002_what_was_said"),
        ("institutions", "0005_what_was_said"),
    ]

    operations = [
        migrations.CreateModel(
            name="EarlierMark",
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
        migrations.CreateModel(
            name="EarlierCertificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("number", models.CharField(max_length=24)),
                ("scheme", models.CharField(blank=True, max_length=40, verbose_name="编号规则")),
                ("office_id", models.BigIntegerField(db_index=True)),
                ("office_name", models.CharField(max_length=120)),
                ("area_path", models.CharField(db_index=True, max_length=48)),
                ("institution_name", models.CharField(max_length=120)),
                ("name", hengjian.kernel.sealed.EncryptedTextField()),
                ("masked_name", models.CharField(max_length=60)),
                ("name_index", models.BinaryField(max_length=16)),
                ("document_number", hengjian.kernel.sealed.EncryptedTextField()),
                ("document_index", models.BinaryField(db_index=True, max_length=16)),
                ("masked_number", models.CharField(max_length=40)),
                ("document_tail", models.BinaryField(max_length=16)),
                ("occupation_code", models.CharField(blank=True, max_length=12)),
                ("occupation_name", models.CharField(max_length=80)),
                ("trade", models.CharField(max_length=80)),
                ("level", models.CharField(max_length=1)),
                ("issued_on", models.DateField()),
                ("person_key", models.BigIntegerField(db_index=True)),
                ("withdrawn_on", models.DateField(null=True, verbose_name="撤销承接日期")),
                (
                    "state",
                    models.CharField(
                        choices=[("standing", "已承接"), ("withdrawn", "承接已撤销")], default="standing", max_length=12
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="earlier_certificates",
                        to="institutions.institution",
                    ),
                ),
                (
                    "takeover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="institutions.takeover",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "withdrawn"), _negated=True),
                        fields=("number",),
                        name="earlier_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), ("withdrawn_on__isnull", False)),
                            models.Q(models.Q(("state", "withdrawn"), _negated=True), ("withdrawn_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="earlier_withdrawn_says_when",
                    ),
                ],
            },
            bases=(hengjian.institutions.models.Brought, models.Model),
        ),
    ]

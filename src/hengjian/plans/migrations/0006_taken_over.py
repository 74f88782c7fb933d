import django.db.models.deletion
from django.db import migrations, models

import hengjian.institutions.models


class Migration(migrations.Migration):
    dependencies = [
        ("authorities", "0008_file_openings"),
        ("institutions", "0005_what_was_said"),
        ("plans", "0005_what_was_said"),
    ]

    operations = [
        migrations.CreateModel(
            name="PastPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("area_path", models.CharField(db_index=True, max_length=48)),
                ("number", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=120)),
                ("venue", models.CharField(blank=True, max_length=200)),
                ("occupation_code", models.CharField(max_length=12)),
                ("occupation_name", models.CharField(max_length=80)),
                ("level", models.CharField(max_length=1)),
                ("held_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("headcount", models.PositiveIntegerField()),
                ("passed", models.PositiveIntegerField(null=True)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="past_plans",
                        to="institutions.institution",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="past_plans", to="authorities.office"
                    ),
                ),
                (
                    "takeover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="institutions.takeover"
                    ),
                ),
            ],
            options={
                "ordering": ["-held_on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "withdrawn"), _negated=True),
                        fields=("number", "occupation_code", "level"),
                        name="past_plan_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("held_on"))), name="past_plan_dates"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("passed__isnull", True), ("passed__lte", models.F("headcount")), _connector="OR"
                        ),
                        name="past_plan_passed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), ("withdrawn_on__isnull", False)),
                            models.Q(models.Q(("state", "withdrawn"), _negated=True), ("withdrawn_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="past_plan_withdrawn_says_when",
                    ),
                ],
            },
            bases=(hengjian.institutions.models.Brought, models.Model),
        ),
    ]

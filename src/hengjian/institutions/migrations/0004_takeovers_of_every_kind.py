from django.db import migrations, models

import hengjian.kernel.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("authorities", "0006_exports"),
        ("institutions", "0003_takeovers"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="takeover", name="takeover_of_somebody"),
        migrations.RenameField("takeover", "institutions", "rows"),
        migrations.RenameField("takeover", "scope_items", "parts"),
        migrations.CreateModel(
            name="TakeoverCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=16)),
                ("upload_id", models.BigIntegerField()),
                ("owner", models.CharField(max_length=64)),
                ("seat_id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "核查中"),
                            ("done", "核查完成"),
                            ("refused", "文件无法读取"),
                            ("cancelled", "已取消"),
                            ("taking", "正在承接"),
                            ("taken", "已承接"),
                        ],
                        default="running",
                        max_length=12,
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("cancel", models.BooleanField(default=False)),
                ("sentence", models.TextField(blank=True)),
                ("fresh", models.PositiveIntegerField(default=0)),
                ("parts", models.PositiveIntegerField(default=0)),
                ("known", models.PositiveIntegerField(default=0)),
                ("errors", models.PositiveIntegerField(default=0)),
                ("warnings", models.PositiveIntegerField(default=0)),
                ("report", hengjian.kernel.sealed.EncryptedTextField(default=b"")),
                ("copy_id", models.BigIntegerField(null=True, verbose_name="标注的表格")),
                ("key", models.CharField(blank=True, max_length=64)),
                ("takeover_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="takeover",
            name="kind",
            field=models.CharField(
                choices=[
                    ("institutions", "评价机构"),
                    ("supervisors", "质量督导员"),
                    ("assessors", "考评人员"),
                    ("plans", "以往计划"),
                    ("certificates", "已发证书"),
                ],
                default="institutions",
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="takeover",
            name="parts",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="takeover",
            constraint=models.CheckConstraint(condition=models.Q(("rows__gt", 0)), name="takeover_of_somebody"),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0003_stopped_exams"),
    ]

    operations = [
        migrations.AddField(
            model_name="sitting",
            name="staff",
            field=models.PositiveIntegerField(default=0, verbose_name="监考、考评或评审人数"),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("personnel", "0002_dates_of_states"),
    ]

    operations = [
        migrations.AddField(
            model_name="supervisor",
            name="practice_years",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="评价管理或技术工作年限"),
        ),
        migrations.AddField(
            model_name="supervisor",
            name="assessor_years",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="担任考评人员年限"),
        ),
    ]

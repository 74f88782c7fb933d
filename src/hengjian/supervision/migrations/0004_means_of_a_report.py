from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("supervision", "0003_witnesses_and_voids"),
    ]

    operations = [
        migrations.AddField(
            model_name="duty",
            name="means",
            field=models.JSONField(default=list, verbose_name="督导方式"),
        ),
        migrations.AddField(
            model_name="duty",
            name="methods",
            field=models.JSONField(default=list, verbose_name="督导方法"),
        ),
        migrations.AddField(
            model_name="duty",
            name="obstructions",
            field=models.JSONField(default=list, verbose_name="妨碍督导的情形"),
        ),
    ]

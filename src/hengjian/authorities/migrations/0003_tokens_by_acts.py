from django.db import migrations


class Migration(migrations.Migration):
    """Tokens become rows that only acts write; those handed out before end here, for no act opened them."""

    dependencies = [
        ("authorities", "0002_apitoken"),
    ]

    operations = [
        migrations.DeleteModel(name="ApiToken"),
    ]

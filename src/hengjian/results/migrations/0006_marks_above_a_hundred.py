from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("results", "0005_objection_triage"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="score", name="score_theory_range"),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(("theory__isnull", True), ("theory__gte", 0), _connector="OR"),
                name="score_theory_range",
            ),
        ),
        migrations.RemoveConstraint(model_name="score", name="score_practical_range"),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(("practical__isnull", True), ("practical__gte", 0), _connector="OR"),
                name="score_practical_range",
            ),
        ),
        migrations.RemoveConstraint(model_name="score", name="score_review_range"),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(("review__isnull", True), ("review__gte", 0), _connector="OR"),
                name="score_review_range",
            ),
        ),
    ]

"""Looking up a waiver: a rule set aside for one case, approved and not yet expired."""

from __future__ import annotations

from datetime import datetime

from hengjian.kernel.case import CaseModel
from hengjian.kernel.models import Waiver


def standing_waiver(rule: str, subject: CaseModel, now: datetime) -> int | None:
    """The number of the waiver that stands today, or nothing."""
    return (
        Waiver.objects.filter(
            rule=rule,
            subject_table=subject._meta.db_table,
            subject_id=subject.pk,
            state=Waiver.State.APPROVED,
            expires_on__gte=now.date(),
        )
        .values_list("pk", flat=True)
        .first()
    )

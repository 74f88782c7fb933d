"""Certificates: numbered by the coding rule, issued by the institution, checkable by anybody (R61, R62, R89)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from hengjian.institutions.models import Institution
from hengjian.kernel.case import CaseModel
from hengjian.kernel.kept_field import SaidField
from hengjian.kernel.sealed import EncryptedTextField
from hengjian.kernel.words import say
from hengjian.results.models import Score


class Certificate(CaseModel):
    """职业技能等级证书. What is printed is stored here as it was on the day of issue."""

    class State(models.TextChoices):
        ISSUED = "issued", "有效"
        REVOKED = "revoked", "已注销"

    number = models.CharField(max_length=22, unique=True)
    score = models.OneToOneField(Score, null=True, on_delete=models.PROTECT, related_name="certificate")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="certificates")
    office_id = models.BigIntegerField(db_index=True)
    area_path = models.CharField(max_length=48, db_index=True)
    institution_name = models.CharField(max_length=120)
    name = EncryptedTextField()
    masked_name = models.CharField(max_length=60)
    name_index = models.BinaryField(max_length=16)
    document_number = EncryptedTextField()
    document_index = models.BinaryField(max_length=16, db_index=True)
    masked_number = models.CharField(max_length=40)
    document_tail = models.BinaryField(max_length=16)
    occupation_code = models.CharField(max_length=12)
    occupation_name = models.CharField(max_length=80)
    trade = models.CharField(max_length=80)
    level = models.CharField(max_length=1)
    issued_on = models.DateField()
    online_on = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.ISSUED)
    revoked_on = models.DateField(null=True)
    revoked_reason = SaidField(blank=True)

    jurisdiction: ClassVar[dict[str, str]] = {
        "institution": "institution_id",
        "office": "office_id",
        "area": "area_path",
    }

    class Meta:
        ordering: ClassVar[Any] = ["-id"]
        constraints: ClassVar[Any] = [
            models.CheckConstraint(
                condition=Q(state="issued", revoked_on__isnull=True)
                | (Q(state="revoked", revoked_on__isnull=False) & ~Q(revoked_reason="")),
                name="certificate_revoked_says_why",
            )
        ]

    def __str__(self) -> str:
        return say("证书 {number}", number=self.number)

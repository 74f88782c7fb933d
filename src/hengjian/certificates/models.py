"""Certificates: numbered by the coding rule, issued by the institution, checkable by anybody (R61, R62, R89)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from hengjian.institutions.models import Brought, Institution, Takeover, withdrawn_says_when
from hengjian.kernel.case import CaseModel
from hengjian.kernel.kept_field import SaidField
from hengjian.kernel.marks import SearchMark
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


class EarlierCertificate(Brought, CaseModel):
    """A certificate issued before this system, under whatever coding, as an office took it over from a table. Of how it came about nothing
    is known here, so nothing is claimed: `office_name` says who vouches for the record."""

    class State(models.TextChoices):
        STANDING = "standing", "已承接"
        WITHDRAWN = "withdrawn", "承接已撤销"

    number = models.CharField(max_length=24)
    scheme = models.CharField("编号规则", max_length=40, blank=True)  # empty: the coding rule of today
    takeover = models.ForeignKey(Takeover, on_delete=models.PROTECT, related_name="certificates")
    office_id = models.BigIntegerField(db_index=True)
    office_name = models.CharField(max_length=120)
    area_path = models.CharField(max_length=48, db_index=True)
    institution = models.ForeignKey(
        Institution, null=True, on_delete=models.PROTECT, related_name="earlier_certificates"
    )
    institution_name = models.CharField(max_length=120)
    name = EncryptedTextField()
    masked_name = models.CharField(max_length=60)
    name_index = models.BinaryField(max_length=16)
    document_number = EncryptedTextField()
    document_index = models.BinaryField(max_length=16, db_index=True)
    masked_number = models.CharField(max_length=40)
    document_tail = models.BinaryField(max_length=16)
    occupation_code = models.CharField(max_length=12, blank=True)
    occupation_name = models.CharField(max_length=80)
    trade = models.CharField(max_length=80)
    level = models.CharField(max_length=1)
    issued_on = models.DateField()
    person_key = models.BigIntegerField(db_index=True)
    withdrawn_on = models.DateField("撤销承接日期", null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.STANDING)

    jurisdiction: ClassVar[dict[str, str]] = {
        "institution": "institution_id",
        "office": "office_id",
        "area": "area_path",
    }
    takeover_kind: ClassVar[str] = Takeover.Kind.CERTIFICATES.value

    def told(self) -> tuple[str, ...]:
        return (self.masked_name, self.occupation_name, self.institution_name)

    class Meta:
        ordering: ClassVar[Any] = ["-id"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(fields=["number"], condition=~Q(state="withdrawn"), name="earlier_number_once"),
            withdrawn_says_when("earlier_withdrawn_says_when"),
        ]

    def __str__(self) -> str:
        return say("证书 {number}", number=self.number)


class EarlierMark(SearchMark):
    """By these a certificate taken over is found by its holder; no act decides by them."""

"""The register of papers: number, case, who signed, what was said, the file, whether it still holds."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from hengjian.authorities.models import Office
from hengjian.kernel.case import CaseModel
from hengjian.kernel.kept_field import SaidField
from hengjian.kernel.sealed import EncryptedTextField
from hengjian.kernel.words import listed
from hengjian.papers.states import PaperState


class Paper(CaseModel):
    """公文. Issued by the act that decides; its file is made from the stored facts afterwards.

    `case_table` and `case_id` name the case whose readers are its readers. Exactly one of `office` and `institution_id`
    issued it. `code` is what people copy from the paper to check it; `act` the act that issued it.
    """

    number = models.CharField("文号", max_length=60, unique=True)
    code = models.CharField("核验码", max_length=24, unique=True)
    kind = models.CharField("文种", max_length=64)
    title = models.CharField("标题", max_length=80)
    case_table = models.CharField(max_length=64)
    case_id = models.BigIntegerField()
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="papers")
    institution_id = models.BigIntegerField(null=True, db_index=True)
    area_path = models.CharField(max_length=48)
    issuer = models.CharField("出具单位", max_length=120)
    addressee = models.CharField("主送", max_length=160, blank=True)
    signer = SaidField("签发")
    act = models.CharField(max_length=64)
    issued_at = models.DateTimeField("签发时间")
    issued_on = models.DateField("签发日期")
    facts_sha256 = models.CharField("内容摘要", max_length=64)
    correction = models.CharField("更正说明", max_length=400, blank=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    made_at = models.DateTimeField("制作时间", null=True)
    unsigned_sha256 = models.CharField("签名前摘要", max_length=64, null=True)
    file_sha256 = models.CharField("文件摘要", max_length=64, null=True, db_index=True)
    state = models.CharField(max_length=12, choices=PaperState.choices, default=PaperState.IN_FORCE)
    ended_on = models.DateField("失效日期", null=True)
    ended_reason = models.CharField("失效理由", max_length=400, blank=True)

    jurisdiction: ClassVar[dict[str, str]] = {
        "office": "office_id",
        "institution": "institution_id",
        "area": "area_path",
    }

    class Meta:
        ordering: ClassVar[Any] = ["-id"]
        indexes: ClassVar[Any] = [
            models.Index(fields=["case_table", "case_id"], name="paper_by_case"),
            models.Index(fields=["id"], condition=Q(made_at__isnull=True), name="paper_to_make"),
        ]
        constraints: ClassVar[Any] = [
            models.CheckConstraint(
                condition=Q(office__isnull=False, institution_id__isnull=True)
                | Q(office__isnull=True, institution_id__isnull=False),
                name="paper_has_one_issuer",
            ),
            models.CheckConstraint(
                condition=Q(made_at__isnull=True, file_sha256__isnull=True, unsigned_sha256__isnull=True)
                | Q(made_at__isnull=False, file_sha256__isnull=False, unsigned_sha256__isnull=False),
                name="paper_made_has_digests",
            ),
            models.CheckConstraint(
                condition=Q(state="in_force", ended_on__isnull=True, ended_reason="")
                | (Q(state__in=["replaced", "revoked"], ended_on__isnull=False) & ~Q(ended_reason="")),
                name="paper_ended_says_why",
            ),
        ]

    def __str__(self) -> str:
        return listed((self.title, self.number), " ")


class PaperFacts(CaseModel):
    """What a paper says, as its template was given it: canonical JSON, encrypted. It never changes."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="facts")
    text = EncryptedTextField()

    part_of = "paper"
    jurisdiction: ClassVar[dict[str, str]] = {
        "office": "paper__office_id",
        "institution": "paper__institution_id",
        "area": "paper__area_path",
    }

    class Meta:
        ordering: ClassVar[Any] = ["id"]

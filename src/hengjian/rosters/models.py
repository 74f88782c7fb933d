"""The roster of a batch as filed: one candidate a row, identities encrypted, and what was checked."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from hengjian.kernel.case import CaseModel
from hengjian.kernel.kept_field import SaidField
from hengjian.kernel.marks import SearchMark
from hengjian.kernel.sealed import EncryptedTextField
from hengjian.kernel.words import say
from hengjian.plans.models import OVER_PLAN, Batch


class Candidate(CaseModel):
    """A person in a batch (报名). `facts` holds the rest of the row, encrypted; checks use the derived columns only."""

    class State(models.TextChoices):
        LISTED = "listed", "待核定"
        ADMITTED = "admitted", "准予参加"
        EXCLUDED = "excluded", "不予参加"

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="candidates")
    row = models.PositiveIntegerField()
    ticket = models.CharField("准考证号", max_length=24, blank=True)
    ticket_code = EncryptedTextField("准考证查询码", null=True)
    ticket_code_index = models.BinaryField(max_length=16, null=True)
    name = EncryptedTextField()
    masked_name = models.CharField(max_length=60)
    document_type = models.CharField(max_length=4)
    document_number = EncryptedTextField()
    document_index = models.BinaryField(max_length=16, db_index=True)
    masked_number = models.CharField(max_length=40)
    person_key = models.BigIntegerField(db_index=True)
    birth = models.DateField(null=True)
    sex = models.CharField(max_length=1, blank=True)
    entry_row = models.CharField("符合的申报条件", max_length=24, blank=True)
    facts = EncryptedTextField(default=b"")
    state = models.CharField(max_length=12, choices=State.choices, default=State.LISTED)
    reason = models.CharField(max_length=300, blank=True)
    sampled = models.BooleanField(default=False)

    part_of = "batch"
    jurisdiction: ClassVar[dict[str, str]] = {name: f"batch__{path}" for name, path in OVER_PLAN.items()}

    class Meta:
        ordering: ClassVar[Any] = ["batch_id", "row"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(fields=["batch", "row"], name="candidate_row_once"),
            models.UniqueConstraint(fields=["batch", "document_index"], name="candidate_person_once"),
            models.CheckConstraint(condition=~Q(state="excluded") | ~Q(reason=""), name="candidate_excluded_says_why"),
            models.CheckConstraint(
                condition=~Q(state="admitted") | ~Q(ticket=""), name="candidate_admitted_has_ticket"
            ),
            models.UniqueConstraint(fields=["ticket_code_index"], name="candidate_ticket_code_once"),
            models.CheckConstraint(
                condition=Q(ticket_code__isnull=True, ticket_code_index__isnull=True)
                | Q(ticket_code__isnull=False, ticket_code_index__isnull=False),
                name="candidate_ticket_code_has_index",
            ),
        ]

    def __str__(self) -> str:
        return say("考生 · 名册第 {row} 行", row=self.row)


class CandidateMark(SearchMark):
    """By these a candidate is found; no act decides by them."""


class Sample(CaseModel):
    """The files of one roster that are read (抽查): how deep and why, which rows, and what the reading decided.

    `drawn` of the rows were drawn by lot; `rows` are all that are read, by their numbers in the roster.
    """

    class State(models.TextChoices):
        DRAWN = "drawn", "已抽取"
        ACCEPTED = "accepted", "接收"
        REFUSED = "refused", "不接收"

    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, related_name="sample")
    code = models.CharField("抽取编号", max_length=40, null=True, unique=True)
    mode = models.CharField(max_length=12)
    reason = SaidField()
    drawn = models.PositiveIntegerField()
    flagged = models.PositiveIntegerField()
    accept = models.PositiveIntegerField("接收数")
    rows = models.JSONField()
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    published = models.JSONField("公布的抽取", null=True)
    drawn_at = models.DateTimeField(null=True)
    disclosed_on = models.DateField("公开日期", null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAWN)
    bad = models.PositiveIntegerField("不合格份数", null=True)
    decided_at = models.DateTimeField(null=True)

    part_of = "batch"
    jurisdiction: ClassVar[dict[str, str]] = {name: f"batch__{path}" for name, path in OVER_PLAN.items()}

    class Meta:
        ordering: ClassVar[Any] = ["id"]
        constraints: ClassVar[Any] = [
            models.CheckConstraint(
                condition=Q(state="drawn", bad__isnull=True, decided_at__isnull=True)
                | (~Q(state="drawn") & Q(bad__isnull=False, decided_at__isnull=False)),
                name="sample_decided_has_count",
            ),
            models.CheckConstraint(
                condition=Q(drawn=0, code__isnull=True, published__isnull=True)
                | Q(drawn__gt=0, code__isnull=False, published__isnull=False, drawn_at__isnull=False),
                name="sample_drawn_by_lot_has_code",
            ),
            models.CheckConstraint(
                condition=Q(drawn=0, disclosed_on__isnull=True)
                | Q(state="drawn", disclosed_on__isnull=True)
                | (~Q(state="drawn") & Q(drawn__gt=0, disclosed_on__isnull=False)),
                name="sample_disclosed_once_read",
            ),
            models.CheckConstraint(condition=~Q(state="accepted") | Q(bad__lte=F("accept")), name="sample_accepted"),
            models.CheckConstraint(condition=~Q(state="refused") | Q(bad__gt=F("accept")), name="sample_refused"),
        ]

    def __str__(self) -> str:
        return "核查样本"


class RosterCheck(models.Model):
    """A dry run of one upload: progress and findings. It decides nothing and no act writes it (free table)."""

    decides_nothing = True

    class State(models.TextChoices):
        RUNNING = "running", "核查中"
        DONE = "done", "核查完成"
        REFUSED = "refused", "文件无法读取"
        CANCELLED = "cancelled", "已取消"

    batch_id = models.BigIntegerField(db_index=True)
    upload_id = models.BigIntegerField()
    owner = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=State.choices, default=State.RUNNING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    cancel = models.BooleanField(default=False)
    sentence = SaidField(blank=True)
    rows = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    notes = models.PositiveIntegerField(default=0)
    report = EncryptedTextField(default=b"")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[Any] = ["-id"]

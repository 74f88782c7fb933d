"""Result sheets, scores, the public notice and objections to it (R56–R60)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from hengjian.kernel.case import CaseModel
from hengjian.kernel.deadline import Deadline
from hengjian.kernel.sealed import EncryptedTextField
from hengjian.kernel.words import say
from hengjian.plans.models import OVER_PLAN, Batch
from hengjian.results import policies
from hengjian.results.states import (
    IN_TRIAGE,
    BurstState,
    ObjectionPart,
    ObjectionState,
    ScoreState,
    SheetState,
)
from hengjian.rosters.models import Candidate

OVER_BATCH: dict[str, str] = {name: f"batch__{path}" for name, path in OVER_PLAN.items()}
OVER_SHEET: dict[str, str] = {name: f"sheet__{path}" for name, path in OVER_BATCH.items()}
# One level up from the office that handles an objection: where it climbs when it is overdue.
SUPERIOR = {"superior": "sheet__batch__plan__office__parent_id"}


class ResultSheet(CaseModel):
    """评价结果 of one batch."""

    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, related_name="sheet")
    state = models.CharField(max_length=16, choices=SheetState.choices, default=SheetState.ENTERING)
    confirmed_on = models.DateField(null=True)
    notice_place = models.CharField(max_length=200, blank=True)
    notice_opened_on = models.DateField(null=True)
    notice_closes_on = models.DateField(null=True)
    notice_provisional = models.BooleanField(default=False)
    notice_days = models.PositiveIntegerField(default=0)
    notice_root = models.CharField("公示名单的根", max_length=64, blank=True)
    result_filed_on = models.DateField(null=True)
    due_from = models.DateField(null=True)
    due_days = models.PositiveIntegerField(default=0)
    due_on = models.DateField(null=True)
    due_provisional = models.BooleanField(default=False)

    deadlines = (
        Deadline("notice", start="notice_opened_on", on="notice_closes_on", days=policies.NOTICE_WORKING_DAYS),
        Deadline(
            "due",
            start="due_from",
            days=[
                policies.FILE_WORKING_DAYS_EMPLOYER,
                policies.FILE_WORKING_DAYS_SOCIAL,
                policies.FILE_WORKING_DAYS_SCHOOL,
                policies.CITY_REVIEW_WORKING_DAYS,
                policies.ISSUE_WORKING_DAYS,
            ],
        ),
    )
    jurisdiction: ClassVar[dict[str, str]] = OVER_BATCH
    open_to_public: ClassVar[Q | None] = Q(state=SheetState.ON_NOTICE)

    class Meta:
        ordering: ClassVar[Any] = ["-id"]
        constraints: ClassVar[Any] = [
            models.CheckConstraint(
                condition=Q(state__in=["entering", "confirmed"])
                | Q(notice_opened_on__isnull=False, notice_closes_on__isnull=False),
                name="sheet_on_notice_has_dates",
            ),
            models.CheckConstraint(
                condition=Q(state="entering") | Q(confirmed_on__isnull=False), name="sheet_confirmed_has_date"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["filed", "certified"]) | Q(result_filed_on__isnull=False),
                name="sheet_filed_has_date",
            ),
        ]

    def __str__(self) -> str:
        return say("评价结果 · {occupation_name}", occupation_name=self.batch.occupation_name)


class Score(CaseModel):
    """One candidate's scores. On a notice the row has its place, and the digest of the code by which the person finds it."""

    sheet = models.ForeignKey(ResultSheet, on_delete=models.PROTECT, related_name="scores")
    candidate = models.OneToOneField(Candidate, on_delete=models.PROTECT, related_name="score")
    theory = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    practical = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    review = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    absent = models.BooleanField(default=False)
    passed = models.BooleanField(null=True)
    state = models.CharField(max_length=12, choices=ScoreState.choices, default=ScoreState.EMPTY)
    filed = models.BooleanField("已报送备案", default=False)
    notice_place = models.PositiveIntegerField("公示名单序号", null=True)
    find_digest = models.CharField("准考证查询码的摘要", max_length=64, blank=True)

    part_of = "sheet"
    jurisdiction: ClassVar[dict[str, str]] = OVER_SHEET
    open_to_public: ClassVar[Q | None] = Q(sheet__state=SheetState.ON_NOTICE, notice_place__isnull=False)

    class Meta:
        ordering: ClassVar[Any] = ["candidate__row"]
        constraints: ClassVar[Any] = [
            models.CheckConstraint(
                condition=Q(state="empty", passed__isnull=True) | (~Q(state="empty") & Q(passed__isnull=False)),
                name="score_entered_has_outcome",
            ),
            models.CheckConstraint(condition=~Q(state="certified") | Q(filed=True), name="score_certified_is_filed"),
            models.CheckConstraint(
                condition=~Q(state__in=["empty", "held"]) | Q(filed=False), name="score_held_is_not"
            ),
            models.CheckConstraint(
                condition=Q(find_digest="") | Q(notice_place__isnull=False), name="score_digest_stands_on_a_notice"
            ),
            models.UniqueConstraint(fields=["sheet", "notice_place"], name="score_notice_place_once"),
            models.CheckConstraint(condition=Q(theory__isnull=True) | Q(theory__gte=0), name="score_theory_range"),
            models.CheckConstraint(
                condition=Q(practical__isnull=True) | Q(practical__gte=0),
                name="score_practical_range",
            ),
            models.CheckConstraint(condition=Q(review__isnull=True) | Q(review__gte=0), name="score_review_range"),
        ]

    def __str__(self) -> str:
        return say("成绩 · 名册第 {row} 行", row=self.candidate.row)


class Objection(CaseModel):
    """异议 to one row of a notice, or (without a score) that the list leaves somebody out.

    The institution's centre looks at it first; accepted, it holds the row while the others go on (R58); refused, it holds
    nobody. `claimed_name` and `claimed_ticket` say who is missing from the list. `contact` is for the centre alone.
    """

    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="objections", null=True)
    sheet = models.ForeignKey(ResultSheet, on_delete=models.PROTECT, related_name="objections")
    code = models.CharField("查询码", max_length=24, unique=True)
    part = models.CharField("异议的事项", max_length=12, choices=ObjectionPart.choices, null=True)
    happened_on = models.DateField("事情发生的日期", null=True)
    text = EncryptedTextField()
    contact = EncryptedTextField(default=b"")
    claimed_name = EncryptedTextField("称被遗漏的姓名", null=True)
    claimed_ticket = EncryptedTextField("称被遗漏的准考证号", null=True)
    received_on = models.DateField()
    received_at = models.DateTimeField(null=True)
    triage_days = models.PositiveIntegerField(null=True)
    triage_due_on = models.DateField(null=True)
    triage_provisional = models.BooleanField(null=True)
    triaged_on = models.DateField(null=True)
    refusal_ground = models.CharField("不予受理的情形", max_length=60, null=True)
    refusal_note = models.TextField("不予受理的说明", null=True)
    due_days = models.PositiveIntegerField(default=0)
    due_on = models.DateField()
    due_provisional = models.BooleanField(default=False)
    overdue_on = models.DateField("转为逾期的日期", null=True)
    instruction = models.TextField("督办要求", null=True)
    state = models.CharField(max_length=16, choices=ObjectionState.choices, default=ObjectionState.RECEIVED)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)

    deadlines = (
        Deadline("due", start="received_on", days=policies.OBJECTION_ANSWER_WORKING_DAYS),
        Deadline("triage", start="received_on", on="triage_due_on", days=policies.OBJECTION_TRIAGE_WORKING_DAYS),
    )
    part_of = "sheet"
    jurisdiction: ClassVar[dict[str, str]] = OVER_SHEET | SUPERIOR

    class Meta:
        ordering: ClassVar[Any] = ["-id"]
        constraints: ClassVar[Any] = [
            models.CheckConstraint(
                condition=Q(state__in=["dismissed", "upheld"], answered_on__isnull=False) & ~Q(answer="")
                | ~Q(state__in=["dismissed", "upheld"]) & Q(answered_on__isnull=True),
                name="objection_answered_says_how",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[*IN_TRIAGE], triaged_on__isnull=True)
                | Q(state__in=["accepted", "answer_overdue", "refused", "dismissed", "upheld"])
                & (Q(triaged_on__isnull=False) | Q(triage_due_on__isnull=True)),
                name="objection_triaged_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | Q(refusal_ground__isnull=False, refusal_note__isnull=False),
                name="objection_refused_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["triage_overdue", "answer_overdue"]) | Q(overdue_on__isnull=False),
                name="objection_overdue_says_since_when",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=False, claimed_name__isnull=True) | Q(score__isnull=True),
                name="objection_to_a_row_claims_nobody_missing",
            ),
        ]

    def __str__(self) -> str:
        return (
            say("公示异议 · {masked_name}", masked_name=self.score.candidate.masked_name)
            if self.score
            else "公示异议 · 称名单遗漏"
        )


class ObjectionBurst(CaseModel):
    """异议集中: so many objections to one notice within hours that the centre is told; they hold nobody by that."""

    sheet = models.ForeignKey(ResultSheet, on_delete=models.PROTECT, related_name="bursts")
    began_at = models.DateTimeField()
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=BurstState.choices, default=BurstState.OPEN)
    note = models.TextField(blank=True)
    seen_on = models.DateField(null=True)

    part_of = "sheet"
    jurisdiction: ClassVar[dict[str, str]] = OVER_SHEET

    class Meta:
        ordering: ClassVar[Any] = ["-id"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(fields=["sheet"], condition=Q(state="open"), name="objection_burst_open_once"),
            models.CheckConstraint(
                condition=Q(state="open", seen_on__isnull=True) | Q(state="seen", seen_on__isnull=False) & ~Q(note=""),
                name="objection_burst_seen_says_how",
            ),
        ]

    def __str__(self) -> str:
        return say("异议集中 · {occupation_name}", occupation_name=self.sheet.batch.occupation_name)

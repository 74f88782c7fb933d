"""Plans and their batches: what will be assessed, where, when, how, for how many (R34–R44)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from hengjian.authorities.models import Office
from hengjian.institutions.models import Brought, Institution, Takeover, withdrawn_says_when
from hengjian.kernel.case import CaseModel
from hengjian.kernel.deadline import Deadline
from hengjian.kernel.kept_field import SaidField
from hengjian.kernel.scope import HandedIn
from hengjian.plans import policies
from hengjian.plans.states import BatchState, PlanState

OVER_PLAN: dict[str, str] = {
    "institution": "plan__institution_id",
    "office": "plan__office_id",
    "area": "plan__area_path",
    "held": "plan__held_path",
}


class Plan(CaseModel):
    """认定计划. Nothing is examined without its number."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="plans")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="plans")
    area_path = models.CharField(max_length=48, db_index=True)
    held_path = models.CharField(max_length=48, db_index=True)
    number = models.CharField(max_length=24, null=True, unique=True)
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=120)
    venue = models.CharField(max_length=200)
    held_on = models.DateField()
    ends_on = models.DateField()
    bank = models.TextField("考核题（卷）库", blank=True)
    process = models.TextField("评价流程", blank=True)
    timetable = models.TextField("时间安排", blank=True)
    publicity = models.TextField("公示安排", blank=True)
    entrusted_by = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=PlanState.choices, default=PlanState.DRAFT)
    submitted_on = models.DateField(null=True)
    filed_on = models.DateField(null=True)
    filed_by = SaidField(blank=True)
    second_reviewer = models.CharField(max_length=64, blank=True, help_text="委托认定计划的复核席位")
    due_days = models.PositiveSmallIntegerField(default=0)
    due_on = models.DateField(null=True)
    due_provisional = models.BooleanField(default=False)
    return_reason = models.TextField(blank=True)
    withdrawn_on = models.DateField(null=True)

    handed_in = HandedIn("submitted_on", writer="institution")
    deadlines = (Deadline("due", start="submitted_on", days=policies.REVIEW_WORKING_DAYS),)
    jurisdiction: ClassVar[dict[str, str]] = {
        "institution": "institution_id",
        "office": "office_id",
        "area": "area_path",
        "held": "held_path",
    }

    class Meta:
        ordering: ClassVar[Any] = ["-id"]
        constraints: ClassVar[Any] = [
            models.CheckConstraint(
                condition=Q(state="filed", number__isnull=False, filed_on__isnull=False) & ~Q(filed_by="")
                | ~Q(state="filed"),
                name="plan_filed_has_number",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("held_on")), name="plan_dates"),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_on__isnull=False), name="plan_submitted_has_date"
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=""), name="plan_returned_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_on__isnull=False, due_on__isnull=True)
                | (~Q(state="withdrawn") & Q(withdrawn_on__isnull=True)),
                name="plan_withdrawn_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Batch(CaseModel):
    """One occupation at one level of one plan; the standard it follows is pinned."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="batches")
    occupation_code = models.CharField(max_length=12)
    occupation_name = models.CharField(max_length=80)
    trade = models.CharField(max_length=80, blank=True)
    level = models.CharField(max_length=1)
    standard_title = SaidField()
    conditions = models.CharField(max_length=8)
    headcount = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=BatchState.choices, default=BatchState.OPEN)
    roster_sha256 = models.CharField(max_length=64, blank=True)
    roster_name = models.CharField(max_length=200, blank=True)
    roster_upload_id = models.BigIntegerField(null=True)
    roster_filed_on = models.DateField(null=True)
    roster_rows = models.PositiveIntegerField(default=0)
    roster_warnings = models.PositiveIntegerField(default=0)
    withdrawn_on = models.DateField(null=True)
    stopped_at = models.DateTimeField("叫停时间", null=True)
    stopped_from = models.CharField("叫停前的状态", max_length=12, choices=BatchState.choices, blank=True)
    stop_decision = models.CharField("叫停后的决定", max_length=400, blank=True)

    part_of = "plan"
    handed_in = HandedIn("plan__submitted_on", writer="institution")
    jurisdiction: ClassVar[dict[str, str]] = OVER_PLAN

    class Meta:
        ordering: ClassVar[Any] = ["plan_id", "occupation_code", "-level"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(fields=["plan", "occupation_code", "trade", "level"], name="batch_once"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "withdrawn"])
                | (Q(roster_rows__gt=0, roster_filed_on__isnull=False) & ~Q(roster_sha256="")),
                name="batch_rostered_has_rows",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_on__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_on__isnull=True)),
                name="batch_withdrawn_has_date",
            ),
            models.CheckConstraint(
                condition=Q(state="stopped", stopped_at__isnull=False)
                & Q(stopped_from__in=["admitted", "examining", "examined"])
                | (~Q(state="stopped") & Q(stopped_from="")),
                name="batch_stopped_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="invalid") | (Q(stopped_at__isnull=False) & ~Q(stop_decision="")),
                name="batch_invalid_was_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occupation_name} {self.level}"


class Sitting(CaseModel):
    """场次: one room at one time, one part of one batch."""

    class Part(models.TextChoices):
        THEORY = "theory", "理论"
        PRACTICAL = "practical", "技能"
        REVIEW = "review", "综合评审"

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="sittings")
    part = models.CharField(max_length=12, choices=Part.choices)
    room = models.CharField(max_length=80)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    seats = models.PositiveIntegerField()
    staff = models.PositiveIntegerField("监考、考评或评审人数", default=0)
    withdrawn = models.BooleanField(default=False)

    part_of = "batch"
    handed_in = HandedIn("batch__plan__submitted_on", writer="institution")
    jurisdiction: ClassVar[dict[str, str]] = {name: f"batch__{path}" for name, path in OVER_PLAN.items()}

    class Meta:
        ordering: ClassVar[Any] = ["starts_at", "room"]
        constraints: ClassVar[Any] = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="sitting_times")
        ]


class PastPlan(Brought, CaseModel):
    """One occupation at one level of a plan carried out before this system, as an office took it over; nothing is built on it."""

    class State(models.TextChoices):
        STANDING = "standing", "已承接"
        WITHDRAWN = "withdrawn", "承接已撤销"

    takeover = models.ForeignKey(Takeover, on_delete=models.PROTECT, related_name="plans")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="past_plans")
    area_path = models.CharField(max_length=48, db_index=True)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="past_plans")
    number = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    venue = models.CharField(max_length=200, blank=True)
    occupation_code = models.CharField(max_length=12)
    occupation_name = models.CharField(max_length=80)
    level = models.CharField(max_length=1)
    held_on = models.DateField()
    ends_on = models.DateField()
    headcount = models.PositiveIntegerField()
    passed = models.PositiveIntegerField(null=True)
    withdrawn_on = models.DateField("撤销承接日期", null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.STANDING)

    jurisdiction: ClassVar[dict[str, str]] = {
        "institution": "institution_id",
        "office": "office_id",
        "area": "area_path",
    }
    takeover_kind: ClassVar[str] = Takeover.Kind.PLANS.value

    def told(self) -> tuple[str, ...]:
        return (self.number, self.occupation_name, self.level)

    class Meta:
        ordering: ClassVar[Any] = ["-held_on", "id"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(
                fields=["number", "occupation_code", "level"], condition=~Q(state="withdrawn"), name="past_plan_once"
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("held_on")), name="past_plan_dates"),
            models.CheckConstraint(
                condition=Q(passed__isnull=True) | Q(passed__lte=F("headcount")), name="past_plan_passed"
            ),
            withdrawn_says_when("past_plan_withdrawn_says_when"),
        ]

    def __str__(self) -> str:
        return self.title

"""Draws of supervisors by `draw/1`, their duties and reports: every exam is attended (R31–R33, R45–R52)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from hengjian.authorities.models import Office
from hengjian.kernel.case import CaseModel
from hengjian.kernel.deadline import Deadline
from hengjian.kernel.kept_field import SaidField, SaidJSONField
from hengjian.kernel.sealed import EncryptedTextField
from hengjian.kernel.words import say
from hengjian.personnel.models import Supervisor
from hengjian.plans.models import OVER_PLAN, Plan
from hengjian.supervision import policies


class CodeChain(CaseModel):
    """The year's hash chain of one-time codes: head published first, one code per draw, so a hidden redraw leaves a hole."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="chains")
    year = models.IntegerField()
    head = models.CharField(max_length=64)
    length = models.PositiveIntegerField()
    used = models.PositiveIntegerField(default=0)
    seed = EncryptedTextField()

    jurisdiction: ClassVar[dict[str, str]] = {"office": "office_id", "area": "office__area__path"}

    class Meta:
        ordering: ClassVar[Any] = ["office_id", "year"]
        constraints: ClassVar[Any] = [models.UniqueConstraint(fields=["office", "year"], name="chain_once_a_year")]


class Draw(CaseModel):
    """One draw: the manifest is sealed before the beacon opens, then revealed, computed and published."""

    class State(models.TextChoices):
        SEALED = "sealed", "清单已封存"
        DRAWN = "drawn", "已抽取"
        PUBLISHED = "published", "已公开"
        VOID = "void", "作废"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="draws")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="draws")
    code = models.CharField("抽取编号", max_length=40, unique=True)
    purpose = SaidField()
    level = models.CharField(max_length=1)
    manifest = models.JSONField()
    digest = models.CharField(max_length=64)
    excluded = SaidJSONField("未入池人员及理由", default=list)
    opens_at = models.DateTimeField()
    chain = models.ForeignKey(CodeChain, on_delete=models.PROTECT, related_name="draws")
    chain_index = models.PositiveIntegerField()
    secrets = EncryptedTextField("平台的秘密值", default=b"")
    revealed = models.JSONField(null=True)
    beacon = models.JSONField(null=True)
    one_time_code = models.CharField(max_length=64, blank=True)
    result = models.JSONField(null=True)
    sealed_by = models.CharField("封存人", max_length=64, blank=True)
    void_ground = models.CharField(max_length=24, blank=True)
    void_reason = models.CharField("作废说明", max_length=400, blank=True)
    voided_by = SaidField(blank=True)
    disclosed_on = models.DateField("公开日期", null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.SEALED)

    part_of = "plan"
    # Not the institution's: what it may know of a draw stands in the public register (R48).
    jurisdiction: ClassVar[dict[str, str]] = {
        name: path for name, path in OVER_PLAN.items() if name != "institution"
    } | {"office": "office_id"}

    class Meta:
        ordering: ClassVar[Any] = ["-id"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(fields=["chain", "chain_index"], name="draw_code_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["drawn", "published"])
                | (Q(result__isnull=False, revealed__isnull=False) & ~Q(one_time_code="")),
                name="draw_drawn_has_result",
            ),
            models.CheckConstraint(
                condition=~Q(state="void") | (~Q(void_reason="") & ~Q(void_ground="")), name="draw_void_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(disclosed_on__isnull=False), name="draw_published_has_date"
            ),
            models.CheckConstraint(
                condition=Q(disclosed_on__isnull=True) | Q(state__in=["published", "void"], result__isnull=False),
                name="draw_disclosed_has_result",
            ),
        ]

    def __str__(self) -> str:
        return say("抽取 {code}", code=self.code)


class Witness(CaseModel):
    """An account that committed itself to a secret of its own before the list was sealed; only its holder reveals it (M1)."""

    class State(models.TextChoices):
        COMMITTED = "committed", "已承诺"
        WITHDRAWN = "withdrawn", "已撤回"
        SEALED = "sealed", "已写入清单"
        REVEALED = "revealed", "已揭示"
        SILENT = "silent", "未揭示"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="witnesses")
    draw = models.ForeignKey(Draw, null=True, on_delete=models.PROTECT, related_name="witnesses")
    place = models.PositiveSmallIntegerField("清单中的次序", null=True)
    seat = models.CharField("席位", max_length=64)
    person = models.CharField("账号", max_length=64)
    label = SaidField("见证人")
    commitment = models.CharField("承诺值", max_length=64)
    committed_at = models.DateTimeField()
    secret = EncryptedTextField("秘密值", default=b"")
    revealed_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.COMMITTED)

    part_of = "plan"
    jurisdiction: ClassVar[dict[str, str]] = OVER_PLAN | {"seat": "seat"}

    class Meta:
        ordering: ClassVar[Any] = ["id"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(fields=["plan", "commitment"], name="witness_commitment_once"),
            models.UniqueConstraint(
                fields=["plan", "person"], condition=Q(state="committed"), name="witness_commits_once"
            ),
            models.UniqueConstraint(fields=["draw", "place"], name="witness_place_once"),
            models.CheckConstraint(
                condition=Q(state__in=["committed", "withdrawn"], draw__isnull=True, place__isnull=True)
                | Q(state__in=["sealed", "revealed", "silent"], draw__isnull=False, place__isnull=False),
                name="witness_sealed_has_place",
            ),
            models.CheckConstraint(
                condition=Q(state="revealed", revealed_at__isnull=False)
                | (~Q(state="revealed") & Q(revealed_at__isnull=True)),
                name="witness_revealed_has_time",
            ),
        ]

    def __str__(self) -> str:
        return say("见证 · {label}", label=self.label)


class Duty(CaseModel):
    """A supervisor's attendance at the exam of one plan: drawn, accepted or declined, reported."""

    class State(models.TextChoices):
        DRAWN = "drawn", "待确认"
        ACCEPTED = "accepted", "已接受"
        DECLINED = "declined", "已回避或推辞"
        VOIDED = "voided", "抽取已作废"
        REPORTED = "reported", "已提交报告"

    class Conclusion(models.TextChoices):
        ORDERLY = "orderly", "组织规范，未发现问题"
        DEFECTS = "defects", "存在问题，须整改"
        STOPPED = "stopped", "存在严重问题，已叫停"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="duties")
    supervisor = models.ForeignKey(Supervisor, on_delete=models.PROTECT, related_name="duties")
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="duties")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAWN)
    decline_reason = models.CharField(max_length=300, blank=True)
    accepted_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    checklist = SaidJSONField(default=list)
    means = models.JSONField("督导方式", default=list)
    methods = models.JSONField("督导方法", default=list)
    obstructions = models.JSONField("妨碍督导的情形", default=list)
    findings = models.TextField(blank=True)
    conclusion = models.CharField(max_length=12, choices=Conclusion.choices, blank=True)
    reported_at = models.DateTimeField(null=True)
    due_from = models.DateField(null=True)
    due_days = models.PositiveIntegerField(default=0)
    due_on = models.DateField(null=True)
    due_provisional = models.BooleanField(default=False)

    deadlines = (Deadline("due", start="due_from", days=policies.REPORT_WORKING_DAYS),)
    part_of = "plan"
    jurisdiction: ClassVar[dict[str, str]] = OVER_PLAN | {"person": "supervisor_id"}

    class Meta:
        ordering: ClassVar[Any] = ["-id"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(fields=["draw", "supervisor"], name="duty_once_a_draw"),
            models.CheckConstraint(
                condition=~Q(state="reported") | (Q(reported_at__isnull=False) & ~Q(conclusion="")),
                name="duty_reported_has_conclusion",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decline_reason=""), name="duty_declined_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "reported"]) | Q(accepted_at__isnull=False),
                name="duty_accepted_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="voided") | Q(arrived_at__isnull=True), name="duty_voided_before_arrival"
            ),
        ]

    def __str__(self) -> str:
        return say("督导任务 · {title}", title=self.plan.title)

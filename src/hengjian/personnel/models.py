"""The people who supervise: quality supervisors, their competence and their recusals."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from hengjian.authorities.models import Office
from hengjian.institutions.models import Brought, Institution, Takeover, withdrawn_says_when
from hengjian.kernel.case import CaseModel
from hengjian.kernel.marks import SearchMark
from hengjian.kernel.sealed import EncryptedTextField
from hengjian.kernel.words import say


class Supervisor(Brought, CaseModel):
    """An external quality supervisor (外督), appointed by one office; `competence` lists small classes (`6-31-01`)."""

    class State(models.TextChoices):
        APPOINTED = "appointed", "在聘"
        SUSPENDED = "suspended", "暂停"
        ENDED = "ended", "解聘"
        WITHDRAWN = "withdrawn", "承接已撤销"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="supervisors")
    area_path = models.CharField(max_length=48)
    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=60)
    employer = models.CharField(max_length=120)
    phone = EncryptedTextField(default=b"")
    competence = models.JSONField(default=list)
    card_number = models.CharField(max_length=24)
    card_valid_until = models.DateField()
    practice_years = models.PositiveSmallIntegerField("评价管理或技术工作年限", default=0)
    assessor_years = models.PositiveSmallIntegerField("担任考评人员年限", default=0)
    takeover = models.ForeignKey(Takeover, null=True, on_delete=models.PROTECT, related_name="supervisors")
    safety_trained_on = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.APPOINTED)
    set_aside_on = models.DateField("暂停或解聘日期", null=True)
    set_aside_reason = models.CharField("暂停或解聘理由", max_length=300, blank=True)

    jurisdiction: ClassVar[dict[str, str]] = {"office": "office_id", "area": "area_path", "person": "id"}
    takeover_kind: ClassVar[str] = Takeover.Kind.SUPERVISORS.value
    seated_by: ClassVar[str] = "person_id"

    class Meta:
        ordering: ClassVar[Any] = ["code"]
        constraints: ClassVar[Any] = [
            models.CheckConstraint(
                condition=Q(state="appointed", set_aside_on__isnull=True)
                | (~Q(state="appointed") & Q(set_aside_on__isnull=False) & ~Q(set_aside_reason="")),
                name="supervisor_set_aside_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(takeover__isnull=False), name="supervisor_withdrawn_was_taken_over"
            ),
            models.UniqueConstraint(
                fields=["card_number"], condition=~Q(state="withdrawn"), name="supervisor_card_once"
            ),
        ]

    def told(self) -> tuple[str, ...]:
        return (self.employer, self.card_number)

    @classmethod
    def taken_back(cls, on: date, reason: str) -> dict[str, Any]:
        return {"state": cls.State.WITHDRAWN, "set_aside_on": on, "set_aside_reason": reason[:300]}

    def __str__(self) -> str:
        return self.name


class Assessor(Brought, CaseModel):
    """考评人员 of the information base (R54): card, occupations and levels they may score, employer. Kept by an office; `institution` is
    the one of the register they work for, where it is known."""

    class State(models.TextChoices):
        STANDING = "standing", "在册"
        WITHDRAWN = "withdrawn", "承接已撤销"

    class Grade(models.TextChoices):
        ASSESSOR = "assessor", "考评员"
        SENIOR = "senior", "高级考评员"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="assessors")
    area_path = models.CharField(max_length=48, db_index=True)
    institution = models.ForeignKey(Institution, null=True, on_delete=models.PROTECT, related_name="assessors")
    takeover = models.ForeignKey(Takeover, on_delete=models.PROTECT, related_name="assessors")
    name = models.CharField(max_length=60)
    employer = models.CharField(max_length=120)
    phone = EncryptedTextField(default=b"")
    document_number = EncryptedTextField(default=b"")
    masked_number = models.CharField(max_length=40, blank=True)
    grade = models.CharField(max_length=12, choices=Grade.choices)
    occupations = models.JSONField(default=list)
    levels = models.CharField(max_length=12, blank=True)
    card_number = models.CharField(max_length=40)
    card_valid_until = models.DateField()
    trained_on = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.STANDING)
    withdrawn_on = models.DateField("撤销承接日期", null=True)

    jurisdiction: ClassVar[dict[str, str]] = {
        "institution": "institution_id",
        "office": "office_id",
        "area": "area_path",
    }
    takeover_kind: ClassVar[str] = Takeover.Kind.ASSESSORS.value

    def told(self) -> tuple[str, ...]:
        return (self.employer, self.card_number)

    class Meta:
        ordering: ClassVar[Any] = ["id"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(fields=["card_number"], condition=~Q(state="withdrawn"), name="assessor_card_once"),
            withdrawn_says_when("assessor_withdrawn_says_when"),
        ]

    def __str__(self) -> str:
        return self.name


class AssessorMark(SearchMark):
    """By these an assessor is found; no act decides by them."""


class Recusal(CaseModel):
    """A reason for which a supervisor never attends at an institution (回避)."""

    class Ground(models.TextChoices):
        RELATIVE = "relative", "近亲属"
        TEACHER = "teacher", "师生或师徒"
        COLLEAGUE = "colleague", "同事或曾同单位"
        INTEREST = "interest", "其他利害关系"

    supervisor = models.ForeignKey(Supervisor, on_delete=models.PROTECT, related_name="recusals")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="recusals")
    ground = models.CharField(max_length=12, choices=Ground.choices)
    note = models.CharField(max_length=300, blank=True)
    ended_on = models.DateField(null=True)

    jurisdiction: ClassVar[dict[str, str]] = {
        "office": "supervisor__office_id",
        "area": "supervisor__area_path",
        "person": "supervisor_id",
    }

    class Meta:
        ordering: ClassVar[Any] = ["id"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(fields=["supervisor", "institution", "ground"], name="recusal_once")
        ]

    def __str__(self) -> str:
        return say("{name}回避{short_name}", name=self.supervisor.name, short_name=self.institution.short_name)

"""Institutions, their filings with materials and site assessment, and the scope they may assess (R7–R22)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from hengjian.authorities.models import Area, Office
from hengjian.institutions import policies
from hengjian.institutions.states import FilingState, InstitutionState, MaterialState, TakeoverState
from hengjian.kernel.case import CaseModel
from hengjian.kernel.deadline import Deadline
from hengjian.kernel.kept_field import SaidField
from hengjian.kernel.scope import HandedIn
from hengjian.kernel.sealed import EncryptedTextField
from hengjian.kernel.words import listed


class Takeover(CaseModel):
    """承接: one spreadsheet of what existed before this system, taken over at once; undone until `until` as a whole or not at all. `rows`:
    how many were brought, `parts`: items that came with them (a scope), `known`: how many were there already."""

    class Kind(models.TextChoices):
        INSTITUTIONS = "institutions", "评价机构"
        SUPERVISORS = "supervisors", "质量督导员"
        ASSESSORS = "assessors", "考评人员"
        PLANS = "plans", "以往计划"
        CERTIFICATES = "certificates", "已发证书"

    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.INSTITUTIONS)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="takeovers")
    area_path = models.CharField(max_length=48)
    file_name = models.CharField(max_length=200)
    upload_id = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    parts = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    until = models.DateTimeField()
    undone_on = models.DateField(null=True)
    undo_reason = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=TakeoverState.choices, default=TakeoverState.TAKEN)

    jurisdiction: ClassVar[dict[str, str]] = {"office": "office_id", "area": "area_path"}

    class Meta:
        ordering: ClassVar[Any] = ["-id"]
        constraints: ClassVar[Any] = [
            models.CheckConstraint(
                condition=Q(state="taken", undone_on__isnull=True, undo_reason="")
                | (Q(state="undone", undone_on__isnull=False) & ~Q(undo_reason="")),
                name="takeover_undone_says_why",
            ),
            models.CheckConstraint(condition=Q(rows__gt=0), name="takeover_of_somebody"),
        ]

    def __str__(self) -> str:
        return self.file_name


def withdrawn_says_when(name: str) -> models.CheckConstraint:
    """Of rows that a takeover always brought: withdrawn on a day, or not at all."""
    gone, standing = Q(withdrawn_on__isnull=False), Q(withdrawn_on__isnull=True)
    taken = Q(state="withdrawn") & gone | ~Q(state="withdrawn") & standing
    return models.CheckConstraint(condition=taken, name=name)


class Brought:
    """Mixed into a case model whose rows a takeover may bring, by its field `takeover`. `comes_with`: relations whose rows came with it and
    hang on nothing; `seated_by`: the field of a seat that leads to such a row."""

    takeover_kind: ClassVar[str]
    comes_with: ClassVar[frozenset[str]] = frozenset()
    seated_by: ClassVar[str] = ""

    def told(self) -> tuple[str, ...]:
        """What a list of rows taken over says of this one, beside its name; nothing personal."""
        return ()

    @classmethod
    def taken_back(cls, on: date, reason: str) -> dict[str, Any]:
        """What a row becomes when its takeover is undone: withdrawn, its numbers free for the table put right."""
        return {"state": "withdrawn", "withdrawn_on": on}


class TakeoverCheck(models.Model):
    """A dry run of one table, and the act of its seat behind it where the table is large: progress and findings. It decides nothing."""

    decides_nothing = True

    class State(models.TextChoices):
        RUNNING = "running", "核查中"
        DONE = "done", "核查完成"
        REFUSED = "refused", "文件无法读取"
        CANCELLED = "cancelled", "已取消"
        TAKING = "taking", "正在承接"
        TAKEN = "taken", "已承接"

    kind = models.CharField(max_length=16)
    upload_id = models.BigIntegerField()
    owner = models.CharField(max_length=64)
    seat_id = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.RUNNING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    cancel = models.BooleanField(default=False)
    sentence = SaidField(blank=True)
    fresh = models.PositiveIntegerField(default=0)
    parts = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    report = EncryptedTextField(default=b"")
    copy_id = models.BigIntegerField("标注的表格", null=True)
    key = models.CharField(max_length=64, blank=True)
    takeover_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[Any] = ["-id"]


class Institution(Brought, CaseModel):
    """Whoever assesses. `office` is the one responsible authority, routed from filing level, territory and ownership."""

    class Kind(models.TextChoices):
        EMPLOYER = "Y", "用人单位"
        SOCIAL = "S", "社会培训评价组织"
        SCHOOL = "J", "技工院校"

    class Ownership(models.TextChoices):
        CENTRAL = "central", "驻冀央企"
        PROVINCIAL = "provincial", "省属单位"
        MUNICIPAL = "municipal", "市属单位"
        PRIVATE = "private", "民营及其他"

    class FilingLevel(models.TextChoices):
        MINISTRY = "ministry", "部级备案"
        PROVINCE = "province", "省级备案"
        CITY = "city", "市级备案"

    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    uscc = models.CharField(max_length=18, db_index=True)
    kind = models.CharField(max_length=1, choices=Kind.choices)
    ownership = models.CharField(max_length=12, choices=Ownership.choices)
    filing_level = models.CharField(max_length=12, choices=FilingLevel.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="institutions")
    area_path = models.CharField(max_length=48, db_index=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="institutions")
    office_reason = SaidField(help_text="路由依据，或改派理由")
    address = models.CharField(max_length=200)
    contact = models.CharField(max_length=60, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    organisation_code = models.CharField(max_length=4, default="0000")
    site_code = models.CharField(max_length=6, null=True, unique=True)
    filing_number = models.CharField(max_length=40, null=True, unique=True)
    filed_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    takeover = models.ForeignKey(Takeover, null=True, on_delete=models.PROTECT, related_name="taken")
    barred_until = models.DateField(null=True, help_text="取消备案后，此日以前不得再次申请")
    state = models.CharField(max_length=12, choices=InstitutionState.choices, default=InstitutionState.APPLYING)

    jurisdiction: ClassVar[dict[str, str]] = {"institution": "id", "office": "office_id", "area": "area_path"}
    comes_with: ClassVar[frozenset[str]] = frozenset({"scope"})
    takeover_kind: ClassVar[str] = Takeover.Kind.INSTITUTIONS.value
    seated_by: ClassVar[str] = "institution_id"

    class Meta:
        ordering: ClassVar[Any] = ["id"]
        constraints: ClassVar[Any] = [
            models.CheckConstraint(
                condition=Q(state__in=["applying", "withdrawn"], filing_number__isnull=True, filed_on__isnull=True)
                | (
                    ~Q(state__in=["applying", "withdrawn"])
                    & Q(
                        filing_number__isnull=False,
                        filed_on__isnull=False,
                        valid_until__isnull=False,
                        site_code__isnull=False,
                    )
                ),
                name="institution_filed_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(takeover__isnull=False), name="institution_withdrawn_was_taken_over"
            ),
            # Whoever was taken over by mistake keeps their row; the code is free for the table as it is put right.
            models.UniqueConstraint(fields=["uscc"], condition=~Q(state="withdrawn"), name="institution_uscc_once"),
        ]

    def told(self) -> tuple[str, ...]:
        return (self.uscc, self.filing_number or "")

    @classmethod
    def taken_back(cls, on: date, reason: str) -> dict[str, Any]:
        freed = dict.fromkeys(("filing_number", "site_code", "filed_on", "valid_until"))
        return {"state": InstitutionState.WITHDRAWN, **freed}

    def __str__(self) -> str:
        return self.name


class ScopeItem(CaseModel):
    """备案范围: an occupation at a level that the institution may assess, between two dates."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="scope")
    occupation_code = models.CharField(max_length=12)
    occupation_name = models.CharField(max_length=80)
    level = models.CharField(max_length=1)
    valid_from = models.DateField()
    valid_until = models.DateField()

    jurisdiction: ClassVar[dict[str, str]] = {
        "institution": "institution_id",
        "office": "institution__office_id",
        "area": "institution__area_path",
    }

    class Meta:
        ordering: ClassVar[Any] = ["occupation_code", "-level", "valid_from"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(
                fields=["institution", "occupation_code", "level", "valid_from"], name="scope_item_once"
            ),
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="scope_item_dates"),
        ]


class Filing(CaseModel):
    """One application: first filing, wider scope or renewal; `office` is the one that files. Ends in a decision."""

    class Kind(models.TextChoices):
        FIRST = "first", "首次备案"
        SCOPE = "scope", "增项备案"
        RENEWAL = "renewal", "续期备案"

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="filings")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="filings")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.FIRST)
    state = models.CharField(max_length=12, choices=FilingState.choices, default=FilingState.DRAFT)
    statement = models.TextField(blank=True)
    items_reopened = models.BooleanField(default=False, help_text="退回时一并要求修改申请事项")
    submitted_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    due_from = models.DateField(null=True)
    due_days = models.PositiveSmallIntegerField(default=0)
    due_on = models.DateField(null=True)
    due_provisional = models.BooleanField(default=False)
    return_reason = SaidField(blank=True)
    decided_on = models.DateField(null=True)
    decided_by = SaidField(blank=True)
    decision_reason = models.TextField(blank=True)
    decision_clauses = models.JSONField(default=list)

    deadlines = (
        Deadline(
            "due",
            start="due_from",
            days=[policies.ACCEPT_WORKING_DAYS, policies.DECISION_WORKING_DAYS, policies.CORRECTION_WORKING_DAYS],
        ),
    )
    handed_in = HandedIn("submitted_on", writer="institution")
    jurisdiction: ClassVar[dict[str, str]] = {
        "institution": "institution_id",
        "office": "office_id",
        "area": "institution__area_path",
    }

    class Meta:
        ordering: ClassVar[Any] = ["-id"]
        constraints: ClassVar[Any] = [
            models.CheckConstraint(
                condition=~Q(state__in=["filed", "refused"])
                | (Q(decided_on__isnull=False) & ~Q(decided_by="") & ~Q(decision_reason="")),
                name="filing_decision_complete",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(submitted_on__isnull=False),
                name="filing_submitted_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "visiting", "assessed"]) | Q(accepted_on__isnull=False),
                name="filing_accepted_has_date",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["filed", "refused"]) | Q(decided_on__isnull=True, decided_by=""),
                name="filing_open_is_undecided",
            ),
            models.UniqueConstraint(
                fields=["institution"],
                condition=Q(state__in=["draft", "submitted", "returned", "accepted", "visiting", "assessed"]),
                name="filing_one_open",
            ),
        ]

    def __str__(self) -> str:
        return listed((self.get_kind_display(), self.institution.short_name), " · ")


class FilingItem(CaseModel):
    """An occupation and level applied for, with the equipment and assessors named for it."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="items")
    occupation_code = models.CharField(max_length=12)
    occupation_name = models.CharField(max_length=80)
    level = models.CharField(max_length=1)
    equipment = models.TextField(blank=True)
    assessors = models.PositiveIntegerField(default=0)
    withdrawn = models.BooleanField(default=False)

    part_of = "filing"
    handed_in = HandedIn("filing__submitted_on", writer="institution")
    jurisdiction: ClassVar[dict[str, str]] = {
        "institution": "filing__institution_id",
        "office": "filing__office_id",
        "area": "filing__institution__area_path",
    }

    class Meta:
        ordering: ClassVar[Any] = ["occupation_code", "-level"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(fields=["filing", "occupation_code", "level"], name="filing_item_once")
        ]


class Material(CaseModel):
    """One item of the application's checklist; a returned item re-opens only itself (R15)."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="materials")
    kind = models.CharField(max_length=24)
    title = models.CharField(max_length=120)
    file_name = models.CharField(max_length=200)
    upload_id = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=MaterialState.choices, default=MaterialState.GIVEN)
    reason = models.TextField(blank=True)
    reviewed_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)

    part_of = "filing"
    handed_in = HandedIn("filing__submitted_on", writer="institution")
    jurisdiction: ClassVar[dict[str, str]] = {
        "institution": "filing__institution_id",
        "office": "filing__office_id",
        "area": "filing__institution__area_path",
    }

    class Meta:
        ordering: ClassVar[Any] = ["id"]
        constraints: ClassVar[Any] = [
            models.CheckConstraint(condition=~Q(state="returned") | ~Q(reason=""), name="material_returned_says_why"),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "returned"]) | Q(reviewed_on__isnull=False),
                name="material_reviewed_has_date",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_on__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_on__isnull=True)),
                name="material_withdrawn_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SiteVisit(CaseModel):
    """现场考察评估 (R12–R19): one general sheet and one per occupation, at least two named assessors."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="visits")
    planned_on = models.DateField()
    visited_on = models.DateField(null=True)
    place = models.CharField(max_length=200)
    team = models.JSONField(default=list)
    sheets = models.JSONField(default=list)
    findings = models.TextField(blank=True)
    conclusion = models.CharField(max_length=12, blank=True)

    part_of = "filing"
    handed_in = HandedIn("filing__submitted_on", writer="institution")
    jurisdiction: ClassVar[dict[str, str]] = {
        "institution": "filing__institution_id",
        "office": "filing__office_id",
        "area": "filing__institution__area_path",
    }

    class Meta:
        ordering: ClassVar[Any] = ["-id"]
        constraints: ClassVar[Any] = [
            models.CheckConstraint(
                condition=Q(conclusion="", visited_on__isnull=True) | (~Q(conclusion="") & Q(visited_on__isnull=False)),
                name="site_visit_concluded_has_date",
            )
        ]

"""The catalogue of occupations and its standards, versioned with dates (R2, R3)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from hengjian.kernel.case import CaseModel
from hengjian.kernel.kept_field import SaidField
from hengjian.kernel.words import say


class Occupation(CaseModel):
    """One entry of one edition of the 职业分类大典; the list grows, so every row has its dates."""

    code = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    mark = models.CharField(max_length=4, blank=True)
    trade_count = models.IntegerField(default=0)
    small_name = models.CharField(max_length=80, blank=True)
    middle_name = models.CharField(max_length=80, blank=True)
    major_name = models.CharField(max_length=80, blank=True)
    edition = models.CharField(max_length=20)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    open_to_all = True

    class Meta:
        ordering: ClassVar[Any] = ["code", "valid_from"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="occupation_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="occupation_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Standard(CaseModel):
    """A national standard or a filed norm: which occupation and trade, which levels, which edition of the conditions."""

    class Kind(models.TextChoices):
        NATIONAL = "national", "国家职业标准"
        NORM = "norm", "评价规范"

    class Conditions(models.TextChoices):
        STD18 = "STD18", "2018 年版申报条件"
        STD23 = "STD23", "2023 年版申报条件"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    occupation_code = models.CharField(max_length=12, db_index=True)
    trade = models.CharField(max_length=80, blank=True)
    title = SaidField()
    version = SaidField()
    document_number = models.CharField(max_length=80, blank=True)
    levels = models.CharField(max_length=10, default="54321")
    conditions = models.CharField(max_length=8, choices=Conditions.choices, default=Conditions.STD23)
    issued_on = models.DateField()
    replaced_on = models.DateField(null=True)

    open_to_all = True

    class Meta:
        ordering: ClassVar[Any] = ["occupation_code", "trade", "-issued_on"]
        constraints: ClassVar[Any] = [
            models.UniqueConstraint(fields=["occupation_code", "trade", "version", "kind"], name="standard_once")
        ]

    def __str__(self) -> str:
        return say("{title}（{version}）", title=self.title, version=self.version)

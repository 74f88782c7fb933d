"""The lists of result sheets and of objections (R29, R58)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from hengjian.authorities.lists import office_filter
from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.due_filter import due_filter
from hengjian.kernel.listing import Choice, Days, ListColumn, Listing, Of
from hengjian.kernel.words import say
from hengjian.results.models import Objection, ResultSheet
from hengjian.results.queries import OF_OBJECTIONS, ObjectionRow, SheetRow, counted, objection_row, sheet_row
from hengjian.results.states import IN_TRIAGE, UNANSWERED, ObjectionState, SheetState


def _sheets(asking: Asking[None]) -> Any:
    return counted(disclosed(ResultSheet, asking.actor))


SHEETS = Listing(
    "sheets",
    "结果与公示",
    SheetRow,
    rows=_sheets,
    row=lambda asking, found: sheet_row(found),
    key="sheet",
    columns=[
        ListColumn("职业与等级", "title", "batch__occupation_name"),
        ListColumn("机构", "institution", "batch__plan__institution__short_name"),
        ListColumn("考试日期", "held_on", "batch__plan__held_on"),
        ListColumn("人数", "candidates", numeric=True),
        ListColumn("状态", "state_label", "state"),
        ListColumn("期限", "notice_closes_on", "notice_closes_on"),
        ListColumn("提示", "open_objections"),
    ],
    search=("batch__occupation_name", "batch__plan__number", "batch__plan__institution__name"),
    hint="机构、职业或计划编号",
    filters=[
        Choice("state", "状态", list(SheetState.choices), "state"),
        Days("held", "考试日期", "batch__plan__held_on"),
    ],
    more=[
        ListColumn("计划编号", "plan_number"),
        ListColumn("职业", "occupation"),
        ListColumn("等级", "level"),
        ListColumn("合格人数", "passed"),
        ListColumn("办理期限", "due_on"),
    ],
)


def whom(row: int | None, masked_name: str) -> str:
    """Whose row, or that somebody is said to be missing."""
    return "称名单遗漏" if row is None else say("第 {row} 行\u3000{masked_name}", row=row, masked_name=masked_name)


def whose(row: ObjectionRow) -> str:
    """The same with what was assessed."""
    who = whom(row.row, row.masked_name)
    return say("{who}（{occupation} {level}）", who=who, occupation=row.occupation, level=row.level_title)


def _objections(asking: Asking[None]) -> Any:
    return disclosed(Objection, asking.actor).select_related(*OF_OBJECTIONS)


OBJECTIONS = Listing(
    "objections",
    "公示异议",
    ObjectionRow,
    rows=_objections,
    row=lambda asking, found: objection_row(asking.actor, found),
    key="objection",
    columns=[
        ListColumn("考生", "masked_name", text=lambda row: whose(row)),
        ListColumn("机构", "institution", "sheet__batch__plan__institution__short_name"),
        ListColumn("收到", "received_on", "received_on"),
        ListColumn("期限", "due_on", "due_on"),
        ListColumn("状态", "state_label", "state"),
    ],
    search=("sheet__batch__occupation_name", "sheet__batch__plan__institution__name", "sheet__batch__plan__number"),
    hint="机构、职业或计划编号",
    filters=[
        Choice("state", "状态", list(ObjectionState.choices), "state"),
        due_filter((Q(state__in=IN_TRIAGE), "triage_due_on"), (Q(state__in=UNANSWERED), "due_on")),
        office_filter("sheet__batch__plan__office_id"),
        Days("received", "收到日期", "received_on"),
        Of("sheet", "成绩单", "sheet"),
    ],
    order=("due_on",),
)

"""The list of plans along what a seat sees (R34)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from hengjian.authorities.lists import office_filter
from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.due_filter import due_filter
from hengjian.kernel.listing import Choice, Days, ListColumn, Listing
from hengjian.occupations.levels import level_title
from hengjian.plans.models import PastPlan, Plan
from hengjian.plans.queries import PastPlanRow, PlanRow, counted, past_plan_row, plan_row
from hengjian.plans.states import PlanState


def _plans(asking: Asking[None]) -> QuerySet[Plan]:
    return counted(disclosed(Plan, asking.actor))


def _entrusted(rows: Any, value: str, today: object) -> Any:
    return rows.exclude(entrusted_by="") if value == "yes" else rows.filter(entrusted_by="")


PLANS = Listing(
    "plans",
    "认定计划",
    PlanRow,
    rows=_plans,
    row=lambda asking, found: plan_row(found),
    key="id",
    columns=[
        ListColumn("计划", "name", "title"),
        ListColumn("机构", "institution_name", "institution__short_name"),
        ListColumn("开考", "held_on", "held_on"),
        ListColumn("人数", "headcount", "heads", numeric=True),
        ListColumn("状态", "state_label", "state"),
        ListColumn("审核期限", "due_on", "due_on"),
    ],
    search=("title", "number", "institution__name", "institution__short_name", "venue"),
    hint="计划、编号、机构或考点",
    filters=[
        Choice("state", "状态", [(state.value, str(state.label)) for state in PlanState], "state"),
        Choice("entrusted", "委托认定", [("yes", "委托认定"), ("no", "自行认定")], narrow=_entrusted),
        due_filter((Q(state=PlanState.SUBMITTED), "due_on")),
        office_filter("office_id"),
        Days("held", "开考日期", "held_on"),
    ],
    order=("-held_on",),
    more=[
        ListColumn("计划编号", "number"),
        ListColumn("版本", "version"),
        ListColumn("考试结束", "ends_on"),
        ListColumn("考点", "venue"),
        ListColumn("批次", "batches"),
        ListColumn("机构全称", "institution_name"),
        ListColumn("机构类别", "institution_kind"),
        ListColumn("负责机关", "office_name"),
        ListColumn("委托认定", "entrusted", text=lambda row: "是" if row.entrusted else "否"),
    ],
)


def _past(asking: Asking[None]) -> QuerySet[PastPlan]:
    return disclosed(PastPlan, asking.actor).select_related("institution", "office")


PAST_PLANS = Listing(
    "past_plans",
    "以往计划",
    PastPlanRow,
    rows=_past,
    row=lambda asking, found: past_plan_row(found),
    key="id",
    columns=[
        ListColumn("计划", "title", "title"),
        ListColumn("编号", "number", "number"),
        ListColumn("机构", "institution_name", "institution__short_name"),
        ListColumn("职业", "occupation", "occupation_name"),
        ListColumn("等级", "level", "level", text=lambda row: level_title(row.level)),
        ListColumn("开考", "held_on", "held_on"),
        ListColumn("参加人数", "headcount", "headcount", numeric=True),
        ListColumn("合格人数", "passed", "passed", numeric=True),
        ListColumn("状态", "state_label", "state"),
    ],
    search=("title", "number", "institution__name", "institution__short_name", "occupation_name"),
    hint="计划、编号、机构或职业",
    filters=[
        Choice("state", "状态", [(item.value, str(item.label)) for item in PastPlan.State], "state"),
        office_filter("office_id"),
        Days("held", "开考日期", "held_on"),
    ],
    order=("-held_on",),
)

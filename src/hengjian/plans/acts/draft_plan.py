"""A plan is opened and written by the institution, block by block (R34)."""

from __future__ import annotations

from datetime import date

from hengjian.authorities.models import Area
from hengjian.authorities.roles import Role
from hengjian.institutions.models import Institution
from hengjian.kernel.act import Doing, Step, act, creates
from hengjian.kernel.arguments import Line
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.words import say
from hengjian.plans import rules
from hengjian.plans.facts import Change, PlanDrafted, PlanEdited
from hengjian.plans.models import Plan
from hengjian.plans.states import PlanState

CLAUSE = "《技能等级认定试点企业监管服务措施研究》第 3.2.1 节：认定计划"
BY_INSTITUTION = [Role.CLERK.of_own_institution, Role.RESPONSIBLE_PERSON.of_own_institution]
OPEN = (PlanState.DRAFT, PlanState.RETURNED)
LABELS = {
    "title": "计划名称",
    "venue": "考点",
    "held_path": "考点所在区域",
    "held_on": "开考日期",
    "ends_on": "结束日期",
    "bank": "考核题（卷）库",
    "process": "评价流程",
    "timetable": "时间安排",
    "publicity": "公布情况",
    "entrusted_by": "委托单位",
}


@creates(
    "plans.draft_plan",
    Plan,
    by=BY_INSTITUTION,
    requires=[rules.own_institution_is_filed],
    clause=CLAUSE,
)
def draft_plan(
    doing: Doing[None],
    *,
    title: Line,
    venue: Line,
    held_on: date,
    ends_on: date | None = None,
    held_area_code: str = "",
    bank: str = "",
    process: str = "",
    timetable: str = "",
    publicity: str = "",
    entrusted_by: str = "",
) -> tuple[Plan, PlanDrafted]:
    """填写认定计划。

    Where the exam is held may lie in another area than the institution; that area's offices then see the plan too.
    """
    institution = Institution.objects.get(pk=doing.actor.reach["institution"])
    check_dates(held_on, ends_on or held_on, doing.today)
    plan = doing.create(
        Plan,
        institution=institution,
        office_id=institution.office_id,
        area_path=institution.area_path,
        held_path=held_path(held_area_code) if held_area_code else institution.area_path,
        title=title.strip(),
        venue=venue.strip(),
        held_on=held_on,
        ends_on=ends_on or held_on,
        bank=bank,
        process=process,
        timetable=timetable,
        publicity=publicity,
        entrusted_by=entrusted_by.strip(),
    )
    return plan, PlanDrafted(plan.title, plan.venue, plan.held_on, plan.ends_on, plan.held_path, plan.entrusted_by)


@act(
    "plans.edit_plan",
    Plan,
    by=BY_INSTITUTION,
    step=Step(*OPEN),
    clause=CLAUSE,
)
def edit_plan(
    doing: Doing[Plan],
    *,
    title: str | None = None,
    venue: str | None = None,
    held_on: date | None = None,
    ends_on: date | None = None,
    held_area_code: str | None = None,
    bank: str | None = None,
    process: str | None = None,
    timetable: str | None = None,
    publicity: str | None = None,
    entrusted_by: str | None = None,
) -> PlanEdited:
    """修改认定计划。

    What is not given stays as it is.
    """
    plan = doing.subject
    changes = changed(
        plan,
        {
            "title": title,
            "venue": venue,
            "held_on": held_on,
            "ends_on": ends_on,
            "held_path": held_path(held_area_code) if held_area_code else None,
            "bank": bank,
            "process": process,
            "timetable": timetable,
            "publicity": publicity,
            "entrusted_by": entrusted_by,
        },
    )
    check_dates(plan.held_on, plan.ends_on, doing.today)
    return PlanEdited(changes)


def changed(plan: Plan, values: dict[str, str | date | None]) -> tuple[Change, ...]:
    """Set what is given and differs; what was there before goes into the fact."""
    changes: list[Change] = []
    for name, value in values.items():
        if isinstance(value, str):
            value = value.strip()
        before = getattr(plan, name)
        if value is None or value == before:
            continue
        if value == "" and name in ("title", "venue"):
            raise refuse(
                "plans.title_missing",
                say("“{name}”不能为空。", name=LABELS[name]),
                field=name,
                remedy="请填写该项内容。",
                clause=CLAUSE,
            )
        setattr(plan, name, value)
        changes.append(Change(LABELS[name], str(before), str(value)))
    if plan.ends_on < plan.held_on and values.get("ends_on") is None:
        changes.append(Change(LABELS["ends_on"], str(plan.ends_on), str(plan.held_on)))
        plan.ends_on = plan.held_on
    return tuple(changes)


def check_dates(held_on: date, ends_on: date, today: date) -> None:
    if held_on <= today:
        raise refuse(
            "plans.held_on_past",
            "开考日期须在今天以后。",
            field="held_on",
            clause=CLAUSE,
            remedy="请填写今天以后的日期。",
        )
    if ends_on < held_on:
        raise refuse(
            "plans.dates_order",
            "结束日期不得早于开考日期。",
            field="ends_on",
            clause=CLAUSE,
            remedy="请把结束日期改为开考日期或以后。",
        )


def held_path(area_code: str) -> str:
    area = Area.objects.filter(code=area_code).first()
    if area is None:
        raise refuse(
            "plans.area_unknown",
            say("没有代码为 {area_code} 的监管区域。", area_code=area_code),
            field="held_area_code",
            remedy="请从所列区域中选择。",
            clause=PRODUCT,
        )
    return area.path

"""How the acts on plans, batches and sittings are asked (see web/questions.py)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from hengjian.authorities.models import Area
from hengjian.institutions.models import ScopeItem
from hengjian.kernel.actor import Actor
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.words import listed, say
from hengjian.occupations.models import Standard
from hengjian.plans import readings
from hengjian.plans.models import Plan, Sitting
from hengjian.web.institutions.questions import every_area
from hengjian.web.occupations.labels import level_choices, level_title
from hengjian.web.plans.parts import span
from hengjian.web.questions import Provider, Question

Choices = Iterable[tuple[Any, str]]


def _scope(actor: Actor, plan: Plan) -> list[tuple[str, str]]:
    """Occupations in the institution's scope on the day of the exam."""
    rows = disclosed(ScopeItem, actor).filter(
        institution_id=plan.institution_id, valid_from__lte=plan.held_on, valid_until__gte=plan.held_on
    )
    return list(dict.fromkeys(rows.order_by("occupation_code").values_list("occupation_code", "occupation_name")))


def _occupations(actor: Actor, plan: Plan) -> Choices:
    return [(code, listed((code, name), " ")) for code, name in _scope(actor, plan)]


def _standards(actor: Actor, plan: Plan) -> Choices:
    rows = disclosed(Standard, actor).filter(
        Q(replaced_on__isnull=True) | Q(replaced_on__gt=plan.held_on),
        occupation_code__in=[code for code, _ in _scope(actor, plan)],
        issued_on__lte=plan.held_on,
    )
    return [(row.pk, str(row)) for row in rows.order_by("occupation_code", "trade", "-issued_on")]


def _batches(actor: Actor, plan: Plan) -> Choices:
    return [(row.pk, listed((row.occupation_name, level_title(row.level)), " ")) for row in readings.batches_of(plan)]


def _sittings(actor: Actor, plan: Plan) -> Choices:
    return [
        (row.pk, say("{room}，{part}，{span}", room=row.room, part=row.get_part_display(), span=span(row)))
        for row in readings.sittings_of(plan)
    ]


def _sitting_rows(actor: Actor, plan: Plan) -> list[Mapping[str, object]]:
    return [{"sitting_id": row.pk} for row in readings.sittings_of(plan)]


def _now(name: str) -> Provider:
    """The form starts from what the plan says now."""
    return lambda actor, plan: getattr(plan, name)


def _held_area(actor: Actor, plan: Plan) -> str:
    found: str | None = disclosed(Area, actor).filter(path=plan.held_path).values_list("code", flat=True).first()
    return found or ""


def _blocks(*, filled: bool) -> dict[str, Question]:
    """The blocks of 3.2.1, empty for a new plan or as the plan has them."""

    def block(name: str, label: str, help: str, kind: str = "textarea") -> Question:
        return Question(label, help, kind, initial=_now(name) if filled else None)

    return {
        "title": block("title", "计划名称", "例如：2026 年第 3 期电工、焊工技能等级认定。", ""),
        "venue": block("venue", "考点", "考试所在的场所；同一考点的考场不得时间重叠。", ""),
        "held_on": block("held_on", "开考日期", "须按规定提前报送。", ""),
        "ends_on": block("ends_on", "结束日期", "一天考完的不填写。", ""),
        "held_area_code": Question(
            "考点所在区域",
            "与机构所在地不同时选择；当地机关也能看到这份计划。",
            "select",
            every_area,
            initial=_held_area if filled else None,
        ),
        "bank": block("bank", "考核题（卷）库", "题库来源、题量、试卷套数和更新日期。"),
        "process": block("process", "评价流程", "报名、核查、考试、公示、发证各步如何进行。"),
        "timetable": block("timetable", "时间安排", "各科目的日期和时间；具体场次另行安排。"),
        "publicity": block("publicity", "公布情况", "在哪里公示、公示多久、如何受理异议。"),
        "entrusted_by": block("entrusted_by", "委托单位", "受其他单位委托认定的填写全称；委托认定须经第二人复核。", ""),
    }


def _blank(actor: Actor, plan: Plan) -> date | None:
    return None


_REVISED = {name: asked for name, asked in _blocks(filled=True).items() if name != "entrusted_by"}
QUESTIONS: dict[str, dict[str, Question]] = {
    "plans.draft_plan": _blocks(filled=False),
    "plans.edit_plan": _blocks(filled=True),
    "plans.revise_plan": _REVISED
    | {
        "reason": Question("变更原因", "变更后另成一版，重新审核；原版本仍可查验。", "textarea"),
        "held_on": Question("开考日期", "只改日期时，各场次顺延同样的天数。", initial=_now("held_on")),
        "ends_on": Question("结束日期", "不填写时随开考日期顺延。", initial=_blank),
        "sittings": Question("场次变更", "只填写要改的场次；空着的保持不变。", initial=_sitting_rows),
        "sittings.sitting_id": Question("场次", kind="fixed", choices=_sittings),
        "sittings.room": Question("考场"),
        "sittings.starts_at": Question("开始"),
        "sittings.ends_at": Question("结束"),
        "sittings.seats": Question("座位"),
        "sittings.staff": Question("监考、考评人数"),
    },
    "plans.add_batch": {
        "occupation_code": Question("职业", "只列出开考当日在备案范围内的职业。", "select", _occupations),
        "level": Question("等级", kind="select", choices=level_choices),
        "headcount": Question("计划人数"),
        "trade": Question("工种", "按工种认定的填写。"),
        "standard_id": Question("执行标准", "不选择时执行开考当日的国家职业标准。", "select", _standards),
    },
    "plans.remove_batch": {"batch_id": Question("批次", kind="select", choices=_batches)},
    "plans.add_sitting": {
        "batch_id": Question("批次", kind="select", choices=_batches),
        "part": Question("科目", kind="select", choices=lambda actor, subject: Sitting.Part.choices),
        "room": Question("考场", "例如：一号实训楼 201。"),
        "starts_at": Question("开始时间"),
        "ends_at": Question("结束时间"),
        "seats": Question("座位数"),
        "staff": Question("监考、考评人数", "理论为监考人员，技能为考评人员，综合评审为评审委员。"),
    },
    "plans.remove_sitting": {"sitting_id": Question("场次", kind="select", choices=_sittings)},
    "plans.return_plan": {
        "reason": Question("退回原因", "逐条写明，机构据此修改。", "textarea"),
        "basis": Question("依据", "文件名称和条款。"),
    },
    "plans.second_review": {"opinion": Question("复核意见", kind="textarea")},
    "plans.withdraw_plan": {"reason": Question("撤回原因", kind="textarea")},
}

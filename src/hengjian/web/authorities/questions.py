"""How the acts on areas, seats, the calendar, local values and waivers are asked (see web/questions.py)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hengjian.authorities.models import Area, Office
from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.kernel.actor import Actor
from hengjian.kernel.policy import catalogue
from hengjian.kernel.rule import RULES
from hengjian.personnel.models import Supervisor
from hengjian.web.institutions.questions import institution_choices, user_choices
from hengjian.web.questions import Question

Choices = Iterable[tuple[Any, str]]


def _offices(actor: Actor, subject: Any) -> Choices:
    reach = str(actor.reach.get("area") or "")
    rows = Office.objects.filter(area__path__startswith=reach).order_by("area__path")
    return [(row.pk, row.name) for row in rows]


def _supervisors(actor: Actor, subject: Any) -> Choices:
    reach = str(actor.reach.get("area") or "")
    rows = Supervisor.objects.filter(area_path__startswith=reach).order_by("code")
    return [(row.pk, f"{row.code} {row.name}") for row in rows]


def _areas(actor: Actor, subject: Any) -> Choices:
    reach = str(actor.reach.get("area") or "")
    return list(Area.objects.filter(path__startswith=reach).order_by("path").values_list("path", "name"))


def _numbers(actor: Actor, subject: Any) -> Choices:
    """Policies that a lower level may make stricter."""
    return [(key, f"{text.title}（{key}）") for key, text in catalogue().items() if text.stricter != "none"]


def _rules(actor: Actor, subject: Any) -> Choices:
    return [(code, rule.title) for code, rule in sorted(RULES.items()) if rule.waivable]


def _roles(actor: Actor, subject: Any) -> Choices:
    return Role.choices


def _next_year(actor: Actor, subject: Any) -> int:
    return clock.today().year + 1


QUESTIONS: dict[str, dict[str, Question]] = {
    "authorities.enter_calendar_year": {
        "year": Question("年度", initial=_next_year),
        "notice": Question("通知文号", "国务院办公厅关于当年部分节假日安排的通知。"),
        "lines": Question(
            "放假和上班的日子",
            "一行一天或一段：日期, 放假或上班, 节日。例如 2027-01-01, 放假, 元旦；也可写 2027-10-01 至 2027-10-07, 放假, 国庆节。",
            "textarea",
        ),
    },
    "authorities.load_calendar": {"years": Question("年度"), "source": Question("来源")},
    "authorities.load_areas": {
        "rows": Question("区划"),
        "rows.code": Question("代码"),
        "rows.path": Question("路径"),
        "rows.name": Question("名称"),
        "rows.kind": Question("种类"),
        "rows.office": Question("机关"),
        "source": Question("来源"),
    },
    "authorities.set_up_demo_clock": {"to": Question("拨到")},
    "authorities.move_demo_clock": {"days": Question("向前拨几天", "只能向前，最多 366 天。")},
    "authorities.open_seat": {
        "user_id": Question("登录账号", kind="select", choices=user_choices),
        "role": Question("岗位", kind="select", choices=_roles),
        "office_id": Question("机关", "机关岗位和质量督导员选择。", "select", _offices),
        "institution_id": Question("评价机构", "机构岗位选择。", "select", institution_choices),
        "person_id": Question("督导员", "质量督导员席位对应人员库中的一人。", "select", _supervisors),
        "place_name": Question("单位名称", "按所选机关或机构自动填写。"),
        "area_path": Question("所在区域", "按所选机关或机构自动填写。", "select", _areas),
    },
    "authorities.end_seat": {"reason": Question("撤销原因", kind="textarea")},
    "authorities.enact_local_value": {
        "key": Question("规则", "只列出下级可以规定得更严的。", "select", _numbers),
        "value": Question("本地数值", "须在规定的幅度之内。"),
        "since": Question("施行日期", "明天或以后，不溯及既往。"),
        "law": Question("制定依据", "文件名称和文号。"),
        "reason": Question("理由", kind="textarea"),
    },
    "authorities.ask_waiver": {
        "rule": Question("申请豁免的规定", kind="select", choices=_rules),
        "subject_table": Question("事项种类"),
        "subject_id": Question("事项"),
        "reason": Question("申请理由", "批准的豁免连同理由随事项公开。", "textarea"),
    },
    "authorities.answer_waiver": {
        "approved": Question(
            "答复",
            kind="radios",
            choices=lambda actor, subject: [("true", "批准豁免"), ("false", "不予批准")],
        ),
        "answer": Question("答复理由", kind="textarea"),
        "expires_on": Question("到期日", "批准的必须写明，到期自动失效。"),
    },
}

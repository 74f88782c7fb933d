"""How the acts on areas, seats, the calendar, local values and waivers are asked (see web/questions.py)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hengjian.authorities.models import Office
from hengjian.authorities.roles import OFFICE_ROLES
from hengjian.authorities.scopes import offered
from hengjian.kernel import clock
from hengjian.kernel.actor import Actor
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.policy import catalogue
from hengjian.kernel.rule import RULES
from hengjian.web.institutions.questions import user_choices
from hengjian.web.questions import Question

Choices = Iterable[tuple[Any, str]]


def _offices(actor: Actor, subject: Any) -> Choices:
    reach = str(actor.reach.get("area") or "")
    rows = disclosed(Office, actor).filter(area__path__startswith=reach).order_by("area__path")
    return [(row.pk, row.name) for row in rows]


def _numbers(actor: Actor, subject: Any) -> Choices:
    """Policies that a lower level may make stricter."""
    return [(key, text.title) for key, text in catalogue().items() if text.stricter != "none"]


def _rules(actor: Actor, subject: Any) -> Choices:
    return [(code, rule.title) for code, rule in sorted(RULES.items()) if rule.waivable]


def _roles(actor: Actor, subject: Any) -> Choices:
    return [(role.value, str(role.label)) for role in OFFICE_ROLES]


def _scope(actor: Actor, subject: Any) -> Choices:
    return offered(actor.role_code)


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
        "user_id": Question("账号", "没有账号的先开立账号。", "select", user_choices),
        "role": Question("岗位", "提出后由另一位系统管理岗或中心负责人确认。", "select", _roles),
        "office_id": Question("机关", "单位名称和区域按机关自动确定。", "select", _offices),
    },
    "authorities.decline_seat": {"reason": Question("不予确认的理由", kind="textarea")},
    "authorities.end_seat": {"reason": Question("撤销原因", kind="textarea")},
    "authorities.open_account": {
        "username": Question("登录名", "字母、数字和 @ . + - _，例如姓名拼音。"),
        "name": Question("姓名"),
        "identity_number": Question("身份证件号码", "加密保存；一人一个账号，按它认人。", sensitive=True),
        "phone": Question("手机号码", "加密保存。", sensitive=True),
        "office_id": Question("归哪个机关管理", "该机关的系统管理岗可为其设置席位、重置口令。", "select", _offices),
        "link_digest": Question("设置口令链接的散列"),
    },
    "authorities.reset_password": {
        "reason": Question("重置的原因", "写明怎样核实了本人。其监管岗位的席位须由第二人重新确认。", "textarea"),
        "link_digest": Question("设置口令链接的散列"),
    },
    "authorities.remove_factors": {
        "reason": Question("解除的原因", "写明怎样核实了本人。其监管岗位的席位须由第二人重新确认。", "textarea")
    },
    "authorities.close_account": {"reason": Question("停用的原因", "会话和令牌随即失效，席位保留。", "textarea")},
    "authorities.restore_account": {"reason": Question("恢复的原因", kind="textarea")},
    "authorities.change_password": {"encoded": Question("加盐散列后的口令", sensitive=True)},
    "authorities.change_contact": {
        "phone": Question("手机号码", "用于急件短信。", sensitive=True),
        "mail": Question("电子邮箱", "用于接收消息和找回口令；可以留空。", sensitive=True),
    },
    "authorities.confirm_mail": {"token": Question("邮件中的确认码", sensitive=True)},
    "authorities.send_password_link": {"code": Question("链接的随机码", sensitive=True)},
    "authorities.record_login_change": {"added": Question("新增的方式"), "removed": Question("去除的方式")},
    "authorities.open_token": {
        "label": Question("用途", "写明给哪个系统用，例如：鉴定中心综合业务系统。"),
        "scope": Question("范围", "只勾选程序用得到的；没有勾选的，接口一律拒绝。", "checkboxes", _scope),
        "days": Question("有效天数", "不填写的为规定的最长期限；可以更短。"),
        "digest": Question("令牌的散列", "令牌至少含 32 个随机字节；只提交它的 SHA-256。"),
    },
    "authorities.export_list": {
        "listing": Question("清单"),
        "asked": Question("条件", "清单页面地址中问号以后的部分。"),
        "form": Question("文件", kind="select", choices=lambda actor, subject: [("xlsx", "Excel"), ("csv", "CSV")]),
        "purpose": Question("用途", "写明用来做什么、给谁看、用完怎样处理。", "textarea"),
    },
    "authorities.end_token": {"reason": Question("终止的原因", kind="textarea")},
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

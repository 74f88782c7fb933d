"""How the acts on institutions and filings are asked: labels, help, choices (see web/questions.py)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from hengjian.authorities.models import Account, Area, Office
from hengjian.authorities.roles import INSTITUTION_ROLES
from hengjian.institutions.acts.site_visit import CONCLUSIONS
from hengjian.institutions.models import Filing, FilingItem, Institution, Material, SiteVisit
from hengjian.institutions.policies import APPLICATION_PAPERS, CLASSES, REVOCATION_GROUNDS
from hengjian.institutions.queries import names_of_all
from hengjian.institutions.states import MaterialState
from hengjian.kernel import clock
from hengjian.kernel.actor import Actor
from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import disclosed
from hengjian.web.institutions.visit_parts import read_sheets
from hengjian.web.occupations.labels import level_choices
from hengjian.web.questions import Question

Choices = Iterable[tuple[Any, str]]
OCCUPATION = Question("职业编码", "输入名称或编码的一部分，从提示中选择。", suggest="occupation_options")
TEAM = Question("评估人员", "人数须达到规定，各自声明与机构没有利害关系。")


def area_choices(actor: Actor, subject: Any) -> Choices:
    """The areas within the reach of whoever asks, by code."""
    reach = str(actor.reach.get("area") or "")
    rows = disclosed(Area, actor).filter(path__startswith=reach).select_related("parent").order_by("path")
    return [(row.code, f"{row.parent.name} {row.name}" if row.parent else row.name) for row in rows]


def every_area(actor: Actor, subject: Any) -> Choices:
    rows = disclosed(Area, actor).select_related("parent").order_by("path")
    return [(row.code, f"{row.parent.name} {row.name}" if row.parent else row.name) for row in rows]


def class_choices(actor: Actor, subject: Any) -> Choices:
    """The classes of institution the law knows."""
    return [
        (value, label) for value, label in Institution.Kind.choices if value in Asking(actor, subject).policy(CLASSES)
    ]


def office_choices(actor: Actor, subject: Any) -> Choices:
    rows = disclosed(Office, actor).exclude(level=Office.Level.DISTRICT).order_by("area__path")
    return [(row.pk, row.name) for row in rows]


def institution_choices(actor: Actor, subject: Any) -> Choices:
    """Institutions by number; whoever names one need not see its file."""
    return names_of_all()


def _levels_of_filing(actor: Actor, subject: Any) -> Choices:
    return Institution.FilingLevel.choices


def _papers(actor: Actor, subject: Any) -> Choices:
    return [(kind, kind) for kind in Asking(actor, subject).policy(APPLICATION_PAPERS)]


def _grounds(actor: Actor, subject: Any) -> Choices:
    return [(ground, ground) for ground in Asking(actor, subject).policy(REVOCATION_GROUNDS)]


def _materials(actor: Actor, filing: Filing) -> Choices:
    return [
        (row.pk, row.title)
        for row in disclosed(Material, actor)
        .filter(filing=filing)
        .exclude(state=MaterialState.WITHDRAWN)
        .order_by("id")
    ]


def _material_rows(actor: Actor, filing: Filing) -> list[Mapping[str, object]]:
    return [{"material_id": pk} for pk, _ in _materials(actor, filing)]


def _items(actor: Actor, filing: Filing) -> list[Mapping[str, object]]:
    rows = disclosed(FilingItem, actor).filter(filing=filing, withdrawn=False).order_by("occupation_code", "-level")
    return [dict(row) for row in rows.values("occupation_code", "level", "equipment", "assessors")]


def _team(actor: Actor, filing: Filing) -> list[Mapping[str, object]]:
    visit = disclosed(SiteVisit, actor).filter(filing=filing).order_by("-id").first()
    return list(visit.team) if visit else []


def user_choices(actor: Actor, subject: Any) -> Choices:
    """The accounts of the own area: whom this seat may give a seat."""
    reach = str(actor.reach.get("area") or "-")
    rows = (
        disclosed(Account, actor).filter(area_path__startswith=reach, state=Account.State.OPEN).select_related("user")
    )
    return [(row.user_id, f"{row.user.username} {row.user.name}") for row in rows.order_by("user__username")]


def _institution_roles(actor: Actor, subject: Any) -> Choices:
    return [(role.value, str(role.label)) for role in INSTITUTION_ROLES]


def _today(actor: Actor, subject: Any) -> date:
    return clock.today()


ITEMS = {
    "items": Question("申请的职业和等级", "一行一个职业的一个等级；从备案的职业分类大典中选择。"),
    "items.occupation_code": OCCUPATION,
    "items.level": Question("等级", kind="select", choices=level_choices),
    "items.equipment": Question("设备与检测手段"),
    "items.assessors": Question("考评人员数"),
}
MEMBERS = {
    "team.name": Question("姓名"),
    "team.employer": Question("单位"),
    "team.no_conflict": Question("声明无利害关系"),
}
FILE = Question("文件", "PDF、图片、Word 或 Excel，不超过 20 MB。", "file")


_VISIT = MEMBERS | {
    "visited_on": Question("实际考察日期", initial=_today),
    "team": Question("评估人员", TEAM.help, initial=_team),
    "sheets": Question("评估表", "综合一张，每个职业一张；每项写明得分、依据和署名。", "own", read=read_sheets),
    "sheets.occupation_code": Question("职业"),
    "sheets.scores": Question("评分"),
    "sheets.scores.subject": Question("项目"),
    "sheets.scores.score": Question("得分"),
    "sheets.scores.evidence": Question("评分依据"),
    "sheets.scores.assessor": Question("评估人员"),
    "conclusion": Question("考察结论", kind="radios", choices=lambda actor, subject: list(CONCLUSIONS.items())),
    "findings": Question("发现的问题", "结论为不符合条件的必须写明。", "textarea"),
}
_BASIS = Question("依据", "文件名称和条款。")
QUESTIONS: dict[str, dict[str, Question]] = {
    "institutions.register_applicant": {
        "name": Question("机构全称", "与营业执照或事业单位法人证书一致。"),
        "short_name": Question("简称", "列表和队列中显示的名称。"),
        "uscc": Question("统一社会信用代码", "18 位，校验码不符的不能登记。"),
        "kind": Question("机构类别", kind="select", choices=class_choices),
        "ownership": Question(
            "隶属关系", "决定由省还是市负责。", "select", lambda actor, subject: Institution.Ownership.choices
        ),
        "area_code": Question("所在地", "按监管区域登记，含开发区和雄安新区。", "select", area_choices),
        "address": Question("地址"),
        "filing_level": Question("备案层级", "不选择时按现行规定。", "select", _levels_of_filing),
        "contact": Question("联系人"),
        "contact_phone": Question("联系电话", sensitive=True),
        "organisation_code": Question("评价机构代码", "只有部级备案机构填写，四位数字。"),
    },
    "institutions.draft_filing": ITEMS
    | {
        "statement": Question("申请说明", kind="textarea"),
        "renewal": Question("续期备案", "在备案有效期届满前的续期期间勾选；否则为首次备案或增项。"),
    },
    "institutions.edit_filing": ITEMS
    | {
        "items": Question("申请的职业和等级", "列出的就是全部申请；清空的行视为撤下，原记录保留。", initial=_items),
        "statement": Question("申请说明", kind="textarea", initial=lambda actor, filing: filing.statement),
    },
    "institutions.add_material": {
        "kind": Question("材料种类", kind="select", choices=_papers),
        "upload_id": FILE,
        "title": Question("材料名称", "不填写时与种类相同。"),
    },
    "institutions.replace_material": {"upload_id": FILE, "title": Question("材料名称", "不填写时与原来相同。")},
    "institutions.review_material": {
        "accepted": Question(
            "审查结论",
            kind="radios",
            choices=lambda actor, subject: [("true", "通过"), ("false", "退回")],
        ),
        "reason": Question("退回原因", "退回的必须写明，机构据此更换。", "textarea"),
    },
    "institutions.return_filing": {
        "returns": Question("退回的材料", "在要退回的材料后写明原因；不写的不退回。", initial=_material_rows),
        "returns.material_id": Question("材料", kind="fixed", choices=_materials),
        "returns.reason": Question("退回原因"),
        "note": Question("退回说明", kind="textarea"),
        "reopen_items": Question("同时要求修改申请事项", "勾选后机构可以修改职业和等级，并须在说明中写明如何修改。"),
    },
    "institutions.withdraw_filing": {"reason": Question("撤回原因", kind="textarea")},
    "institutions.plan_visit": MEMBERS
    | {
        "planned_on": Question("考察日期"),
        "team": TEAM,
        "place": Question("地点", "不填写时为机构登记地址。"),
    },
    "institutions.conclude_visit": _VISIT,
    "institutions.recheck": _VISIT | {"team": TEAM},
    "institutions.ask_registration": {
        "name": Question("机构全称", "与营业执照或事业单位法人证书一致。"),
        "uscc": Question("统一社会信用代码", "18 位，校验码不符的不能提交。"),
        "kind": Question("机构类别", kind="select", choices=class_choices),
        "ownership": Question(
            "隶属关系", "决定由省还是市负责。", "select", lambda actor, subject: Institution.Ownership.choices
        ),
        "area_code": Question("所在地", "按监管区域登记，含开发区和雄安新区。", "select", every_area),
        "address": Question("地址"),
        "person_name": Question("申请人姓名", "确认后为本机构第一位机构管理员，由其邀请经办人。"),
        "identity_number": Question(
            "申请人身份证件号码", "一人一个账号，按它认人；办结后不再保存在申请里。", sensitive=True
        ),
        "phone": Question("申请人手机号码", "机关核对时联系。", sensitive=True),
        "username": Question("希望的登录名", "字母、数字和 @ . + - _，例如姓名拼音。"),
        "mail": Question("申请人电子邮箱", "设置口令的链接发到这里；可以留空。", sensitive=True),
    },
    "institutions.confirm_registration": {
        "short_name": Question("简称", "列表和队列中显示的名称。", initial=lambda actor, found: found.name[:20]),
        "username": Question(
            "登录名", "申请人希望的登录名已有人使用的，另取一个。", initial=lambda actor, found: found.username
        ),
        "code": Question("链接的随机码", sensitive=True),
    },
    "institutions.refuse_registration": {
        "reason": Question("不予登记的理由", "申请人凭查询码可以看到；不要写入个人信息。", "textarea")
    },
    "institutions.invite_staff": {
        "role": Question("岗位", "评价负责人和机构管理员由机关确认后生效。", "radios", _institution_roles),
        "name": Question("姓名", "与身份证件一致。"),
        "identity_number": Question("身份证件号码", "加密保存；一人一个账号，按它认人。", sensitive=True),
        "phone": Question("手机号码", "本人的手机号码，加密保存。", sensitive=True),
        "username": Question("登录名", "字母、数字和 @ . + - _，例如姓名拼音；此人原有账号的，沿用原登录名。"),
        "mail": Question(
            "电子邮箱", "填写的，设置口令的链接发到这里；不填写的，显示一次，由您交给本人。", sensitive=True
        ),
        "code": Question("链接的随机码", sensitive=True),
    },
    "institutions.open_institution_seat": {
        "user_id": Question("登录账号", kind="select", choices=user_choices),
        "role": Question("岗位", kind="radios", choices=_institution_roles),
    },
    "institutions.decide_filing": {
        "granted": Question(
            "决定",
            kind="radios",
            choices=lambda actor, subject: [("true", "准予备案"), ("false", "不予备案")],
        ),
        "reason": Question("理由", "决定书将载明，随此件存证。", "textarea"),
        "clauses": Question("依据条款", "一行一条，写明文件名称和条款，至少一条。"),
    },
    "institutions.suspend": {"basis": _BASIS, "reason": Question("理由", kind="textarea")},
    "institutions.resume": {"reason": Question("理由", "写明整改和复核情况。", "textarea")},
    "institutions.end": {
        "reason": Question("理由", kind="textarea"),
        "basis": _BASIS,
        "ground": Question("取消备案的情形", "机构自愿退出的不选择。", "select", _grounds),
    },
    "institutions.reassign": {
        "office_id": Question("改派至", kind="select", choices=office_choices),
        "reason": Question("改派理由", "将与负责机关一并显示。", "textarea"),
    },
}

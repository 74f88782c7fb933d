"""Standards and norms are published, and replaced by a newer version; batches keep the version they were pinned to (R3)."""

from __future__ import annotations

from datetime import date

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, act, creates
from hengjian.kernel.law import Law
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.words import listed, say
from hengjian.occupations import rules
from hengjian.occupations.facts import StandardPublished, StandardReplaced
from hengjian.occupations.models import Standard
from hengjian.occupations.policies import ASSESSABLE_LEVELS, STANDARD_TEMPLATE
from hengjian.occupations.queries import occupation_on

CLAUSE = "《技能等级认定试点企业监管服务措施研究》第 1.1 节"


@creates(
    "occupations.publish_standard",
    Standard,
    by=Role.PROVINCE_OFFICER.anywhere,
    cites=[ASSESSABLE_LEVELS, STANDARD_TEMPLATE],
    clause=CLAUSE,
)
def publish_standard(
    doing: Doing[None],
    *,
    kind: str,
    occupation_code: str,
    name: str,
    edition: str,
    levels: str,
    issued_on: date,
    trade: str = "",
    document_number: str = "",
    conditions: str = "",
) -> tuple[Standard, StandardPublished]:
    """发布标准或评价规范。"""
    if kind not in Standard.Kind.values:
        raise refuse(
            "occupations.standard_kind",
            "请选择国家职业标准或评价规范。",
            field="kind",
            remedy="请从列出的选项中选择一项。",
            clause=CLAUSE,
        )
    if occupation_on(occupation_code, doing.today) is None:
        raise refuse(
            "occupations.not_in_catalogue",
            say("职业分类大典中没有 {occupation_code}。", occupation_code=occupation_code),
            field="occupation_code",
            remedy="请核对职业编码。",
            clause="《中华人民共和国职业分类大典（2022 年版）》",
        )
    _check(levels, doing.policy(ASSESSABLE_LEVELS), issued_on, doing.today)
    conditions = _conditions(doing, conditions, issued_on)
    twin = Standard.objects.filter(kind=kind, occupation_code=occupation_code, trade=trade)
    if twin.filter(version=edition).exists():
        raise refuse(
            "occupations.standard_known",
            say("{edition} 已经发布。", edition=edition),
            field="edition",
            remedy="请核对版本；修订的，在现行标准上办理。",
            clause=PRODUCT,
        )
    if twin.filter(replaced_on__isnull=True).exists():
        raise refuse(
            "occupations.standard_stands",
            "这个职业（工种）已有现行版本。",
            field="occupation_code",
            remedy="请在现行版本上办理“以新版代替标准”。",
            clause=CLAUSE,
        )
    row = doing.create(
        Standard,
        kind=kind,
        occupation_code=occupation_code,
        trade=trade,
        title=name,
        version=edition,
        document_number=document_number,
        levels=levels,
        conditions=conditions,
        issued_on=issued_on,
    )
    return row, StandardPublished(kind, occupation_code, trade, name, edition, levels, conditions, issued_on)


@act(
    "occupations.replace_standard",
    Standard,
    by=Role.PROVINCE_OFFICER.anywhere,
    requires=[rules.standard_is_in_force],
    cites=[ASSESSABLE_LEVELS, STANDARD_TEMPLATE],
    clause=CLAUSE,
)
def replace_standard(
    doing: Doing[Standard],
    *,
    edition: str,
    issued_on: date,
    levels: str = "",
    name: str = "",
    document_number: str = "",
    conditions: str = "",
) -> StandardReplaced:
    """以新版代替标准。"""
    old = doing.subject
    levels = levels or old.levels
    _check(levels, doing.policy(ASSESSABLE_LEVELS), issued_on, doing.today)
    if issued_on <= old.issued_on:
        raise refuse(
            "occupations.standard_order",
            "新版的颁布日期须晚于被代替的版本。",
            field="issued_on",
            remedy="请核对新版的颁布日期。",
            clause=PRODUCT,
        )
    if edition == old.version:
        raise refuse(
            "occupations.standard_known",
            say("{edition} 已经发布。", edition=edition),
            field="edition",
            remedy="请核对版本；修订的，在现行标准上办理。",
            clause=PRODUCT,
        )
    doing.create(
        Standard,
        kind=old.kind,
        occupation_code=old.occupation_code,
        trade=old.trade,
        title=name or old.title,
        version=edition,
        document_number=document_number,
        levels=levels,
        conditions=_conditions(doing, conditions, issued_on),
        issued_on=issued_on,
    )
    old.replaced_on = issued_on
    return StandardReplaced(old.version, edition, old.occupation_code, old.trade, issued_on)


def _check(levels: str, assessable: tuple[str, ...], issued_on: date, today: date) -> None:
    if not levels or any(level not in assessable for level in levels):
        raise refuse(
            "occupations.standard_levels",
            say("等级只能取 {assessable}。", assessable=listed(assessable)),
            field="levels",
            remedy="请只填写这些等级。",
            policy=ASSESSABLE_LEVELS.key,
        )
    if issued_on > today:
        raise refuse(
            "occupations.issued_in_future",
            "颁布日期不能晚于今天。",
            field="issued_on",
            remedy="请核对颁布日期。",
            clause=PRODUCT,
        )


def _conditions(law: Law, asked: str, issued_on: date) -> str:
    """What the officer says, else the template that was in force when the standard was issued."""
    conditions = asked or law.policy(STANDARD_TEMPLATE, issued_on)
    if conditions not in Standard.Conditions.values:
        raise refuse(
            "occupations.conditions",
            say("没有“{conditions}”这一版申报条件。", conditions=conditions),
            field="conditions",
            remedy="请从所列版本中选择。",
            clause=PRODUCT,
        )
    return conditions

"""A city's stricter value is itself an act: bounded by the file, dated, with its own basis."""

from __future__ import annotations

from datetime import date
from typing import Any

from hengjian.authorities.facts import LocalValueEnacted
from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, creates
from hengjian.kernel.arguments import Line, Reason
from hengjian.kernel.models import LocalPolicyValue
from hengjian.kernel.policy import LocalValue, LocalValueRefused, Policy, catalogue
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.words import say, words_of


@creates(
    "authorities.enact_local_value",
    LocalPolicyValue,
    by=[Role.CENTRE_HEAD.anywhere, Role.PROVINCE_OFFICER.anywhere],
    clause="《技能等级认定试点企业监管服务措施研究》第 2.1 节：属地管理、分级负责",
)
def enact_local_value(
    doing: Doing[None], *, key: str, value: int, since: date, law: Line, reason: Reason
) -> tuple[LocalPolicyValue, LocalValueEnacted]:
    """规定本地更严数值。

    Whole numbers only: lists and tables of the law are not narrowed locally.
    """
    text = catalogue().get(key)
    if text is None:
        raise refuse(
            "authorities.no_such_policy",
            say("没有“{key}”这一条规则。", key=key),
            field="key",
            remedy="请在“规则与依据”中查到这条规则的编号。",
            clause=PRODUCT,
        )
    area = str(doing.actor.reach.get("area", ""))
    if since <= doing.today:
        raise refuse(
            "authorities.local_value_late",
            "新数值须自公布次日或以后起施行，不溯及既往。",
            field="since",
            remedy="请把施行日期改为明天或以后。",
            clause=PRODUCT,
        )
    handle: Policy[Any] = Policy(key, type(text.history[-1].value), decides=False)
    try:
        handle.admit(LocalValue(key, area, value, since, law))
    except LocalValueRefused as refused:
        raise refuse(
            "authorities.local_value_bounds",
            words_of(refused),
            field="value",
            clause=text.citation,
            policy=key,
            remedy="请改为更严且不超出规定范围的数值。",
        ) from None
    row = doing.create(LocalPolicyValue, key=key, area_path=area, since=since, value=value, law=law, reason=reason)
    return row, LocalValueEnacted(key, area, str(value), since, law, reason)

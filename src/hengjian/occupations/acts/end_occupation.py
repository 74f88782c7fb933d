"""An occupation that leaves the catalogue keeps its row; from the day after its last day nothing may be planned for it."""

from __future__ import annotations

from datetime import date

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, act
from hengjian.kernel.arguments import Reason
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.occupations import rules
from hengjian.occupations.facts import OccupationEnded
from hengjian.occupations.models import Occupation


@act(
    "occupations.end_occupation",
    Occupation,
    by=Role.PROVINCE_OFFICER.anywhere,
    requires=[rules.occupation_is_in_force],
    clause="《技能等级认定试点企业监管服务措施研究》第 1.1 节",
    danger=True,
)
def end_occupation(doing: Doing[Occupation], *, last_day: date, reason: Reason) -> OccupationEnded:
    """停用职业。"""
    occupation = doing.subject
    if last_day < max(doing.today, occupation.valid_from):
        raise refuse(
            "occupations.last_day_past",
            "停用日期不得早于今天，也不得早于启用日期。",
            field="last_day",
            remedy="请填写今天或以后的日期。",
            clause=PRODUCT,
        )
    occupation.valid_to = last_day
    return OccupationEnded(occupation.code, occupation.name, last_day, reason)

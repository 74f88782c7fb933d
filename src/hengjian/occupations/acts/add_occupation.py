"""New occupations are added over time, from today or a later day (R2): what was decided before stays as it was."""

from __future__ import annotations

from datetime import date

from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, creates
from hengjian.kernel.arguments import Line
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.words import say
from hengjian.occupations.facts import OccupationAdded
from hengjian.occupations.models import Occupation
from hengjian.occupations.policies import CATALOGUE_EDITION
from hengjian.occupations.queries import occupation_on
from hengjian.occupations.seeds import CODE, split_mark


@creates(
    "occupations.add_occupation",
    Occupation,
    by=Role.PROVINCE_OFFICER.anywhere,
    cites=[CATALOGUE_EDITION],
    clause="《技能等级认定试点企业监管服务措施研究》第 1.1 节",
)
def add_occupation(
    doing: Doing[None],
    *,
    occupation_code: str,
    name: str,
    valid_from: date,
    basis: Line,
    small_name: str = "",
    middle_name: str = "",
    major_name: str = "",
) -> tuple[Occupation, OccupationAdded]:
    """增补职业。"""
    if not CODE.fullmatch(occupation_code):
        raise refuse(
            "occupations.code_form",
            say(
                "职业编码“{occupation_code}”不是大类-中类-小类-细类的形式，例如 6-31-01-03。",
                occupation_code=occupation_code,
            ),
            field="occupation_code",
            remedy="请对照职业分类大典改正编码。",
            clause="《中华人民共和国职业分类大典（2022 年版）》",
        )
    plain_name, mark = split_mark(name)
    if not plain_name:
        raise refuse(
            "occupations.name_missing", "请填写职业名称。", field="name", remedy="请按公布的名称填写。", clause=PRODUCT
        )
    if valid_from < doing.today:
        raise refuse(
            "occupations.valid_from_past",
            "增补的职业须自今天或以后启用，不溯及既往。",
            field="valid_from",
            remedy=say("请把启用日期改为 {today} 或以后。", today=doing.today.isoformat()),
            clause=PRODUCT,
        )
    known = occupation_on(occupation_code, valid_from)
    if known or Occupation.objects.filter(code=occupation_code, valid_from__gte=valid_from).exists():
        raise refuse(
            "occupations.code_known",
            say("编码 {occupation_code} 已有职业。", occupation_code=occupation_code),
            field="occupation_code",
            remedy="请核对编码；名称有变的，先停用原职业。",
            clause=PRODUCT,
        )
    row = doing.create(
        Occupation,
        code=occupation_code,
        name=plain_name,
        mark=mark,
        small_name=small_name,
        middle_name=middle_name,
        major_name=major_name,
        edition=doing.policy(CATALOGUE_EDITION),
        valid_from=valid_from,
    )
    return row, OccupationAdded(occupation_code, plain_name, valid_from, basis)

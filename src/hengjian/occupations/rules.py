"""Rules of the catalogue: what has ended or been replaced stays as it was."""

from __future__ import annotations

from datetime import date

from hengjian.kernel.asking import Asking
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case
from hengjian.kernel.words import say
from hengjian.occupations.models import Occupation, Standard


@rule("occupations.occupation_in_force", clause="《中华人民共和国职业分类大典（2022 年版）》")
def occupation_is_in_force(asking: Asking[Occupation]) -> tuple[str, str] | None:
    """停用的职业不再停用一次。"""
    occupation = asking.subject
    if occupation.valid_to is None:
        return None
    return (
        say("“{name}”已自 {valid_to} 停用。", name=occupation.name, valid_to=occupation.valid_to),
        "停用只办一次，不必再次办理。",
    )


occupation_is_in_force.shown_by(
    case("in force", Occupation(name="电工")),
    case("ended", Occupation(name="电工", valid_to=date(2026, 1, 1)), says="已自 2026-01-01 停用"),
)


@rule("occupations.standard_in_force", clause="《技能等级认定试点企业监管服务措施研究》第 1.1 节")
def standard_is_in_force(asking: Asking[Standard]) -> tuple[str, str] | None:
    """已被代替的标准不再修订。"""
    standard = asking.subject
    if standard.replaced_on is None:
        return None
    return say(
        "{standard} 已于 {replaced_on} 被代替。", standard=standard, replaced_on=standard.replaced_on
    ), "请在现行版本上办理。"


standard_is_in_force.shown_by(
    case("in force", Standard()),
    case(
        "replaced",
        Standard(title="电工国家职业标准", version="2018 年版", replaced_on=date(2026, 1, 1)),
        says="已于 2026-01-01 被代替",
    ),
)

"""Rules of entrusted assessments: what one employer lets another institution do is looked at twice (R36)."""

from __future__ import annotations

from hengjian.kernel.asking import Asking
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case
from hengjian.kernel.words import say
from hengjian.plans import policies
from hengjian.plans.models import Plan

PAPER = "《技能等级认定试点企业监管服务措施研究》"


@rule(
    "plans.second_reviewed",
    clause=f"{PAPER}第 3.1 节：部分委托认定的批次单位，应加大检查审批力度",
    cites=[policies.ENTRUSTED_NEEDS_SECOND_APPROVER],
)
def an_entrusted_plan_was_reviewed_twice(asking: Asking[Plan]) -> tuple[str, str] | None:
    """委托认定的计划须经第二人复核。"""
    plan = asking.subject
    if not plan.entrusted_by or plan.second_reviewer:
        return None
    if not asking.policy(policies.ENTRUSTED_NEEDS_SECOND_APPROVER):
        return None
    return say(
        "这是受{entrusted_by}委托的认定，尚未经第二人复核。", entrusted_by=plan.entrusted_by
    ), "请中心负责人复核后备案。"


an_entrusted_plan_was_reviewed_twice.shown_by(
    case("not entrusted", Plan()),
    case("reviewed", Plan(entrusted_by="示例公司", second_reviewer="seat:2")),
    case("not reviewed", Plan(entrusted_by="示例公司"), says="尚未经第二人复核"),
)


@rule("plans.not_entrusted", clause=policies.ENTRUSTED_NEEDS_SECOND_APPROVER.text.citation)
def the_plan_is_entrusted(asking: Asking[Plan]) -> tuple[str, str] | None:
    """只有委托认定的计划需要复核。"""
    if asking.subject.entrusted_by:
        return None
    return "这个计划不是委托认定，不需要复核。", "直接办理备案即可。"


the_plan_is_entrusted.shown_by(
    case("entrusted", Plan(entrusted_by="示例公司")), case("its own", Plan(), says="不需要复核")
)

"""Sentences of the regulation about certificates."""

from __future__ import annotations

from datetime import date

from hengjian.certificates.models import Certificate
from hengjian.institutions.models import Institution
from hengjian.institutions.states import InstitutionState
from hengjian.kernel.asking import Asking
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case
from hengjian.kernel.words import say
from hengjian.plans.models import Batch, Plan
from hengjian.results.models import ResultSheet

CODING = "《职业技能等级证书编码规则（试行）》（人社鉴发〔2019〕2号）"
RESPONSIBLE = "《技能等级认定试点企业监管服务措施研究》第 3.2 节（谁评价、谁负责、谁发证）"
ONLINE = "《技能等级认定试点企业监管服务措施研究》第 3.3 节（备案后数据上网）"
STYLE = "《关于进一步规范职业技能等级证书样式及有关工作的通知》（人社鉴发〔2021〕1号）"


@rule("certificates.institution_may_issue", clause=RESPONSIBLE)
def institution_may_issue(asking: Asking[ResultSheet]) -> tuple[str, str] | None:
    """备案有效的评价机构才能发证。"""
    institution = asking.subject.batch.plan.institution
    if institution.state == InstitutionState.FILED:
        return None
    label = InstitutionState(institution.state).label
    return say("本机构现为“{label}”，不能发证。", label=label), "恢复为已备案后即可发证。"


def _of(state: str) -> ResultSheet:
    return ResultSheet(batch=Batch(plan=Plan(institution=Institution(state=state))))


institution_may_issue.shown_by(
    case("filed", _of(InstitutionState.FILED)),
    case("suspended", _of(InstitutionState.SUSPENDED), says="不能发证"),
)


@rule("certificates.not_online_yet", clause=ONLINE)
def not_online_yet(asking: Asking[Certificate]) -> str | None:
    """一张证书的数据只上网一次。"""
    certificate = asking.subject
    return say("证书 {number} 的数据已经上网。", number=certificate.number) if certificate.online_on else None


not_online_yet.shown_by(
    case("not on line", Certificate(number="Y000013000217263000059")),
    case("on line", Certificate(number="Y000013000217263000059", online_on=date(2026, 4, 1)), says="已经上网"),
)

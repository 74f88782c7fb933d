"""Sentences of the regulation about certificates."""

from __future__ import annotations

from datetime import date

from hengjian.certificates import coding
from hengjian.certificates.models import Certificate
from hengjian.certificates.policies import SERIAL_RANGE, SERIAL_RESTARTS_PER
from hengjian.institutions.models import Institution
from hengjian.institutions.states import InstitutionState
from hengjian.kernel import numbering
from hengjian.kernel.asking import Asking
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case
from hengjian.kernel.words import say
from hengjian.plans.models import Batch, Plan
from hengjian.results.following import scores_to_certify
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


def to_be_issued(sheet: ResultSheet) -> int:
    """How many certificates this sheet would give now."""
    return len(scores_to_certify(sheet.pk))


def serials_used(asking: Asking[ResultSheet]) -> int:
    """The last serial taken under the counter of this institution, year and level."""
    batch = asking.subject.batch
    restarts = asking.policy(SERIAL_RESTARTS_PER)
    return numbering.last_of(coding.counter(batch.plan.institution, asking.today, batch.level, restarts))


def too_few_serials(used: int, count: int) -> tuple[str, str]:
    return (
        say("本年度本等级的证书序列码已用到 {serials}，余下的不足 {count} 个。", serials=used, count=count),
        "请向省级人社部门申请新的站点序列码。",
    )


@rule("certificates.serials_suffice", clause=CODING, cites=[SERIAL_RANGE, SERIAL_RESTARTS_PER])
def serials_suffice(asking: Asking[ResultSheet]) -> tuple[str, str] | None:
    """余下的证书序列码够本次发证使用。"""
    span = asking.policy(SERIAL_RANGE)
    used = span["first"] - 1 + asking.consulting(serials_used)
    count = asking.reading(to_be_issued)
    return too_few_serials(used, count) if count and used + count > span["last"] else None


def _of(state: str) -> ResultSheet:
    return ResultSheet(batch=Batch(plan=Plan(institution=Institution(state=state))))


serials_suffice.shown_by(
    case("the last ones", ResultSheet(), read={serials_used: 999_997, to_be_issued: 2}),
    case(
        "one too many",
        ResultSheet(),
        read={serials_used: 999_998, to_be_issued: 2},
        says="已用到 999998，余下的不足 2 个",
    ),
    case("none to issue", ResultSheet(), read={serials_used: 999_999, to_be_issued: 0}),
)
institution_may_issue.shown_by(
    case("filed", _of(InstitutionState.FILED)),
    case("suspended", _of(InstitutionState.SUSPENDED), says="不能发证"),
)


@rule("certificates.not_online_yet", clause=ONLINE)
def not_online_yet(asking: Asking[Certificate]) -> tuple[str, str] | None:
    """一张证书的数据只上网一次。"""
    certificate = asking.subject
    if certificate.online_on is None:
        return None
    return say("证书 {number} 的数据已经上网。", number=certificate.number), "数据上网只办一次，不必再次办理。"


not_online_yet.shown_by(
    case("not on line", Certificate(number="Y000013000217263000059")),
    case("on line", Certificate(number="Y000013000217263000059", online_on=date(2026, 4, 1)), says="已经上网"),
)

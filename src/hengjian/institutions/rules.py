"""Rules of filing, one per sentence; they read and never write."""

from __future__ import annotations

from datetime import date

from hengjian.institutions.models import Filing, Institution, Material
from hengjian.institutions.policies import ASSESSORS_OF_SITE_MIN, REAPPLY_BAR_MONTHS, REQUIRED_PAPERS, VALIDITY_YEARS
from hengjian.institutions.states import FilingState, InstitutionState, MaterialState
from hengjian.kernel.actor import Actor
from hengjian.kernel.asking import Asking
from hengjian.kernel.rule import rule
from hengjian.kernel.spans import after_months

PAPER = "《技能等级认定试点企业监管服务措施研究》"
OPEN_FILING = (
    FilingState.DRAFT,
    FilingState.SUBMITTED,
    FilingState.RETURNED,
    FilingState.ACCEPTED,
    FilingState.VISITING,
    FilingState.ASSESSED,
)
WITH_INSTITUTION = (FilingState.DRAFT, FilingState.RETURNED)
UNDER_REVIEW = (FilingState.SUBMITTED, FilingState.ACCEPTED)


def institution_of(actor: Actor) -> Institution | None:
    return Institution.objects.filter(pk=actor.reach.get("institution") or 0).first()


@rule("institutions.no_other_filing_open", clause=f"{PAPER}第 2.3 节")
def no_other_filing_is_open(asking: Asking[None]) -> tuple[str, str] | None:
    """一家机构同时只办理一件备案申请。"""
    institution = institution_of(asking.actor)
    if institution and Filing.objects.filter(institution=institution, state__in=OPEN_FILING).exists():
        return "本机构已有一件备案申请在办。", "请先办结或撤回在办的申请。"
    return None


@rule("institutions.not_barred", clause="退出后不得再次申请的时间", cites=[REAPPLY_BAR_MONTHS])
def institution_is_not_barred(asking: Asking[None]) -> tuple[str, str] | None:
    """取消备案的机构在规定时间内不得再次申请。"""
    institution = institution_of(asking.actor)
    if institution and institution.barred_until and asking.today <= institution.barred_until:
        return "本机构的备案已被取消，尚在不得再次申请的期限内。", f"{institution.barred_until} 以后可以申请。"
    return None


@rule("institutions.not_suspended", clause=f"{PAPER}第 2.3 节")
def institution_is_not_suspended(asking: Asking[None]) -> tuple[str, str] | None:
    """暂停认定期间不受理新的备案申请。"""
    institution = institution_of(asking.actor)
    if institution and institution.state == InstitutionState.SUSPENDED:
        return "本机构正在暂停认定期间。", "请在整改并恢复认定以后申请。"
    return None


@rule("institutions.application_open", clause=f"{PAPER}第 2.3 节")
def application_is_open(asking: Asking[Filing]) -> tuple[str, str] | None:
    """退回补正的申请只能修改被退回的部分。"""
    filing = asking.subject
    if filing.state == FilingState.RETURNED and not filing.items_reopened:
        return "这次退回只涉及单项材料，申请事项没有退回修改。", "请更换被退回的材料后重新提交。"
    return None


@rule("institutions.items_named", clause=f"{PAPER}第 2.3 节")
def occupations_are_named(asking: Asking[Filing]) -> tuple[str, str] | None:
    """备案申请须写明职业和等级。"""
    if asking.subject.items.filter(withdrawn=False).exists():
        return None
    return "申请没有写明职业和等级。", "请至少填写一个职业的一个等级。"


@rule("institutions.papers_complete", clause="备案申请材料", cites=[REQUIRED_PAPERS])
def every_required_paper_is_given(asking: Asking[Filing]) -> tuple[str, str] | None:
    """备案申请须交齐规定的材料。"""
    missing = papers_missing(asking)
    if not missing:
        return None
    return f"还缺少 {len(missing)} 项材料：{'、'.join(missing)}。", "请补交后提交。"


@rule("institutions.returned_replaced", clause=f"{PAPER}第 2.3 节")
def no_returned_material_is_left(asking: Asking[Filing]) -> tuple[str, str] | None:
    """被退回的材料须更换后才能重新提交。"""
    left = [item.title for item in asking.subject.materials.filter(state=MaterialState.RETURNED).order_by("id")]
    if not left:
        return None
    return f"被退回的材料尚未更换：{'、'.join(left)}。", "请逐项更换。"


@rule("institutions.materials_accepted", clause=f"{PAPER}第 2.3 节")
def every_material_is_accepted(asking: Asking[Filing]) -> tuple[str, str] | None:
    """材料逐项审查通过后才能安排现场考察。"""
    waiting = asking.subject.materials.filter(state__in=[MaterialState.GIVEN, MaterialState.RETURNED]).count()
    if not waiting:
        return None
    return f"还有 {waiting} 项材料没有审查通过。", "请逐项审查；不符合的退回补正。"


@rule("institutions.material_filing_with_institution", clause=f"{PAPER}第 2.3 节")
def its_filing_is_with_the_institution(asking: Asking[Material]) -> tuple[str, str] | None:
    """材料在申请填写或退回补正期间由机构更换。"""
    if asking.subject.filing.state not in WITH_INSTITUTION:
        return "申请已经提交，材料不能自行更换。", "需要更换的，请审核岗退回该项材料。"
    return None


@rule("institutions.only_returned_reopens", clause=f"{PAPER}第 2.3 节")
def only_what_was_returned_reopens(asking: Asking[Material]) -> str | None:
    """退回补正期间只更换被退回的材料。"""
    material = asking.subject
    if material.filing.state == FilingState.RETURNED and material.state != MaterialState.RETURNED:
        return f"“{material.title}”没有被退回，不能更换。"
    return None


@rule("institutions.material_filing_draft", clause=f"{PAPER}第 2.3 节")
def its_filing_is_a_draft(asking: Asking[Material]) -> str | None:
    """材料只在首次提交以前撤下。"""
    return None if asking.subject.filing.state == FilingState.DRAFT else "申请提交以后，材料只能更换，不能撤下。"


@rule("institutions.material_filing_in_review", clause=f"{PAPER}第 2.3 节")
def its_filing_is_under_review(asking: Asking[Material]) -> str | None:
    """材料在申请提交以后由负责机关审查。"""
    return None if asking.subject.filing.state in UNDER_REVIEW else "这件申请现在不在审查之中。"


@rule("institutions.visit_assessed", clause=f"{PAPER}第 2.3 节", cites=[ASSESSORS_OF_SITE_MIN])
def the_visit_is_concluded(asking: Asking[Filing]) -> str | None:
    """备案决定须有完成的现场考察为依据。"""
    return None if asking.subject.visits.exclude(conclusion="").exists() else "尚无完成的现场考察记录。"


@rule("institutions.validity_over", clause="备案有效期", cites=[VALIDITY_YEARS])
def its_validity_is_over(asking: Asking[Institution]) -> str | None:
    """备案有效期届满才因到期终止。"""
    institution = asking.subject
    if institution.valid_until is not None and institution.valid_until < asking.today:
        return None
    return f"备案有效期至 {institution.valid_until}，尚未届满。"


def papers_missing(asking: Asking[Filing]) -> list[str]:
    """The kinds of papers this kind of filing needs and does not have."""
    filing = asking.subject
    given = set(filing.materials.exclude(state=MaterialState.WITHDRAWN).order_by("id").values_list("kind", flat=True))
    return [kind for kind in asking.policy(REQUIRED_PAPERS).get(filing.kind, ()) if kind not in given]


def renewal_opens_on(institution: Institution, months: int) -> date | None:
    """The first day on which a renewal may be applied for."""
    if institution.valid_until is None:
        return None
    return after_months(institution.valid_until, -months)

"""Rules of filing, one per sentence; they read and never write."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from hengjian.institutions.models import Filing, Institution, Material, SiteVisit, Takeover
from hengjian.institutions.policies import (
    ASSESSORS_OF_SITE_MIN,
    REAPPLY_BAR_MONTHS,
    REQUIRED_PAPERS,
    TAKEOVER_UNDO_HOURS,
    VALIDITY_YEARS,
)
from hengjian.institutions.states import FilingState, InstitutionState, MaterialState
from hengjian.institutions.undoing import hanging_on
from hengjian.kernel.actor import Actor
from hengjian.kernel.asking import Asking
from hengjian.kernel.clock import ZONE
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case
from hengjian.kernel.spans import after_months
from hengjian.kernel.words import listed, say

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


def own_institution(asking: Asking[Any]) -> Institution | None:
    return institution_of(asking.actor)


def has_an_open_filing(asking: Asking[Any]) -> bool:
    institution = asking.consulting(own_institution)
    return institution is not None and Filing.objects.filter(institution=institution, state__in=OPEN_FILING).exists()


def names_items(filing: Filing) -> bool:
    return filing.items.filter(withdrawn=False).exists()


def kinds_given(filing: Filing) -> set[str]:
    standing = filing.materials.exclude(state=MaterialState.WITHDRAWN).order_by("id")
    return set(standing.values_list("kind", flat=True))


def titles_returned(filing: Filing) -> list[str]:
    return [item.title for item in filing.materials.filter(state=MaterialState.RETURNED).order_by("id")]


def materials_waiting(filing: Filing) -> int:
    return filing.materials.filter(state__in=[MaterialState.GIVEN, MaterialState.RETURNED]).count()


def has_a_concluded_visit(filing: Filing) -> bool:
    return filing.visits.exclude(conclusion="").exists()


@rule("institutions.no_other_filing_open", clause=f"{PAPER}第 2.3 节")
def no_other_filing_is_open(asking: Asking[None]) -> tuple[str, str] | None:
    """一家机构同时只办理一件备案申请。"""
    if asking.consulting(has_an_open_filing):
        return "本机构已有一件备案申请在办。", "请先办结或撤回在办的申请。"
    return None


no_other_filing_is_open.shown_by(
    case("none", read={has_an_open_filing: False}),
    case("one", read={has_an_open_filing: True}, says="已有一件备案申请在办"),
)


@rule("institutions.not_barred", clause="退出后不得再次申请的时间", cites=[REAPPLY_BAR_MONTHS])
def institution_is_not_barred(asking: Asking[None]) -> tuple[str, str] | None:
    """取消备案的机构在规定时间内不得再次申请。"""
    institution = asking.consulting(own_institution)
    if institution and institution.barred_until and asking.today <= institution.barred_until:
        return "本机构的备案已被取消，尚在不得再次申请的期限内。", say(
            "{barred_until} 以后可以申请。", barred_until=institution.barred_until
        )
    return None


institution_is_not_barred.shown_by(
    case("never barred", read={own_institution: Institution()}),
    case("the day after", read={own_institution: Institution(barred_until=date(2026, 5, 5))}),
    case("on the last day", read={own_institution: Institution(barred_until=date(2026, 5, 6))}, says="不得再次申请"),
)


@rule("institutions.not_suspended", clause=f"{PAPER}第 2.3 节")
def institution_is_not_suspended(asking: Asking[None]) -> tuple[str, str] | None:
    """暂停认定期间不受理新的备案申请。"""
    institution = asking.consulting(own_institution)
    if institution and institution.state == InstitutionState.SUSPENDED:
        return "本机构正在暂停认定期间。", "请在整改并恢复认定以后申请。"
    return None


institution_is_not_suspended.shown_by(
    case("filed", read={own_institution: Institution(state="filed")}),
    case("suspended", read={own_institution: Institution(state="suspended")}, says="暂停认定期间"),
)


@rule("institutions.application_open", clause=f"{PAPER}第 2.3 节")
def application_is_open(asking: Asking[Filing]) -> tuple[str, str] | None:
    """退回补正的申请只能修改被退回的部分。"""
    filing = asking.subject
    if filing.state == FilingState.RETURNED and not filing.items_reopened:
        return "这次退回只涉及单项材料，申请事项没有退回修改。", "请更换被退回的材料后重新提交。"
    return None


application_is_open.shown_by(
    case("a draft", Filing(state="draft")),
    case("items sent back", Filing(state="returned", items_reopened=True)),
    case("single papers sent back", Filing(state="returned"), says="只涉及单项材料"),
)


@rule("institutions.items_named", clause=f"{PAPER}第 2.3 节")
def occupations_are_named(asking: Asking[Filing]) -> tuple[str, str] | None:
    """备案申请须写明职业和等级。"""
    if asking.reading(names_items):
        return None
    return "申请没有写明职业和等级。", "请至少填写一个职业的一个等级。"


occupations_are_named.shown_by(
    case("named", Filing(), read={names_items: True}),
    case("not", Filing(), read={names_items: False}, says="没有写明职业和等级"),
)


@rule("institutions.papers_complete", clause="备案申请材料", cites=[REQUIRED_PAPERS])
def every_required_paper_is_given(asking: Asking[Filing]) -> tuple[str, str] | None:
    """备案申请须交齐规定的材料。"""
    missing = papers_missing(asking)
    if not missing:
        return None
    return say(
        "还缺少 {missing} 项材料：{missing2}。", missing=len(missing), missing2=listed(missing)
    ), "请补交后提交。"


every_required_paper_is_given.shown_by(
    case("none given", Filing(kind="first"), read={kinds_given: set()}, says="还缺少"),
    case("all given", Filing(kind="first"), read={kinds_given: set(REQUIRED_PAPERS.text.history[-1].value["first"])}),
)


@rule("institutions.returned_replaced", clause=f"{PAPER}第 2.3 节")
def no_returned_material_is_left(asking: Asking[Filing]) -> tuple[str, str] | None:
    """被退回的材料须更换后才能重新提交。"""
    left = asking.reading(titles_returned)
    if not left:
        return None
    return say("被退回的材料尚未更换：{left}。", left=listed(left)), "请逐项更换。"


no_returned_material_is_left.shown_by(
    case("none", Filing(), read={titles_returned: []}),
    case("one", Filing(), read={titles_returned: ["营业执照"]}, says="尚未更换：营业执照"),
)


@rule("institutions.materials_accepted", clause=f"{PAPER}第 2.3 节")
def every_material_is_accepted(asking: Asking[Filing]) -> tuple[str, str] | None:
    """材料逐项审查通过后才能安排现场考察。"""
    waiting = asking.reading(materials_waiting)
    if not waiting:
        return None
    return say("还有 {waiting} 项材料没有审查通过。", waiting=waiting), "请逐项审查；不符合的退回补正。"


every_material_is_accepted.shown_by(
    case("all", Filing(), read={materials_waiting: 0}),
    case("two wait", Filing(), read={materials_waiting: 2}, says="还有 2 项"),
)


@rule("institutions.material_filing_with_institution", clause=f"{PAPER}第 2.3 节")
def its_filing_is_with_the_institution(asking: Asking[Material]) -> tuple[str, str] | None:
    """材料在申请填写或退回补正期间由机构更换。"""
    if asking.subject.filing.state not in WITH_INSTITUTION:
        return "申请已经提交，材料不能自行更换。", "需要更换的，请审核岗退回该项材料。"
    return None


its_filing_is_with_the_institution.shown_by(
    case("returned", Material(filing=Filing(state="returned"))),
    case("in review", Material(filing=Filing(state="submitted")), says="不能自行更换"),
)


@rule("institutions.only_returned_reopens", clause=f"{PAPER}第 2.3 节")
def only_what_was_returned_reopens(asking: Asking[Material]) -> tuple[str, str] | None:
    """退回补正期间只更换被退回的材料。"""
    material = asking.subject
    if material.filing.state == FilingState.RETURNED and material.state != MaterialState.RETURNED:
        return say("“{title}”没有被退回，不能更换。", title=material.title), "请只更换被退回的材料。"
    return None


only_what_was_returned_reopens.shown_by(
    case("this one", Material(state="returned", filing=Filing(state="returned"))),
    case("another one", Material(title="场地证明", state="given", filing=Filing(state="returned")), says="没有被退回"),
)


@rule("institutions.material_filing_draft", clause=f"{PAPER}第 2.3 节")
def its_filing_is_a_draft(asking: Asking[Material]) -> tuple[str, str] | None:
    """材料只在首次提交以前撤下。"""
    if asking.subject.filing.state == FilingState.DRAFT:
        return None
    return "申请提交以后，材料只能更换，不能撤下。", "请在材料被退回时更换。"


its_filing_is_a_draft.shown_by(
    case("a draft", Material(filing=Filing(state="draft"))),
    case("returned", Material(filing=Filing(state="returned")), says="不能撤下"),
)


@rule("institutions.material_filing_in_review", clause=f"{PAPER}第 2.3 节")
def its_filing_is_under_review(asking: Asking[Material]) -> tuple[str, str] | None:
    """材料在申请提交以后由负责机关审查。"""
    if asking.subject.filing.state in UNDER_REVIEW:
        return None
    return "这件申请现在不在审查之中。", "申请提交以后、安排现场考察以前，可以审查材料。"


its_filing_is_under_review.shown_by(
    case("submitted", Material(filing=Filing(state="submitted"))),
    case("visiting", Material(filing=Filing(state="visiting")), says="不在审查之中"),
)


@rule("institutions.visit_assessed", clause=f"{PAPER}第 2.3 节", cites=[ASSESSORS_OF_SITE_MIN])
def the_visit_is_concluded(asking: Asking[Filing]) -> tuple[str, str] | None:
    """备案决定须有完成的现场考察为依据。"""
    if asking.reading(has_a_concluded_visit):
        return None
    return "尚无完成的现场考察记录。", "请先安排现场考察并记录结论。"


the_visit_is_concluded.shown_by(
    case("concluded", Filing(), read={has_a_concluded_visit: True}),
    case("not", Filing(), read={has_a_concluded_visit: False}, says="尚无完成的现场考察"),
)


def filing_in_force(institution: Institution) -> Filing | None:
    return institution.filings.filter(state=FilingState.FILED).order_by("-decided_on", "-id").first()


def visit_under_way(filing: Filing) -> SiteVisit | None:
    return filing.visits.filter(conclusion="").order_by("-id").first()


@rule("institutions.recheck_without_filing", clause=f"{PAPER}第 2.3 节")
def a_filing_is_in_force(asking: Asking[Institution]) -> tuple[str, str] | None:
    """复查的是已经准予的备案。"""
    return None if asking.reading(filing_in_force) else ("没有可以复查的备案。", "请先办理备案。")


a_filing_is_in_force.shown_by(
    case("one", Institution(), read={filing_in_force: Filing()}),
    case("none", Institution(), read={filing_in_force: None}, says="没有可以复查的备案"),
)


@rule("institutions.visit_unplanned", clause=f"{PAPER}第 2.3 节")
def a_visit_is_planned(asking: Asking[Filing]) -> tuple[str, str] | None:
    """现场考察先安排、后完成。"""
    return None if asking.reading(visit_under_way) else ("没有安排中的现场考察。", "请先安排现场考察。")


a_visit_is_planned.shown_by(
    case("planned", Filing(), read={visit_under_way: SiteVisit()}),
    case("not", Filing(), read={visit_under_way: None}, says="没有安排中的现场考察"),
)


@rule("institutions.validity_over", clause="备案有效期", cites=[VALIDITY_YEARS])
def its_validity_is_over(asking: Asking[Institution]) -> tuple[str, str] | None:
    """备案有效期届满才因到期终止。"""
    institution = asking.subject
    if institution.valid_until is not None and institution.valid_until < asking.today:
        return None
    return (
        say("备案有效期至 {valid_until}，尚未届满。", valid_until=institution.valid_until),
        "届满以后由系统办理，现在不需要办理。",
    )


its_validity_is_over.shown_by(
    case("the day after", Institution(valid_until=date(2026, 5, 5))),
    case("on the last day", Institution(valid_until=date(2026, 5, 6)), says="尚未届满"),
)


def papers_missing(asking: Asking[Filing]) -> list[str]:
    """The kinds of papers this kind of filing needs and does not have."""
    given = asking.reading(kinds_given)
    return [kind for kind in asking.policy(REQUIRED_PAPERS).get(asking.subject.kind, ()) if kind not in given]


def renewal_opens_on(institution: Institution, months: int) -> date | None:
    """The first day on which a renewal may be applied for."""
    if institution.valid_until is None:
        return None
    return after_months(institution.valid_until, -months)


@rule("institutions.takeover_recent", cites=[TAKEOVER_UNDO_HOURS])
def takeover_is_recent(asking: Asking[Takeover]) -> tuple[str, str] | None:
    """承接只能在规定时间内整批撤销。"""
    if asking.now <= asking.subject.until:
        return None
    return "已过可以整批撤销的时间。", "请在各自的页面上逐件办理。"


takeover_is_recent.shown_by(
    case("the same hour", Takeover(until=datetime(2026, 5, 6, 12, tzinfo=ZONE))),
    case("too late", Takeover(until=datetime(2026, 5, 5, 12, tzinfo=ZONE)), says="已过可以整批撤销的时间"),
)


@rule("institutions.nothing_hangs", clause=f"{PAPER}第 2.1 节")
def nothing_hangs_on_it(asking: Asking[Takeover]) -> tuple[str, str] | None:
    """承接的内容办理过事项的，不能整批撤销。"""
    hanging = asking.reading(hanging_on)
    if hanging:
        return say("{hanging}，不能整批撤销。", hanging=hanging), "请在各自的页面上逐件办理。"
    return None


nothing_hangs_on_it.shown_by(
    case("untouched", Takeover(), read={hanging_on: ""}),
    case(
        "a seat was opened",
        Takeover(),
        read={hanging_on: "“甲公司”已经开通席位"},
        says="“甲公司”已经开通席位，不能整批撤销",
    ),
)


@rule("institutions.stands", clause=f"{PAPER}第 2.1 节")
def institution_stands(asking: Asking[Institution]) -> tuple[str, str] | None:
    """承接已撤销的机构不再办理事项。"""
    if asking.subject.state != InstitutionState.WITHDRAWN:
        return None
    return "这家机构的承接已经撤销。", "请在重新承接或登记的机构上办理。"


institution_stands.shown_by(
    case("filed", Institution(state="filed")),
    case("its takeover was undone", Institution(state="withdrawn"), says="承接已经撤销"),
)

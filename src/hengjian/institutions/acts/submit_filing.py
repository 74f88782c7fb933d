"""A filing is handed in, accepted or returned, or taken back: each hop with its deadline (R15)."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.authorities.roles import Role
from hengjian.institutions import papers, rules
from hengjian.institutions.acts.draft_filing import office_for
from hengjian.institutions.facts import (
    FilingAccepted,
    FilingReturned,
    FilingSubmitted,
    FilingWithdrawn,
    ReturnedMaterial,
)
from hengjian.institutions.models import Filing
from hengjian.institutions.policies import (
    ACCEPT_WORKING_DAYS,
    CORRECTION_WORKING_DAYS,
    DECISION_WORKING_DAYS,
)
from hengjian.institutions.states import FilingState, MaterialState
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.arguments import Reason
from hengjian.kernel.refusal import refuse
from hengjian.kernel.words import listed, say
from hengjian.papers.policies import OF_ISSUING

# What filing rests on. The days stand in no instrument that was found; a paper does not cite a guide as if it were one.
FILING_LAW = "《关于实行职业技能考核鉴定机构备案管理的通知》（人社部发〔2019〕30号）"
CLAUSE = "《技能等级认定试点企业监管服务措施研究》第 2.3 节：严格核实试点材料"


@dataclass(frozen=True)
class MaterialReturn:
    """One material sent back, and why."""

    material_id: int
    reason: str


@act(
    "institutions.submit_filing",
    Filing,
    by=[Role.RESPONSIBLE_PERSON.of_own_institution, Role.CLERK.of_own_institution],
    step=Step(FilingState.DRAFT, FilingState.RETURNED, to=FilingState.SUBMITTED),
    requires=[rules.occupations_are_named, rules.every_required_paper_is_given, rules.no_returned_material_is_left],
    cites=[ACCEPT_WORKING_DAYS],
    clause=CLAUSE,
    turn=True,
)
def submit_filing(doing: Doing[Filing]) -> FilingSubmitted:
    """提交备案申请。"""
    filing = doing.subject
    filing.office_id = office_for(filing.institution)  # it may have been reassigned since the draft
    filing.submitted_on, filing.items_reopened, filing.return_reason = doing.today, False, ""
    due = doing.set_deadline(filing, "due", days=ACCEPT_WORKING_DAYS)
    return FilingSubmitted(
        due.on,
        due.provisional,
        filing.items.filter(withdrawn=False).count(),
        filing.materials.exclude(state=MaterialState.WITHDRAWN).count(),
    )


@act(
    "institutions.accept_filing",
    Filing,
    by=Role.CENTRE_REVIEWER.of_responsible_office,
    step=Step(FilingState.SUBMITTED, to=FilingState.ACCEPTED),
    cites=[DECISION_WORKING_DAYS, *OF_ISSUING],
    clause=ACCEPT_WORKING_DAYS.text.citation,
    turn=True,
)
def accept_filing(doing: Doing[Filing]) -> FilingAccepted:
    """受理备案申请。"""
    filing = doing.subject
    filing.accepted_on = doing.today
    due = doing.set_deadline(filing, "due", days=DECISION_WORKING_DAYS)
    papers.accepted(doing, filing.due_days, due.on, FILING_LAW)
    return FilingAccepted(due.on, due.provisional)


@act(
    "institutions.return_filing",
    Filing,
    by=Role.CENTRE_REVIEWER.of_responsible_office,
    step=Step(FilingState.SUBMITTED, FilingState.ACCEPTED, to=FilingState.RETURNED),
    cites=[CORRECTION_WORKING_DAYS, *OF_ISSUING],
    clause=CLAUSE,
)
def return_filing(
    doing: Doing[Filing], *, returns: tuple[MaterialReturn, ...] = (), note: str = "", reopen_items: bool = False
) -> FilingReturned:
    """退回补正。

    Single materials go back with their reasons; only those, and the items where it says so, are open again.
    """
    filing = doing.subject
    asked = {entry.material_id: entry.reason.strip() for entry in returns}
    if any(not reason for reason in asked.values()):
        raise refuse(
            "institutions.material_reason",
            "退回的每项材料都须写明原因。",
            field="returns",
            clause=CLAUSE,
            remedy="请写明哪里不符合、怎样补正。",
        )
    standing = {row.pk: row for row in filing.materials.exclude(state=MaterialState.WITHDRAWN).order_by("id")}
    if not asked.keys() <= standing.keys():
        raise refuse(
            "institutions.material_foreign",
            "退回的材料不在这件申请之中。",
            field="returns",
            remedy="请从这件申请的材料中选择要退回的。",
            clause=CLAUSE,
        )
    for pk, reason in asked.items():
        material = standing[pk]
        material.state, material.reason, material.reviewed_on = MaterialState.RETURNED, reason, doing.today
        doing.save(material)
    returned = tuple(
        ReturnedMaterial(row.pk, row.kind, row.reason)
        for row in standing.values()
        if row.state == MaterialState.RETURNED
    )
    if not returned and not reopen_items:
        raise refuse(
            "institutions.nothing_returned",
            "没有指明退回哪一项。",
            field="returns",
            clause=CLAUSE,
            remedy="请勾选要退回的材料并写明原因，或者要求修改申请事项。",
        )
    if reopen_items and not note.strip():
        raise refuse(
            "institutions.return_note",
            "要求修改申请事项的，须写明如何修改。",
            field="note",
            remedy="请写明要改哪几项、怎样改。",
            clause=CLAUSE,
        )
    filing.items_reopened = reopen_items
    filing.return_reason = note.strip() or listed(
        [say("{kind}：{reason}", kind=item.kind, reason=item.reason) for item in returned], "；"
    )
    due = doing.set_deadline(filing, "due", days=CORRECTION_WORKING_DAYS)
    papers.returned(doing, returned, note.strip(), filing.due_days, due.on)
    return FilingReturned(note, returned, reopen_items, due.on)


@act(
    "institutions.withdraw_filing",
    Filing,
    by=[Role.CLERK.of_own_institution, Role.RESPONSIBLE_PERSON.of_own_institution],
    step=Step(*rules.OPEN_FILING, to=FilingState.WITHDRAWN),
    clause=CLAUSE,
    danger=True,
)
def withdraw_filing(doing: Doing[Filing], *, reason: Reason) -> FilingWithdrawn:
    """撤回备案申请。"""
    filing = doing.subject
    doing.clear_deadline(filing, "due")
    return FilingWithdrawn(reason)

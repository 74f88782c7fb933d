"""A rule may be set aside only on record: asked with a reason, approved with an expiry, shown with the case."""

from __future__ import annotations

from datetime import date

from hengjian.authorities.facts import WaiverAnswered, WaiverAsked
from hengjian.authorities.roles import Role
from hengjian.kernel.act import Doing, Step, act, creates
from hengjian.kernel.arguments import Reason
from hengjian.kernel.disclosure import disclosed_row
from hengjian.kernel.models import Waiver
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.rule import RULES

CLAUSE = "《技能等级认定试点企业监管服务措施研究》第 2.2 节：客观公正"


@creates(
    "authorities.ask_waiver",
    Waiver,
    by=[Role.CLERK.anywhere, Role.RESPONSIBLE_PERSON.anywhere, Role.CENTRE_REVIEWER.anywhere],
    recalled=True,
    clause=CLAUSE,
)
def ask_waiver(
    doing: Doing[None], *, rule: str, subject_table: str, subject_id: int, reason: Reason
) -> tuple[Waiver, WaiverAsked]:
    """申请豁免。"""
    declared = RULES.get(rule)
    if declared is None or not declared.waivable:
        raise refuse(
            "authorities.rule_not_waivable",
            "这条规定不允许豁免。",
            field="rule",
            remedy="请按该条规定改正；只有注明可以豁免的规定才能申请。",
            clause=CLAUSE,
        )
    subject = disclosed_row(subject_table, subject_id, doing.actor)
    if subject is None:
        raise refuse(
            "authorities.waiver_no_subject",
            "没有找到要豁免的事项。",
            field="subject_id",
            remedy="请从该事项的页面上申请。",
            clause=PRODUCT,
        )
    held = {name: _value(subject, subject.jurisdiction.get(name, "")) for name in ("office", "institution")}
    waiver = doing.create(
        Waiver,
        rule=rule,
        subject_table=subject_table,
        subject_id=subject_id,
        reason=reason,
        asked_by=doing.actor.actor_id,
        office_id=held["office"],
        institution_id=held["institution"],
    )
    return waiver, WaiverAsked(rule, reason)


@act(
    "authorities.answer_waiver",
    Waiver,
    by=Role.CENTRE_HEAD.of_responsible_office,
    step=Step(Waiver.State.ASKED),
    not_by=["authorities.ask_waiver"],
    clause=CLAUSE,
    turn=True,
)
def answer_waiver(
    doing: Doing[Waiver], *, approved: bool, answer: Reason, expires_on: date | None = None
) -> WaiverAnswered:
    """答复豁免申请。"""
    waiver = doing.subject
    if approved and (expires_on is None or expires_on < doing.today):
        raise refuse(
            "authorities.waiver_expiry",
            "批准豁免须写明到期日，且不得早于今天。",
            field="expires_on",
            remedy="请填写今天或以后的到期日。",
            clause=CLAUSE,
        )
    waiver.state = Waiver.State.APPROVED if approved else Waiver.State.DECLINED
    waiver.answer, waiver.answered_by = answer, doing.actor.actor_id
    waiver.expires_on = expires_on if approved else None
    return WaiverAnswered(waiver.rule, approved, answer, waiver.expires_on)


def _value(subject: object, lookup: str) -> int | None:
    value: object = subject
    for step in lookup.split("__"):
        value = getattr(value, step, None) if step else None
    return value if isinstance(value, int) else None

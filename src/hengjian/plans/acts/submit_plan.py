"""A plan goes to its office, comes back or is filed; nothing is examined without its number (R35–R44)."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.kernel import numbering
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.arguments import Reason
from hengjian.kernel.words import say
from hengjian.messages.declared import Notify
from hengjian.papers.policies import OF_ISSUING
from hengjian.plans import entrusted, papers, policies, readings, rules
from hengjian.plans.acts.draft_plan import BY_INSTITUTION, CLAUSE, OPEN
from hengjian.plans.facts import PlanFiled, PlanReturned, PlanSecondReviewed, PlanSubmitted, PlanWithdrawn
from hengjian.plans.models import Plan
from hengjian.plans.states import PlanState

FILING_CLAUSE = "《技能等级认定试点企业监管服务措施研究》第 3.2.2 节：所有认定必需备案"


@act(
    "plans.submit_plan",
    Plan,
    by=[Role.RESPONSIBLE_PERSON.of_own_institution, Role.CLERK.of_own_institution],
    step=Step(*OPEN, to=PlanState.SUBMITTED),
    requires=rules.OF_SUBMISSION,
    cites=[policies.REVIEW_WORKING_DAYS],
    clause=CLAUSE,
    turn=True,
)
def submit_plan(doing: Doing[Plan]) -> PlanSubmitted:
    """报送认定计划。"""
    return submitted(doing)


def submitted(doing: Doing[Plan]) -> PlanSubmitted:
    """The plan as it goes to review, to the office that is responsible on that day, with the office's deadline."""
    plan = doing.subject
    plan.office_id = plan.institution.office_id
    plan.return_reason, plan.second_reviewer = "", ""
    deadline = doing.set_deadline(plan, "due")
    batches = readings.batches_of(plan)
    return PlanSubmitted(
        plan.version,
        len(batches),
        len(readings.sittings_of(plan)),
        sum(batch.headcount for batch in batches),
        deadline.on,
        deadline.provisional,
    )


@act(
    "plans.return_plan",
    Plan,
    by=Role.CENTRE_REVIEWER.of_responsible_office,
    step=Step(PlanState.SUBMITTED, to=PlanState.RETURNED),
    clause=CLAUSE,
)
def return_plan(doing: Doing[Plan], *, reason: Reason, basis: str = "") -> PlanReturned:
    """退回认定计划。"""
    plan = doing.subject
    plan.return_reason = reason.strip()
    doing.clear_deadline(plan, "due")
    return PlanReturned(plan.return_reason, basis)


@act(
    "plans.second_review",
    Plan,
    by=Role.CENTRE_HEAD.of_responsible_office,
    step=Step(PlanState.SUBMITTED),
    recalled=True,
    requires=[entrusted.the_plan_is_entrusted],
    cites=[policies.ENTRUSTED_NEEDS_SECOND_APPROVER],
    clause=policies.ENTRUSTED_NEEDS_SECOND_APPROVER.text.citation,
)
def second_review(doing: Doing[Plan], *, opinion: Reason) -> PlanSecondReviewed:
    """复核委托认定计划。"""
    plan = doing.subject
    plan.second_reviewer = doing.actor.actor_id
    return PlanSecondReviewed(opinion)


@act(
    "plans.file_plan",
    Plan,
    by=[Role.CENTRE_REVIEWER.of_responsible_office, Role.CENTRE_HEAD.of_responsible_office],
    step=Step(PlanState.SUBMITTED, to=PlanState.FILED),
    not_by=["plans.second_review"],
    requires=[*rules.OF_FILING, entrusted.an_entrusted_plan_was_reviewed_twice, rules.the_exam_lies_ahead],
    cites=[policies.PLAN_NUMBER, *OF_ISSUING],
    clause=FILING_CLAUSE,
    turn=True,
    notify=[
        Notify(
            "plans.filed",
            [Role.CLERK.of_own_institution, Role.RESPONSIBLE_PERSON.of_own_institution],
            "计划已备案",
            lambda plan, fact: say("“{title}”已备案，备案号 {number}。", title=plan.title, number=fact.number),
            claims=(PlanState.FILED,),
        )
    ],
)
def file_plan(doing: Doing[Plan]) -> PlanFiled:
    """计划备案。

    A first filing gives the number; a later version keeps it.
    """
    plan = doing.subject
    plan.number = plan.number or _number(doing)
    plan.filed_on, plan.filed_by = doing.today, doing.actor.label
    plan.due_provisional = False
    papers.filed(doing)
    return PlanFiled(plan.number, plan.version, plan.filed_by)


@act(
    "plans.withdraw_plan",
    Plan,
    by=BY_INSTITUTION,
    step=Step(PlanState.DRAFT, PlanState.SUBMITTED, PlanState.RETURNED, PlanState.FILED, to=PlanState.WITHDRAWN),
    requires=[rules.the_exam_has_not_begun],
    clause=CLAUSE,
    danger=True,
)
def withdraw_plan(doing: Doing[Plan], *, reason: Reason) -> PlanWithdrawn:
    """撤回认定计划。"""
    plan = doing.subject
    doing.clear_deadline(plan, "due")
    plan.withdrawn_on = doing.today
    return PlanWithdrawn(plan.number or "", reason)


def _number(doing: Doing[Plan]) -> str:
    """Year, province, site of the institution, serial of the year."""
    plan, form = doing.subject, doing.policy(policies.PLAN_NUMBER)
    site = plan.institution.site_code
    year = str(doing.today.year)[-form["year_digits"] :]
    (serial,) = numbering.take(doing, f"plans.plan:{year}:{site}")
    return f"{year}{plan.area_path.split('/')[0]}{site}{serial:0{form['serial_digits']}d}"

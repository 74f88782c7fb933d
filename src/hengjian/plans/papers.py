"""The paper of a plan: its filing form, what was filed and under which number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hengjian.kernel.doing import Doing
from hengjian.papers.issuing import issue, of_office
from hengjian.papers.kinds import PaperKind
from hengjian.papers.models import Paper
from hengjian.plans import readings
from hengjian.plans.models import Plan


@dataclass(frozen=True)
class BatchLine:
    occupation: str
    code: str
    trade: str
    level: str
    standard: str
    headcount: int


@dataclass(frozen=True)
class PlanForm:
    """The blocks of a plan as they were filed (R34)."""

    number: str
    version: int
    title: str
    institution: str
    filing_number: str
    venue: str
    held_on: date
    ends_on: date
    entrusted_by: str
    batches: tuple[BatchLine, ...]
    sittings: int
    bank: str
    process: str
    timetable: str
    publicity: str
    filed_on: date


PLAN_FORM = PaperKind("plans.plan_form", "职业技能等级认定计划备案表", case=Plan, facts=PlanForm)


def filed(doing: Doing[Plan]) -> Paper:
    plan = doing.subject
    said = PlanForm(
        number=plan.number or "",
        version=plan.version,
        title=plan.title,
        institution=plan.institution.name,
        filing_number=plan.institution.filing_number or "",
        venue=plan.venue,
        held_on=plan.held_on,
        ends_on=plan.ends_on,
        entrusted_by=plan.entrusted_by,
        batches=tuple(
            BatchLine(one.occupation_name, one.occupation_code, one.trade, one.level, one.standard_title, one.headcount)
            for one in readings.batches_of(plan)
        ),
        sittings=len(readings.sittings_of(plan)),
        bank=plan.bank,
        process=plan.process,
        timetable=plan.timetable,
        publicity=plan.publicity,
        filed_on=doing.today,
    )
    return issue(doing, PLAN_FORM, plan, of_office(plan.office), said, addressee=plan.institution.name)

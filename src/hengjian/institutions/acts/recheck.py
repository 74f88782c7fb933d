"""The same items are re-checked periodically; the sheet and its rules are those of the first assessment (R20)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from hengjian.authorities.roles import Role
from hengjian.institutions import rules
from hengjian.institutions.acts.site_visit import CONCLUSIONS, UNFIT, check_sheets, check_team
from hengjian.institutions.facts import InstitutionRechecked
from hengjian.institutions.models import Institution, ScopeItem, SiteVisit
from hengjian.institutions.policies import (
    ASSESSORS_OF_SITE_MIN,
    LINKAGE_PRINCIPLES,
    RECHECK_MONTHS,
    SITE_SCORE_FULL,
)
from hengjian.institutions.sheets import OF_SITE, Sheet, SiteAssessor, site_items
from hengjian.institutions.states import InstitutionState
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.refusal import refuse
from hengjian.kernel.spans import after_months

CLAUSE = "《技能等级认定试点企业监管服务措施研究》第 2.3 节：定期的检查和监督"


@act(
    "institutions.recheck",
    Institution,
    by=Role.CENTRE_REVIEWER.of_responsible_office,
    step=Step(InstitutionState.FILED, InstitutionState.SUSPENDED),
    requires=[rules.a_filing_is_in_force],
    cites=[ASSESSORS_OF_SITE_MIN, LINKAGE_PRINCIPLES, *OF_SITE, SITE_SCORE_FULL, RECHECK_MONTHS],
    clause=CLAUSE,
)
def recheck(
    doing: Doing[Institution],
    *,
    visited_on: date,
    team: tuple[SiteAssessor, ...],
    sheets: tuple[Sheet, ...],
    conclusion: str,
    findings: str = "",
) -> InstitutionRechecked:
    """复查已备案机构。

    The record joins the visits of the filing that stands, so that the whole history of the site is in one place.
    """
    institution = doing.subject
    filing = doing.reading(rules.filing_in_force)
    assert filing is not None, "the rule has asked"
    if visited_on > doing.today or (institution.filed_on and visited_on < institution.filed_on):
        raise refuse(
            "institutions.visit_date",
            "考察日期须在备案之后、今天以前。",
            field="visited_on",
            remedy="请按实际考察的日期填写。",
            clause=CLAUSE,
        )
    check_team(team, doing.policy(ASSESSORS_OF_SITE_MIN))
    in_scope = ScopeItem.objects.filter(
        institution=institution, valid_from__lte=visited_on, valid_until__gte=visited_on
    )
    occupations = dict(in_scope.order_by("id").values_list("occupation_code", "occupation_name"))
    check_sheets(
        sheets,
        team,
        occupations,
        principles=doing.policy(LINKAGE_PRINCIPLES),
        items=site_items(doing, institution.kind),
        full=doing.policy(SITE_SCORE_FULL),
    )
    if conclusion not in CONCLUSIONS:
        raise refuse(
            "institutions.visit_conclusion",
            "请选择考察结论。",
            field="conclusion",
            remedy="请从列出的选项中选择一项。",
            clause=CLAUSE,
        )
    if conclusion == UNFIT and not findings.strip():
        raise refuse(
            "institutions.visit_findings",
            "结论为不符合条件的，须写明发现的问题。",
            field="findings",
            remedy="请逐条写明发现的问题。",
            clause=CLAUSE,
        )
    visit = doing.create(
        SiteVisit,
        filing=filing,
        planned_on=visited_on,
        visited_on=visited_on,
        place=institution.address,
        team=[asdict(member) for member in team],
        sheets=[asdict(sheet) for sheet in sheets],
        findings=findings.strip(),
        conclusion=conclusion,
    )
    next_due = after_months(visited_on, doing.policy(RECHECK_MONTHS))
    return InstitutionRechecked(visit.pk, visited_on, conclusion, next_due)

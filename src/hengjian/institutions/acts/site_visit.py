"""现场考察评估: planned, then concluded with a complete, signed and evidenced picture (R12–R14, R16–R19)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from hengjian.authorities.roles import Role
from hengjian.institutions import rules
from hengjian.institutions.facts import VisitConcluded, VisitPlanned
from hengjian.institutions.models import Filing, SiteVisit
from hengjian.institutions.policies import (
    ASSESSORS_OF_SITE_MIN,
    LINKAGE_PRINCIPLES,
    SITE_SCORE_FULL,
)
from hengjian.institutions.sheets import OF_SITE, Sheet, SiteAssessor, faults, site_items
from hengjian.institutions.states import FilingState
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.refusal import refuse
from hengjian.kernel.words import listed, say

CLAUSE = "《技能等级认定试点企业监管服务措施研究》第 2.3 节：现场考察评估"
FIT, UNFIT = "fit", "unfit"
CONCLUSIONS = {FIT: "符合条件", UNFIT: "不符合条件"}


@act(
    "institutions.plan_visit",
    Filing,
    by=Role.CENTRE_REVIEWER.of_responsible_office,
    step=Step(FilingState.ACCEPTED, to=FilingState.VISITING),
    requires=[rules.every_material_is_accepted],
    cites=[ASSESSORS_OF_SITE_MIN],
    clause=CLAUSE,
    turn=True,
)
def plan_visit(
    doing: Doing[Filing], *, planned_on: date, team: tuple[SiteAssessor, ...], place: str = ""
) -> VisitPlanned:
    """安排现场考察。"""
    filing = doing.subject
    if planned_on < doing.today:
        raise refuse(
            "institutions.visit_past",
            "考察日期不得早于今天。",
            field="planned_on",
            remedy="请填写今天或以后的日期。",
            clause=CLAUSE,
        )
    check_team(team, doing.policy(ASSESSORS_OF_SITE_MIN))
    visit = doing.create(
        SiteVisit,
        filing=filing,
        planned_on=planned_on,
        place=place.strip() or filing.institution.address,
        team=[asdict(member) for member in team],
    )
    return VisitPlanned(visit.pk, planned_on, visit.place, tuple(member.name for member in team))


@act(
    "institutions.conclude_visit",
    Filing,
    by=Role.CENTRE_REVIEWER.of_responsible_office,
    step=Step(FilingState.VISITING, to=FilingState.ASSESSED),
    requires=[rules.a_visit_is_planned],
    cites=[ASSESSORS_OF_SITE_MIN, LINKAGE_PRINCIPLES, *OF_SITE, SITE_SCORE_FULL],
    clause=CLAUSE,
    turn=True,
)
def conclude_visit(
    doing: Doing[Filing],
    *,
    visited_on: date,
    team: tuple[SiteAssessor, ...],
    sheets: tuple[Sheet, ...],
    conclusion: str,
    findings: str = "",
) -> VisitConcluded:
    """完成现场考察。

    One general sheet with the six items of the site and one sheet for each occupation; in each the three linked
    principles are scored, with evidence and by a named member of the team.
    """
    filing = doing.subject
    visit = doing.reading(rules.visit_under_way)
    assert visit is not None, "the rule has asked"
    if visited_on > doing.today or (filing.accepted_on and visited_on < filing.accepted_on):
        raise refuse(
            "institutions.visit_date",
            "考察日期须在受理之后、今天以前。",
            field="visited_on",
            remedy="请按实际考察的日期填写。",
            clause=CLAUSE,
        )
    check_team(team, doing.policy(ASSESSORS_OF_SITE_MIN))
    occupations = dict(
        filing.items.filter(withdrawn=False).order_by("id").values_list("occupation_code", "occupation_name")
    )
    full = doing.policy(SITE_SCORE_FULL)
    check_sheets(
        sheets,
        team,
        occupations,
        principles=doing.policy(LINKAGE_PRINCIPLES),
        items=site_items(doing, filing.institution.kind),
        full=full,
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
    visit.visited_on, visit.conclusion, visit.findings = visited_on, conclusion, findings.strip()
    visit.team = [asdict(member) for member in team]
    visit.sheets = [asdict(sheet) for sheet in sheets]
    doing.save(visit)
    scores = [score.score for sheet in sheets for score in sheet.scores]
    return VisitConcluded(
        visit.pk,
        visited_on,
        tuple(member.name for member in team),
        len(sheets),
        round(100 * sum(scores) / (full * len(scores))),
        conclusion,
    )


def check_team(team: tuple[SiteAssessor, ...], least: int) -> None:
    names = {member.name.strip() for member in team if member.name.strip()}
    if len(names) != len(team):
        raise refuse(
            "institutions.team_names",
            "评估人员须署名，且不得重复。",
            field="team",
            remedy="请逐人填写姓名，每人只填一次。",
            clause=CLAUSE,
        )
    if len(names) < least:
        raise refuse(
            "institutions.team_too_small",
            say("现场考察至少由 {least} 人进行，现为 {names} 人。", least=least, names=len(names)),
            field="team",
            clause=ASSESSORS_OF_SITE_MIN.text.citation,
            policy=ASSESSORS_OF_SITE_MIN.key,
            remedy=say("请再指派 {least} 人。", least=least - len(names)),
        )


def check_sheets(
    sheets: tuple[Sheet, ...],
    team: tuple[SiteAssessor, ...],
    occupations: Mapping[str, str],
    *,
    principles: tuple[str, ...],
    items: tuple[str, ...],
    full: int,
) -> None:
    """Nobody assesses where something stands against them, and no sheet is left incomplete (R12–R14)."""
    undeclared = [member.name for member in team if not member.no_conflict]
    if undeclared:
        raise refuse(
            "institutions.conflict_undeclared",
            say("{undeclared}没有作出无利害关系声明。", undeclared=listed(undeclared)),
            field="team",
            clause="《技能等级认定试点企业监管服务措施研究》第 2.2 节：客观公正",
            remedy="请由本人声明；有利害关系的应当回避并更换。",
        )
    missing = faults(sheets, team, occupations, principles=principles, site_items=items, full=full)
    if missing:
        more = say("另有 {missing} 处未列。", missing=len(missing) - 3) if len(missing) > 3 else ""
        raise refuse(
            "institutions.sheets_incomplete",
            listed([*missing[:3], more], ""),
            field="sheets",
            clause=LINKAGE_PRINCIPLES.text.citation,
            policy=LINKAGE_PRINCIPLES.key,
            remedy="请补齐评估表；三个衔接、六项条件缺一不可。",
        )

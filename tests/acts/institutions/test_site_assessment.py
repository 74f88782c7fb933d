"""现场考察评估: three linked principles, six items of the site, two named assessors, evidence for every score (R12–R19)."""

from dataclasses import replace
from datetime import date

import pytest

from hengjian.authorities.roles import Role
from hengjian.institutions.acts.decide_filing import decide_filing
from hengjian.institutions.acts.site_visit import FIT, UNFIT, conclude_visit, plan_visit
from hengjian.institutions.policies import LINKAGE_PRINCIPLES, SITE_ITEMS
from hengjian.institutions.sheets import Score, Sheet, SiteAssessor
from hengjian.institutions.states import FilingState
from hengjian.kernel.refusal import Kind
from tests.world import (
    CARE,
    ELECTRICIAN,
    TEAM,
    WELDER,
    a_seat,
    a_submitted_filing,
    a_visiting_filing,
    an_accepted_filing,
    complete_sheets,
    refused,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]
DAY = date(2026, 3, 2)


def reviewer_of(filing):
    return a_seat(Role.CENTRE_REVIEWER, office=filing.office)


def conclude(filing, **change):
    given = {"visited_on": DAY, "team": TEAM, "sheets": complete_sheets(filing), "conclusion": FIT}
    return conclude_visit(reviewer_of(filing), filing, **(given | change))


def test_three_occupations_need_one_general_and_three_special_sheets():
    filing = a_visiting_filing(scope=((ELECTRICIAN, "4"), (WELDER, "4"), (CARE, "4"), (CARE, "3")))
    sheets = complete_sheets(filing)
    assert [sheet.occupation_code for sheet in sheets] == ["", ELECTRICIAN, WELDER, CARE]
    with refused("institutions.sheets_incomplete", Kind.INPUT) as caught:
        conclude(filing, sheets=sheets[:-1])
    assert "评估表" in caught[0].sentence
    fact = conclude(filing)
    assert (filing.state, fact.sheets, fact.total) == (FilingState.ASSESSED, 4, 85)


@pytest.mark.parametrize("principle", LINKAGE_PRINCIPLES.on(DAY))
def test_a_sheet_that_lacks_one_of_the_three_principles_is_not_concluded(principle):
    filing = a_visiting_filing()
    general, *special = complete_sheets(filing)
    cut = replace(special[0], scores=tuple(score for score in special[0].scores if score.subject != principle))
    with refused("institutions.sheets_incomplete", Kind.INPUT) as caught:
        conclude(filing, sheets=(general, cut, *special[1:]))
    assert f"“{principle}”" in caught[0].sentence and caught[0].policy == LINKAGE_PRINCIPLES.key


@pytest.mark.parametrize("item", SITE_ITEMS.on(DAY))
def test_each_of_the_six_items_is_checked(item):
    filing = a_visiting_filing()
    general, *special = complete_sheets(filing)
    cut = replace(general, scores=tuple(score for score in general.scores if score.subject != item))
    with refused("institutions.sheets_incomplete", Kind.INPUT) as caught:
        conclude(filing, sheets=(cut, *special))
    assert f"“{item}”" in caught[0].sentence


@pytest.mark.parametrize(
    "score, said",
    [
        ({"evidence": " "}, "没有写明评分依据"),
        ({"assessor": "丙路人"}, "没有署名的评估人员"),
        ({"score": 101}, "须在 0 与 100 之间"),
    ],
)
def test_a_score_has_evidence_a_name_and_its_bounds(score, said):
    filing = a_visiting_filing()
    general, *special = complete_sheets(filing)
    spoilt = (replace(general.scores[0], **score), *general.scores[1:])
    with refused("institutions.sheets_incomplete", Kind.INPUT) as caught:
        conclude(filing, sheets=(replace(general, scores=spoilt), *special))
    assert said in caught[0].sentence


def test_a_sheet_for_an_occupation_not_applied_for_is_refused():
    filing = a_visiting_filing(scope=((ELECTRICIAN, "4"),))
    foreign = Sheet(CARE, (Score("职业标准与岗位要求相衔接", 90, "查阅", TEAM[0].name),))
    with refused("institutions.sheets_incomplete", Kind.INPUT):
        conclude(filing, sheets=(*complete_sheets(filing), foreign))


def test_one_assessor_is_not_enough_and_the_clause_is_shown():
    filing = a_visiting_filing()
    with refused("institutions.team_too_small", Kind.INPUT) as caught:
        conclude(filing, team=TEAM[:1])
    assert caught[0].policy == "filing.assessors_of_site_min" and "第 2.2 节" in caught[0].clause
    with refused("institutions.team_names", Kind.INPUT):
        conclude(filing, team=(TEAM[0], TEAM[0]))


def test_every_assessor_declares_that_nothing_stands_against_it():
    filing = a_visiting_filing()
    with refused("institutions.conflict_undeclared", Kind.INPUT) as caught:
        conclude(filing, team=(TEAM[0], SiteAssessor("乙评估", "示例研究所")))
    assert "乙评估" in caught[0].sentence


def test_a_visit_has_a_possible_date():
    filing = an_accepted_filing()
    with refused("institutions.visit_past", Kind.INPUT):
        plan_visit(reviewer_of(filing), filing, planned_on=date(2026, 3, 1), team=TEAM)
    visiting = a_visiting_filing()
    for day in (date(2026, 3, 1), date(2026, 3, 3)):
        with refused("institutions.visit_date", Kind.INPUT):
            conclude(visiting, visited_on=day)


def test_the_decision_waits_for_the_visit():
    head = a_seat(Role.CENTRE_HEAD, office=(filing := a_visiting_filing()).office)
    with refused("kernel.state", Kind.STATE):
        decide_filing(head, filing, granted=True, reason="符合条件", clauses=("第 2.3 节",))
    refusal = plan_visit.why_not(reviewer_of(filing), a_submitted_filing())
    assert refusal and refusal.kind == Kind.STATE


def test_an_unfit_site_says_what_was_found_and_is_not_granted():
    filing = a_visiting_filing()
    with refused("institutions.visit_findings", Kind.INPUT):
        conclude(filing, conclusion=UNFIT)
    with refused("institutions.visit_conclusion", Kind.INPUT):
        conclude(filing, conclusion="perhaps")
    conclude(filing, conclusion=UNFIT, findings="配电实训台仅 3 套")
    head = a_seat(Role.CENTRE_HEAD, office=filing.office)
    with refused("institutions.visit_unfit", Kind.INPUT):
        decide_filing(head, filing, granted=True, reason="符合条件", clauses=("第 2.3 节",))
    decide_filing(head, filing, granted=False, reason="设备不足", clauses=("第 2.3 节",))
    assert filing.state == FilingState.REFUSED


def test_what_was_seen_is_kept():
    filing = a_visiting_filing()
    conclude(filing, findings="档案柜未上锁")
    visit = filing.visits.get()
    assert (visit.visited_on, visit.findings, len(visit.sheets)) == (DAY, "档案柜未上锁", 3)
    assert [member["name"] for member in visit.team] == ["甲评估", "乙评估"]

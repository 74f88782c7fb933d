"""The decision on a filing: reason, clauses, number, site, validity; and what becomes of a filed institution (R10, R22)."""

from datetime import date

import pytest

from hengjian.authorities.roles import Role
from hengjian.institutions.acts.decide_filing import decide_filing, expire_filing
from hengjian.institutions.acts.draft_filing import draft_filing
from hengjian.institutions.acts.suspend_institution import end_institution, resume, suspend
from hengjian.institutions.lists import REGISTER
from hengjian.institutions.models import Filing, ScopeItem
from hengjian.institutions.queries import register_entry, scope_on
from hengjian.institutions.sheets import Item
from hengjian.institutions.states import FilingState, InstitutionState
from hengjian.kernel import clock, ledger
from hengjian.kernel.actor import CLOCK, PUBLIC
from hengjian.kernel.clock_acts import perform_due
from hengjian.kernel.models import Sequence
from hengjian.kernel.refusal import Kind
from tests.lists import listed
from tests.world import (
    BAODING,
    CARE,
    ELECTRICIAN,
    WELDER,
    a_filed_institution,
    a_seat,
    an_applicant,
    an_assessed_filing,
    another_seat,
    refused,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]
GRANT = {"granted": True, "reason": "符合条件", "clauses": ("人社部发〔2019〕30号",)}


def head_of(case):
    return a_seat(Role.CENTRE_HEAD, office=case.office)


def test_a_grant_gives_number_site_code_validity_and_scope():
    filing = an_assessed_filing(scope=((ELECTRICIAN, "4"), (WELDER, "3")))
    fact = decide_filing(head_of(filing), filing, **GRANT)
    institution = filing.institution
    institution.refresh_from_db()
    assert institution.state == InstitutionState.FILED
    assert fact.filing_number == institution.filing_number == "冀职评备〔2026〕0001号"
    assert institution.site_code == "020001"
    assert (institution.filed_on, institution.valid_until) == (date(2026, 3, 2), date(2029, 3, 1))
    assert scope_on(institution.pk, date(2026, 3, 2)) == {(ELECTRICIAN, "4"), (WELDER, "3")}
    assert scope_on(institution.pk, date(2026, 3, 1)) == scope_on(institution.pk, date(2029, 3, 2)) == set()
    (recorded,) = ledger.course_of(filing, limit=1)
    assert "filing.validity_years=3@2021-01-01" in recorded.pins


@pytest.mark.parametrize(
    "area, site", [("130203", "020001"), ("133100", "310001"), ("130682", "060001"), ("130000", "000001")]
)
def test_site_codes_begin_with_the_city(area, site):
    assert a_filed_institution(area_code=area, filing_level="province").site_code == site


def test_dingzhou_and_baoding_share_two_digits_and_no_code():
    first = a_filed_institution(area_code="130682")
    second = a_filed_institution(area_code="130602")
    assert (first.site_code, second.site_code) == ("060001", "060002")


def test_a_decision_cites_a_clause_and_gives_a_reason():
    filing = an_assessed_filing()
    for granted in (True, False):
        with refused("institutions.decision_clause", Kind.INPUT):
            decide_filing(head_of(filing), filing, granted=granted, reason="设备不足", clauses=(" ",))
    with refused("kernel.argument", Kind.INPUT):
        decide_filing(head_of(filing), filing, granted=False, reason=" ", clauses=("第 2.3 节",))
    assert Sequence.objects.filter(name__startswith="institutions.filing").count() == 0  # no number was used up


def test_a_refusal_leaves_the_institution_unfiled_and_free_to_apply_again():
    filing = an_assessed_filing()
    decide_filing(head_of(filing), filing, granted=False, reason="设备不足", clauses=("第 2.3 节",))
    filing.institution.refresh_from_db()
    assert (filing.state, filing.institution.state) == (FilingState.REFUSED, InstitutionState.APPLYING)
    assert draft_filing(a_seat(Role.CLERK, institution=filing.institution)).kind == Filing.Kind.FIRST


def test_two_heads_decide_once():
    filing = an_assessed_filing()
    first = head_of(filing)
    second, same = another_seat(first), Filing.objects.get(pk=filing.pk)
    decide_filing(first, filing, **GRANT)
    with refused("kernel.state", Kind.STATE):
        decide_filing(second, same, granted=False, reason="不符合，情况属实", clauses=("第 2.3 节",))


def test_only_the_head_of_the_filing_office_decides():
    filing = an_assessed_filing()
    for seat in (
        a_seat(Role.CENTRE_REVIEWER, office=filing.office),
        a_seat(Role.CENTRE_HEAD, at=BAODING),
        a_seat(Role.RESPONSIBLE_PERSON, institution=filing.institution),
    ):
        refusal = decide_filing.why_not(seat, filing)
        assert refusal and refusal.kind == Kind.ROLE
    assert decide_filing.why_not(head_of(filing), filing) is None


def test_a_wider_scope_ends_with_the_filing_and_keeps_the_number():
    institution = a_filed_institution(scope=((ELECTRICIAN, "4"),))
    number = institution.filing_number
    with clock.at("2027-03-01T09:00"):
        filing = an_assessed_filing(institution, scope=((CARE, "4"),))
        assert filing.kind == Filing.Kind.SCOPE
        decide_filing(head_of(filing), filing, **GRANT)
    institution.refresh_from_db()
    assert institution.filing_number == number
    item = ScopeItem.objects.get(institution=institution, occupation_code=CARE)
    assert (item.valid_from, item.valid_until) == (date(2027, 3, 1), date(2029, 3, 1))


def test_a_renewal_is_asked_for_in_its_window_and_joins_on_without_a_gap():
    institution = a_filed_institution(scope=((ELECTRICIAN, "4"),))
    clerk = a_seat(Role.CLERK, institution=institution)
    with clock.at("2028-11-30T09:00"), refused("institutions.renewal_early", Kind.INPUT) as caught:
        draft_filing(clerk, items=(Item(ELECTRICIAN, "4"),), renewal=True)
    assert "2028-12-01" in caught[0].remedy
    with clock.at("2028-12-01T09:00"):
        assert draft_filing(clerk, items=(Item(ELECTRICIAN, "4"),), renewal=True).kind == Filing.Kind.RENEWAL


def test_a_filing_expires_by_the_clock_the_day_after_its_last():
    institution = a_filed_institution()
    refusal = expire_filing.why_not(CLOCK, institution)
    assert refusal and (refusal.code, refusal.kind) == ("institutions.validity_over", Kind.RULE)
    with clock.at("2029-03-01T23:00"):
        assert perform_due() == 0
    with clock.at("2029-03-02T00:05"):
        assert perform_due() == 1
        assert perform_due() == 0
    institution.refresh_from_db()
    assert institution.state == InstitutionState.ENDED
    (recorded,) = ledger.course_of(institution, limit=1)
    assert (recorded.actor, recorded.act) == ("clock", "institutions.expire_filing")


def test_nobody_else_lets_a_filing_expire():
    institution = a_filed_institution()
    with clock.at("2029-03-02T00:05"):
        refusal = expire_filing.why_not(head_of(institution), institution)
    assert refusal and refusal.kind == Kind.ROLE


def test_an_expired_institution_files_anew_and_keeps_its_number():
    institution = a_filed_institution()
    number, site = institution.filing_number, institution.site_code
    with clock.at("2029-04-02T09:00"):
        perform_due()
        institution.refresh_from_db()
        a_filed_institution(institution=institution, scope=((ELECTRICIAN, "4"),))
    assert (institution.filing_number, institution.site_code) == (number, site)
    assert institution.valid_until == date(2032, 4, 1)


def test_suspension_and_resumption_name_their_grounds():
    institution = a_filed_institution()
    head = head_of(institution)
    with refused("kernel.argument", Kind.INPUT):
        suspend(head, institution, reason="", basis="第 2.3 节")
    with refused("kernel.argument", Kind.INPUT):
        suspend(head, institution, reason="考场安全条件不符", basis="")
    suspend(head, institution, reason="考场安全条件不符", basis="第 2.3 节")
    with refused("institutions.not_suspended", Kind.RULE):
        draft_filing(a_seat(Role.CLERK, institution=institution), items=(Item(CARE, "4"),))
    with refused("kernel.state", Kind.STATE):
        suspend(head, institution, reason="再次，情况属实", basis="第 2.3 节")
    with refused("kernel.argument", Kind.INPUT):
        resume(head, institution, reason=" ")
    resume(head, institution, reason="整改已验收")
    assert institution.state == InstitutionState.FILED


def test_a_revoked_institution_is_barred_for_the_time_of_the_policy():
    institution = a_filed_institution()
    head, clerk = head_of(institution), a_seat(Role.CLERK, institution=institution)
    with refused("institutions.revocation_ground", Kind.INPUT):
        end_institution(head, institution, reason="违规，情况属实", basis="专项治理通知", ground="其他")
    end_institution(head, institution, reason="查实，情况属实", basis="专项治理通知", ground="未经考核发放证书")
    assert (institution.state, institution.barred_until) == (InstitutionState.ENDED, date(2028, 3, 2))
    with clock.at("2028-03-02T09:00"), refused("institutions.not_barred", Kind.RULE):
        draft_filing(clerk)
    with clock.at("2028-03-03T09:00"):
        assert draft_filing(clerk).kind == Filing.Kind.FIRST


def test_an_institution_that_leaves_at_its_own_wish_is_not_barred():
    institution = a_filed_institution()
    end_institution(head_of(institution), institution, reason="机构申请退出", basis="机构申请")
    assert institution.barred_until is None


def test_only_the_responsible_head_suspends():
    institution = a_filed_institution()
    for seat in (a_seat(Role.CENTRE_REVIEWER, office=institution.office), a_seat(Role.CENTRE_HEAD, at=BAODING)):
        for entry in (suspend, end_institution):
            refusal = entry.why_not(seat, institution)
            assert refusal and refusal.kind == Kind.ROLE


def test_the_public_register_shows_scope_and_no_contact(django_assert_num_queries):
    institution = a_filed_institution(contact="某某", contact_phone="0315-0000000")
    an_applicant()
    with django_assert_num_queries(3):  # the cities to choose from, the number, the rows
        (row,) = listed(REGISTER, PUBLIC)
    assert (row.filing_number, row.occupations) == (institution.filing_number, 2)
    assert "0315-0000000" not in repr(row)
    entry = register_entry(institution.filing_number, date(2026, 3, 2))
    assert entry and len(entry.scope) == 8
    assert listed(REGISTER, PUBLIC, q="不存在的机构") == []
    assert register_entry("无此备案号", date(2026, 3, 2)) is None

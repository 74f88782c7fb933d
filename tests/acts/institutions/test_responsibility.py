"""属地管理、分级负责: every institution has exactly one responsible office, and the page says why (R6–R9)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengjian.authorities.roles import Role
from hengjian.authorities.seeds import supervised_areas
from hengjian.institutions.acts.reassign import reassign
from hengjian.institutions.acts.submit_filing import submit_filing
from hengjian.institutions.lists import INSTITUTIONS
from hengjian.institutions.models import Institution
from hengjian.institutions.policies import DIRECTLY_ADMINISTERED, RESPONSIBLE_LEVEL
from hengjian.institutions.responsibility import OWN, NoOffice, OfficeAt, route
from hengjian.kernel.refusal import Kind
from hengjian.plans.acts.submit_plan import submit_plan
from tests.lists import listed
from tests.world import (
    BAODING,
    DINGZHOU,
    PROVINCE,
    TANGSHAN,
    XIONGAN,
    a_draft_filing,
    a_draft_plan,
    a_province,
    a_seat,
    an_applicant,
    refused,
)

WITH_DATABASE = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]
LEVELS = RESPONSIBLE_LEVEL.text.history[-1].value
DIRECT = DIRECTLY_ADMINISTERED.text.history[-1].value
AREAS = supervised_areas()
OFFICES = [
    OfficeAt(number, area.name, {1: "province", 2: "city", 3: "district"}[area.path.count("/")], area.path)
    for number, area in enumerate(AREAS, start=1)
    if area.kind != "zone"
]
BY_ID = {office.id: office for office in OFFICES}


def routed(ownership: str, path: str, filing_level: str = "province", kind: str = "Y") -> str:
    routing = route(filing_level, ownership, path, OFFICES, kind=kind, levels=LEVELS, directly_administered=DIRECT)
    return BY_ID[routing.office_id].area_path


@settings(max_examples=10_000, deadline=None)
@given(
    filing_level=st.sampled_from(Institution.FilingLevel.values),
    ownership=st.sampled_from(Institution.Ownership.values),
    kind=st.sampled_from(Institution.Kind.values),
    area=st.sampled_from(AREAS),
)
def test_ten_thousand_institutions_have_exactly_one_office_each(filing_level, ownership, kind, area):
    routing = route(filing_level, ownership, area.path, OFFICES, kind=kind, levels=LEVELS, directly_administered=DIRECT)
    office = BY_ID[routing.office_id]
    assert area.path.startswith(office.area_path)  # never an office of another territory
    assert office.level in ("province", "city")
    of_province = ownership in ("central", "provincial") or filing_level == "ministry" or area.kind == "province"
    assert (office.level == "province") == of_province
    assert routing.reason.endswith("。") and office.name in routing.reason and len(routing.reason) <= 300


def test_a_central_enterprise_in_tangshan_belongs_to_the_province():
    assert routed("central", "13/1302/130203/") == PROVINCE


def test_a_provincial_pilot_belongs_to_the_province_and_a_municipal_one_to_its_city():
    assert routed("provincial", "13/1302/130203/") == PROVINCE
    assert routed("municipal", "13/1302/130203/") == TANGSHAN
    assert routed("private", "13/1302/130203/", "city") == TANGSHAN


def test_a_body_filed_with_the_ministry_belongs_to_the_province():
    assert routed("private", "13/1306/", "ministry", "S") == PROVINCE


def test_a_development_zone_falls_to_its_city():
    assert routed("private", "13/1302/130273/") == TANGSHAN


def test_xiongan_counts_as_a_city():
    assert routed("municipal", "13/1331/130629/") == XIONGAN


def test_counties_directly_under_the_province_are_treated_as_policy_says():
    assert routed("municipal", DINGZHOU) == DINGZHOU
    assert DIRECT["130682"] == OWN
    given_to_baoding = route(
        "province",
        "municipal",
        DINGZHOU,
        OFFICES,
        levels=LEVELS,
        directly_administered={"130682": "1306"},
    )
    assert BY_ID[given_to_baoding.office_id].area_path == BAODING


def test_without_an_office_nothing_is_guessed():
    only_province = [office for office in OFFICES if office.level == "province"]
    with pytest.raises(NoOffice):
        route("province", "private", TANGSHAN, only_province, levels=LEVELS, directly_administered=DIRECT)
    with pytest.raises(NoOffice):
        route("province", "central", TANGSHAN, [], levels=LEVELS, directly_administered=DIRECT)


class TestRegistered:
    pytestmark = WITH_DATABASE

    def test_the_office_and_its_reason_stand_on_the_institution(self):
        institution = an_applicant(ownership="private", area_code="130273")
        assert institution.office == a_province().office(TANGSHAN)
        assert "开发区" in institution.office_reason and institution.office.name in institution.office_reason

    def test_the_city_sees_its_own_and_not_the_neighbours(self):
        own, foreign = an_applicant(area_code="130203"), an_applicant(area_code="130602")
        seen = [row.id for row in listed(INSTITUTIONS, a_seat(Role.CENTRE_REVIEWER, at=TANGSHAN))]
        assert seen == [own.pk]
        everything = [row.id for row in listed(INSTITUTIONS, a_seat(Role.AUDITOR, at=PROVINCE))]
        assert everything == [own.pk, foreign.pk]

    def test_the_province_reassigns_with_a_reason(self):
        institution = an_applicant(area_code="130203")
        officer = a_seat(Role.PROVINCE_OFFICER, at=PROVINCE)
        province = a_province().office(PROVINCE)
        with refused("kernel.argument", Kind.INPUT):
            reassign(officer, institution, office_id=province.pk, reason=" ")
        fact = reassign(officer, institution, office_id=province.pk, reason="跨市经营，由省统一监督")
        assert institution.office == province and "跨市经营" in institution.office_reason
        assert fact.to_office_id == province.pk
        with refused("institutions.office_same", Kind.INPUT):
            reassign(officer, institution, office_id=province.pk, reason="再次改派")

    def test_what_is_handed_in_after_a_reassignment_goes_to_the_new_office(self):
        filing, plan = a_draft_filing(), a_draft_plan()
        officer, province = a_seat(Role.PROVINCE_OFFICER, at=PROVINCE), a_province().office(PROVINCE)
        for case in (filing, plan):
            reassign(officer, case.institution, office_id=province.pk, reason="由省统一监督")
        submit_filing(a_seat(Role.CLERK, institution=filing.institution), filing)
        submit_plan(a_seat(Role.CLERK, institution=plan.institution), plan)
        assert filing.office == plan.office == province

    def test_a_district_never_becomes_the_responsible_office(self):
        district = a_province().office("13/1302/130203/")
        with refused("institutions.office_level", Kind.INPUT):
            officer = a_seat(Role.PROVINCE_OFFICER, at=PROVINCE)
            reassign(officer, an_applicant(), office_id=district.pk, reason="就近管理")

    def test_a_city_does_not_reassign(self):
        refusal = reassign.why_not(a_seat(Role.CENTRE_HEAD, at=TANGSHAN), an_applicant())
        assert refusal and refusal.kind == Kind.ROLE

    def test_a_ministry_filed_body_brings_its_own_four_digits(self):
        with refused("institutions.organisation_code", Kind.INPUT):
            an_applicant(filing_level="ministry", organisation_code="0000")
        assert an_applicant(filing_level="ministry", organisation_code="0041").organisation_code == "0041"
        assert an_applicant(filing_level="province", organisation_code="0041").organisation_code == "0000"

    @pytest.mark.parametrize(
        "change, code",
        [
            ({"uscc": "911302000000000012"}, "institutions.uscc_invalid"),
            ({"area_code": "130301"}, "institutions.area_unknown"),
            ({"kind": "Z"}, "institutions.kind"),
            ({"ownership": "unknown"}, "institutions.ownership"),
            ({"filing_level": "village"}, "institutions.filing_level"),
            ({"short_name": " "}, "kernel.argument"),
        ],
    )
    def test_what_is_wrong_with_a_registration_is_named(self, change, code):
        with refused(code, Kind.INPUT):
            an_applicant(**change)

    def test_one_credit_code_is_one_institution(self):
        first = an_applicant()
        with refused("institutions.uscc_known", Kind.INPUT):
            an_applicant(uscc=first.uscc)

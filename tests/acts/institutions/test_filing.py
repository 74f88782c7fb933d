"""A filing is written, handed in, accepted, returned item by item, and taken back (R10, R15)."""

from datetime import date

import pytest

from hengjian.authorities.roles import Role
from hengjian.institutions.acts.draft_filing import draft_filing, edit_filing
from hengjian.institutions.acts.materials import (
    add_material,
    replace_material,
    review_material,
    withdraw_material,
)
from hengjian.institutions.acts.site_visit import plan_visit
from hengjian.institutions.acts.submit_filing import (
    MaterialReturn,
    accept_filing,
    return_filing,
    submit_filing,
    withdraw_filing,
)
from hengjian.institutions.lists import FILINGS
from hengjian.institutions.models import Filing
from hengjian.institutions.queries import filing as filing_file
from hengjian.institutions.sheets import Item
from hengjian.institutions.states import FilingState, MaterialState
from hengjian.kernel import clock
from hengjian.kernel.refusal import Kind
from tests.lists import listed
from tests.world import (
    BAODING,
    ELECTRICIAN,
    PROVINCE,
    TANGSHAN,
    TEAM,
    WELDER,
    a_draft_filing,
    a_filed_institution,
    a_seat,
    a_submitted_filing,
    an_accepted_filing,
    an_applicant,
    an_upload,
    another_seat,
    refused,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]


def clerk_of(filing: Filing):
    return a_seat(Role.CLERK, institution=filing.institution)


def reviewer_of(filing: Filing):
    return a_seat(Role.CENTRE_REVIEWER, office=filing.office)


def test_a_first_filing_lands_with_the_office_that_files():
    of_city = a_draft_filing(an_applicant(filing_level="city"))
    of_province = a_draft_filing(an_applicant(filing_level="province"))
    assert of_city.office.area.path == TANGSHAN
    assert of_province.office.area.path == PROVINCE  # the province files, the city goes on supervising
    assert of_province.institution.office.area.path == TANGSHAN


def test_only_one_filing_is_open_at_a_time():
    filing = a_draft_filing()
    with refused("institutions.no_other_filing_open", Kind.RULE):
        draft_filing(clerk_of(filing))


@pytest.mark.parametrize(
    "kind, item, code",
    [
        ("Y", Item("6-99-99-99", "4"), "institutions.not_in_catalogue"),
        ("Y", Item(ELECTRICIAN, "X"), "institutions.level_not_assessable"),
        ("J", Item(ELECTRICIAN, "2"), "institutions.level_of_class"),
    ],
)
def test_an_item_must_be_one_that_this_institution_may_assess(kind, item, code):
    clerk = a_seat(Role.CLERK, institution=an_applicant(kind=kind))
    with refused(code, Kind.INPUT):
        draft_filing(clerk, items=(item,))


def test_an_item_stands_once():
    clerk = a_seat(Role.CLERK, institution=an_applicant())
    with refused("institutions.item_twice", Kind.INPUT):
        draft_filing(clerk, items=(Item(ELECTRICIAN, "4"), Item(ELECTRICIAN, "4", "另一套设备")))


def test_a_wider_scope_does_not_repeat_what_is_in_scope():
    institution = a_filed_institution(scope=((ELECTRICIAN, "4"),))
    clerk = a_seat(Role.CLERK, institution=institution)
    with refused("institutions.item_in_scope", Kind.INPUT):
        draft_filing(clerk, items=(Item(ELECTRICIAN, "4"),))
    assert draft_filing(clerk, items=(Item(WELDER, "4"),)).kind == Filing.Kind.SCOPE


def test_editing_keeps_what_was_dropped_as_withdrawn():
    filing = a_draft_filing(scope=((ELECTRICIAN, "4"), (WELDER, "4")))
    fact = edit_filing(clerk_of(filing), filing, items=(Item(ELECTRICIAN, "4"), Item(ELECTRICIAN, "3")))
    assert (fact.added, fact.dropped) == ((f"{ELECTRICIAN}/3",), (f"{WELDER}/4",))
    assert filing.items.filter(withdrawn=True).get().occupation_code == WELDER
    edit_filing(clerk_of(filing), filing, items=(Item(WELDER, "4"),))
    assert filing.items.get(occupation_code=WELDER).withdrawn is False


def test_a_filing_without_occupation_or_papers_is_not_handed_in():
    empty = a_draft_filing(scope=())
    with refused("institutions.items_named", Kind.RULE):
        submit_filing(clerk_of(empty), empty)
    bare = a_draft_filing(papers=False)
    with refused("institutions.papers_complete", Kind.RULE) as caught:
        submit_filing(clerk_of(bare), bare)
    assert "承诺书" in caught[0].sentence and caught[0].policy == "filing.required_papers"


def test_a_material_is_of_a_listed_kind_and_handed_in_by_this_seat():
    filing = a_draft_filing(papers=False)
    clerk = clerk_of(filing)
    with refused("institutions.material_kind", Kind.INPUT):
        add_material(clerk, filing, kind="宣传册", upload_id=an_upload(clerk).pk)
    with refused("institutions.upload_unknown", Kind.INPUT):
        add_material(clerk, filing, kind="承诺书", upload_id=an_upload(reviewer_of(filing)).pk)


def test_acceptance_has_its_deadline_and_the_decision_another():
    filing = a_submitted_filing()
    assert (filing.submitted_on, filing.due_on) == (date(2026, 3, 2), date(2026, 3, 16))
    with clock.at("2026-03-04T10:00"):
        fact = accept_filing(reviewer_of(filing), filing)
    assert (filing.state, filing.accepted_on) == (FilingState.ACCEPTED, date(2026, 3, 4))
    assert fact.due_on == filing.due_on == date(2026, 4, 1)  # twenty working days


def test_two_reviewers_accept_once():
    filing = a_submitted_filing()
    first = reviewer_of(filing)
    second = another_seat(first)
    same = Filing.objects.get(pk=filing.pk)
    accept_filing(first, filing)
    with refused("kernel.state", Kind.STATE):
        accept_filing(second, same)


def test_a_returned_material_reopens_only_itself():
    filing = a_submitted_filing()
    reviewer, clerk = reviewer_of(filing), clerk_of(filing)
    accept_filing(reviewer, filing)
    bad, good = filing.materials.order_by("id")[:2]
    fact = return_filing(reviewer, filing, returns=(MaterialReturn(bad.pk, "印章不清"),))
    assert filing.state == FilingState.RETURNED and filing.return_reason == f"{bad.kind}：印章不清"
    assert [item.material_id for item in fact.materials] == [bad.pk]

    with refused("institutions.only_returned_reopens", Kind.RULE):
        replace_material(clerk, good, upload_id=an_upload(clerk).pk)
    with refused("institutions.only_returned_reopens", Kind.INPUT):
        add_material(clerk, filing, kind=good.kind, upload_id=an_upload(clerk).pk)
    with refused("institutions.application_open", Kind.RULE):
        edit_filing(clerk, filing, items=(Item(ELECTRICIAN, "4"),))
    with refused("institutions.returned_replaced", Kind.RULE):
        submit_filing(clerk, filing)

    bad.refresh_from_db()
    replace_material(clerk, bad, upload_id=an_upload(clerk).pk)
    assert (bad.state, bad.reason) == (MaterialState.WITHDRAWN, "印章不清")  # history is kept
    assert filing.materials.filter(kind=bad.kind, state=MaterialState.GIVEN).count() == 1
    submit_filing(clerk, filing)
    assert (filing.state, filing.return_reason) == (FilingState.SUBMITTED, "")


def test_the_items_reopen_when_the_return_says_so():
    filing = a_submitted_filing()
    with refused("institutions.return_note", Kind.INPUT):
        return_filing(reviewer_of(filing), filing, reopen_items=True)
    return_filing(reviewer_of(filing), filing, reopen_items=True, note="等级与设备不符，请改报四级")
    edit_filing(clerk_of(filing), filing, items=(Item(ELECTRICIAN, "4"),))
    submit_filing(clerk_of(filing), filing)
    assert filing.items_reopened is False


def test_a_return_names_what_and_why():
    filing = a_submitted_filing()
    reviewer = reviewer_of(filing)
    material = filing.materials.order_by("id")[0]
    foreign = a_submitted_filing().materials.order_by("id")[0]
    with refused("institutions.nothing_returned", Kind.INPUT):
        return_filing(reviewer, filing)
    with refused("institutions.material_reason", Kind.INPUT):
        return_filing(reviewer, filing, returns=(MaterialReturn(material.pk, " "),))
    with refused("institutions.material_foreign", Kind.INPUT):
        return_filing(reviewer, filing, returns=(MaterialReturn(foreign.pk, "不清"),))


def test_materials_reviewed_as_bad_are_what_a_return_sends_back():
    filing = a_submitted_filing()
    reviewer = reviewer_of(filing)
    accept_filing(reviewer, filing)
    material = filing.materials.order_by("id")[0]
    with refused("institutions.material_reason", Kind.INPUT):
        review_material(reviewer, material, accepted=False)
    review_material(reviewer, material, accepted=False, reason="已过期，情况属实")
    with refused("institutions.materials_accepted", Kind.RULE):
        plan_visit(reviewer, filing, planned_on=clock.today(), team=TEAM)
    fact = return_filing(reviewer, filing)
    assert [item.reason for item in fact.materials] == ["已过期，情况属实"]


def test_materials_are_not_changed_behind_the_reviewers_back():
    filing = a_submitted_filing()
    clerk = clerk_of(filing)
    material = filing.materials.order_by("id")[0]
    with refused("institutions.material_filing_with_institution", Kind.RULE):
        replace_material(clerk, material, upload_id=an_upload(clerk).pk)
    with refused("institutions.material_filing_draft", Kind.RULE):
        withdraw_material(clerk, material)


def test_a_material_of_a_draft_is_replaced_or_withdrawn():
    filing = a_draft_filing()
    clerk = clerk_of(filing)
    first, second = filing.materials.order_by("id")[:2]
    with refused("institutions.material_same", Kind.INPUT):
        replace_material(clerk, first, upload_id=first.upload_id)
    replace_material(clerk, first, upload_id=an_upload(clerk).pk)
    withdraw_material(clerk, second)
    with refused("institutions.papers_complete", Kind.RULE) as caught:
        submit_filing(clerk, filing)
    assert second.kind in caught[0].sentence
    with refused("institutions.material_filing_in_review", Kind.RULE):
        review_material(reviewer_of(filing), filing.materials.filter(state="given").order_by("id")[0], accepted=True)


def test_a_filing_is_taken_back_before_the_decision_and_a_new_one_can_begin():
    filing = an_accepted_filing()
    with refused("kernel.argument", Kind.INPUT):
        withdraw_filing(clerk_of(filing), filing, reason="")
    withdraw_filing(clerk_of(filing), filing, reason="场地变更")
    assert filing.state == FilingState.WITHDRAWN
    assert draft_filing(clerk_of(filing)).state == FilingState.DRAFT


def test_who_may_do_what():
    filing = a_submitted_filing()
    own, foreign = reviewer_of(filing), a_seat(Role.CENTRE_REVIEWER, at=BAODING)
    assert accept_filing.why_not(own, filing) is None
    for seat in (
        foreign,
        a_seat(Role.CENTRE_REVIEWER, at=PROVINCE),
        a_seat(Role.CENTRE_HEAD, office=filing.office),
        a_seat(Role.AUDITOR, office=filing.office),
        a_seat(Role.DISTRICT_OFFICER, at="13/1302/130203/"),
        clerk_of(filing),
    ):
        refusal = accept_filing.why_not(seat, filing)
        assert refusal and refusal.kind == Kind.ROLE, seat.label
    draft = a_draft_filing()
    assert submit_filing.why_not(clerk_of(draft), draft) is None
    assert submit_filing.why_not(a_seat(Role.RESPONSIBLE_PERSON, institution=draft.institution), draft) is None
    for seat in (clerk_of(filing), own):
        refusal = submit_filing.why_not(seat, draft)
        assert refusal and refusal.kind == Kind.ROLE, seat.label


def test_a_filing_is_read_along_what_a_seat_sees(django_assert_num_queries):
    filing = an_accepted_filing()
    assert filing_file(a_seat(Role.CENTRE_REVIEWER, at=BAODING), filing.pk) is None
    reviewer = reviewer_of(filing)
    with django_assert_num_queries(4):
        read = filing_file(reviewer, filing.pk)
    assert read and len(read.items) == 8 and len(read.materials) == 9
    assert [row.id for row in listed(FILINGS, clerk_of(filing))] == [filing.pk]

"""The pages of filings: every step of the way can be read by those concerned and by nobody else (R6, R10, R15, R22)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from hengjian.authorities.roles import Role
from hengjian.institutions.acts.materials import add_material, review_material
from hengjian.institutions.acts.submit_filing import return_filing
from hengjian.institutions.models import Filing
from tests import world
from tests.pages.reading import queries, read

pytestmark = pytest.mark.django_db
SIDES = ("", "?side=items", "?side=materials", "?side=visit", "?side=proofs")
STAGES = (
    world.a_draft_filing,
    world.a_submitted_filing,
    world.an_accepted_filing,
    world.a_visiting_filing,
    world.an_assessed_filing,
)


def page_of(filing: Filing) -> str:
    return reverse("filing", kwargs={"pk": filing.pk})


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
def test_every_side_of_a_filing_is_shown_at_every_stage_to_institution_and_office(stage: Any, client_of: Any) -> None:
    filing = stage()
    seats = [
        world.a_seat(Role.CLERK, institution=filing.institution),
        world.a_seat(Role.CENTRE_REVIEWER, office=filing.office),
        world.a_seat(Role.AUDITOR, at=world.PROVINCE),
    ]
    for seat in seats:
        above_a_draft = stage is world.a_draft_filing and seat.institution_id is None
        for side in SIDES:
            if above_a_draft:
                read(client_of(seat), page_of(filing) + side, status=404)
            else:
                assert filing.institution.name in read(client_of(seat), page_of(filing) + side)


def test_a_decided_filing_shows_number_reason_and_clause(client_of: Any) -> None:
    institution = world.a_filed_institution()
    filing = institution.filings.get()
    text = read(client_of(world.a_seat(Role.CENTRE_HEAD, office=filing.office)), page_of(filing))
    assert institution.filing_number in text
    assert "人社部发〔2019〕30号" in text


def test_a_filing_of_another_city_does_not_exist_for_its_neighbours(client_of: Any) -> None:
    filing = world.a_submitted_filing()
    for seat in (
        world.a_seat(Role.CENTRE_REVIEWER, at=world.BAODING),
        world.a_seat(Role.CLERK, institution=world.an_applicant(area_code="130602")),
        world.a_seat(Role.ADMINISTRATOR, at=world.PROVINCE),
    ):
        read(client_of(seat), page_of(filing), status=404)
        assert filing.institution.name not in read(client_of(seat), reverse("filings"))


def test_the_reviewer_finds_the_filing_in_the_queue_and_the_button_on_its_page(client_of: Any) -> None:
    filing = world.a_submitted_filing()
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER, office=filing.office))
    assert page_of(filing) in read(client, reverse("desk"))
    assert reverse("perform", kwargs={"code": "institutions.accept_filing", "pk": filing.pk}) in read(
        client, page_of(filing)
    )


def test_whoever_waits_sees_why_nothing_can_be_submitted_yet(client_of: Any) -> None:
    filing = world.a_draft_filing(papers=False)
    text = read(client_of(world.a_seat(Role.CLERK, institution=filing.institution)), page_of(filing))
    assert "还缺少" in text
    assert reverse("policy", kwargs={"key": "filing.required_papers"}) in text


def test_a_returned_material_opens_only_itself(client_of: Any) -> None:
    filing = world.a_submitted_filing()
    reviewer = world.a_seat(Role.CENTRE_REVIEWER, office=filing.office)
    first, second = filing.materials.order_by("id")[:2]
    review_material(reviewer, first, accepted=False, reason="印章不清。")
    return_filing(reviewer, filing)
    text = read(
        client_of(world.a_seat(Role.CLERK, institution=filing.institution)), page_of(filing) + "?side=materials"
    )
    assert reverse("replace_material", kwargs={"pk": first.pk}) in text
    assert reverse("replace_material", kwargs={"pk": second.pk}) not in text
    assert "印章不清。" in text


def test_a_material_in_order_is_accepted_with_one_click_and_the_reviewer_stays_on_the_checklist(client_of: Any) -> None:
    filing = world.a_submitted_filing()
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER, office=filing.office))
    material = filing.materials.order_by("id").first()
    posted = {"key": "one-click", "seen": str(material.revision), "accepted": "true"}
    answer = client.post(reverse("review_material", kwargs={"pk": material.pk}), posted)
    assert answer["Location"] == page_of(filing) + "?side=materials"
    assert filing.materials.get(pk=material.pk).state == "accepted"
    assert "通过 1 / 9" in read(client, answer["Location"])


def test_the_return_form_lists_each_material_by_name_and_returns_the_ones_with_a_reason(client_of: Any) -> None:
    filing = world.a_submitted_filing()
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER, office=filing.office))
    address = reverse("perform", kwargs={"code": "institutions.return_filing", "pk": filing.pk})
    materials = list(filing.materials.order_by("id"))
    assert all(material.title in read(client, address) for material in materials)
    posted = {
        "key": "k1",
        "seen": str(filing.revision),
        "returns-TOTAL_FORMS": str(len(materials)),
        "returns-INITIAL_FORMS": "0",
        "note": "",
    }
    for number, material in enumerate(materials):
        posted[f"returns-{number}-material_id"] = str(material.pk)
        posted[f"returns-{number}-reason"] = "日期有误。" if number == 1 else ""
    assert client.post(address, posted).status_code == 302
    filing.refresh_from_db()
    assert filing.state == "returned"
    assert [item.title for item in filing.materials.filter(state="returned")] == [materials[1].title]


def test_a_visit_is_concluded_on_its_own_page_and_an_incomplete_sheet_keeps_what_was_written(client_of: Any) -> None:
    filing = world.a_visiting_filing()
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER, office=filing.office))
    address = reverse("conclude_visit", kwargs={"pk": filing.pk})
    assert "评估表 · 综合" in read(client, address)
    posted = {
        "key": "k2",
        "seen": str(filing.revision),
        "visited_on": world.clock.today().isoformat(),
        "conclusion": "fit",
    }
    posted |= {"team-TOTAL_FORMS": "2", "team-INITIAL_FORMS": "0"}
    for number, member in enumerate(world.TEAM):
        posted |= {
            f"team-{number}-name": member.name,
            f"team-{number}-employer": member.employer,
            f"team-{number}-no_conflict": "on",
        }
    for place, sheet in enumerate(world.complete_sheets(filing)):
        for number, score in enumerate(sheet.scores):
            name = f"sheet-{place}-{number}"
            posted |= {
                f"{name}-score": str(score.score),
                f"{name}-evidence": score.evidence,
                f"{name}-assessor": score.assessor,
            }
    kept = posted["sheet-1-0-evidence"]
    refused = client.post(address, posted | {"sheet-0-0-evidence": ""})
    assert refused.status_code == 422
    assert "没有写明评分依据" in refused.content.decode()
    assert kept in refused.content.decode()
    assert client.post(address, posted).status_code == 302
    filing.refresh_from_db()
    assert filing.state == "assessed"
    assert "85" in read(client, page_of(filing) + "?side=visit")


def test_a_decision_without_a_choice_is_not_taken_for_a_refusal(client_of: Any) -> None:
    filing = world.an_assessed_filing()
    client = client_of(world.a_seat(Role.CENTRE_HEAD, office=filing.office))
    address = reverse("perform", kwargs={"code": "institutions.decide_filing", "pk": filing.pk})
    answer = client.post(
        address, {"key": "k3", "seen": str(filing.revision), "reason": "理由，情况属实。", "clauses": "某文件第一条"}
    )
    assert answer.status_code == 422
    filing.refresh_from_db()
    assert filing.state == "assessed"


def test_the_list_asks_the_database_as_often_for_many_filings_as_for_one(client_of: Any) -> None:
    filing = world.a_submitted_filing()
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER, office=filing.office))
    read(client, reverse("filings"))
    few = queries(lambda: client.get(reverse("filings")))
    for _ in range(3):
        world.a_submitted_filing()
    assert queries(lambda: client.get(reverse("filings"))) == few


def test_the_page_asks_the_database_as_often_for_many_materials_as_for_few(client_of: Any) -> None:
    filing = world.a_draft_filing()
    clerk = world.a_seat(Role.CLERK, institution=filing.institution)
    client = client_of(clerk)
    address = page_of(filing) + "?side=materials"
    client.get(address)
    few = queries(lambda: client.get(address))
    for kind in ("承诺书", "备案申请表", "题库情况说明"):
        add_material(clerk, filing, kind=kind, upload_id=world.an_upload(clerk).pk)
    assert queries(lambda: client.get(address)) == few

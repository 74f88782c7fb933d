"""The pages of plans: findings with their clause, rows entered together, versions side by side (R34–R44)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from hengjian.authorities.roles import Role
from hengjian.institutions.models import Institution
from hengjian.kernel.models import Waiver
from hengjian.plans.acts.revise_plan import revise_plan
from hengjian.plans.acts.submit_plan import return_plan
from hengjian.plans.models import Plan
from hengjian.supervision.acts.attend_exam import decline_duty
from tests import world, world_after
from tests.pages.reading import queries, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def institution() -> Institution:
    return world.a_filed_institution()


def page_of(plan: Plan) -> str:
    return reverse("plan", kwargs={"pk": plan.pk})


def test_an_unmet_rule_stands_on_the_page_with_clause_and_remedy(institution: Institution, client_of: Any) -> None:
    plan = world.a_draft_plan(institution=institution, bank="")
    text = read(client_of(world.a_seat(Role.CLERK, institution=institution)), page_of(plan))
    assert "计划缺少“考核题（卷）库”" in text
    assert reverse("policy", kwargs={"key": "plans.required_blocks"}) in text
    assert "1 项不符合" in text


def test_every_sentence_of_the_review_is_listed_on_its_own_side(institution: Institution, client_of: Any) -> None:
    plan = world.a_submitted_plan(institution=institution)
    text = read(client_of(world.a_seat(Role.CENTRE_REVIEWER)), page_of(plan) + "?side=checks")
    assert "12 项全部符合" in text
    assert "同一考场同一时间只安排一场" in text


def test_two_sittings_in_one_room_are_marked(institution: Institution, client_of: Any) -> None:
    plan = world.a_draft_plan(institution=institution, sittings=False)
    clerk = world.a_seat(Role.CLERK, institution=institution)
    client = client_of(clerk)
    day = plan.held_on.isoformat()
    posted = {"key": "rows", "rows-TOTAL_FORMS": "3", "rows-INITIAL_FORMS": "0"}
    for number, (start, end) in enumerate((("09:00", "11:00"), ("10:00", "12:00"))):
        posted |= {
            f"rows-{number}-batch_id": str(plan.batches.get().pk),
            f"rows-{number}-part": "theory",
            f"rows-{number}-room": "一号考场",
            f"rows-{number}-starts_at": f"{day}T{start}",
            f"rows-{number}-ends_at": f"{day}T{end}",
            f"rows-{number}-seats": "20",
            f"rows-{number}-staff": "5",
        }
    assert client.post(reverse("add_sittings", kwargs={"pk": plan.pk}), posted).status_code == 302
    assert read(client, page_of(plan) + "?side=sittings").count("时间重叠") == 2
    assert "时间重叠" in read(client, page_of(plan))


def test_rows_are_entered_together_or_not_at_all(institution: Institution, client_of: Any) -> None:
    plan = world.a_draft_plan(institution=institution, batches=())
    client = client_of(world.a_seat(Role.CLERK, institution=institution))
    address = reverse("add_batches", kwargs={"pk": plan.pk})
    assert "电工" in read(client, address)
    posted = {
        "key": "batches",
        "rows-TOTAL_FORMS": "2",
        "rows-INITIAL_FORMS": "0",
        "rows-0-occupation_code": world.ELECTRICIAN,
        "rows-0-level": "4",
        "rows-0-headcount": "20",
        "rows-1-occupation_code": world.WELDER,
        "rows-1-level": "4",
        "rows-1-headcount": "0",
    }
    refused = client.post(address, posted)
    assert refused.status_code == 422
    assert "第 2 行：计划人数至少为 1 人。" in refused.content.decode()
    assert '<a href="#id_rows-1-headcount">' in refused.content.decode()
    assert not plan.batches.exists()
    assert client.post(address, posted | {"rows-1-headcount": "15"}).status_code == 302
    assert plan.batches.count() == 2


def test_a_returned_plan_says_why_to_the_institution(institution: Institution, client_of: Any) -> None:
    plan = world.a_submitted_plan(institution=institution)
    return_plan(world.a_seat(Role.CENTRE_REVIEWER), plan, reason="题库更新日期不明。")
    client = client_of(world.a_seat(Role.CLERK, institution=institution))
    assert "题库更新日期不明。" in read(client, page_of(plan))
    assert "题库更新日期不明。" in read(client, reverse("desk"))


def test_both_versions_of_a_changed_plan_are_visible(institution: Institution, client_of: Any) -> None:
    plan = world.a_filed_plan(institution=institution)
    old = plan.held_on
    new = world.a_working_day(20)
    revise_plan(world.a_seat(Role.CLERK, institution=institution), plan, reason="设备检修。", held_on=new)
    text = read(client_of(world.a_seat(Role.CENTRE_REVIEWER)), page_of(plan) + "?side=versions")
    for words in ("第 1 版改为第 2 版：设备检修。", old.isoformat(), new.isoformat()):
        assert words in text


def test_the_edit_form_starts_from_what_the_plan_says(institution: Institution, client_of: Any) -> None:
    plan = world.a_draft_plan(institution=institution, bank="题库三千题。")
    client = client_of(world.a_seat(Role.CLERK, institution=institution))
    text = read(client, reverse("perform", kwargs={"code": "plans.edit_plan", "pk": plan.pk}))
    assert "题库三千题。" in text
    assert f'value="{plan.held_on.isoformat()}"' in text


def test_a_waiver_is_asked_from_the_finding_and_answered_from_the_queue(
    institution: Institution, client_of: Any
) -> None:
    plan = world.a_draft_plan(institution=institution, held_on=world.a_working_day(3))
    client = client_of(world.a_seat(Role.CLERK, institution=institution))
    page = read(client, page_of(plan))
    start = page.index(reverse("ask_waiver"))
    address = page[start : page.index('"', start)].replace("&amp;", "&")
    read(client, address)
    assert client.post(address, {"key": "w", "reason": "企业停产检修，只有这几天。"}).status_code == 302
    waiver = Waiver.objects.get()
    assert (waiver.rule, waiver.subject_id) == ("plans.lead_time", plan.pk)
    head = client_of(world.a_seat(Role.CENTRE_HEAD))
    shown = reverse("waiver", kwargs={"pk": waiver.pk})
    assert shown in read(head, reverse("desk"))
    assert "企业停产检修" in read(head, shown)
    perform = reverse("perform", kwargs={"code": "authorities.answer_waiver", "pk": waiver.pk})
    posted = {"key": "a", "seen": str(waiver.revision), "answer": "情况属实。", "expires_on": plan.held_on.isoformat()}
    assert head.post(perform, posted).status_code == 422
    assert head.post(perform, posted | {"approved": "true"}).status_code == 302
    assert "已豁免" in read(client, page_of(plan))


def test_a_waiver_of_a_strange_case_or_rule_cannot_be_asked(institution: Institution, client_of: Any) -> None:
    plan = world.a_draft_plan(institution=institution)
    own = client_of(world.a_seat(Role.CLERK, institution=institution))
    stranger = client_of(world.a_seat(Role.CLERK, institution=world.a_filed_institution()))
    address = f"{reverse('ask_waiver')}?rule=%s&table={plan._meta.db_table}&pk={plan.pk}"
    read(own, address % "plans.lead_time")
    read(own, address % "plans.blocks_complete", status=404)
    read(stranger, address % "plans.lead_time", status=404)


def test_a_plan_asks_the_database_as_often_for_many_sittings_as_for_few(
    institution: Institution, client_of: Any
) -> None:
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER))
    small = world.a_submitted_plan(institution=institution)
    large = world.a_submitted_plan(
        institution=institution,
        batches=tuple(world.Wanted(code, level, 60) for code, level in world.DEFAULT_SCOPE[:3]),
        held_on=world.a_working_day(15),
    )
    for side in ("overview", "batches", "sittings", "proofs"):
        counts = []
        for plan in (small, large):
            address = f"{page_of(plan)}?side={side}"
            client.get(address)
            counts.append(queries(lambda address=address: client.get(address)))
        assert counts[0] == counts[1], side


def in_queue(client: Any) -> list[str]:
    """Where the lines of the queue lead."""
    cards = client.get(reverse("desk")).context["cards"]
    return [row[0].href for card in cards if card.id == "queue" for row in card.table.rows]


def test_a_filed_plan_waits_for_its_draw_and_for_nothing_once_drawn_or_past(
    institution: Institution, client_of: Any
) -> None:
    plan = world.a_filed_plan(institution=institution)
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER))
    assert page_of(plan) in in_queue(client)
    assert "轮到我" in read(client, page_of(plan))
    drawn = world_after.a_drawn_plan(plan)
    assert page_of(drawn) not in in_queue(client)
    assert "轮到" not in read(client, page_of(drawn))
    duty = drawn.duties.order_by("id").first()
    seat = world.a_seat(Role.SUPERVISOR, office=duty.supervisor.office, person_id=duty.supervisor_id)
    decline_duty(seat, duty, reason="另有公务。")
    assert page_of(drawn) in in_queue(client)


def test_a_filed_plan_nobody_drew_for_leaves_the_queue_when_the_exam_is_over(
    institution: Institution, client_of: Any
) -> None:
    plan = world.a_filed_plan(institution=institution)
    client = client_of(world.a_seat(Role.CENTRE_REVIEWER))
    with world.clock.at(plan.ends_on):
        assert page_of(plan) in in_queue(client)
    with world.clock.at(plan.ends_on + timedelta(days=1)):
        assert page_of(plan) not in in_queue(client)

"""Draws for the office, duties for the supervisor: nobody else learns who attends before the exam."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from hengjian.authorities.acts.enact_local_value import enact_local_value
from hengjian.kernel import clock
from hengjian.kernel.ledger import course_of
from hengjian.plans.models import Sitting
from hengjian.supervision.models import Draw, Duty
from tests.pages.reading import queries, read
from tests.pages.stage import stage
from tests.world import MARCH, a_filed_institution, at_hour
from tests.world_after import ON_SITE, a_drawn_plan, accepted_duties, seat_of_supervisor

pytestmark = pytest.mark.django_db


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(key|seen)" value="([^"]*)"', page))


def test_the_pool_is_shown_with_everybody_left_out_and_why_and_sealed(client_of: Any, at: Any) -> None:
    from hengjian.supervision.acts.open_chain import open_chain

    made = stage()
    at("2026-09-10T09:00")
    open_chain(made.reviewer)
    client = client_of(made.reviewer)
    address = f"/plans/{made.plan.pk}/draw/"
    page = read(client, address)
    assert "没有安全培训记录" in page and "须 2 人，可抽 5 人" in page
    given = hidden(page) | {"opens_at": "2026-09-10T10:00", "beacon_source": "none"}
    assert client.post(address, given).status_code == 302
    assert Draw.objects.get(plan=made.plan).state == Draw.State.SEALED


def test_a_draw_is_read_by_its_office_and_by_nobody_else(client_of: Any, at: Any) -> None:
    made = stage().drawn()
    at("2026-09-11T09:00")
    page = read(client_of(made.reviewer), f"/draws/{made.draw.pk}/")
    assert made.duty.supervisor.name in page and made.draw.digest in page and "没有安全培训记录" in page
    for role in ("clerk", "responsible", "foreign", "supervisor"):
        read(client_of(made.roles[role]), f"/draws/{made.draw.pk}/", 404)


def test_the_institution_does_not_learn_who_comes(client_of: Any, at: Any) -> None:
    made = stage().drawn()
    at("2026-09-11T09:00")
    client = client_of(made.clerk)
    read(client, f"/duties/{made.duty.pk}/", 404)
    for address in ("/supervision/", f"/plans/{made.plan.pk}/", f"/batches/{made.batch.pk}/"):
        assert made.duty.supervisor.name not in read(client, address), address
    assert "考前保密" in read(client, "/supervision/")


def test_a_duty_is_accepted_in_one_tap(client_of: Any, at: Any) -> None:
    made = stage().drawn()
    at("2026-09-11T09:00")
    client = client_of(made.supervisor)
    assert "燕北机械" in read(client, "/duties/")
    page = read(client, f"/duties/{made.duty.pk}/")
    action = f"/do/supervision.accept_duty/{made.duty.pk}/"
    assert f'action="{action}"' in page and "回避或推辞督导任务" in page
    assert client.post(action, hidden(page)).status_code == 302
    made.duty.refresh_from_db()
    assert Duty.objects.get(pk=made.duty.pk).state == Duty.State.ACCEPTED


def test_whoever_attends_reads_what_is_examined_when_where_and_whom_to_call(province: Any, client_of: Any) -> None:
    with clock.at(MARCH):
        institution = a_filed_institution(contact="某联系人", contact_phone="03150000001")
        plan = a_drawn_plan(institution=institution)
        duty = Duty.objects.filter(plan=plan).order_by("pk")[0]
        client = client_of(seat_of_supervisor(duty))
        before = read(client, f"/duties/{duty.pk}/")
        assert "请确认是否接受" in read(client, "/desk/") and "03150000001" not in before
        sitting = Sitting.objects.filter(batch__plan=plan).order_by("starts_at").first()
        assert sitting is not None
        hour = sitting.starts_at.astimezone(clock.ZONE)
        assert f"{hour:%H:%M}–" in before and sitting.room in before and sitting.batch.occupation_name in before
        accepted_duties(plan)
        assert "到考点登记到场" in read(client, "/desk/")
    with clock.at(at_hour(plan.held_on, 8)):
        after = read(client, f"/duties/{duty.pk}/")
    assert "某联系人" in after and "03150000001" in after
    bar = after[after.index("下一步") :]
    assert bar.index("登记到场</button>") < bar.index("提交督导报告</button>")  # what can be done comes first


def test_a_foreign_supervisor_finds_no_duty(client_of: Any, at: Any) -> None:
    made, other = stage().drawn(), stage().drawn()
    at("2026-09-11T09:00")
    if other.duty.supervisor_id != made.supervisor.person_id:
        read(client_of(made.supervisor), f"/duties/{other.duty.pk}/", 404)


def test_the_report_keeps_what_was_answered_until_the_last_item_is(client_of: Any, at: Any) -> None:
    from hengjian.supervision.acts.attend_exam import accept_duty, report_arrival

    made = stage().drawn()
    duty = made.duty
    at("2026-09-11T09:00")
    accept_duty(made.supervisor, duty)
    at("2026-09-19T08:30")
    report_arrival(made.supervisor, duty)
    at("2026-09-19T17:30")
    client = client_of(made.supervisor)
    address = f"/duties/{duty.pk}/report/"
    page = read(client, address)
    answers = {f"a-{item['key']}": "yes" for item in duty.checklist}
    last = duty.checklist[-1]["key"]
    open_one = {name: value for name, value in answers.items() if name != f"a-{last}"}
    given = hidden(page) | open_one | {"conclusion": "orderly", "means": "现场督导"}
    refused = client.post(address, given)
    assert refused.status_code == 422 and "还没有结论" in refused.content.decode()
    assert (
        refused.content.decode().count(" checked") == len(duty.checklist) + 1
    )  # all but one item, conclusion and means
    without = client.post(address, given | answers | {"means": []})
    assert without.status_code == 422 and "每场至少采用 1 种督导方式" in without.content.decode()
    assert client.post(address, given | answers).status_code == 302
    assert "现场督导" in read(client_of(made.reviewer), f"/duties/{duty.pk}/")
    assert "督导报告 · 组织规范" in read(client_of(made.reviewer), f"/duties/{duty.pk}/")
    assert "督导报告 · 组织规范" in read(client_of(made.clerk), f"/duties/{duty.pk}/")


def test_no_report_without_arrival(client_of: Any, at: Any) -> None:
    from hengjian.supervision.acts.attend_exam import accept_duty

    made = stage().drawn()
    at("2026-09-11T09:00")
    accept_duty(made.supervisor, made.duty)
    assert "没有到场记录" in read(client_of(made.supervisor), f"/duties/{made.duty.pk}/report/", 409)


def test_lists_cost_the_same_for_few_and_for_many(client_of: Any, at: Any) -> None:
    made = stage().drawn()
    at("2026-09-11T09:00")
    client = client_of(made.reviewer)
    addresses = ("/supervision/", "/draws/", "/duties/")
    for address in addresses:
        client.get(address)
    before = [queries(lambda address=address: client.get(address)) for address in addresses]  # type: ignore[misc]
    for _ in range(3):
        stage().drawn()
    assert [queries(lambda address=address: client.get(address)) for address in addresses] == before  # type: ignore[misc]


def test_a_city_that_wants_three_supervisors_sees_three_on_the_page_and_gets_three(client_of: Any, at: Any) -> None:
    from hengjian.supervision.acts.open_chain import open_chain

    made = stage()
    at("2026-09-08T09:00")
    enact_local_value(
        made.head, key="supervision.supervisors_per_sitting_min", value=3, since=date(2026, 9, 9),
        law="唐演示〔2026〕9号", reason="本市逢考三人督导",
    )  # fmt: skip
    at("2026-09-09T09:00")
    open_chain(made.reviewer)
    page = read(client_of(made.reviewer), f"/plans/{made.plan.pk}/draw/")
    assert "须 3 人" in page and "须 2 人" not in page
    made.sealed_draw()
    assert made.draw.manifest["team"] == 3
    (sealed, *_) = course_of(made.plan, limit=1)
    assert (
        "supervision.supervisors_per_sitting_min=2@" in sealed.pins[-1] and "|13/1302/=3@2026-09-09" in sealed.pins[-1]
    )


def test_an_exam_of_today_that_nobody_accepted_stands_first_on_the_centres_desk(client_of: Any, at: Any) -> None:
    made = stage().drawn()
    assert str(made.plan.held_on) == "2026-09-19"
    for moment, alarmed in (("2026-09-17T09:00", False), ("2026-09-18T09:00", True), ("2026-09-19T07:30", True)):
        at(moment)
        for seat in (made.reviewer, made.head):
            assert ("督导员不足" in read(client_of(seat), "/desk/")) is alarmed, (moment, seat.label)
    page = read(client_of(made.reviewer), "/desk/")
    assert "今天考试，督导员不足" in page and "还没有督导员接受" in page
    assert "督导员不足" not in read(client_of(made.clerk), "/desk/")


def test_an_attended_exam_raises_no_alarm(client_of: Any, at: Any) -> None:
    made = stage().reported()
    at("2026-09-19T18:00")
    assert "督导员不足" not in read(client_of(made.reviewer), "/desk/")


def test_a_stopped_batch_stands_on_the_heads_desk_and_says_so_to_the_institution(client_of: Any, at: Any) -> None:
    from hengjian.supervision.acts.attend_exam import file_report

    made = stage().drawn()
    life = made.life
    life.perform("accept")
    life.perform("begin")
    life.perform("finish", reported=False)
    duty = made.duty
    with clock.at("2026-09-19T17:40"):
        answers = {item["key"]: "yes" for item in duty.checklist}
        file_report(made.supervisor, duty, means=ON_SITE, answers=answers, conclusion="stopped", findings="发现替考。")
    at("2026-09-19T18:00")
    assert "解除叫停" in read(client_of(made.head), "/desk/")
    page = read(client_of(made.clerk), f"/batches/{made.batch.pk}/")
    assert "质量督导员已叫停" in page and "解除叫停" not in page

"""Result sheets and objections as institution and office see them; nobody else does."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bench._rows import START, more_rows

from hengjian.kernel.actor import PUBLIC
from hengjian.results.acts.object_to_result import object_to_result
from hengjian.results.models import Objection, ObjectionBurst, ResultSheet, Score
from hengjian.results.states import ObjectionPart, SheetState
from tests.pages.reading import queries, read
from tests.pages.stage import Stage, stage

pytestmark = pytest.mark.django_db
SIDES = ("", "?side=list", "?side=objections", "?side=proofs")


def test_the_sheet_shows_steps_counted_days_and_what_stands_in_the_way(client_of: Any, at: Any) -> None:
    made = stage().objected()
    at("2026-10-09T10:00")
    page = read(client_of(made.responsible), f"/results/{made.sheet.pk}/")
    for said in ("公示 5 个工作日", "第 3 个工作日", "10/10", "现在还不能结束公示", "另有 1 件异议待答复", "提出异议"):
        assert said in page


@pytest.mark.parametrize("role", ["clerk", "responsible", "reviewer", "head"])
def test_those_concerned_read_every_side(role: str, client_of: Any, at: Any) -> None:
    made = stage().objected()
    at("2026-10-09T10:00")
    client = client_of(made.roles[role])
    for side in SIDES:
        read(client, f"/results/{made.sheet.pk}/{side}")
    objection = Objection.objects.get(sheet=made.sheet)
    for address in ("/results/", "/objections/", f"/objections/{objection.pk}/"):
        read(client, address)


@pytest.mark.parametrize("role", ["foreign", "supervisor"])
def test_strangers_find_nothing(role: str, client_of: Any, at: Any) -> None:
    made = stage().objected()
    at("2026-10-09T10:00")
    client = client_of(made.roles[role])
    objection = Objection.objects.get(sheet=made.sheet)
    for address in (f"/results/{made.sheet.pk}/", f"/objections/{objection.pk}/"):
        read(client, address, 404)
    assert made.plan.number not in read(client, "/results/")


def test_the_grid_holds_a_row_for_everyone_and_takes_the_marks(client_of: Any, at: Any) -> None:
    made = stage(candidates=3).sheet_open()
    at("2026-09-22T10:00")
    client = client_of(made.clerk)
    address = f"/do/results.enter_scores/{made.sheet.pk}/"
    page = read(client, address)
    assert page.count('name="rows-') >= 3 * 4
    given = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    given |= {f"rows-{n}-{part}": "80" for n in (0, 1) for part in ("theory", "practical")}
    given["rows-2-absent"] = "on"
    answer = client.post(address, given)
    assert answer.status_code == 302
    outcomes = Score.objects.filter(sheet=made.sheet).order_by("candidate__row").values_list("passed", "absent")
    assert list(outcomes) == [(True, False), (True, False), (False, True)]


def test_a_mark_out_of_range_is_refused_with_its_row_and_what_was_typed_stays(client_of: Any, at: Any) -> None:
    made = stage(candidates=2).sheet_open()
    at("2026-09-22T10:00")
    client = client_of(made.clerk)
    address = f"/do/results.enter_scores/{made.sheet.pk}/"
    given = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', read(client, address)))
    given |= {"rows-0-theory": "180", "rows-0-practical": "77.5"}
    answer = client.post(address, given)
    page = answer.content.decode()
    assert answer.status_code == 422 and "现为 180" in page and "77.5" in page


def test_whoever_entered_cannot_confirm_and_a_second_person_can(client_of: Any, at: Any) -> None:
    made = stage().entered()
    at("2026-09-23T10:00")
    address = f"/do/results.confirm_results/{made.sheet.pk}/"
    read(client_of(made.clerk), address, 404)
    client = client_of(made.responsible)
    given = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', read(client, address)))
    assert client.post(address, given).status_code == 302
    assert made.sheet.state == SheetState.CONFIRMED


def test_a_second_reading_names_every_mark_that_differs(client_of: Any, at: Any) -> None:
    made = stage(candidates=5).entered()
    at("2026-09-23T10:00")
    client = client_of(made.responsible)
    address = f"/results/{made.sheet.pk}/double/"
    assert address in read(client, f"/results/{made.sheet.pk}/")
    page = read(client, address)
    given = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    scores = list(Score.objects.filter(sheet=made.sheet).select_related("candidate").order_by("candidate__row"))
    for score in scores:
        for part in ("theory", "practical"):
            given[f"m-{score.candidate.row}-{part}"] = "缺" if score.absent else str(getattr(score, part))
    assert "两次录入一致" in client.post(address, given).content.decode()
    given[f"m-{scores[2].candidate.row}-theory"] = "67"
    told = client.post(address, given).content.decode()
    assert "有 1 处不一致" in told and f"已录入的是 {scores[2].theory.normalize():f}" in told
    read(client_of(made.reviewer), address, 404)


def test_an_objection_is_answered_from_its_page(client_of: Any, at: Any) -> None:
    made = stage().objected()
    at("2026-10-09T10:00")
    objection = Objection.objects.get(sheet=made.sheet)
    client = client_of(made.responsible)
    page = read(client, f"/objections/{objection.pk}/")
    assert f"/do/results.answer_objection/{objection.pk}/" in page and "实操评分漏记一项" in page
    address = f"/do/results.answer_objection/{objection.pk}/"
    given = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', read(client, address)))
    assert client.post(address, given | {"upheld": "false", "answer": "复核评分表，没有漏记。"}).status_code == 302
    assert "复核评分表" in read(client, f"/objections/{objection.pk}/")


def queue_of(client: Any) -> str:
    """The desk without what is in others' hands."""
    queue, *beside = read(client, "/desk/").split('<aside class="stack">')
    assert beside
    return queue


def test_the_centre_looks_at_an_objection_from_its_queue(client_of: Any, at: Any) -> None:
    made = stage().objected(accepted=False)
    at("2026-09-30T10:00")
    objection = Objection.objects.get(sheet=made.sheet)
    client = client_of(made.reviewer)
    assert f"/objections/{objection.pk}/" in read(client, "/desk/")
    assert f"/objections/{objection.pk}/" not in queue_of(client_of(made.responsible))
    page = read(client, f"/objections/{objection.pk}/")
    for said in ("核对期限怎么算的", "演示联系方式", "受理异议", "不予受理异议", "技能成绩"):
        assert said in page
    address = f"/do/results.refuse_objection/{objection.pk}/"
    form = read(client, address)
    given = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    short = client.post(address, given | {"ground": "与本次评价结果无关", "note": "略"})
    assert short.status_code == 422 and "至少写 4 个字" in short.content.decode()
    assert client.post(address, given | {"ground": "与本次评价结果无关", "note": "来件说的是食堂。"}).status_code == 302
    page = read(client, f"/objections/{objection.pk}/")
    assert "不予受理：与本次评价结果无关" in page
    assert f"审核岗 {made.reviewer.user.name}" in page, "the time line names who decided"


def test_the_contact_stands_on_the_page_of_the_centre_alone(client_of: Any, at: Any) -> None:
    made = stage().objected()
    at("2026-10-09T10:00")
    objection = Objection.objects.get(sheet=made.sheet)
    for seat, told in ((made.reviewer, True), (made.head, True), (made.clerk, False), (made.responsible, False)):
        client = client_of(seat)
        pages = [
            read(client, f"/objections/{objection.pk}/"),
            *(read(client, f"/results/{made.sheet.pk}/{s}") for s in SIDES),
        ]
        assert ("演示联系方式" in "".join(pages)) is told


def test_a_burst_stands_in_the_queue_of_the_centre(client_of: Any, at: Any) -> None:
    made = stage().objected(accepted=False)
    at("2026-09-30T10:00")
    score = Score.objects.filter(sheet=made.sheet, passed=True).order_by("candidate__row")[1]
    for _ in range(5):
        object_to_result(
            PUBLIC, score, part=ObjectionPart.THEORY, happened_on=made.plan.held_on, text="理论成绩与答题卡不一致。"
        )
    client = client_of(made.reviewer)
    assert "异议集中 · 电工" in read(client, "/desk/")
    assert "短时间内" in read(client, f"/results/{made.sheet.pk}/")
    burst = ObjectionBurst.objects.get()
    address = f"/do/results.settle_burst/{burst.pk}/"
    given = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', read(client, address)))
    assert client.post(address, given | {"note": "同一班组提出，逐件核对。"}).status_code == 302
    assert "异议集中 · 电工" not in read(client, "/desk/")


def test_a_thousand_objections_cost_the_sheet_as_many_statements_as_two(client_of: Any, at: Any) -> None:
    made = stage().objected(accepted=False)
    at("2026-09-30T10:00")
    client = client_of(made.reviewer)
    one = Objection.objects.get(sheet=made.sheet)
    for side in SIDES:
        read(client, f"/results/{made.sheet.pk}/{side}")
    addresses = [*(f"/results/{made.sheet.pk}/{side}" for side in SIDES), f"/notices/{made.sheet.pk}/", "/objections/"]
    few = [queries(lambda address=address: client.get(address)) for address in addresses]  # type: ignore[misc]
    more_rows(Objection, one.pk, {"id": f"{START} + n.i", "code": "'YYCOPY' || CAST(100000 + n.i AS TEXT)"}, 0, 1000)
    many = [queries(lambda address=address: client.get(address)) for address in addresses]  # type: ignore[misc]
    assert few == many
    assert "共 1001 件，显示 50 件" in read(client, f"/results/{made.sheet.pk}/?side=objections")


def test_a_sheet_waits_in_the_queue_of_whose_turn_it_is(client_of: Any, at: Any) -> None:
    made = stage().entered()
    at("2026-09-23T10:00")
    assert "评价结果 · 电工" in read(client_of(made.responsible), "/desk/")
    assert "评价结果 · 电工" not in queue_of(client_of(made.reviewer))


def test_the_list_and_the_sheet_cost_the_same_for_few_and_for_many(client_of: Any, at: Any) -> None:
    few, many = stage(candidates=100).on_notice(), stage(candidates=1000).on_notice()
    at("2026-10-05T10:00")
    client = client_of(few.reviewer)
    for side in SIDES:
        read(client, f"/results/{few.sheet.pk}/{side}")
        counted = [
            queries(lambda made=made, side=side: client.get(f"/results/{made.sheet.pk}/{side}")) for made in (few, many)
        ]  # type: ignore[misc]
        assert counted[0] == counted[1], side
    one = queries(lambda: client.get("/results/"))
    stage().on_notice()
    stage().on_notice()
    assert queries(lambda: client.get("/results/")) == one


def test_no_page_of_results_tells_a_whole_number(client_of: Any, at: Any) -> None:
    made: Stage = stage().objected()
    at("2026-10-09T10:00")
    for side in SIDES:
        page = read(client_of(made.responsible), f"/results/{made.sheet.pk}/{side}")
        assert not any(number in page for number in made.numbers)
    assert ResultSheet.objects.count() == 1

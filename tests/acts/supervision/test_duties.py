"""3.2.3: every exam is attended. Without a supervisor it does not begin, without the report it is not done (R31, R45–R52)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from hengjian.authorities.acts.enact_local_value import enact_local_value
from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.kernel.actor import CLOCK
from hengjian.kernel.asking import Asking
from hengjian.kernel.refusal import Kind, Refused
from hengjian.plans.models import Batch
from hengjian.plans.states import BatchState
from hengjian.results.acts.confirm_results import confirm_results
from hengjian.results.acts.open_notice import open_notice
from hengjian.results.acts.open_sheet import open_sheet
from hengjian.results.models import ResultSheet
from hengjian.supervision import queries
from hengjian.supervision.acts.attend_exam import accept_duty, decline_duty, file_report, report_arrival
from hengjian.supervision.acts.begin_exam import begin_exam, finish_exam
from hengjian.supervision.acts.decide_stopped import annul_exam, resume_exam
from hengjian.supervision.acts.reveal_and_draw import reveal_and_draw
from hengjian.supervision.models import Duty
from hengjian.supervision.policies import CONTENT_THEMES
from hengjian.supervision.rules import enough_supervisors_have_arrived
from tests.world import ELECTRICIAN, WELDER, Province, Wanted, a_filed_plan, a_seat, a_supervisor, at_hour
from tests.world_after import (
    ON_SITE,
    a_drawn_plan,
    a_sealed_draw,
    accepted_duties,
    all_in_order,
    an_admitted_batch,
    an_examined_batch,
    seat_of_supervisor,
    seats_of,
)

At = Callable[[object], None]


def _attended(duty: Duty) -> Duty:
    with clock.at(at_hour(duty.plan.held_on, 8)):
        report_arrival(seat_of_supervisor(duty), duty)
    return duty


def test_no_exam_begins_before_the_required_supervisors_have_arrived(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = an_admitted_batch()
    clerk, _, _ = seats_of(batch.plan)
    morning = at_hour(batch.plan.held_on, 8)
    a_drawn_plan(batch.plan)
    first, second = accepted_duties(batch.plan)
    for arrived, present in ((None, 0), (first, 1)):
        with clock.at(morning):
            if arrived is not None:
                report_arrival(seat_of_supervisor(arrived), arrived)
            refusal = begin_exam.why_not(clerk, batch)
        assert refusal is not None
        assert refusal.code == "supervision.enough_supervisors_have_arrived"
        assert f"须有 2 名督导员到场，已登记到场 {present} 名" in refusal.sentence
        assert "逢考必督" in refusal.clause
    with clock.at(morning):
        report_arrival(seat_of_supervisor(second), second)
        fact = begin_exam(clerk, batch)
        assert (fact.candidates, fact.supervisors) == (3, 2)
        with pytest.raises(Refused, match=r"kernel\.state.*考试中"):
            begin_exam(clerk, batch)


def test_a_city_that_wants_three_begins_with_three(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = an_admitted_batch()
    clerk, _, _ = seats_of(batch.plan)
    a_drawn_plan(batch.plan)
    duties = accepted_duties(batch.plan)
    enact_local_value(
        a_seat(Role.CENTRE_HEAD, office=batch.plan.office),
        key="supervision.supervisors_per_sitting_min",
        value=3,
        since=batch.plan.held_on,
        law="唐山市质量督导细则（示例）",
        reason="本市每场派三名质量督导员。",
    )
    with clock.at(at_hour(batch.plan.held_on, 8)):
        for duty in duties:
            report_arrival(seat_of_supervisor(duty), duty)
        refusal = begin_exam.why_not(clerk, batch)
    assert refusal is not None
    assert "须有 3 名督导员到场，已登记到场 2 名" in refusal.sentence


def test_a_supervisor_of_another_trade_does_not_open_the_exam(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_filed_plan(batches=(Wanted(ELECTRICIAN, "4", 3), Wanted(WELDER, "4", 3)))
    for competence in (("6-31-01",), ("6-18-02",)):
        for _ in range(2):
            a_supervisor(competence=competence)
    draw = a_sealed_draw(plan, supervisors=0)
    with clock.at(draw.opens_at):
        reveal_and_draw(a_seat(Role.CENTRE_REVIEWER, office=plan.office), draw)
    for duty in Duty.objects.order_by("pk"):
        if duty.supervisor.competence == ["6-31-01"]:
            accept_duty(seat_of_supervisor(duty), duty)
            _attended(duty)
    refusals = {}
    with clock.at(at_hour(plan.held_on, 8)):
        for batch in plan.batches.order_by("pk"):
            refusals[batch.occupation_code] = enough_supervisors_have_arrived(Asking(CLOCK, batch))
    assert refusals[ELECTRICIAN] is None
    assert refusals[WELDER] is not None


def test_an_exam_is_not_finished_while_its_last_sitting_runs(province: Province, at: At) -> None:
    """The theory is over at eleven, the practical part runs from half past one to half past four."""
    at("2026-05-06T09:00")
    batch = an_admitted_batch()
    clerk, _, _ = seats_of(batch.plan)
    _begun(batch)
    with clock.at(at_hour(batch.plan.held_on, 9, 49)):
        refusal = finish_exam.why_not(clerk, batch)
        assert refusal is not None
        assert refusal.code == "supervision.last_sitting_has_ended"
        assert "16:30" in refusal.sentence
    with clock.at(at_hour(batch.plan.held_on, 16, 30)):
        finish_exam(clerk, batch)
    assert batch.state == BatchState.EXAMINED


def _begun(batch: Batch) -> list[Duty]:
    a_drawn_plan(batch.plan)
    duties = [_attended(duty) for duty in accepted_duties(batch.plan)]
    with clock.at(at_hour(batch.plan.held_on, 8, 30)):
        begin_exam(seats_of(batch.plan)[0], batch)
    return duties


def test_nobody_answers_about_the_time_after_the_exam_while_it_runs(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = an_admitted_batch()
    duty = _begun(batch)[0]
    seat, answers = seat_of_supervisor(duty), all_in_order(duty)
    with clock.at(at_hour(batch.plan.held_on, 8, 33)):
        with pytest.raises(Refused, match="exam_still_runs") as refused:
            file_report(seat, duty, means=ON_SITE, answers=answers, conclusion="orderly")
        assert refused.value.refusal.field == "conclusion"
        with pytest.raises(Refused, match="answered_before_the_end"):
            file_report(seat, duty, means=ON_SITE, answers=answers, conclusion="stopped", findings="考场漏电。")
    with clock.at(at_hour(batch.plan.held_on, 16, 30)):
        file_report(seat, duty, means=ON_SITE, answers=answers, conclusion="orderly")


def _stopped(batch: Batch) -> Duty:
    duty = _begun(batch)[0]
    after = [item["key"] for item in duty.checklist if item["group"] == "考后"]
    answers = all_in_order(duty) | dict.fromkeys(after, "na")
    notes = dict.fromkeys(after, "叫停时未到考后。")
    with clock.at(at_hour(batch.plan.held_on, 10)):
        fact = file_report(
            seat_of_supervisor(duty),
            duty,
            means=ON_SITE,
            answers=answers,
            notes=notes,
            conclusion="stopped",
            findings="考场漏电。",
        )
    assert fact.stopped == 1
    batch.refresh_from_db()
    return duty


def test_a_stop_holds_the_batch_until_the_head_decides(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = an_admitted_batch()
    _stopped(batch)
    clerk, _, reviewer = seats_of(batch.plan)
    head = a_seat(Role.CENTRE_HEAD, office=batch.plan.office)
    assert (batch.state, batch.stopped_from) == (BatchState.STOPPED, BatchState.EXAMINING)
    with clock.at(at_hour(batch.plan.held_on, 17)):
        assert finish_exam.why_not(clerk, batch) is not None
        for act in (resume_exam, annul_exam):
            refusal = act.why_not(reviewer, batch)
            assert refusal is not None
            assert refusal.kind is Kind.ROLE
        resume_exam(head, batch, explanation="断电检修后复测合格，中断的场次已补足时间。")
        assert (batch.state, batch.stopped_from) == (BatchState.EXAMINING, "")
        finish_exam(clerk, batch)
    assert batch.state == BatchState.EXAMINED


def test_an_exam_that_was_annulled_goes_no_further(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = an_admitted_batch()
    _stopped(batch)
    clerk, _, _ = seats_of(batch.plan)
    head = a_seat(Role.CENTRE_HEAD, office=batch.plan.office)
    with clock.at(at_hour(batch.plan.held_on, 17)):
        annul_exam(head, batch, explanation="试题在开考前已经外传，经查证属实。")
        for act in (begin_exam, finish_exam, open_sheet):
            refusal = act.why_not(clerk, batch)
            assert refusal is not None
            assert refusal.kind is Kind.STATE
        assert resume_exam.why_not(head, batch) is not None


def test_a_stop_reported_after_the_sheet_is_open_holds_the_results(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = an_examined_batch(reported=False)
    first, second = Duty.objects.filter(plan=batch.plan).order_by("pk")
    with clock.at(at_hour(batch.plan.held_on, 19)):
        open_sheet(seats_of(batch.plan)[0], batch)
        for duty, conclusion in ((first, "orderly"), (second, "stopped")):
            file_report(
                seat_of_supervisor(duty),
                duty,
                means=ON_SITE,
                answers=all_in_order(duty),
                conclusion=conclusion,
                findings="" if conclusion == "orderly" else "发现替考。",
            )
        sheet = ResultSheet.objects.get(batch=batch)
        rule = next(rule for rule in confirm_results.header.requires if rule.code == "results.exam_stands")
        refusal = rule(Asking(CLOCK, sheet))
    assert refusal is not None
    assert "叫停" in refusal.sentence
    assert rule in open_notice.header.requires


def test_an_institution_learns_who_supervises_when_somebody_arrives(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_drawn_plan()
    clerk, _, _ = seats_of(plan)
    duties = accepted_duties(plan)
    assert queries.duties(clerk) == []
    _attended(duties[0])
    assert [row.supervisor for row in queries.duties(clerk)] == [duties[0].supervisor.code]
    assert queries.report(clerk, duties[0].pk) is None, "the report is read once it is filed"


def test_an_exam_is_held_on_the_day_that_was_filed(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = an_admitted_batch()
    a_drawn_plan(batch.plan)
    accepted_duties(batch.plan)
    with clock.at(at_hour(batch.plan.held_on - timedelta(days=1), 9)):
        refusal = begin_exam.why_not(seats_of(batch.plan)[0], batch)
    assert refusal is not None
    assert refusal.code == "supervision.today_is_examined"


def test_an_exam_that_never_began_is_not_finished(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = an_admitted_batch()
    with pytest.raises(Refused, match=r"kernel\.state.*考生已核定"):
        finish_exam(seats_of(batch.plan)[0], batch)


def test_a_duty_belongs_to_the_person_drawn(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_drawn_plan()
    first, second = Duty.objects.order_by("pk")
    for seat in (seat_of_supervisor(second), a_seat(Role.CENTRE_REVIEWER, office=plan.office)):
        refusal = accept_duty.why_not(seat, first)
        assert refusal is not None
        assert refusal.kind is Kind.ROLE
    accept_duty(seat_of_supervisor(first), first)
    assert first.state == Duty.State.ACCEPTED


def test_declining_needs_a_reason(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    a_drawn_plan()
    duty = Duty.objects.order_by("pk")[0]
    with pytest.raises(Refused, match=r"kernel\.argument"):
        decline_duty(seat_of_supervisor(duty), duty, reason="")


def test_the_checklist_is_made_from_the_plan(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    plan = a_drawn_plan()
    items = Duty.objects.order_by("pk")[0].checklist
    texts = [item["text"] for item in items]
    assert f"考点与备案的计划一致（{plan.venue}）" in texts
    assert any("电工4级 20 人" in text for text in texts)
    for theme in CONTENT_THEMES.on(clock.today()):
        assert f"考核内容包括{theme}" in texts
    groups = {item["group"] for item in items}
    assert {"与计划对照", "理论考试", "技能考核"} <= groups
    assert "综合评审" not in groups, "a level without review asks nothing of it"
    assert len({item["key"] for item in items}) == len(items)


def test_a_report_names_the_means_and_who_obstructed_is_not_reported_as_in_order(province: Province, at: At) -> None:
    """5.1: at least one means an exam; a word the law does not have is refused at its field (R93)."""
    at("2026-05-06T09:00")
    a_drawn_plan()
    duty = _attended(accepted_duties(Duty.objects.order_by("pk")[0].plan)[0])
    seat, answers = seat_of_supervisor(duty), all_in_order(duty)
    said = {"answers": answers, "conclusion": "orderly", "means": ON_SITE}
    wrong = (
        ("means", {"means": ()}, "means_too_few"),
        ("means", {"means": ("电话了解",)}, "means_unknown"),
        ("methods", {"methods": ("猜测",)}, "method_unknown"),
        ("obstructions", {"obstructions": ("天气",)}, "obstruction_unknown"),
        ("conclusion", {"obstructions": ("打击报复",)}, "obstructed"),
    )
    with clock.at(at_hour(duty.plan.held_on, 18)):
        for field, change, code in wrong:
            with pytest.raises(Refused, match=code) as refused:
                file_report(seat, duty, **said | change)
            assert refused.value.refusal.field == field and refused.value.refusal.remedy
        fact = file_report(
            seat, duty, **said | {"means": ("现场督导", "网络在线", "现场督导"), "methods": ("查阅资料",)}
        )
    assert fact.means == ("网络在线", "现场督导"), "each once, in the order of the law"
    assert (duty.methods, duty.obstructions) == (["查阅资料"], [])


def test_a_city_may_ask_for_two_means(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    a_drawn_plan()
    duty = _attended(accepted_duties(Duty.objects.order_by("pk")[0].plan)[0])
    enact_local_value(
        a_seat(Role.CENTRE_HEAD, office=duty.plan.office),
        key="supervision.means_per_sitting_min",
        value=2,
        since=duty.plan.held_on,
        law="唐山市质量督导细则（示例）",
        reason="本市每场至少两种方式。",
    )
    with clock.at(at_hour(duty.plan.held_on, 18)), pytest.raises(Refused, match="至少采用 2 种"):
        file_report(seat_of_supervisor(duty), duty, answers=all_in_order(duty), means=ON_SITE, conclusion="orderly")


def test_a_report_is_filed_by_who_was_there_and_answers_every_item(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    a_drawn_plan()
    duty = accepted_duties(Duty.objects.order_by("pk")[0].plan)[0]
    seat = seat_of_supervisor(duty)
    answers = all_in_order(duty)
    refusal = file_report.why_not(seat, duty)
    assert refusal is not None
    assert refusal.code == "supervision.supervisor_was_there"
    with pytest.raises(Refused, match="on_exam_day"):
        report_arrival(seat, duty)
    _attended(duty)
    with clock.at(at_hour(duty.plan.held_on, 18)):
        with pytest.raises(Refused, match="item_open"):
            file_report(seat, duty, means=ON_SITE, answers={**answers, "plan.1": ""}, conclusion="orderly")
        with pytest.raises(Refused, match="item_needs_note"):
            file_report(
                seat,
                duty,
                means=ON_SITE,
                answers={**answers, "plan.1": "no"},
                conclusion="defects",
                findings="考点不符",
            )
        with pytest.raises(Refused, match="conclusion_differs"):
            file_report(
                seat,
                duty,
                means=ON_SITE,
                answers={**answers, "plan.1": "no"},
                notes={"plan.1": "改在三楼"},
                conclusion="orderly",
            )
        with pytest.raises(Refused, match="unknown_item"):
            file_report(seat, duty, means=ON_SITE, answers={**answers, "plan.99": "yes"}, conclusion="orderly")
        fact = file_report(
            seat,
            duty,
            means=ON_SITE,
            answers={**answers, "plan.1": "no"},
            notes={"plan.1": "改在三楼"},
            conclusion="defects",
            findings="考点与计划不一致。",
        )
    assert (fact.failed, fact.late, duty.state) == (1, False, Duty.State.REPORTED)
    assert duty.checklist[0]["note"] == "改在三楼"


def test_a_report_after_its_working_days_is_marked_late(province: Province, at: At) -> None:
    at("2026-05-06T09:00")
    batch = an_examined_batch(reported=False)
    duty = Duty.objects.filter(plan=batch.plan).order_by("pk")[0]
    assert duty.due_on is not None
    with clock.at(at_hour(duty.due_on + timedelta(days=1), 9)):
        fact = file_report(
            seat_of_supervisor(duty), duty, means=ON_SITE, answers=all_in_order(duty), conclusion="orderly"
        )
    assert fact.late

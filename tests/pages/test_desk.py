"""The start page: one queue by date whose number is the side bar's, beside it what others have in hand, exams with what they lack."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import disclosed
from hengjian.plans.models import Plan
from hengjian.results.acts.triage_objection import accept_objection
from hengjian.results.models import Objection
from hengjian.supervision.coming import coming_exams
from hengjian.supervision.pool import standing, targets
from hengjian.web import work
from hengjian.web.in_hand import in_hand, with_others
from hengjian.web.room import queue
from hengjian.web.supervision.alarms import unattended_exams
from tests.pages.stage import stage
from tests.world import PROVINCE, a_seat, a_submitted_filing

ClientOf = Callable[[Seat], Client]
pytestmark = pytest.mark.django_db
NOW = "2026-09-30T10:00"


def queue_card(client: Client) -> Any:
    return next(card for card in client.get(reverse("desk")).context["cards"] if card.id == "queue")


def test_the_number_above_the_queue_is_the_side_bars_and_that_of_its_rows(client_of: ClientOf) -> None:
    with clock.at(NOW):
        made = stage(candidates=4).objected(accepted=False)
        for seat in (made.clerk, made.responsible, made.reviewer, made.head):
            client = client_of(seat)
            page = client.get(reverse("desk"))
            entry = next(link for group in page.context["shell"].menu for link in group.links if link.href == "/desk/")
            own = [line for line in work.lines(seat) if not line.alarm]
            card = queue_card(client)
            assert str(card.chips[0].label) == f"{len(own)} 件" and entry.count == len(own), seat


def test_what_waits_is_in_my_hand_or_in_anothers_and_never_in_both(client_of: ClientOf) -> None:
    with clock.at(NOW):
        made = stage(candidates=4).objected(accepted=False)
        for seat in (made.clerk, made.responsible, made.reviewer, made.head, a_seat(Role.AUDITOR, at=PROVINCE)):
            own = work.waiting(seat)
            for model, rows in with_others(seat).items():
                mine = set(own[model].values_list("pk", flat=True)) if model in own else set()
                others = set(rows.values_list("pk", flat=True))
                assert not mine & others, (seat, model)
                assert others <= set(disclosed(model, seat).values_list("pk", flat=True)), (seat, model)
        before = in_hand(made.reviewer)
        accept_objection(made.reviewer, Objection.objects.get())
        after = in_hand(made.reviewer)
    assert after.total == before.total + 1, "judged by the centre, to be answered by the institution"
    mine = next(line for line in after.lines if "异议" in str(line.title))
    assert made.institution.short_name in str(mine.task) and "评价负责人" in str(mine.task)


def test_an_overdue_case_of_others_comes_into_the_queue_of_the_office_above(client_of: ClientOf) -> None:
    officer = a_seat(Role.PROVINCE_OFFICER, at=PROVINCE)
    with clock.at(NOW):
        made = stage(candidates=4).objected()
        assert in_hand(officer).overdue == 0
        assert "件已逾期" not in client_of(officer).get(reverse("desk")).content.decode()
    with clock.at("2026-12-01T10:00"):
        assert in_hand(officer).overdue == in_hand(made.reviewer).overdue >= 1
        page = client_of(officer).get(reverse("desk")).content.decode()
        assert "件已逾期" in page and "督促办理" in page
        late = client_of(officer).get(reverse("in_hand") + "?due=overdue")
        assert len(late.context["card"].table.rows) == in_hand(officer).overdue


def test_an_institution_does_not_learn_from_whose_turn_it_is_that_nobody_was_drawn(client_of: ClientOf) -> None:
    with clock.at("2026-09-05T10:00"):
        made = stage(candidates=4)
        plan = Plan.objects.get(pk=made.plan.pk)
        assert plan in with_others(a_seat(Role.PROVINCE_OFFICER, at=PROVINCE))[Plan]
        assert plan not in with_others(made.clerk)[Plan]
        address = reverse("plan", kwargs={"pk": plan.pk})
        assert client_of(made.clerk).get(address).context["page"].turn is None
        assert client_of(made.reviewer).get(address).context["page"].turn is not None


def test_the_desk_asks_as_often_for_many_cases_in_others_hands_as_for_one() -> None:
    with clock.at(NOW):
        made = stage(candidates=4).objected()
        with CaptureQueriesContext(connection) as one:
            in_hand(made.head)
        stage(candidates=4).objected()
        with CaptureQueriesContext(connection) as two:
            assert in_hand(made.head).total
        assert len(two) <= len(one) <= 2 + len(queue())


def test_a_coming_exam_says_what_it_lacks_and_to_offices_alone_whether_anybody_attends() -> None:
    with clock.at("2026-09-08T09:00"):
        made = stage(candidates=4)
        seen = {seat.role: coming_exams(Asking(seat, None), days=14) for seat in (made.reviewer, made.clerk)}
        assert [lack.sentence for lack in seen[Role.CENTRE_REVIEWER][0].lacks] == ["尚未抽取督导员"]
        assert seen[Role.CLERK][0].lacks == ()
    drawn = made.drawn()
    with clock.at("2026-09-18T12:00"):
        (exam,) = [each for each in coming_exams(Asking(made.reviewer, None), days=14) if each.plan == drawn.plan.pk]
        assert [lack.sentence for lack in exam.lacks] == ["还没有督导员接受"]
        # Counted set-wise as the draw itself counts it one by one.
        assert min(standing(drawn.plan, ("accepted",))[target] for target in targets(drawn.plan)) == 0
    accepted = made.lived("accept")
    with clock.at("2026-09-18T12:00"):
        (exam,) = [each for each in coming_exams(Asking(made.reviewer, None), days=14) if each.plan == accepted.plan.pk]
        assert exam.lacks == ()


def test_the_alarm_sounds_a_day_before_presses_two_hours_before_and_reaches_the_offices_above() -> None:
    made = stage(candidates=4).drawn()
    province = a_seat(Role.PROVINCE_OFFICER, at=PROVINCE)
    for moment, heard, pressing in (
        ("2026-09-18T08:59", 0, False),
        ("2026-09-18T09:00", 1, False),
        ("2026-09-19T06:59", 1, False),
        ("2026-09-19T07:00", 1, True),
    ):
        with clock.at(moment):
            for seat in (made.reviewer, made.head, province):
                lines = unattended_exams(seat)
                assert len(lines) == heard, (moment, seat)
                assert not lines or (lines[0].hint_tone == "seal") is pressing, moment
            assert not unattended_exams(made.clerk)
    with clock.at("2026-09-19T07:00"):
        assert "督促" in unattended_exams(province)[0].task and "督促" not in unattended_exams(made.head)[0].task


def test_many_exams_cost_as_many_statements_as_one() -> None:
    with clock.at("2026-09-08T09:00"):
        made = stage(candidates=4)
        with CaptureQueriesContext(connection) as one:
            assert len(coming_exams(Asking(made.head, None), days=14)) == 1
        stage(candidates=4)
        with CaptureQueriesContext(connection) as two:
            assert len(coming_exams(Asking(made.head, None), days=14)) == 2
        assert len(two) <= len(one) + 1, "the local values of all areas, once"


def test_provisional_deadlines_stand_in_the_queue_of_whoever_enters_the_calendar() -> None:
    from hengjian.web.authorities.alarms import provisional_deadlines

    officer = a_seat(Role.PROVINCE_OFFICER, at=PROVINCE)
    with clock.at(NOW):
        assert provisional_deadlines(officer) == []
    with clock.at("2026-12-30T10:00"):
        filing = a_submitted_filing()
        assert filing.due_provisional, "the world knows no holidays of 2027"
        (line,) = provisional_deadlines(officer)
        assert str(line.title) == "1 个期限是暂定的"
        assert provisional_deadlines(a_seat(Role.CENTRE_HEAD, office=filing.office)) == []

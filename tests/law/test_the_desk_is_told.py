"""What the law makes wait comes to the desk on the day it begins to wait, not before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hengjian.authorities.roles import Role
from hengjian.institutions.models import SiteVisit
from hengjian.kernel import clock
from hengjian.kernel.actor import CLOCK
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.sealing_process import too_slow
from hengjian.kernel.spans import after_months
from hengjian.results.acts.close_notice import close_notice
from hengjian.web.institutions.alarms import rechecks_due
from hengjian.web.plans.alarms import idle_institutions, rosters_still_missing
from tests.world import Province, a_filed_institution, a_filed_plan, a_seat, at_hour
from tests.world_after import a_sheet_on_notice, filed, some_people, the_day_after

pytestmark = pytest.mark.django_db


def test_an_entry_waits_a_minute_for_its_checkpoint_and_no_longer() -> None:
    assert too_slow(60) == ""
    assert "最迟 60 秒" in too_slow(61)


def test_the_institution_is_reminded_ten_days_before_an_exam_without_a_roster(province: Province, in_march) -> None:
    plan = a_filed_plan()
    clerk = a_seat(Role.CLERK, institution=plan.institution)
    for days, reminded, last in ((11, False, False), (10, True, False), (3, True, True)):
        with clock.at(at_hour(plan.held_on - timedelta(days=days), 9)):
            lines = rosters_still_missing(clerk)
        assert (len(lines) == 1) == reminded, days
        assert not lines or bool(lines[0].hint) == last
    assert rosters_still_missing(a_seat(Role.CENTRE_REVIEWER, office=plan.office)) == []


def test_an_institution_that_never_examines_comes_to_the_head_after_twelve_months(province: Province, in_march) -> None:
    institution = a_filed_plan().institution
    head = a_seat(Role.CENTRE_HEAD, office=institution.office)
    held = institution.plans.get().held_on
    with clock.at(at_hour(after_months(held, 12) - timedelta(days=1), 9)):
        assert idle_institutions(head) == []
    with clock.at(at_hour(after_months(held, 12), 9)):
        assert [line.under for line in idle_institutions(head)] == [institution.name]


def test_an_institution_not_visited_for_twelve_months_comes_to_the_reviewer(province: Province, in_march) -> None:
    institution = a_filed_institution()
    reviewer = a_seat(Role.CENTRE_REVIEWER, office=institution.office)
    visited = SiteVisit.objects.get(filing__institution=institution).visited_on
    with clock.at(at_hour(after_months(visited, 12) - timedelta(days=1), 9)):
        assert rechecks_due(reviewer) == []
    with clock.at(at_hour(after_months(visited, 12), 9)):
        (line,) = rechecks_due(reviewer)
        assert (line.under, line.due_on) == (institution.name, clock.today())
        assert rechecks_due(a_seat(Role.CENTRE_HEAD, office=institution.office)) == []


def test_review_and_issue_have_deadlines_of_their_own(province: Province, at) -> None:
    at("2026-05-06T09:00")
    sheet = a_sheet_on_notice(people=some_people(1))
    with clock.at(the_day_after(sheet)):
        close_notice(CLOCK, sheet)
        closed = clock.today()
    sheet.refresh_from_db()
    assert sheet.due_on == stored_calendar().add_working_days(closed, 5).on
    filed(sheet)
    sheet.refresh_from_db()
    assert sheet.due_on == stored_calendar().add_working_days(sheet.result_filed_on, 5).on

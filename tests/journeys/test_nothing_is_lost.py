"""What somebody has written survives an ended session, a lost connection, a double click and a file that is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.kernel.models import Entry
from hengjian.plans.models import Plan
from tests.ground import a_pdf
from tests.journeys.hands import DESK, press, says, the_clock_stands_at, write
from tests.journeys.test_the_thin_way import BLOCKS, EXAM, log_in
from tests.world import MARCH, a_draft_filing, a_filed_institution, a_filed_plan, a_seat, a_submitted_plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
Browser = Callable[..., Any]
HEAD = {"计划名称": "2026 年第 2 期电工认定", "考点": "二号实训楼", "开考日期": EXAM}


def test_an_ended_session_loses_nothing_of_a_form(browser: Browser, settings: Any) -> None:
    with clock.at(MARCH):
        clerk = a_seat(Role.CLERK, institution=a_filed_institution())
    the_clock_stands_at(MARCH, settings)
    page = browser(**DESK)
    log_in(page, clerk)
    press(page, "填写认定计划")
    write(page, HEAD | BLOCKS)
    page.wait_for_timeout(700)  # drafts are kept four tenths of a second after the last key
    Session.objects.all().delete()
    press(page, "填写认定计划")
    page.wait_for_url("**/accounts/login/**")
    assert not Plan.objects.exists()

    page.fill("[name=login]", clerk.user.username)
    page.fill("[name=password]", "a long password of the tests")
    page.locator("main").get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("button", name="恢复草稿").click()
    assert page.locator("[name=title]").input_value() == HEAD["计划名称"]
    assert page.locator("[name=bank]").input_value() == BLOCKS["考核题（卷）库"]
    press(page, "填写认定计划")
    assert Plan.objects.get().venue == "二号实训楼"
    page.goto("/do/plans.draft_plan/")
    assert page.get_by_role("button", name="恢复草稿").count() == 0


def test_a_lost_connection_keeps_what_was_written(browser: Browser, settings: Any) -> None:
    with clock.at(MARCH):
        clerk = a_seat(Role.CLERK, institution=a_filed_institution())
    the_clock_stands_at(MARCH, settings)
    page = browser(clerk, **DESK)
    page.goto("/do/plans.draft_plan/")
    write(page, HEAD)
    page.context.set_offline(True)
    page.get_by_text("没有网络。您填写的内容仍在本页").wait_for()
    assert page.locator("[name=title]").input_value() == HEAD["计划名称"]
    write(page, BLOCKS)
    page.wait_for_timeout(700)
    page.context.set_offline(False)
    page.reload()
    page.get_by_role("button", name="恢复草稿").click()
    assert page.locator("[name=timetable]").input_value() == BLOCKS["时间安排"]


@pytest.mark.on_both
def test_a_double_click_is_one_act(browser: Browser, settings: Any) -> None:
    with clock.at(MARCH):
        plan = a_submitted_plan()
        reviewer = a_seat(Role.CENTRE_REVIEWER, office=plan.office)
    the_clock_stands_at(MARCH, settings)
    page = browser(reviewer, **DESK)
    page.goto(f"/do/plans.file_plan/{plan.pk}/")
    page.locator("#content .acts button").dblclick()
    page.get_by_text("已办理：计划备案。").wait_for()
    assert Entry.objects.filter(act="plans.file_plan").count() == 1


@pytest.mark.on_both
def test_two_windows_of_one_form_are_one_act_too(browser: Browser, settings: Any) -> None:
    with clock.at(MARCH):
        plan = a_submitted_plan()
        reviewer = a_seat(Role.CENTRE_REVIEWER, office=plan.office)
    the_clock_stands_at(MARCH, settings)
    page = browser(reviewer, **DESK)
    page.goto(f"/do/plans.file_plan/{plan.pk}/")
    other = page.context.new_page()
    other.goto(f"/do/plans.file_plan/{plan.pk}/")
    press(page, "计划备案")
    press(other, "计划备案")
    assert says(other, "现在还不能计划备案")
    assert Entry.objects.filter(act="plans.file_plan").count() == 1


def test_a_refused_file_keeps_the_other_fields(browser: Browser, settings: Any) -> None:
    with clock.at(MARCH):
        filing = a_draft_filing(papers=False)
        clerk = a_seat(Role.CLERK, institution=filing.institution)
    the_clock_stands_at(MARCH, settings)
    page = browser(clerk, **DESK)
    page.goto(f"/filings/{filing.pk}/materials/add/")
    page.locator("[name=kind]").select_option(index=2)
    chosen = page.locator("[name=kind]").input_value()
    write(page, {"材料名称": "设备清单（三号楼）"})
    large = {"name": "设备.pdf", "mimeType": "application/pdf", "buffer": b"%PDF" + bytes(21 * 1024 * 1024)}
    page.set_input_files("[name=upload_id]", large)
    page.locator("form.act-form").evaluate("form => form.submit()")
    page.get_by_text("超过上限").first.wait_for()
    assert page.locator("[name=title]").input_value() == "设备清单（三号楼）"
    assert page.locator("[name=kind]").input_value() == chosen
    page.set_input_files("[name=upload_id]", {**large, "buffer": a_pdf()})
    press(page, "提交材料")
    assert says(page, "设备清单（三号楼）")


@pytest.mark.parametrize(
    ("name", "content"), [("名册.xlsx", b"PK\x03\x04 broken"), ("名册.xlsx", b""), ("图.png", b"\x89PNG\r\n")]
)
def test_a_broken_roster_is_refused_in_words(browser: Browser, settings: Any, name: str, content: bytes) -> None:
    with clock.at(MARCH):
        batch = a_filed_plan().batches.get()
        clerk = a_seat(Role.CLERK, institution=batch.plan.institution)
    the_clock_stands_at(MARCH, settings)
    page = browser(clerk, **DESK)
    page.goto(f"/rosters/{batch.pk}/")
    page.set_input_files("[name=roster]", {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    press(page, "上传并核查")
    assert says(page, "重新上传")
    batch.refresh_from_db()
    assert batch.roster_rows == 0

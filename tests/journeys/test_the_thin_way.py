"""The main job clicked through in a real browser: filing, plan, roster, draw, exam, notice, objection, certificate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.institutions.models import Filing
from hengjian.kernel import clock
from tests.journeys.hands import DESK, PHONE, SIDEWAYS, press, says, the_clock_stands_at, write, write_row
from tests.world import MARCH, a_seat, an_applicant

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
Browser = Callable[..., Any]
PASSWORD = "a long password of the tests"


def log_in(page: Any, seat: Seat) -> None:
    """Through the real log-in page."""
    seat.user.set_password(PASSWORD)
    seat.user.save()
    page.goto("/accounts/login/")
    page.fill("[name=login]", seat.user.username)
    page.fill("[name=password]", PASSWORD)
    page.locator("main").get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/desk/")


def test_an_institution_is_filed_and_stands_in_the_public_register(browser: Browser, settings: Any) -> None:
    with clock.at(MARCH):
        institution = an_applicant()
        clerk = a_seat(Role.CLERK, institution=institution)
        responsible = a_seat(Role.RESPONSIBLE_PERSON, institution=institution)
        reviewer = a_seat(Role.CENTRE_REVIEWER, office=institution.office)
        head = a_seat(Role.CENTRE_HEAD, office=institution.office)
    the_clock_stands_at(MARCH, settings)

    page = browser(**DESK)
    log_in(page, clerk)
    press(page, "填写备案申请")
    for number, code in enumerate(("6-31-01-03", "6-18-02-04")):
        write_row(
            page,
            "items",
            number,
            {"occupation_code": code, "level": "4", "equipment": "配电实训台 20 套", "assessors": "3"},
        )
    write(page, {"申请说明": "申请开展职业技能等级认定。"})
    press(page, "填写备案申请")
    filing = Filing.objects.get(institution=institution)
    page.goto(f"/filings/{filing.pk}/?side=materials")
    while page.locator(".missing").count():
        kind = page.locator(".missing").first.inner_text()
        press(page, "提交材料")
        page.locator("[name=kind]").select_option(kind)
        page.set_input_files(
            "[name=upload_id]",
            {"name": f"{kind}.pdf", "mimeType": "application/pdf", "buffer": f"%PDF {kind}".encode()},
        )
        press(page, "提交材料")

    page = browser(responsible, **DESK)
    page.goto("/desk/")
    press(page, "备案申请 · 首次备案")
    press(page, "提交备案申请")
    press(page, "提交备案申请")
    assert says(page, "已办理：提交备案申请。")

    page = browser(reviewer, **DESK)
    page.goto("/desk/")
    press(page, "备案申请 · 首次备案")
    press(page, "受理备案申请")
    press(page, "受理备案申请")
    page.goto(f"/filings/{filing.pk}/?side=materials")
    while page.locator("#content").get_by_role("button", name="通过", exact=True).count():
        press(page, "通过")
    press(page, "安排现场考察")
    page.fill("[name=planned_on]", "2026-03-02")
    for number, name in enumerate(("甲评估", "乙评估")):
        write_row(page, "team", number, {"name": name, "employer": f"示例大学{number}"})
        page.check(f"[name=team-{number}-no_conflict]")
    press(page, "安排现场考察")
    press(page, "完成现场考察")
    for part, value in (("score", "85"), ("evidence", "查阅记录并现场核对。"), ("assessor", "甲评估")):
        for field in page.locator(f"[name^=sheet-][name$=-{part}]").all():
            field.fill(value)
    page.get_by_label("符合条件", exact=True).check()
    press(page, "完成现场考察")

    page = browser(head, **DESK)
    page.goto("/desk/")
    press(page, "备案申请 · 首次备案")
    press(page, "作出备案决定")
    page.get_by_label("准予备案").check()
    write(page, {"理由": "材料齐全，现场考察符合条件。"})
    press(page, "作出备案决定")
    assert says(page, "请填写“依据条款”。")
    write(page, {"依据条款": "《关于实行职业技能考核鉴定机构备案管理的通知》（人社部发〔2019〕30号）"})
    press(page, "作出备案决定")
    institution.refresh_from_db()
    assert says(page, institution.filing_number)

    stranger = browser(**PHONE)
    stranger.goto("/register/")
    stranger.get_by_role("link", name=institution.name).click()
    assert says(stranger, "电工")
    assert says(stranger, "焊工")
    assert says(stranger, institution.filing_number)
    assert stranger.evaluate(SIDEWAYS) == 0

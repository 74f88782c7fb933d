"""The main job clicked through in a real browser: filing, plan, roster, draw, exam, notice, objection, certificate."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password

from hengjian.authorities.acts.own_login import change_password
from hengjian.authorities.holder import Holder
from hengjian.authorities.models import Account, Seat
from hengjian.authorities.roles import Role
from hengjian.certificates.models import Certificate
from hengjian.cli import tick
from hengjian.institutions.models import Filing
from hengjian.kernel import clock, codes, sealer
from hengjian.plans.models import Batch, Plan
from hengjian.results.models import ResultSheet, Score
from hengjian.supervision.acts.attend_exam import accept_duty, file_report, report_arrival
from hengjian.supervision.models import Draw, Duty
from tests.ground import a_pdf
from tests.journeys.hands import DESK, PHONE, SIDEWAYS, press, says, the_clock_stands_at, write, write_row
from tests.world import MARCH, a_filed_institution, a_seat, a_supervisor, an_applicant, at_hour
from tests.world_after import (
    ON_SITE,
    Person,
    a_drawn_plan,
    a_roster_file,
    a_sheet_on_notice,
    all_in_order,
    an_admitted_batch,
    seat_of_supervisor,
    seats_of,
    some_people,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
Browser = Callable[..., Any]
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PASSWORD = "a long password of the tests"


def log_in(page: Any, seat: Seat) -> None:
    """Through the real log-in page."""
    account = Account.objects.get(user=seat.user)
    change_password(Holder(account), account, encoded=make_password(PASSWORD))
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
            {"name": f"{kind}.pdf", "mimeType": "application/pdf", "buffer": a_pdf(kind)},
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


EXAM = "2026-03-25"
BLOCKS = {
    "考核题（卷）库": "题库 1200 题，每场备用试卷 3 套。",
    "评价流程": "报名、核查、理论考试、技能考核、公示、发证。",
    "时间安排": "上午理论，下午技能。",
    "公布情况": "在机构公告栏和本平台公示。",
}


def a_workbook(batch: Batch, people: list[Person]) -> dict[str, Any]:
    """The roster as a file that the browser chooses."""
    from openpyxl import Workbook

    book = Workbook()
    for line in csv.reader(io.StringIO(a_roster_file(batch, people).decode("utf-8-sig"))):
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return {"name": "电工四级名册.xlsx", "mimeType": SHEET_TYPE, "buffer": out.getvalue()}


@pytest.mark.on_both
def test_a_plan_is_filed_its_roster_checked_and_its_supervisors_drawn(browser: Browser, settings: Any) -> None:
    with clock.at(MARCH):
        institution = a_filed_institution()
        clerk = a_seat(Role.CLERK, institution=institution)
        responsible = a_seat(Role.RESPONSIBLE_PERSON, institution=institution)
        reviewer = a_seat(Role.CENTRE_REVIEWER, office=institution.office)
        for _ in range(3):
            a_supervisor()
    the_clock_stands_at(MARCH, settings)

    page = browser(clerk, **DESK)
    page.goto("/desk/")
    press(page, "填写认定计划")
    write(page, {"计划名称": "2026 年第 1 期电工认定", "考点": "一号实训楼", "开考日期": EXAM} | BLOCKS)
    press(page, "填写认定计划")
    press(page, "增加批次")
    write_row(page, "rows", 0, {"occupation_code": "6-31-01-03", "level": "4", "headcount": "60"})
    press(page, "增加批次")
    press(page, "安排场次")
    batch = Batch.objects.get()
    sittings = (
        ("theory", "201", "09:00", "11:00"),
        ("theory", "202", "09:00", "11:00"),
        ("practical", "实操车间", "13:30", "17:00"),
    )
    for number, (part, room, begins, ends) in enumerate(sittings):
        cells = {"part": part, "room": room, "starts_at": f"{EXAM}T{begins}", "ends_at": f"{EXAM}T{ends}"}
        seats, staff = ("30", "2") if part == "theory" else ("60", "13")
        write_row(page, "rows", number, {"batch_id": str(batch.pk), "seats": seats, "staff": staff} | cells)
    press(page, "安排场次")
    assert says(page, "无冲突")

    page = browser(responsible, **DESK)
    page.goto("/desk/")
    press(page, "计划 · 2026 年第 1 期电工认定")
    press(page, "报送认定计划")
    press(page, "报送认定计划")

    page = browser(reviewer, **DESK)
    page.goto("/desk/")
    press(page, "计划 · 2026 年第 1 期电工认定")
    press(page, "计划备案")
    press(page, "计划备案")
    plan = Plan.objects.get()
    assert plan.number
    assert says(page, plan.number)

    roster = browser(clerk, **DESK)
    roster.goto(f"/rosters/{batch.pk}/")
    people = some_people(60)
    wrong = [Person(each.name, each.number[:-1] + ("1" if each.number[-1] != "1" else "2")) for each in people[:2]]
    roster.set_input_files("[name=roster]", a_workbook(batch, [*wrong, *people[2:]]))
    press(roster, "上传并核查")
    assert says(roster, "第 2 行 证件号码")
    assert says(roster, "第 3 行 证件号码")
    assert says(roster, "名册有 2 处错误")
    roster.goto(f"/rosters/{batch.pk}/")
    roster.set_input_files("[name=roster]", a_workbook(batch, people))
    press(roster, "上传并核查")
    press(roster, "提交名册")
    assert says(roster, "已办理：提交名册。")

    page.goto(f"/rosters/{batch.pk}/")
    press(page, "抽取核查样本")
    press(page, "抽取核查样本")
    press(page, "核定考生")
    press(page, "核定考生")
    assert Batch.objects.get().state == "admitted"

    page.goto("/desk/")
    press(page, "启用年度抽取码链")
    press(page, "启用年度抽取码链")
    page.goto(f"/plans/{plan.pk}/")
    press(page, "封存抽取清单")
    press(page, "封存抽取清单")
    sealer.seal()
    page.goto("/clock/")
    page.fill("[name=days]", "1")
    press(page, "拨动演示时钟")
    assert says(page, "演示时钟已向前拨。")
    page.goto("/desk/")
    press(page, "抽取 D-2026-0001")
    press(page, "抽取质量督导员")
    press(page, "抽取质量督导员")
    assert Duty.objects.count() == 2


def test_a_supervisor_attends_by_phone_and_the_results_go_on_notice(browser: Browser, settings: Any) -> None:
    with clock.at(MARCH):
        batch = an_admitted_batch(people=some_people(4))
        plan = a_drawn_plan(batch.plan)
        clerk, responsible, _ = seats_of(plan)
        duty, other = Duty.objects.filter(plan=plan).order_by("pk")
        supervisor, colleague = seat_of_supervisor(duty), seat_of_supervisor(other)
    the_clock_stands_at(at_hour(plan.held_on, 7), settings)

    phone = browser(supervisor, **PHONE)
    phone.goto("/desk/")
    press(phone, "督导任务 · ", exact=False)
    press(phone, "接受督导任务")
    press(phone, "登记到场")
    accept_duty(colleague, other)
    report_arrival(colleague, other)
    assert phone.evaluate(SIDEWAYS) == 0

    page = browser(clerk, **DESK)
    page.goto(f"/batches/{batch.pk}/")
    press(page, "开始考试")
    press(page, "开始考试")
    page.goto("/clock/")  # an exam is finished when its last sitting is
    page.fill("[name=days]", "1")
    press(page, "拨动演示时钟")
    assert says(page, "演示时钟已向前拨。")
    page.goto(f"/batches/{batch.pk}/")
    for act in ("考试完成", "建立成绩单"):
        press(page, act)
        press(page, act)

    press(phone, "提交督导报告")
    assert phone.evaluate(SIDEWAYS) == 0
    press(phone, "提交督导报告")
    assert says(phone, "还没有提交")
    for item in phone.locator("fieldset.item .three label.yes").all():
        item.click()
    phone.locator("[name=means][value=现场督导]").check()
    phone.locator("[name=conclusion][value=orderly]").check()
    press(phone, "提交督导报告")
    assert says(phone, "督导报告已提交。")
    file_report(colleague, other, means=ON_SITE, answers=all_in_order(other), conclusion="orderly")

    page.goto("/results/")
    page.locator("#content tbody a").first.click()
    press(page, "录入成绩")
    for row in range(4):
        write_row(page, "rows", row, {"theory": str(70 + row), "practical": "81.5"})
    press(page, "录入成绩")

    page = browser(responsible, **DESK)
    page.goto("/desk/")
    press(page, "评价结果 · ", exact=False)
    press(page, "确认评价结果")
    press(page, "确认评价结果")
    press(page, "公示评价结果")
    write(page, {"公示地点": "厂区公告栏"})
    press(page, "公示评价结果")
    assert says(page, "公示期限怎么算的")
    assert ResultSheet.objects.get().state == "on_notice"


@pytest.mark.on_both
def test_a_stranger_objects_the_others_go_on_and_a_certificate_proves_itself(
    browser: Browser, settings: Any, tmp_path: Path
) -> None:
    with clock.at(MARCH):
        people = some_people(4)
        sheet = a_sheet_on_notice(people=people)
        sealer.seal()
        plan = sheet.batch.plan
        _, responsible, reviewer = seats_of(plan)
    assert sheet.notice_opened_on is not None
    the_clock_stands_at(at_hour(sheet.notice_opened_on, 10), settings)

    stranger = browser(**PHONE)
    stranger.goto("/notices/")
    stranger.locator("#content tbody a").first.click()
    code = Score.objects.get(sheet=sheet, candidate__row=2).candidate.ticket_code or ""
    stranger.fill("[name=code]", codes.grouped(code).lower())
    press(stranger, "查找")
    stranger.get_by_text("找到了：您在名单第 2 行").wait_for()
    press(stranger, "在本机核对名单")
    stranger.get_by_text("名单完整").wait_for()
    stranger.locator(".notice-table tbody tr").first.get_by_role("link").click()
    stranger.get_by_label("技能成绩", exact=True).check()
    stranger.fill("#id_text", "实操评分漏记一项，请核对评分表。")
    press(stranger, "下一步：核对")
    assert says(stranger, "还没有提交")
    assert stranger.evaluate(SIDEWAYS) == 0
    press(stranger, "确认提交")
    code = stranger.locator(".code-line b").inner_text()
    press(stranger, "看办理情况")
    assert says(stranger, "核对中")

    page = browser(reviewer, **DESK)
    page.goto("/desk/")
    press(page, "公示异议 · ", exact=False)
    assert says(page, "核对期限怎么算的")
    press(page, "受理异议")
    press(page, "受理异议")
    stranger.goto("/objection/")
    stranger.fill("[name=code]", code)
    stranger.locator("main form button").first.click()
    assert says(stranger, "评价机构还没有答复。")
    stranger.goto(f"/notices/{sheet.pk}/")
    assert says(stranger, "异议核查中")

    page.goto("/clock/")
    page.fill("[name=days]", "8")  # five working days and a weekend
    press(page, "拨动演示时钟")
    tick.once()
    page.goto("/desk/")
    press(page, "评价结果 · ", exact=False)
    press(page, "评价结果备案")
    write(page, {"报名人数": "4", "参加人数": "4", "合格人数": "3"})
    press(page, "评价结果备案")
    assert says(page, "备案表所填合格人数为 3，与记录的 4 不符。")
    write(page, {"合格人数": "4"})
    press(page, "评价结果备案")

    page = browser(responsible, **DESK)
    page.goto("/desk/")
    press(page, "评价结果 · ", exact=False)
    press(page, "制证发证")
    press(page, "制证发证")
    page = browser(reviewer, **DESK)
    page.goto("/certificates/")
    press(page, "全部待上网的上网")
    page.locator("[data-confirm-yes]").click()
    assert says(page, "3 张证书的数据已上网，公众现在可以查到。")
    tick.once()

    certificate = Certificate.objects.order_by("pk")[0]
    stranger.goto("/check/")
    stranger.fill("#number", certificate.number)
    stranger.fill("#who", people[1].number[-4:])
    press(stranger, "核验")
    assert says(stranger, certificate.occupation_name)
    assert stranger.evaluate(SIDEWAYS) == 0
    with stranger.expect_download() as downloading:
        stranger.get_by_role("link", name="下载制证存证凭证").click()
    receipt = tmp_path / "receipt.tlog-proof"
    downloading.value.save_as(receipt)
    stranger.goto("/verify/")
    key = stranger.locator("#key [data-copy]").get_attribute("data-copy")
    with stranger.expect_download() as downloading:
        stranger.get_by_role("link", name="下载凭证验证脚本").click()
    script = tmp_path / "verify_receipt.py"
    downloading.value.save_as(script)
    proven = subprocess.run([sys.executable, "-I", script, receipt, key], capture_output=True, text=True, check=False)
    assert proven.returncode == 0, proven.stdout + proven.stderr
    assert "凭证成立" in proven.stdout
    receipt.write_text(receipt.read_text().replace("index ", "index 1", 1))
    altered = subprocess.run([sys.executable, "-I", script, receipt, key], capture_output=True, text=True, check=False)
    assert altered.returncode == 1


def test_anybody_runs_a_published_draw_again_in_the_browser(browser: Browser, settings: Any) -> None:
    with clock.at(MARCH):
        plan = a_drawn_plan()
    draw = Draw.objects.get(plan=plan)
    the_clock_stands_at(at_hour(plan.held_on + timedelta(days=1), 9), settings)
    tick.once()

    page = browser(**PHONE)
    page.goto("/draws/public/")
    page.get_by_role("link", name=draw.code).click()
    press(page, "重新抽一遍")
    page.get_by_text("成立：重新计算的结果与公布的完全一致。").wait_for()
    assert page.locator("[data-draw-checks] .holds").count() == 6
    assert page.locator("[data-draw-checks] .fails").count() == 0
    assert page.evaluate(SIDEWAYS) == 0

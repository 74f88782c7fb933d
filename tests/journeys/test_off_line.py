"""On the phone without network: what is submitted waits on the device, is sent once, and goes on the server's receipt alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.institutions.models import Institution
from hengjian.kernel import clock
from hengjian.kernel.models import Entry
from hengjian.plans.models import Plan
from hengjian.supervision.models import Duty
from tests.journeys.hands import PHONE, SIDEWAYS, press, says, the_clock_stands_at, write
from tests.journeys.test_nothing_is_lost import HEAD
from tests.journeys.test_the_thin_way import BLOCKS, PASSWORD, log_in
from tests.world import MARCH, a_filed_institution, a_seat, at_hour
from tests.world_after import an_examined_batch, seat_of_supervisor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
Browser = Callable[..., Any]
ENTRIES = """() => new Promise((done) => {
  const opening = indexedDB.open("hengjian", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("outbox", { keyPath: "id" });
  opening.onsuccess = () => {
    const asked = opening.result.transaction("outbox").objectStore("outbox").getAll();
    asked.onsuccess = () => {
      const told = asked.result.map(({ id, owner, sealed }) => ({ id, owner, text: new TextDecoder("latin1").decode(sealed) }));
      opening.result.close();
      done(told);
    };
  };
})"""
DRAFTS = "Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length"


@pytest.fixture
def duty(settings: Any) -> Duty:
    with clock.at(MARCH):
        batch = an_examined_batch(reported=False)
        found: Duty = Duty.objects.filter(plan=batch.plan, state=Duty.State.ACCEPTED).order_by("pk")[0]
    the_clock_stands_at(at_hour(found.plan.held_on, 20), settings)
    return found


@pytest.fixture
def clerk(settings: Any) -> Seat:
    with clock.at(MARCH):
        found = a_seat(Role.CLERK, institution=a_filed_institution())
    the_clock_stands_at(MARCH, settings)
    return found


def waiting(page: Any) -> list[dict[str, Any]]:
    """What lies on the device, as its owner's browser would hand it to anybody who looks."""
    found: list[dict[str, Any]] = page.evaluate(ENTRIES)
    return found


def nothing_waits(page: Any) -> bool:
    """The receipt is fetched and read after the page has come: it may take a moment until the entry goes."""
    for _ in range(100):
        if waiting(page) == []:
            return True
        page.wait_for_timeout(50)
    return False


def is_sent(page: Any, words: str = "已送达，收到回执") -> None:
    page.locator("#outbox", has_text=words).wait_for()
    assert nothing_waits(page)


def a_plan_submitted_off_line(page: Any) -> None:
    page.goto("/do/plans.draft_plan/")
    write(page, HEAD | BLOCKS)
    page.wait_for_timeout(500)  # drafts are kept four tenths of a second after the last key
    page.context.set_offline(True)
    press(page, "填写认定计划")
    page.locator("#outbox", has_text="待发送").wait_for()


def test_a_report_of_forty_answers_off_line_is_queued_sent_once_and_gone_on_its_receipt(
    browser: Browser, duty: Duty, pictures: Any
) -> None:
    page = browser(seat_of_supervisor(duty), **PHONE)
    page.goto(f"/duties/{duty.pk}/report/")
    answers = page.locator("fieldset.item .three label.yes").all()
    for item in answers:
        item.click()
    page.locator("[name=means][value=现场督导]").check()
    page.locator("[name=conclusion][value=orderly]").check()
    page.wait_for_timeout(500)
    assert page.evaluate(DRAFTS) == 1
    page.context.set_offline(True)
    page.locator("#outbox", has_text="没有网络").wait_for()
    pictures.take(page, "off-line")
    press(page, "提交督导报告")
    page.locator("#outbox", has_text="待发送").wait_for()
    assert says(page, "已保存在这台设备，待发送")
    assert page.evaluate(SIDEWAYS) == 0
    pictures.take(page, "queued")
    (entry,) = waiting(page)
    assert "orderly" not in entry["text"] and "answers" not in entry["text"]  # encrypted
    assert page.evaluate(DRAFTS) == 1
    assert not Entry.objects.filter(act="supervision.file_report").exists()

    page.context.set_offline(False)
    page.wait_for_url(f"**/duties/{duty.pk}/")
    assert says(page, "督导报告已提交。")
    assert nothing_waits(page) and page.evaluate(DRAFTS) == 0
    assert Entry.objects.filter(act="supervision.file_report").count() == 1
    assert Entry.objects.get(act="supervision.file_report").key.endswith(entry["id"])
    duty.refresh_from_db()
    assert [item["answer"] for item in duty.checklist] == ["yes"] * len(answers)


def test_what_waits_is_sent_after_a_reload_too(browser: Browser, clerk: Seat) -> None:
    page = browser(clerk, **PHONE)
    a_plan_submitted_off_line(page)
    page.goto("about:blank")  # the browser is closed and opened again where there is network
    page.context.set_offline(False)
    page.goto("/desk/")
    is_sent(page)
    assert Plan.objects.get().title == HEAD["计划名称"]
    assert page.evaluate(DRAFTS) == 0


def test_a_lost_answer_is_no_second_act(browser: Browser, clerk: Seat) -> None:
    """The act was done, its answer never came: the browser shows its own error page."""
    page = browser(clerk, **PHONE)
    page.goto("/do/plans.draft_plan/")
    write(page, HEAD | BLOCKS)

    def swallowed(route: Any) -> None:
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/do/plans.draft_plan/", swallowed)
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="填写认定计划").click(no_wait_after=True)
    assert Plan.objects.count() == 1
    page.unroute("**/do/plans.draft_plan/")
    page.goto("/do/plans.draft_plan/")
    page.wait_for_timeout(300)
    assert nothing_waits(page)
    assert page.get_by_role("button", name="恢复草稿").count() == 0
    assert Plan.objects.count() == 1


@pytest.mark.on_both
def test_two_tabs_do_not_send_twice(browser: Browser, clerk: Seat) -> None:
    page = browser(clerk, **PHONE)
    other = page.context.new_page()
    other.goto("/desk/")
    posts: list[str] = []
    page.context.on("request", lambda asked: posts.append(asked.url) if asked.method == "POST" else None)
    a_plan_submitted_off_line(page)
    other.locator("#outbox", has_text="待发送").wait_for()
    page.context.set_offline(False)
    page.wait_for_timeout(2000)
    assert [url for url in posts if "draft_plan" in url] == posts and len(posts) == 1
    assert Plan.objects.count() == 1 and waiting(other) == []


def test_a_refused_one_opens_again_with_everything_entered_and_the_sentences(
    browser: Browser, clerk: Seat, pictures: Any
) -> None:
    page = browser(clerk, **PHONE)
    page.goto("/do/plans.draft_plan/")
    write(page, HEAD | BLOCKS | {"开考日期": "2026-01-05"})  # past
    page.context.set_offline(True)
    press(page, "填写认定计划")
    page.locator("#outbox", has_text="待发送").wait_for()
    page.context.set_offline(False)
    page.locator("#outbox", has_text="未被受理").wait_for()
    page.goto("/desk/")
    page.locator("#outbox .said li").first.wait_for()
    pictures.take(page, "refused")
    assert page.evaluate(SIDEWAYS) == 0
    page.get_by_role("button", name="打开改正").click()
    page.wait_for_url("**/do/plans.draft_plan/")
    assert page.locator("[name=title]").input_value() == HEAD["计划名称"]
    assert page.locator("[name=bank]").input_value() == BLOCKS["考核题（卷）库"]
    assert page.locator("#content [role=alert], #content .refusal").count() > 0
    assert len(waiting(page)) == 1  # nothing is gone before a receipt
    write(page, {"开考日期": HEAD["开考日期"]})
    press(page, "填写认定计划")
    assert says(page, "已办理：填写认定计划。")
    assert nothing_waits(page) and Plan.objects.count() == 1


def test_a_session_that_ended_meanwhile_keeps_it_and_sends_it_after_the_log_in(browser: Browser, clerk: Seat) -> None:
    page = browser(**PHONE)
    log_in(page, clerk)
    a_plan_submitted_off_line(page)
    Session.objects.all().delete()
    page.context.set_offline(False)
    page.locator("#outbox", has_text="登录已结束").wait_for()
    assert len(waiting(page)) == 1 and not Plan.objects.exists()
    page.locator("#outbox").get_by_role("link", name="去登录").click()
    page.fill("[name=login]", clerk.user.username)
    page.fill("[name=password]", PASSWORD)
    page.locator("main").get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/desk/")
    is_sent(page)
    assert Plan.objects.count() == 1


def test_nothing_of_one_person_is_read_or_sent_by_the_next(browser: Browser, clerk: Seat, pictures: Any) -> None:
    page = browser(**PHONE)
    log_in(page, clerk)
    a_plan_submitted_off_line(page)
    (entry,) = waiting(page)
    page.goto("about:blank")
    page.context.set_offline(False)
    page.context.clear_cookies()
    with clock.at(MARCH):
        another = a_seat(Role.RESPONSIBLE_PERSON, institution=Institution.objects.get(pk=clerk.institution_id))
    log_in(page, another)
    page.wait_for_timeout(1000)
    assert page.locator("#outbox").count() == 0
    assert waiting(page) == [entry] and not Plan.objects.exists()
    carried = page.evaluate("({...document.body.dataset})")
    assert carried["owner"] != entry["owner"]
    readable = page.evaluate(
        """async (key) => {
          const raw = Uint8Array.from(key.match(/../g), (pair) => parseInt(pair, 16));
          const imported = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
          const opened = await new Promise((done) => { const it = indexedDB.open("hengjian", 1); it.onsuccess = () => done(it.result); });
          const row = await new Promise((done) => { const it = opened.transaction("outbox").objectStore("outbox").getAll(); it.onsuccess = () => done(it.result[0]); });
          opened.close();
          try { await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, imported, row.sealed); return true; } catch { return false; }
        }""",
        carried["outboxKey"],
    )
    assert readable is False
    assert json.dumps(carried).find(clerk.user.username) == -1


def test_leaving_with_something_unsent_asks_first(browser: Browser, clerk: Seat, pictures: Any) -> None:
    page = browser(clerk, **PHONE)
    page.route("**/outbox/?*", lambda route: route.abort())  # a network that carries pages and no answers
    page.goto("/do/plans.draft_plan/")
    write(page, HEAD | BLOCKS)
    press(page, "填写认定计划")
    page.goto("/accounts/logout/")
    page.locator("#outbox", has_text="待发送").wait_for()
    page.locator("main").get_by_role("button", name="退出登录").click()
    page.get_by_text("还有内容没有发出").wait_for()
    pictures.take(page, "leaving")
    page.get_by_role("button", name="取消").click()
    page.locator("#outbox").get_by_role("button", name="丢弃").click()
    page.locator("[data-confirm-yes]").click()
    page.locator("#outbox").wait_for(state="detached")
    assert nothing_waits(page)
    page.locator("main").get_by_role("button", name="退出登录").click()
    page.wait_for_url(lambda url: "logout" not in url)


def test_one_letter_does_not_take_the_place_of_a_draft(browser: Browser, clerk: Seat) -> None:
    page = browser(clerk, **PHONE)
    page.goto("/do/plans.draft_plan/")
    write(page, HEAD | BLOCKS)
    page.wait_for_timeout(500)
    page.reload()
    page.get_by_role("button", name="恢复草稿").wait_for()
    write(page, {"计划名称": "新"})
    page.wait_for_timeout(500)
    page.get_by_role("button", name="丢弃").click()
    page.get_by_role("button", name="取消").click()
    page.reload()
    page.get_by_role("button", name="恢复草稿").first.click()
    assert page.locator("[name=bank]").input_value() == BLOCKS["考核题（卷）库"]
    assert page.locator("[name=title]").input_value() == HEAD["计划名称"]

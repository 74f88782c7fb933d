"""What style sheet and script promise, kept in a real browser: no sideways scrolling, large targets, keyboard, drafts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hengjian.web.specimens import PAGES

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.pages.gallery_urls"),
]

PHONE = {"viewport": {"width": 390, "height": 844}}
DESK = {"viewport": {"width": 1280, "height": 900}}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """[...document.querySelectorAll('button, select, summary, input:not([type=hidden]), a.button')].filter(each => {
  const box = (each.closest('label') ?? each).getBoundingClientRect();
  return each.checkVisibility() && box.height > 0 && box.height < 43.5 && !each.matches('[type=checkbox], [type=radio], .skip');
}).map(each => each.outerHTML.slice(0, 80))"""

Browser = Callable[..., Any]


@pytest.mark.parametrize("name", ["", *PAGES])
@pytest.mark.parametrize("large", [False, True])
def test_nothing_scrolls_sideways_on_a_phone_and_targets_are_large(browser: Browser, name: str, large: bool) -> None:
    page = browser(**PHONE)
    page.goto(f"/gallery/?page={name}")
    if large:
        page.evaluate("document.documentElement.classList.add('large')")
    assert page.evaluate(SIDEWAYS) == 0
    assert page.evaluate(SMALL) == []


def test_a_slash_reaches_the_search_and_j_k_enter_walk_the_queue(browser: Browser) -> None:
    page = browser(**DESK)
    page.goto("/gallery/?page=queue")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("j")
    assert page.input_value("[data-search]") == "j"
    page.evaluate("document.activeElement.blur()")
    for key in "jjk":
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.textContent") == "计划 2613020012 · 电工 三级"
    page.keyboard.press("Enter")
    assert page.url.endswith("#")


def test_an_act_that_asks_is_not_performed_before_the_answer(browser: Browser) -> None:
    page = browser(**DESK)
    page.goto("/gallery/?page=case")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.get_by_role("button", name="撤回公示…").click()
    assert page.evaluate("document.activeElement.textContent") == "取消"
    page.keyboard.press("Enter")
    assert sent == []
    page.get_by_role("button", name="撤回公示…").click()
    with page.expect_navigation():
        page.get_by_role("button", name="撤回公示", exact=True).click()
    assert len(sent) == 1


def test_a_form_is_sent_once_however_often_it_is_pressed(browser: Browser) -> None:
    page = browser(**DESK)
    page.goto("/gallery/?page=form")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    with page.expect_navigation():
        page.evaluate("const form = document.querySelector('#report'); form.requestSubmit(); form.requestSubmit()")
    assert len(sent) == 1


def test_a_draft_comes_back_with_added_rows_and_without_what_is_sensitive(browser: Browser) -> None:
    page = browser(**DESK)
    page.goto("/gallery/?page=form")
    page.fill("#note", "第二考场监控缺 2 路。")
    page.fill("#holder", "不应留下的内容")
    page.get_by_role("button", name="增加一行").click()
    page.fill("#id_items-2-mark", "61")
    page.wait_for_timeout(700)
    assert "不应留下的内容" not in page.evaluate("JSON.stringify(localStorage)")
    page.goto("/gallery/?page=form")
    page.get_by_role("button", name="恢复草稿").click()
    assert page.input_value("#note") == "第二考场监控缺 2 路。"
    assert page.input_value("#id_items-2-mark") == "61"
    assert page.input_value("#holder") == ""


def test_the_head_picks_the_page_and_the_number_is_said(browser: Browser) -> None:
    page = browser(**DESK)
    page.goto("/gallery/?component=table")
    page.get_by_label("全选本页").check()
    assert page.locator("[data-picked]").inner_text() == "已选行数：3"
    page.locator("td.pick input").first.uncheck()
    assert page.locator("[data-picked]").inner_text() == "已选行数：2"
    assert page.evaluate("document.querySelector('[data-pick-all]').indeterminate")


def test_large_type_stays_on_the_next_page(browser: Browser) -> None:
    page = browser(**PHONE)
    page.goto("/gallery/?page=check")
    page.get_by_role("button", name="大字版").click()
    page.goto("/gallery/?page=check")
    assert "large" in page.evaluate("document.documentElement.className")


def test_the_menu_of_the_phone_opens_without_scripts(browser: Browser) -> None:
    page = browser(**PHONE, java_script_enabled=False)
    page.goto("/gallery/?page=case")
    page.get_by_role("link", name="菜单", exact=True).click()
    assert page.get_by_role("link", name="规则与依据").is_visible()

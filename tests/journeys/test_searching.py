"""The search by keyboard alone, on the desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from tests.journeys.hands import DESK, PHONE, the_clock_stands_at
from tests.world import MARCH, a_seat
from tests.world_after import a_person, a_rostered_batch

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
Browser = Callable[..., Any]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_person_is_found_and_opened_without_a_mouse(browser: Browser, settings: Any, size: Any) -> None:
    with clock.at(MARCH):
        batch = a_rostered_batch(people=[a_person("单知行"), a_person("单知远"), a_person("李四方")])
        clerk = a_seat(Role.CLERK, institution=batch.plan.institution)
    the_clock_stands_at(MARCH, settings)
    page = browser(clerk, **size)
    page.goto("/search/")
    page.locator("body").press("/")
    page.keyboard.type("shanzhixing")
    page.keyboard.press("Enter")
    page.get_by_text("拼音", exact=True).first.wait_for()
    page.locator("[data-search]").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('[data-hits]') !== null")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.matches('[data-search]')")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/candidates/*/")

"""The page of the API: an operation is tried in the page with one's own token, on the desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hengjian.authorities.acts.tokens import issue
from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from tests.journeys.hands import DESK, PHONE, SIDEWAYS, the_clock_stands_at
from tests.world import MARCH, a_filed_institution, a_seat

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
Browser = Callable[..., Any]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_list_is_read_with_ones_own_token_and_a_wrong_one_is_told(browser: Browser, settings: Any, size: Any) -> None:
    with clock.at(MARCH):
        institution = a_filed_institution()
        token = issue(a_seat(Role.CLERK, institution=institution), "试用", scope=["read"])
    the_clock_stands_at(MARCH, settings)
    page = browser(None, **size)
    page.goto("/api-guide/")
    assert page.evaluate(SIDEWAYS) == 0
    form = page.locator("form[data-try='/api/institutions']")
    form.locator("xpath=ancestor::details").locator("summary").click()
    form.get_by_role("button").click()
    form.locator("[data-status]", has_text="401").wait_for()
    page.locator("#api-token").fill(token)
    form.locator("[name=size]").fill("50")
    form.get_by_role("button").click()
    form.locator("[data-status]", has_text="200").wait_for()
    assert institution.name in form.locator("[data-body]").inner_text()
    assert "size=50" in form.locator("[data-asked]").inner_text()
    assert page.evaluate(SIDEWAYS) == 0
    page.reload()
    assert page.locator("#api-token").input_value() == ""

"""What a person does at the screen: read labels, write, choose, press; and where the clock of a journey stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hengjian.authorities.acts.move_demo_clock import set_up_demo_clock
from hengjian.kernel import clock
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.models import DemoClock

PHONE = {"viewport": {"width": 390, "height": 844}}
DESK = {"viewport": {"width": 1280, "height": 900}}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def the_clock_stands_at(moment: datetime, settings: Any) -> DemoClock:
    """The server's threads share the demonstration's clock, which then runs on from here."""
    settings.CLOCK_MOVABLE = True
    return DemoClock.objects.first() or set_up_demo_clock(OPERATOR, to=moment.astimezone(clock.ZONE))


def press(page: Any, name: str, *, exact: bool = True) -> None:
    """Press the button or link of this name within the page's content and wait for what follows."""
    content = page.locator("#content")
    found = content.get_by_role("button", name=name, exact=exact).or_(
        content.get_by_role("link", name=name, exact=exact)
    )
    found.first.click()
    # A submitted form is kept on the device and then sent: it waits until the next page stands or it is queued.
    page.locator("form[data-sent]").first.wait_for(state="detached")
    page.wait_for_load_state()


def write(page: Any, fields: Mapping[str, str]) -> None:
    """Fill each field by its label."""
    for label, value in fields.items():
        page.locator("#content").get_by_label(label).first.fill(value)


def write_row(page: Any, rows: str, number: int, cells: Mapping[str, str]) -> None:
    """Fill one row of a form's list of rows; a choice is made by the beginning of its text."""
    for name, value in cells.items():
        field = page.locator(f"[name={rows}-{number}-{name}]")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def says(page: Any, words: str) -> bool:
    """Does the page's content show these words, now or within the time a busy machine needs?"""
    from playwright.sync_api import TimeoutError as Never

    try:
        page.locator("#content", has_text=words).wait_for(timeout=15_000)
    except Never:
        return False
    return True

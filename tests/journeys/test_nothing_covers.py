"""On the phone no overlay lies over the primary act, whatever is being said: off line, a notice, an alert, something queued."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.supervision.models import Duty
from tests.journeys.hands import PHONE, SIDEWAYS, the_clock_stands_at
from tests.world import MARCH, a_draft_filing, a_draft_plan, a_seat, at_hour
from tests.world_after import a_drawn_plan, accepted_duties, an_admitted_batch, seat_of_supervisor, seats_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

# Each primary button, brought into view as a finger would, and what lies at its centre.
COVERED = """() => {
  const found = [];
  for (const each of document.querySelectorAll("main .primary")) {
    if (!each.checkVisibility()) continue;
    for (const block of ["nearest", "start", "center", "end"]) {
      each.scrollIntoView({ block, behavior: "instant" });
      const box = each.getBoundingClientRect();
      const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      if (!there || !each.contains(there)) found.push(`${each.textContent.trim()} (${block}): ${there?.outerHTML.slice(0, 90)}`);
    }
  }
  return found;
}"""
FLOATS = """() => [...document.querySelectorAll("body *")].filter((each) => each.checkVisibility() && getComputedStyle(each).position === "fixed")
  .map((each) => each.className || each.tagName)"""


def pages_of(
    supervisor: Seat, duty: Duty, clerk: Seat, plan: Any, draft: Any, filing: Any
) -> Iterator[tuple[Seat, str]]:
    for address in ("/desk/", "/duties/", f"/duties/{duty.pk}/", f"/duties/{duty.pk}/report/", "/calendar/", "/seats/"):
        yield supervisor, address
    yield supervisor, f"/do/supervision.decline_duty/{duty.pk}/"
    batch = plan.batches.get()
    for address in (
        "/desk/", "/filings/", f"/filings/{filing.pk}/", f"/filings/{filing.pk}/materials/add/", "/plans/",
        f"/plans/{plan.pk}/", f"/plans/{draft.pk}/", f"/plans/{draft.pk}/batches/", f"/plans/{draft.pk}/sittings/",
        "/do/plans.draft_plan/", f"/do/plans.revise_plan/{draft.pk}/", f"/batches/{batch.pk}/", "/rosters/",
        f"/rosters/{batch.pk}/", "/results/", "/certificates/", "/institutions/",
    ):  # fmt: skip
        yield clerk, address


def test_no_primary_act_is_covered_on_the_phone(browser: Callable[..., Any], settings: Any, pictures: Any) -> None:
    with clock.at(MARCH):
        batch = an_admitted_batch()
        plan = a_drawn_plan(batch.plan)
        duty = accepted_duties(plan)[0]
        clerk = seats_of(plan)[0]
        draft = a_draft_plan(institution=plan.institution)
        filing = a_draft_filing(papers=False)
    the_clock_stands_at(at_hour(plan.held_on, 9), settings)
    own = a_seat(Role.CLERK, institution=filing.institution)
    found: list[str] = []
    phones: dict[int, Any] = {}
    for seat, address in pages_of(seat_of_supervisor(duty), duty, clerk, plan, draft, filing):
        who = own if "/filings/" in address and address != "/filings/" else seat
        page = phones.get(who.pk) or browser(who, **PHONE)
        phones[who.pk] = page
        page.context.set_offline(False)
        answer = page.goto(address)
        if answer.status in (404, 403):
            found.append(f"{address}: {answer.status}")
            continue
        forms = page.locator("main form[data-autosave]")
        if forms.count():  # something written, so that on the next visit a draft is offered
            field = page.locator("main form[data-autosave] input[type=text], main form[data-autosave] textarea").first
            if field.count() and field.is_visible():
                field.fill("未写完")
                page.wait_for_timeout(450)
                page.reload()
                page.locator(".notice").wait_for()
        page.context.set_offline(True)
        page.locator("#outbox").wait_for()
        page.evaluate(
            """() => document.querySelector("#content").insertAdjacentHTML("afterbegin",
            '<div class="messages"><div class="alert warn" role="status"><div class="body">…</div></div></div>')"""
        )
        found += [f"{address}: {covered}" for covered in page.evaluate(COVERED)]
        found += [f"{address}: fixed {name}" for name in page.evaluate(FLOATS)]
        if page.evaluate(SIDEWAYS) != 0:
            found.append(f"{address}: wider than the phone")
        pictures.take(page, f"{seat.role}{address.replace('/', '_')}")
    assert not found, "\n".join(found)


def test_an_overlay_over_the_button_is_noticed(browser: Callable[..., Any]) -> None:
    page = browser(None, **PHONE)
    page.goto(reverse("check"))
    assert page.evaluate(COVERED) == []
    page.evaluate(
        """() => { const toast = document.createElement("div"); toast.className = "toast";
        toast.style.cssText = "position:fixed;inset:0;z-index:99"; document.body.append(toast); }"""
    )
    assert page.evaluate(COVERED) and page.evaluate(FLOATS) == ["toast"]

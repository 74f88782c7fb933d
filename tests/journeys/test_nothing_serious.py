"""Every kind of page, on a desk and on a phone: nothing serious for assistive technology, no sideways scroll, keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import resources
from typing import Any

import pytest

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel import clock, sealer
from hengjian.results.models import Score
from hengjian.supervision.models import Draw, Duty
from tests.journeys.hands import DESK, PHONE, SIDEWAYS, the_clock_stands_at
from tests.world import (
    MARCH,
    a_draft_filing,
    a_draft_plan,
    a_filed_plan,
    a_seat,
    a_submitted_plan,
    a_visiting_filing,
    an_assessed_filing,
    at_hour,
)
from tests.world_after import (
    a_closed_notice,
    a_drawn_plan,
    a_rostered_batch,
    a_scored_sheet,
    a_sheet_on_notice,
    objected,
    seat_of_supervisor,
    some_people,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
Browser = Callable[..., Any]
AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
FOUND = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"], preload: false });
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 140)).join(" / ")}`);
}"""
PUBLIC = (
    "/", "/check/", "/check/batch/", "/notices/", "/objection/", "/register/", "/draws/public/", "/log/", "/log/entries/3/",
    "/policies/", "/policies/results.notice_working_days/", "/calendar/", "/verify/", "/accounts/login/", "/no-such-page/",
)  # fmt: skip
LISTS = (
    "/desk/", "/filings/", "/institutions/", "/supervisors/", "/occupations/", "/plans/", "/rosters/", "/supervision/",
    "/results/", "/certificates/", "/objections/", "/draws/", "/search/", "/rosters/columns/", "/clock/", "/seats/",
)  # fmt: skip


def the_pages() -> Iterator[tuple[Seat | None, str]]:
    """(who looks, at what): one page of every kind, with something on it."""
    sheet = a_sheet_on_notice(people=some_people(3))
    plan = sheet.batch.plan
    institution = plan.institution
    seats = {role: a_seat(role, institution=institution) for role in (Role.CLERK, Role.RESPONSIBLE_PERSON)}
    seats |= {role: a_seat(role, office=plan.office) for role in (Role.CENTRE_REVIEWER, Role.CENTRE_HEAD)}
    clerk, reviewer, head = seats[Role.CLERK], seats[Role.CENTRE_REVIEWER], seats[Role.CENTRE_HEAD]
    draw = Draw.objects.get(plan=plan)
    score = Score.objects.filter(sheet=sheet, passed=True).order_by("pk")[0]
    yield from ((None, address) for address in PUBLIC)
    yield None, f"/notices/{sheet.pk}/"
    yield None, f"/notices/{sheet.pk}/rows/{score.pk}/objection/"
    yield None, f"/notices/{sheet.pk}/omission/"
    yield reviewer, f"/objections/{objected(sheet, accepted=False).pk}/"
    yield None, f"/register/{institution.filing_number}/"
    yield None, f"/draws/public/{draw.code}/"
    yield from ((reviewer, address) for address in LISTS)

    for side in ("", "?side=list", "?side=objections", "?side=proofs"):
        yield reviewer, f"/results/{sheet.pk}/{side}"
    yield clerk, f"/rosters/{sheet.batch_id}/tickets/"
    over = a_closed_notice(people=some_people(2))
    yield None, f"/notices/{over.pk}/"
    yield reviewer, f"/draws/{draw.pk}/"
    yield reviewer, f"/institutions/{institution.pk}/"
    yield reviewer, f"/batches/{sheet.batch_id}/"
    yield head, "/do/personnel.appoint_supervisor/"
    yield reviewer, "/do/institutions.register_applicant/"

    visiting, assessed = a_visiting_filing(), an_assessed_filing()
    for side in ("", "?side=items", "?side=materials", "?side=visit", "?side=proofs"):
        yield reviewer, f"/filings/{assessed.pk}/{side}"
    yield a_seat(Role.CENTRE_REVIEWER, office=visiting.office), f"/filings/{visiting.pk}/visit/"
    yield a_seat(Role.CENTRE_HEAD, office=assessed.office), f"/do/institutions.decide_filing/{assessed.pk}/"
    drafted = a_draft_filing()
    yield a_seat(Role.CLERK, institution=drafted.institution), f"/filings/{drafted.pk}/?side=materials"
    yield a_seat(Role.CLERK, institution=drafted.institution), f"/filings/{drafted.pk}/materials/add/"

    draft = a_draft_plan(institution=institution)
    for side in ("", "?side=checks", "?side=batches", "?side=sittings", "?side=versions", "?side=proofs"):
        yield clerk, f"/plans/{draft.pk}/{side}"
    yield clerk, f"/plans/{draft.pk}/sittings/"
    yield clerk, "/do/plans.draft_plan/"
    submitted = a_submitted_plan(institution=institution)
    yield reviewer, f"/plans/{submitted.pk}/"
    yield reviewer, f"/do/plans.return_plan/{submitted.pk}/"
    yield reviewer, f"/plans/{a_filed_plan(institution=institution).pk}/draw/"

    rostered = a_rostered_batch(people=some_people(3))
    for side in ("", "?side=list", "?side=sample"):
        yield a_seat(Role.CENTRE_REVIEWER, office=rostered.plan.office), f"/rosters/{rostered.pk}/{side}"
    yield a_seat(Role.CLERK, institution=rostered.plan.institution), f"/rosters/{rostered.pk}/"

    scored = a_scored_sheet(people=some_people(3))
    yield a_seat(Role.CLERK, institution=scored.batch.plan.institution), f"/do/results.enter_scores/{scored.pk}/"

    duty = Duty.objects.filter(plan=a_drawn_plan()).order_by("pk")[0]
    yield seat_of_supervisor(duty), "/duties/"
    yield seat_of_supervisor(duty), f"/duties/{duty.pk}/"
    reported = Duty.objects.filter(plan=plan).order_by("pk")[0]
    yield seat_of_supervisor(reported), f"/duties/{reported.pk}/"
    administrator = a_seat(Role.ADMINISTRATOR)
    yield administrator, "/seat-list/"
    yield administrator, "/seat-list/open/"
    yield administrator, "/accounts/2fa/"


def test_the_rules_would_find_what_is_wrong(browser: Browser) -> None:
    page = browser(**DESK)
    page.goto("/verify/")
    page.evaluate("document.querySelector('main').innerHTML = '<img src=/static/hengjian/seal.svg><input>'")
    page.evaluate(AXE)
    assert {found.split(":")[0] for found in page.evaluate(FOUND)} == {"image-alt", "label"}


def test_nothing_serious_and_no_sideways_scroll(browser: Browser, settings: Any) -> None:
    """Each page is opened once and looked at twice, at the width of a desk and of a phone."""
    with clock.at(MARCH):
        pages = list(the_pages())
        sealer.seal()
    the_clock_stands_at(at_hour(MARCH.date(), 10), settings)
    wrong: list[str] = []
    tabs: dict[Seat | None, Any] = {}
    for seat, address in pages:
        page = tabs.get(seat) or browser(seat, **DESK)
        tabs[seat] = page
        page.set_viewport_size(DESK["viewport"])
        answer = page.goto(address)
        expected = 404 if address == "/no-such-page/" else 200
        if answer.status != expected:
            wrong.append(f"{address}: {answer.status}")
            continue
        page.evaluate(AXE)
        wrong += [f"{address}: {found}" for found in page.evaluate(FOUND)]
        page.set_viewport_size(PHONE["viewport"])
        wrong += [f"{address} on the phone: {found}" for found in page.evaluate(FOUND)]
        if page.evaluate(SIDEWAYS):
            wrong.append(f"{address}: scrolls sideways by {page.evaluate(SIDEWAYS)} px")
    assert not wrong, "\n".join(wrong)


def test_the_keyboard_alone_reaches_the_acts_and_shows_where_it_is(browser: Browser, settings: Any) -> None:
    with clock.at(MARCH):
        plan = a_submitted_plan()
        reviewer = a_seat(Role.CENTRE_REVIEWER, office=plan.office)
    the_clock_stands_at(MARCH, settings)
    page = browser(reviewer, **DESK)
    page.goto(f"/plans/{plan.pk}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.skip')")
    page.keyboard.press("Enter")
    seen: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent.trim()"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        ring = page.evaluate("getComputedStyle(document.activeElement).boxShadow")
        assert outline != "none" or ring != "none", seen[-1]
        if seen[-1] == "计划备案":
            break
    assert seen[-1] == "计划备案", seen
    page.keyboard.press("Enter")
    page.wait_for_url("**/do/plans.file_plan/**")
    page.locator("#content .acts button").focus()
    page.keyboard.press("Enter")
    page.get_by_text("已办理：计划备案。").wait_for()
    plan.refresh_from_db()
    assert re.fullmatch(r"\d+", plan.number)

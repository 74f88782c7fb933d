"""A part swapped into a page shows what a fresh page shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from hengjian.authorities.roles import Role
from hengjian.certificates.acts.put_online import put_online
from hengjian.certificates.models import Certificate
from hengjian.kernel import clock, sealer
from hengjian.rosters import dry_run
from hengjian.rosters.models import RosterCheck
from tests.journeys.hands import DESK, PHONE, says, the_clock_stands_at
from tests.world import MARCH, Wanted, a_filed_plan, a_seat, an_upload
from tests.world_after import a_certified_sheet, a_roster_file, some_people, the_day_after

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
Browser = Callable[..., Any]


def words(page: Any, selector: str) -> str:
    return re.sub(r"\s+", " ", page.locator(selector).inner_text()).strip()


def test_the_origin_of_a_certificate_reads_the_same_swapped_in_and_alone(browser: Browser, settings: Any) -> None:
    with clock.at(MARCH):
        people = some_people(2)
        sheet = a_certified_sheet(people=people)
        certificates = list(Certificate.objects.order_by("pk"))
    with clock.at(the_day_after(sheet)):
        put_online(a_seat(Role.CENTRE_REVIEWER, office=sheet.batch.plan.office), certificates)
        sealer.seal()
    the_clock_stands_at(the_day_after(sheet), settings)
    page = browser(**PHONE)
    page.goto("/check/")
    page.fill("#number", certificates[0].number)
    page.fill("#who", people[0].name)
    origin = re.compile(r"/check/origin/")
    with page.expect_response(origin) as answered:
        page.get_by_role("button", name="核验", exact=True).click()
    page.get_by_text("制证上网").wait_for()
    swapped = words(page, "#content section.card")
    page.goto(answered.value.url)
    assert words(page, "#content section.card") == swapped


def test_a_dry_run_that_ends_meanwhile_becomes_the_page_of_its_findings(browser: Browser, settings: Any) -> None:
    with clock.at(MARCH):
        batch = a_filed_plan(batches=(Wanted(headcount=3),)).batches.get()
        clerk = a_seat(Role.CLERK, institution=batch.plan.institution)
        upload = an_upload(clerk, name="名册.csv", data=a_roster_file(batch, some_people(3)))
        check = dry_run.start(batch, upload, clerk)
        RosterCheck.objects.filter(pk=check.pk).update(state=RosterCheck.State.RUNNING, total=3, done=1)
    the_clock_stands_at(MARCH, settings)
    page = browser(clerk, **DESK)
    page.goto(f"/rosters/checks/{check.pk}/")
    assert says(page, "停止核查")
    RosterCheck.objects.filter(pk=check.pk).update(done=2)
    page.locator("progress").wait_for()
    RosterCheck.objects.filter(pk=check.pk).update(state=RosterCheck.State.DONE, done=3)
    page.get_by_role("button", name="提交名册").wait_for()
    swapped = words(page, "#content")
    page.reload()
    assert words(page, "#content") == swapped

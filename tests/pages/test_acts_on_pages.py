"""Every page of a case, for every role, beside what the kernel says: possible acts lead on, impossible ones say why, the rest is not there.

The walk asks the kernel's `why_not` about every act of the model and of the rows beneath, and reads the buttons that the
page was built of, so that neither a label nor a place in the text can hide one.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import models, transaction
from django.test import Client
from django.urls import resolve, reverse

from hengjian.authorities.acts.export_list import export_list
from hengjian.authorities.acts.tokens import open_token
from hengjian.authorities.acts.waive_rule import ask_waiver
from hengjian.authorities.models import Seat
from hengjian.authorities.queries import holders
from hengjian.authorities.roles import Role
from hengjian.authorities.tokens import digest_of
from hengjian.certificates.models import Certificate
from hengjian.institutions.models import Material
from hengjian.kernel import clock
from hengjian.kernel.actor import CLOCK, PUBLIC
from hengjian.kernel.acts_catalogue import AnyAct, catalogue
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.refusal import Kind, Refusal
from hengjian.personnel.acts.declare_recusal import declare_recusal
from hengjian.personnel.models import Recusal
from hengjian.plans.acts.batches import remove_batch, remove_sitting
from hengjian.results.models import ObjectionBurst, ResultSheet, Score
from hengjian.supervision.models import Draw
from hengjian.web import work
from hengjian.web.cases import course
from hengjian.web.components import Button
from hengjian.web.components.component import Component
from hengjian.web.components.table import Table
from hengjian.web.pages import case_address
from hengjian.web.performing import acts_on
from hengjian.web.room import addresses, case_pages
from tests.world import (
    MARCH,
    PROVINCE,
    TANGSHAN,
    a_draft_filing,
    a_draft_plan,
    a_filed_institution,
    a_filed_plan,
    a_seat,
    a_submitted_filing,
    a_submitted_plan,
)
from tests.world_after import (
    a_certified_sheet,
    a_drawn_plan,
    a_person,
    a_rostered_batch,
    a_scored_sheet,
    a_sheet_on_notice,
    a_witness,
    accepted_duties,
    objected,
)

pytestmark = pytest.mark.once

SIDE = re.compile(r'href="\?side=(\w+)')
ROWS: tuple[type[models.Model], ...] = (
    Material,
    Recusal,
    Score,
    ObjectionBurst,
)  # they have no page: their acts stand in their row
# Acts on a case that are about one of its rows.
OF_A_ROW = {remove_batch.header.code: "batch_id", remove_sitting.header.code: "sitting_id"}
# Refused by a rule once done; done is no reason to be told about.
DONE = {"supervision.report_arrival"}
# Of these nothing stands there: brought from lists, or asked for by strangers (their own tests look at their pages).
LEFT_OUT = {"Assessor", "CalendarYear", "EarlierCertificate", "Message", "Registration", "Takeover"}
MOST = 3  # cases of one kind and seat, each in another state


@dataclasses.dataclass(frozen=True)
class Found:
    button: Button
    in_a_row: bool


def buttons_in(value: Any, *, row: bool = False) -> Iterator[Found]:
    """Every button among the parts of a page, and whether it stands in the row of a table or list."""
    if isinstance(value, Button):
        yield Found(value, row)
    elif isinstance(value, Component):
        for field in dataclasses.fields(value):
            inside = row or ((isinstance(value, Table) or type(value).__name__ == "Checklist") and field.name == "rows")
            yield from buttons_in(getattr(value, field.name), row=inside)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from buttons_in(item, row=row)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from buttons_in(item, row=row)


def shown_on(client: Any, address: str) -> list[Found]:
    """The buttons with an act on every side of a page."""
    found: list[Found] = []
    todo, sides = [address], {address}
    while todo:
        answer = client.get(todo.pop())
        assert answer.status_code == 200, address
        for side in SIDE.findall(answer.content.decode()):
            if (other := f"{address}?side={side}") not in sides:
                sides.add(other)
                todo.append(other)
        values = {name: value for layer in answer.context or () for part in layer.dicts for name, value in part.items()}
        for name in ("cards", "aside", "bar", "checklist", "page"):
            found += [each for each in buttons_in(values.get(name)) if each.button.act]
    return found


def faults_of(code: str, refusal: Refusal | None, shown: list[Button], *, strict: bool) -> Iterator[str]:
    """What a page does otherwise than the kernel says of an act. In a list (not `strict`) a refused act may be left out."""
    if refusal is None:
        if not any(button.href or button.action for button in shown):
            yield f"{code} is possible and not offered"
    elif refusal.kind is Kind.STATE or code in DONE:
        if shown:
            yield f"{code} makes no sense now and is shown"
    else:
        if strict and not shown:
            yield f"{code} is refused and its reason is not shown: {refusal.sentence}"
        for button in shown:
            said = button.refusal
            if said is None or button.href or button.action:
                yield f"{code} is refused and offered all the same"
            elif not str(said.sentence).startswith(str(refusal.sentence)) or said.mend != refusal.remedy:
                yield f"{code} gives another reason than the kernel: {said.sentence}"


def rows_of(case: models.Model, seat: Seat) -> Iterator[models.Model]:
    for model in ROWS:
        for row in disclosed(model, seat).order_by("pk")[:200]:
            if case_address(row) == case_address(case):
                yield row


def about(button: Button) -> int:
    """The key of the row that a button leads to."""
    return int(resolve(urlsplit(button.href or button.action).path).kwargs["pk"])


def faults_of_page(client: Any, seat: Seat, case: Any) -> Iterator[str]:
    shown = shown_on(client, case_address(case))
    own: list[AnyAct] = acts_on(case, seat)
    for act in own:
        code = act.header.code
        mine = [each for each in shown if each.button.act == code]
        yield from faults_of(code, act.why_not(seat, case), [each.button for each in mine], strict=code not in OF_A_ROW)
        if code in OF_A_ROW:
            yield from (f"{code} stands apart from its row" for each in mine if not each.in_a_row)
            yield from (
                f"{code} does not name its row"
                for each in mine
                if each.button.href and OF_A_ROW[code] + "=" not in each.button.href
            )
    may = {act.header.code for act in own}
    for row in rows_of(case, seat):
        for act in acts_on(row, seat):  # type: ignore[arg-type]
            code = act.header.code
            may.add(code)
            mine = [each for each in shown if each.button.act == code]
            yield from (f"{code} stands apart from its row" for each in mine if not each.in_a_row)
            leads = [each.button for each in mine if not each.button.refusal and about(each.button) == row.pk]
            yield from faults_of(code, act.why_not(seat, row), leads, strict=False)  # type: ignore[arg-type]
    for each in shown:
        act = catalogue()[each.button.act]
        of_the_clock = each.button.refusal is not None and any(by.role_code == CLOCK.role_code for by in act.header.by)
        beneath = each.in_a_row and any(by.role_code == seat.role for by in act.header.by)
        if each.button.act not in may and not of_the_clock and not beneath:
            yield f"{each.button.act} is not for this seat and is shown"


@pytest.fixture(scope="module")
def seats(django_db_setup: Any, django_db_blocker: Any) -> Iterator[list[Seat]]:
    """A seat of every role, where cases stand in many states."""
    with django_db_blocker.unblock(), ExitStack() as stack:
        stack.enter_context(transaction.atomic())
        stack.enter_context(clock.at(MARCH))
        institution = a_filed_institution()
        sheet = a_certified_sheet(people=[a_person(), a_person()], institution=institution)
        objected(a_sheet_on_notice(institution=institution))
        a_scored_sheet(institution=institution)
        a_submitted_plan(institution=institution)
        plan = a_draft_plan(institution=institution)
        a_rostered_batch(institution=institution)
        accepted_duties(a_drawn_plan())
        a_submitted_filing()
        draft = a_draft_filing(papers=False)
        duty = sheet.batch.plan.duties.order_by("pk").first()
        found = [a_seat(role, at=TANGSHAN) for role in (Role.CENTRE_REVIEWER, Role.CENTRE_HEAD, Role.AUDITOR)]
        found += [a_seat(role, at=PROVINCE) for role in (Role.PROVINCE_OFFICER, Role.ADMINISTRATOR)]
        found += [a_seat(role, institution=institution) for role in (Role.CLERK, Role.RESPONSIBLE_PERSON)]
        found += [a_seat(Role.CLERK, institution=draft.institution), a_seat(Role.CENTRE_HEAD, at=PROVINCE)]
        found.append(Seat.objects.get(person_id=duty.supervisor_id, role=Role.SUPERVISOR))
        declare_recusal(found[1], duty.supervisor, institution_id=institution.pk, ground="colleague")
        a_witness(a_filed_plan(institution=institution))
        clerk = found[5]
        ask_waiver(clerk, rule="plans.lead_time", subject_table="plans_plan", subject_id=plan.pk, reason="设备检修窗口")
        open_token(clerk, scope=("read",), label="报表", digest=digest_of("令牌"))
        export_list(clerk, listing="plans", form="csv", purpose="核对本月开考安排")
        yield found
        transaction.set_rollback(True)


def walked(seat: Seat) -> Iterator[Any]:
    """Cases of every kind that the seat may see, in different states."""
    for model in case_pages():
        states: set[str] = set()
        for row in disclosed(model, seat).order_by("-pk")[:60]:
            state = str(getattr(row, "state", ""))
            if state not in states and len(states) < MOST:
                states.add(state)
                yield row


@pytest.mark.django_db
def test_every_page_of_a_case_shows_what_the_kernel_says(seats: list[Seat], client_of: Any) -> None:
    found: list[str] = []
    pages, acts, kinds = 0, 0, set()
    for seat in seats:
        client = client_of(seat)
        for case in walked(seat):
            if client.get(case_address(case)).status_code != 200:
                continue  # of an account or a seat there is a page only for whoever administers it
            pages += 1
            kinds.add(type(case).__name__)
            acts += len(acts_on(case, seat))
            where = f"{seat.role} on {type(case).__name__} ({getattr(case, 'state', '')})"
            found += [f"{where}: {fault}" for fault in faults_of_page(client, seat, case)]
    assert not found, f"{len(found)}:\n" + "\n".join(sorted(set(found)))
    # A year leads on to the calendar; nothing is done about a message but to read it.
    assert {model.__name__ for model in case_pages()} - kinds <= LEFT_OUT
    assert pages > 100 and acts > 150, (pages, acts)


def test_what_a_page_hides_or_offers_wrongly_is_noticed() -> None:
    refused = Refusal("a.rule", "名册尚未提交。", remedy="请先提交名册。")
    offered = Button("核定", "a.act", href="/do/a.act/1/")
    assert list(faults_of("a.act", None, [], strict=True)) and not list(
        faults_of("a.act", None, [offered], strict=True)
    )
    assert list(faults_of("a.act", refused, [], strict=True)) and list(
        faults_of("a.act", refused, [offered], strict=True)
    )
    no_state = Refusal("a.state", "现在不能。", remedy="请稍候。", kind=Kind.STATE)
    assert list(faults_of("a.act", no_state, [offered], strict=True)) and not list(
        faults_of("a.act", no_state, [], strict=True)
    )


@pytest.mark.django_db
def test_the_row_that_was_chosen_is_chosen_in_the_form(seats: list[Seat], client_of: Any) -> None:
    """`撤下场次` in the row of the second sitting asks about the second sitting."""
    clerk = next(seat for seat in seats if seat.role == Role.CLERK)
    plan = next(case for case in walked(clerk) if type(case).__name__ == "Plan" and case.state == "draft")
    sitting = plan.batches.get().sittings.order_by("-pk").first()
    page = client_of(clerk).get(
        reverse("perform", kwargs={"code": "plans.remove_sitting", "pk": plan.pk}) + f"?sitting_id={sitting.pk}"
    )
    (field,) = page.context["fields"]
    assert [option.value for option in field.options if option.chosen] == [str(sitting.pk)]


@pytest.mark.django_db
def test_who_acted_is_named_to_those_who_may_see_the_case_and_to_nobody_else(seats: list[Seat], client_of: Any) -> None:
    """Every person whose act stands in the course of a plan is named there; no public page names anybody who acts."""
    reviewer = seats[0]
    plan = next(case for case in walked(reviewer) if type(case).__name__ == "Plan" and case.state == "submitted")
    acted = holders(record.actor for record in course(plan))
    page = client_of(reviewer).get(case_address(plan) + "?side=proofs").content.decode()
    assert acted and all(name in page for name in acted.values())
    names = {str(name) for name in Seat.objects.exclude(user__name="").values_list("user__name", flat=True)}
    assert names >= set(acted.values())
    client, read = Client(), 0
    for address in public_pages():
        answer = client.get(address)
        if answer.get("Content-Type", "").startswith("text/html") and answer.status_code == 200:
            read += 1
            text = answer.content.decode()
            assert not [name for name in names if name in text], address
    assert read > 15


def public_pages() -> Iterator[str]:
    """Every page that needs nobody, with one case of each kind behind it."""
    filled = {
        "draw": Draw.objects.exclude(result=None).values_list("code", flat=True).first(),
        "number": Certificate.objects.values_list("number", flat=True).first(),
        "sheet": disclosed(ResultSheet, PUBLIC).values_list("pk", flat=True).first(),
    }
    yield from (
        reverse("public_draw", kwargs={"code": filled["draw"]}),
        reverse("check_number", kwargs={"number": filled["number"]}),
    )
    for pattern in addresses():
        route = str(pattern.pattern)
        if getattr(pattern.callback, "hengjian_access", "") == "public" and "<str" not in route:
            yield "/" + re.sub(r"<[^>]+>", str(filled["sheet"] if route.startswith("notices") else 1), route)


@pytest.mark.django_db
def test_the_desk_and_the_side_bar_count_the_same(seats: list[Seat], client_of: Any) -> None:
    """What waits is one number, wherever it stands; what a day has brought about is counted apart and listed beside it."""
    waiting = alerts = 0
    for seat in seats:
        answer = client_of(seat).get(reverse("desk"))
        card = next((card for card in answer.context["cards"] if card.id == "queue"), None)
        links = [link for group in answer.context["shell"].menu for link in group.links]
        lines = work.lines(seat)
        own, reminders = sum(not line.alarm for line in lines), sum(line.alarm for line in lines)
        assert own == next(link.count for link in links if link.href == reverse("desk")), seat.role
        assert card is None or str(card.chips[0].label) == f"{own} 件", seat.role
        assert card is not None or not lines, seat.role
        waiting, alerts = waiting + own, alerts + reminders
    assert waiting and alerts

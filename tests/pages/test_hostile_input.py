"""Whatever is typed into any form or any address, the answer is a page or a refusal: never a failure of the house."""

from __future__ import annotations

import os
import random
import re
from itertools import product
from typing import Any

import pytest
from django.db import models, transaction
from django.test import Client

import hengjian.web.urls  # noqa: F401 - importing the addresses registers every page
from hengjian.authorities.acts.tokens import issue
from hengjian.authorities.acts.waive_rule import ask_waiver
from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.institutions.models import Institution
from hengjian.kernel import clock
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.case import case_models
from hengjian.personnel.acts.declare_recusal import declare_recusal
from hengjian.personnel.models import Recusal, Supervisor
from hengjian.results.models import ResultSheet
from hengjian.web.forms import asked_by
from hengjian.web.room import addresses, case_pages
from tests.acts.institutions.test_registration import asked as an_application
from tests.world import PROVINCE, TANGSHAN, a_draft_plan, a_filed_institution, a_filed_plan, a_seat
from tests.world_after import a_certified_sheet, a_person, a_sheet_on_notice, a_witness, objected

# The daily suite tries some hundreds; `make test-all` ten thousand.
TRIES = int(os.environ.get("HENGJIAN_HOSTILE_TRIES", "400"))
pytestmark = pytest.mark.django_db

HOSTILE = (
    "", " ", "²", "½", "-1", "0", "1", "9" * 20, "9" * 5000, "1e999", "NaN", "abc", "\x00", "\u200b", "\ufeff", "０", "2026-02-30",
    "0000-00-00", "9999-12-31", "2026-09-19", "2026-09-19T09:00", "2026-09-19T99:99", "<script>alert(1)</script>", "' OR 1=1 --",
    "../../etc/passwd", "%00", "{}", "[]", "null", "true", "甲" * 5000, "𠮷", "\u202e", "a\nb\nc", "⾼⽂⽴", "=1+1", "130203/", "Y000013020001264000001",
)  # fmt: skip
NAMES = ("q", "page", "size", "order", "from", "days", "index", "act", "year", "sheet", "state", "export", "side", "severity", "rule", "table", "pk", "number", "who", "code", "kind", "institution", "seen", "key")  # fmt: skip


@pytest.fixture(scope="module")
def stage(django_db_setup: Any, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock(), transaction.atomic(), clock.at("2026-03-02T09:00"):
        institution = a_filed_institution()
        sheet = a_certified_sheet(people=[a_person("王知行"), a_person("李远之")], institution=institution)
        noticed = a_sheet_on_notice(people=[a_person("张明德")], institution=institution)
        seats = [a_seat(role, at=TANGSHAN) for role in (Role.CENTRE_REVIEWER, Role.CENTRE_HEAD, Role.ADMINISTRATOR)]
        seats += [a_seat(role, institution=institution) for role in (Role.CLERK, Role.RESPONSIBLE_PERSON)]
        seats += [a_seat(Role.PROVINCE_OFFICER, at=PROVINCE)]
        seats += [Seat.objects.filter(role=Role.SUPERVISOR).order_by("pk").first()]
        assert sheet is not None
        _lay_the_rest(institution, noticed, seats)
        rows = {model: list(models.QuerySet(model).order_by("pk")[:3]) for model in case_models()}
        yield seats, rows
        transaction.set_rollback(True)


def _lay_the_rest(institution: Institution, noticed: ResultSheet, seats: list[Seat]) -> None:
    """One case of each kind that a form is about: a burst of objections, a waiver, a recusal, a witness, a token."""
    with clock.at(noticed.notice_opened_on):
        for _ in range(6):
            objected(noticed, accepted=False)
    plan = a_draft_plan(institution=institution)
    clerk = next(seat for seat in seats if seat.role == Role.CLERK)
    head = next(seat for seat in seats if seat.role == Role.CENTRE_HEAD)
    ask_waiver(clerk, rule="plans.lead_time", subject_table="plans_plan", subject_id=plan.pk, reason="设备检修窗口")
    seats.append(a_witness(a_filed_plan(institution=institution))[0])
    supervisor = models.QuerySet(Supervisor).filter(office=head.office).order_by("pk").first()
    declare_recusal(head, supervisor, institution_id=institution.pk, ground=Recusal.Ground.RELATIVE)
    issue(seats[0], "对接")
    an_application()
    seats.append(a_seat(Role.INSTITUTION_ADMINISTRATOR, institution=institution))


def _client(seat: Seat) -> Client:
    from hengjian.authorities.seating import CHOSEN

    client = Client(raise_request_exception=False)
    client.force_login(seat.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[CHOSEN] = seat.pk
    session.save()
    return client


def _hostile_form(act: Any, chance: random.Random) -> dict[str, str]:
    """Every field of the act's own form, rows and their count with it, each with something nobody should type."""
    posted = {"key": chance.choice(HOSTILE), "seen": chance.choice(HOSTILE)}
    for asked in asked_by(act):
        posted[asked.name] = chance.choice(HOSTILE)
        posted[f"{asked.name}-kept"] = chance.choice(HOSTILE)
        posted[f"{asked.name}-TOTAL_FORMS"] = chance.choice(("1", "2", "²", "abc", "200000", "-5", "9" * 400))
        posted[f"{asked.name}-INITIAL_FORMS"] = chance.choice(("0", "0", "0", "abc", "9" * 400, "-5"))
        for number in range(2):
            for column in asked.columns:
                posted[f"{asked.name}-{number}-{column.name.rsplit('.', 1)[-1]}"] = chance.choice(HOSTILE)
    return posted


# Acts of nobody who has a desk have no form there; the clock of a demonstration moves in a demonstration only.
WITHOUT_A_DESK = {"clock", "operator", "holder", "public", "door"}
# A takeover is undone within the day by whoever made it: `acts/institutions/test_takeover.py`.
NOT_HERE = {"authorities.move_demo_clock", "institutions.undo_takeover"}


def _forms(seats: list[Seat], rows: dict[Any, list[Any]]) -> dict[str, tuple[Any, Seat, str]]:
    """Act → itself, a seat that may perform it, and the address of its form."""
    forms = {}
    for code, act in catalogue().items():
        cases = [None] if act.header.shape == "creates" else rows.get(act.header.subject, ())
        if act.header.shape == "on_many":
            continue
        for seat, case in product(seats, cases):
            if any(by.admits(seat, case) for by in act.header.by):
                forms[code] = act, seat, f"/do/{code}/" if case is None else f"/do/{code}/{case.pk}/"
                break
    return forms


def _wrongly_marked(page: str) -> set[str]:
    """Fields that the summary names and the page does not mark, or marks and the summary does not name."""
    summary = re.search(r'<div class="alert seal" role="alert".*?</ul>', page, re.DOTALL)
    named = set(re.findall(r'href="#([^"]+)"', summary[0])) if summary else set()
    ids = set(re.findall(r' id="([^"]+)"', page))
    marked = set(re.findall(r'<span class="error" id="([^"]+)-error"', page))
    marked |= {re.search(r' id="([^"]+)"', tag)[1] for tag in re.findall(r'<[^<>]* aria-invalid="true"[^<>]*>', page)}  # type: ignore[index]
    marked |= set(re.findall(r'<fieldset class="field[^"]* wrong" id="([^"]+)"', page))
    return (
        {f"no such place: {each}" for each in named - ids}
        | {f"not marked: {each}" for each in named - marked}
        | {f"not in the summary: {each}" for each in marked - named}
    )


def test_no_form_fails_on_what_is_typed_and_each_faulty_field_is_marked_and_linked(stage: Any) -> None:
    """Every act with a form, each at least once."""
    seats, rows = stage
    chance, failed, wrong, refused = random.Random(20261128), [], {}, 0
    forms = _forms(seats, rows)
    unseen = {
        code
        for code, act in catalogue().items()
        if act.header.shape != "on_many" and any(by.role_code not in WITHOUT_A_DESK for by in act.header.by)
    } - set(forms)
    assert unseen == NOT_HERE, "lay a case for the form of each act"
    clients = {seat.pk: _client(seat) for _, seat, _ in forms.values()}
    order = list(forms)
    for tried in range(max(TRIES, len(order))):
        if tried % len(order) == 0:
            chance.shuffle(order)
        code = order[tried % len(order)]
        act, seat, address = forms[code]
        with transaction.atomic():
            answer = clients[seat.pk].post(address, _hostile_form(act, chance))
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            failed.append((code, answer.status_code))
        if answer.status_code == 422:
            refused += 1
            if unlike := _wrongly_marked(answer.content.decode()):
                wrong[code] = unlike
    assert not failed, failed[:20]
    assert not wrong, wrong
    assert refused > TRIES / 4


def test_no_address_fails_on_what_is_typed(stage: Any) -> None:
    seats, rows = stage
    chance, failed = random.Random(20261129), []
    of_page = {name: model for model, name in case_pages().items()}
    clients = [Client(raise_request_exception=False), *(_client(seat) for seat in seats)]
    for tried in range(TRIES):
        pattern = addresses()[tried % len(addresses())]
        address = "/" + str(pattern.pattern)
        known = rows.get(of_page.get(str(pattern.name)), ()) or [row for found in rows.values() for row in found[:1]]
        for part in set(re.findall(r"<[^>]+>", address)):
            value = (
                str(chance.choice(known).pk)
                if part.startswith("<int")
                else chance.choice(("1", "a", "²", "x" * 300, "results.open_notice"))
            )
            address = address.replace(part, value)
        query = {name: chance.choice(HOSTILE) for name in chance.sample(NAMES, 4)}
        client = chance.choice(clients)
        answer = client.get(address, query)
        if answer.status_code >= 500:
            failed.append((address, query, answer.status_code))
    assert not failed, failed[:10]

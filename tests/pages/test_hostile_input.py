"""Whatever is typed into any form or any address, the answer is a page or a refusal: never a failure of the house."""

from __future__ import annotations

import os
import random
import re
from typing import Any

import pytest
from django.db import models, transaction
from django.test import Client

import hengjian.web.urls  # noqa: F401 - importing the addresses registers every page
from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.case import case_models
from hengjian.web.forms import asked_by
from hengjian.web.room import addresses, case_pages
from tests.world import PROVINCE, TANGSHAN, a_filed_institution, a_seat
from tests.world_after import a_certified_sheet, a_person, a_sheet_on_notice

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
        a_sheet_on_notice(people=[a_person("张明德")], institution=institution)
        seats = [a_seat(role, at=TANGSHAN) for role in (Role.CENTRE_REVIEWER, Role.CENTRE_HEAD, Role.ADMINISTRATOR)]
        seats += [a_seat(role, institution=institution) for role in (Role.CLERK, Role.RESPONSIBLE_PERSON)]
        seats += [a_seat(Role.PROVINCE_OFFICER, at=PROVINCE)]
        seats += [Seat.objects.filter(role=Role.SUPERVISOR).order_by("pk").first()]
        assert sheet is not None
        rows = {model: list(models.QuerySet(model).order_by("pk")[:3]) for model in case_models()}
        yield seats, rows
        transaction.set_rollback(True)


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
        posted[f"{asked.name}-count"] = chance.choice(("1", "2", "²", "abc", "200000", "-5", "9" * 400))
        for number in range(2):
            for column in asked.columns:
                posted[f"{asked.name}-{number}-{column.name.rsplit('.', 1)[-1]}"] = chance.choice(HOSTILE)
    return posted


def test_no_form_fails_on_what_is_typed(stage: Any) -> None:
    seats, rows = stage
    chance, tried, failed = random.Random(20261128), 0, []
    forms = []
    for code, act in catalogue().items():
        for seat in seats:
            if act.header.shape == "creates" and any(by.admits(seat, None) for by in act.header.by):
                forms.append((code, act, seat, f"/do/{code}/"))
            if act.header.shape == "on":
                for row in rows.get(act.header.subject, ()):
                    if any(by.admits(seat, row) for by in act.header.by):
                        forms.append((code, act, seat, f"/do/{code}/{row.pk}/"))
                        break
    assert len({code for code, *_ in forms}) >= len([a for a in catalogue().values() if a.header.shape == "on"]) // 2
    clients = {seat.pk: _client(seat) for seat in seats}
    while tried < TRIES:
        chance.shuffle(forms)
        for code, act, seat, address in forms[: TRIES - tried]:
            with transaction.atomic():
                answer = clients[seat.pk].post(address, _hostile_form(act, chance))
                transaction.set_rollback(True)
            tried += 1
            if answer.status_code >= 500:
                failed.append((code, answer.status_code))
    assert not failed, failed[:20]


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

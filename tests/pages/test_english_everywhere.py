"""On an English page nothing is Chinese but names and data: every page and form, from every kind of seat.

Two proofs at once. What stays Chinese is marked as such by the components (`lang="zh-Hans"`); and every run of it occurs in what
is stored, or in the texts of the law, so that a sentence of ours that was marked by mistake is found all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.utils import translation

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.authorities.seating import CHOSEN
from hengjian.cli.messages import compile_all
from hengjian.kernel import clock
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.policy import catalogue as policies
from hengjian.kernel.policy_files import written
from hengjian.kernel.rule import RULES
from hengjian.kernel.translations import LOCALE
from hengjian.rosters.codes import TABLES
from hengjian.rosters.columns import COLUMNS
from hengjian.web.room import addresses, case_pages
from tests.house.test_messages import TITLE, TYPED
from tests.world import PROVINCE, TANGSHAN, a_filed_institution, a_seat, a_submitted_filing, a_submitted_plan
from tests.world_after import a_certified_sheet, a_drawn_plan, a_person, a_rostered_batch, a_sheet_on_notice, objected

pytestmark = pytest.mark.once

CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
SPOKEN = {"title", "aria-label", "placeholder", "alt", "data-label", "data-confirm", "data-confirm-label"}
NOT_READ = {"script", "style", "textarea"}
UNMARKABLE = {"title"}  # of the document: it holds text only
VOID = {"input", "img", "br", "hr", "meta", "link", "source", "wbr"}


class Reader(HTMLParser):
    """Collects (what is said, whether it is marked as Chinese) of text and of spoken attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.said: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        marked = self._marked() or str(values.get("lang", "")).startswith("zh") or tag in NOT_READ | UNMARKABLE
        self.said += [(value, True) for name, value in attrs if name in SPOKEN and value]
        if tag not in VOID:
            self.open.append((tag, marked))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not (self.open and self.open[-1][0] in NOT_READ):
            self.said.append((data, self._marked()))

    def _marked(self) -> bool:
        return bool(self.open) and self.open[-1][1]


def said_on(page: str) -> list[tuple[str, bool]]:
    reader = Reader()
    reader.feed(page)
    return reader.said


def stored() -> Iterator[str]:
    """Every text of the database, decrypted, and the texts of the law."""
    for model in apps.get_models():
        if model.__module__.startswith(("hengjian.", "django.contrib.auth")):
            names = [field.attname for field in model._meta.concrete_fields]
            for row in models.QuerySet(model).order_by("pk"):
                yield from (str(value) for name in names if not isinstance(value := getattr(row, name), int | bytes))
    for text in policies().values():
        yield from (text.citation, text.source, *TITLE.findall(text.note))
        yield from (f"{old.law} {written(old.value)} {old.value}" for old in text.history)
    for column in COLUMNS:
        yield " ".join((*column.synonyms, column.example))
    for table in TABLES.values():
        yield " ".join(" ".join((entry.title, *entry.spellings)) for entry in table.entries)
    yield from (rule.clause for rule in RULES.values())
    yield from (act.header.clause for act in catalogue().values())
    yield from ("衡鉴", "中文", "简体中文", *TYPED)


@pytest.fixture(scope="module")
def seats(django_db_setup: Any, django_db_blocker: Any) -> Iterator[list[Seat]]:
    """A seat of every role, in a province where every kind of case has come as far as it can."""
    compile_all(LOCALE)
    with django_db_blocker.unblock(), transaction.atomic(), clock.at("2026-03-02T09:00"):
        institution = a_filed_institution()
        sheet = a_certified_sheet(people=[a_person(), a_person()], institution=institution)
        objected(a_sheet_on_notice(institution=institution))
        a_submitted_plan(institution=institution)
        a_rostered_batch(institution=institution)
        a_drawn_plan()
        a_submitted_filing()
        found = [a_seat(role, at=TANGSHAN) for role in (Role.CENTRE_REVIEWER, Role.CENTRE_HEAD, Role.AUDITOR)]
        found += [a_seat(role, at=PROVINCE) for role in (Role.PROVINCE_OFFICER, Role.ADMINISTRATOR)]
        found += [a_seat(role, institution=institution) for role in (Role.CLERK, Role.RESPONSIBLE_PERSON)]
        duty = sheet.batch.plan.duties.order_by("pk").first()
        found.append(Seat.objects.get(person_id=duty.supervisor_id, role=Role.SUPERVISOR))
        yield found
        translation.deactivate()  # what the last request spoke
        transaction.set_rollback(True)


def english(seat: Seat | None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if seat is not None:
        client.force_login(seat.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session[CHOSEN] = seat.pk
        session.save()
    return client


def pages_of(seat: Seat | None) -> Iterator[str]:
    """Every address without a number, one case of every kind that the seat may see, and the form of every act on it."""
    for pattern in addresses():
        if (
            "<" not in (route := str(pattern.pattern))
            and not route.startswith(("gallery", "api"))
            and "export" not in route
        ):
            yield f"/{route}"
    if seat is None:
        return
    names = {name: model for model, name in case_pages().items()}
    shown: dict[Any, int] = {}
    for pattern in addresses():
        model = names.get(str(pattern.name))
        row = disclosed(model, seat).order_by("-pk").first() if model else None
        if row is not None:
            shown[model] = row.pk
            yield "/" + re.sub(r"<[^>]+>", str(row.pk), str(pattern.pattern))
    for code, act in catalogue().items():
        if seat.role in {by.role_code for by in act.header.by}:
            if act.header.shape == "creating":
                yield f"/do/{code}/"
            elif act.header.shape == "on" and act.header.subject in shown:
                yield f"/do/{code}/{shown[act.header.subject]}/"


@pytest.mark.django_db
def test_nothing_is_chinese_but_names_and_data(seats: list[Seat]) -> None:
    corpus = "\n".join(stored())
    unmarked: dict[str, str] = {}
    ours: dict[str, str] = {}
    read = 0
    for seat in (None, *seats):
        client = english(seat)
        for address in pages_of(seat):
            answer = client.get(address)
            if not answer.get("Content-Type", "").startswith("text/html") or answer.status_code in (301, 302):
                continue
            read += answer.status_code == 200
            for text, marked in said_on(answer.content.decode()):
                for run in CHINESE.findall(text):
                    where = f"{address} ({seat.role if seat else 'public'}): {' '.join(text.split())[:90]}"
                    if run not in corpus:
                        ours.setdefault(run, where)
                    elif not marked and run not in TYPED:
                        unmarked.setdefault(run, where)
    assert read > 250
    assert not ours, f"{len(ours)} of our own:\n" + "\n".join(f"{run}  {where}" for run, where in ours.items())
    assert not unmarked, f"{len(unmarked)} unmarked:\n" + "\n".join(
        f"{run}  {where}" for run, where in unmarked.items()
    )


def test_a_sentence_and_an_unmarked_name_are_noticed() -> None:
    page = '<p>还差 3 项 <span lang="zh-Hans">唐山</span></p><input value="名称" title="提示"><textarea>草稿</textarea>'
    assert [(text.strip(), marked) for text, marked in said_on(page) if CHINESE.search(text)] == [
        ("还差 3 项", False),
        ("唐山", True),
        ("提示", True),
    ]

"""On an English page nothing is Chinese but names and data: every page, form, refusal, empty list, error page, message and
export, from every kind of seat.

Two proofs at once. What stays Chinese is marked as such by the components (`lang="zh-Hans"`); and every run of it occurs in what
is stored, or in the texts of the law, so that a sentence of ours that was marked by mistake is found all the same. What the house
itself composed and stored is no data: of that only its parameters count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

import hengjian
from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.authorities.seating import CHOSEN
from hengjian.cli.messages import compile_all
from hengjian.kernel import clock
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.facts import plain
from hengjian.kernel.kept_words import said_again
from hengjian.kernel.ledger import Recorded, opened
from hengjian.kernel.list_files import lines_of, narrowed_by
from hengjian.kernel.listing import wanted
from hengjian.kernel.listing_catalogue import listings
from hengjian.kernel.models import Entry
from hengjian.kernel.policy import catalogue as policies
from hengjian.kernel.policy_files import written
from hengjian.kernel.rule import RULES
from hengjian.kernel.translations import LOCALE
from hengjian.kernel.words import Listed, Said, in_words, speaking
from hengjian.messages.models import Message
from hengjian.rosters.codes import TABLES
from hengjian.rosters.columns import COLUMNS
from hengjian.web.room import addresses, case_pages
from tests.house.test_messages import TITLE, TYPED
from tests.world import (
    PROVINCE,
    TANGSHAN,
    a_filed_institution,
    a_seat,
    a_submitted_filing,
    a_submitted_plan,
    an_applicant,
)
from tests.world_after import a_certified_sheet, a_drawn_plan, a_person, a_rostered_batch, a_sheet_on_notice, objected

pytestmark = pytest.mark.once

TEMPLATES = Path(hengjian.__file__).parent / "web/templates"
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


def data_in(value: Any) -> Iterator[str]:
    """What of a stored value is data: of a sentence the house composed, and of a kept one, what it was composed of."""
    if isinstance(value, Listed):
        for item in value.items:
            yield from data_in(item)
    elif isinstance(value, Said) and value.parameters:
        for item in value.parameters.values():
            yield from data_in(item)
    elif isinstance(value, dict) and value.keys() & {"message", "between", "unstopped"}:
        yield from data_in(said_again(value))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (str(key), *data_in(item))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from data_in(item)
    else:
        yield str(value)


def stored() -> Iterator[str]:
    """Every text of the database, decrypted, and the texts of the law."""
    for model in apps.get_models():
        if model.__module__.startswith(("hengjian.", "django.contrib.auth")):
            names = [field.attname for field in model._meta.concrete_fields]
            for row in models.QuerySet(model).order_by("pk"):
                for name in names:
                    if not isinstance(value := getattr(row, name), int | bytes):
                        yield from data_in(value)
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
        found.append(a_seat(Role.CLERK, institution=an_applicant()))  # every list is empty
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


class Chinese:
    """Collects what stays Chinese in pages: `ours`, which is no data, and `unmarked`, which lacks its language."""

    def __init__(self) -> None:
        self.corpus = "\n".join(stored())
        self.ours: dict[str, str] = {}
        self.unmarked: dict[str, str] = {}
        self.read = 0

    def look(self, page: str, where: str) -> None:
        self.read += 1
        for text, marked in said_on(page):
            for run in CHINESE.findall(text):
                place = f"{where}: {' '.join(text.split())[:90]}"
                if run not in self.corpus:
                    self.ours.setdefault(run, place)
                elif not marked and run not in TYPED:
                    self.unmarked.setdefault(run, place)

    def none_is_left(self, least: int) -> None:
        assert self.read > least
        assert not self.ours, f"{len(self.ours)} of our own:\n" + "\n".join(map("  ".join, self.ours.items()))
        assert not self.unmarked, f"{len(self.unmarked)} unmarked:\n" + "\n".join(map("  ".join, self.unmarked.items()))


def is_page(answer: Any) -> bool:
    return answer.get("Content-Type", "").startswith("text/html") and answer.status_code not in (301, 302)


@pytest.mark.django_db
def test_nothing_is_chinese_but_names_and_data(seats: list[Seat]) -> None:
    """Every page as it is shown, and every form once it was sent with nothing in it."""
    chinese = Chinese()
    refused = 0
    for seat in (None, *seats):
        client = english(seat)
        role = seat.role if seat else "public"
        for address in pages_of(seat):
            answer = client.get(address)
            if is_page(answer):
                chinese.look(answer.content.decode(), f"{address} ({role})")
            if address.startswith("/do/") and answer.status_code == 200:
                with transaction.atomic():
                    again = client.post(address, {"key": "nothing"})
                    transaction.set_rollback(True)
                if is_page(again):
                    refused += again.status_code == 422
                    chinese.look(again.content.decode(), f"{address} sent ({role})")
    chinese.none_is_left(300)
    assert refused > 20


@pytest.mark.django_db
def test_every_error_page_is_english(seats: list[Seat]) -> None:
    chinese = Chinese()
    client = english(seats[0])
    for address in ("/no/such/page/", "/plans/999999/", "/do/plans.file/999999/"):
        answer = client.get(address)
        assert answer.status_code == 404
        chinese.look(answer.content.decode(), address)
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    chinese.look(strict.post("/check/", {"number": "x", "who": "y"}).content.decode(), "403 without a token")
    request = RequestFactory(headers={"accept-language": "en"}).get("/")
    request.user, request.session = AnonymousUser(), {}  # type: ignore[assignment]
    given = {
        "sentence": "请求内容过大，请分批提交。",
        "status": 413,
        "kept": [("reason", "")],
        "again": "/",
        "writes": True,
        "files": [],
    }
    given |= {"title": "请求内容过大", "code": "system.gone", "login_href": "/", "reference": "8f2c"}
    with translation.override("en"):
        for path in sorted((TEMPLATES / "errors").glob("*.html")):
            if path.name != "base.html":
                chinese.look(render_to_string(f"errors/{path.name}", given, request), path.name)
    chinese.none_is_left(12)


@pytest.mark.django_db
def test_no_export_is_chinese_but_names_and_data(seats: list[Seat]) -> None:
    """Heads and cells of every list, and what the log says of an export, from every kind of seat."""
    corpus = "\n".join(stored())
    ours: dict[str, str] = {}
    lines = 0
    for seat in seats:
        for listing in list(listings().values()):
            wish, _ = wanted(listing, {"q": "x"})
            with speaking("en"):
                said = [in_words(listing.title), in_words(narrowed_by(listing, wish))]
                heads, rows = lines_of(listing, Asking(seat, None), wanted(listing, {})[0])
                for row in rows:
                    lines += 1
                    said += row
            for text in (*said, *heads):
                for run in CHINESE.findall(text):
                    if run not in corpus or text in heads:
                        ours.setdefault(run, f"{listing.name} ({seat.role}): {text[:90]}")
    assert lines > 100
    assert not ours, "\n".join(map("  ".join, ours.items()))


@pytest.mark.django_db
def test_what_the_log_and_the_inbox_keep_is_said_in_english(seats: list[Seat]) -> None:
    """Facts, those who acted, and messages: nothing in them is a sentence of ours kept as plain Chinese."""
    corpus = "\n".join(stored())
    with speaking("en"):
        said = [in_words(text) for entry in Entry.objects.order_by("pk") for text in told_by(opened(entry))]
        said += [in_words(said_again(kept)) for row in Message.objects.order_by("pk") for kept in (row.title, row.text)]
    assert len(said) > 500
    ours = {run: text[:90] for text in said for run in CHINESE.findall(text) if run not in corpus}
    assert not ours, "\n".join(map("  ".join, ours.items()))


def told_by(recorded: Recorded) -> Iterator[str]:
    yield recorded.who
    yield from texts_of(plain(recorded.fact))


def texts_of(value: Any) -> Iterator[str]:
    """Every text in a fact, the sentences among them still able to be said; what a source is called was typed."""
    if isinstance(value, dict):
        value = [item for name, item in value.items() if name != "source"]
    if isinstance(value, list):
        for item in value:
            yield from texts_of(item)
    elif isinstance(value, str):
        yield value


def test_a_sentence_and_an_unmarked_name_are_noticed() -> None:
    page = '<p>还差 3 项 <span lang="zh-Hans">唐山</span></p><input value="名称" title="提示"><textarea>草稿</textarea>'
    assert [(text.strip(), marked) for text, marked in said_on(page) if CHINESE.search(text)] == [
        ("还差 3 项", False),
        ("唐山", True),
        ("提示", True),
    ]

"""Deny by default: every page and every API operation, from every kind of seat, on own and on foreign cases.

The oracle below is written by hand from the regulation's words (who is at which place) and knows nothing of the
product's scopes. A foreign case must look exactly like one that does not exist, and nothing of it may stand on any page.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from hengjian.api.case_reads import CASE_READS
from hengjian.api.listings import LISTINGS
from hengjian.api.operations import performable
from hengjian.api.routes import load
from hengjian.authorities.acts.export_list import export_list
from hengjian.authorities.acts.tokens import issue
from hengjian.authorities.exports import Export
from hengjian.authorities.models import Account, Area, Office, Seat
from hengjian.authorities.roles import INSTITUTION_ROLES, Role
from hengjian.authorities.tokens import ApiToken
from hengjian.certificates.models import Certificate, EarlierCertificate
from hengjian.institutions import checks
from hengjian.institutions.acts.registration import ask_registration
from hengjian.institutions.acts.take_over import take_over
from hengjian.institutions.lists import REGISTER
from hengjian.institutions.models import (
    Filing,
    FilingItem,
    Institution,
    Material,
    ScopeItem,
    SiteVisit,
    Takeover,
    TakeoverCheck,
)
from hengjian.institutions.registration import Registration
from hengjian.kernel import sealer
from hengjian.kernel.actor import CLOCK, PUBLIC
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.arguments import annotations_of
from hengjian.kernel.case import case_models
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.kept_words import kept
from hengjian.kernel.models import DemoClock, Entry, Hand, LocalPolicyValue, Upload, Waiver
from hengjian.kernel.uploads import keep_upload
from hengjian.messages.models import Message
from hengjian.occupations.models import Occupation, Standard
from hengjian.papers import making
from hengjian.papers.acts.make_paper import make_paper
from hengjian.papers.models import Paper, PaperFacts
from hengjian.personnel.acts.declare_recusal import declare_recusal
from hengjian.personnel.models import Assessor, Recusal, Supervisor
from hengjian.plans.models import Batch, PastPlan, Plan, Sitting
from hengjian.results.acts.object_to_result import object_to_result
from hengjian.results.models import Objection, ObjectionBurst, ResultSheet, Score
from hengjian.results.states import ObjectionPart
from hengjian.rosters import dry_run
from hengjian.rosters.models import Candidate, RosterCheck, Sample
from hengjian.supervision.models import CodeChain, Draw, Duty, Witness
from hengjian.web.pages import declared as declared_of
from hengjian.web.room import addresses as every_address
from hengjian.web.room import case_pages, rooms
from hengjian.web.takeovers import runs
from hengjian.web.takeovers.kinds import BY_CODE
from hengjian.web.work import waiting
from tests.acts.institutions.tables import a_line, a_table, what_was_kept
from tests.house.source import modules
from tests.world import (
    BAODING,
    PROVINCE,
    TANGSHAN,
    a_draft_filing,
    a_draft_plan,
    a_filed_institution,
    a_filed_plan,
    a_seat,
    a_uscc,
    an_applicant,
    an_identity_number,
    numbers,
)
from tests.world_after import a_certified_sheet, a_drawn_plan, a_person, a_roster_file, a_sheet_on_notice, a_witness

pytestmark = pytest.mark.django_db
MISSING = 987_654_321


@dataclass(frozen=True)
class Place:
    """Where a case belongs, by the words of the regulation."""

    institution: int | None = None
    office: int | None = None
    area: str = ""
    held: str = ""
    person: int | None = None
    seat: str = ""
    open: bool = False
    handed_in: bool = True


def _of_institution(found: Institution) -> Place:
    return Place(found.pk, found.office_id, found.area.path, "", None)


def _of_plan(plan: Plan, person: int | None = None) -> Place:
    handed_in = plan.submitted_on is not None
    return Place(
        plan.institution_id, plan.office_id, plan.institution.area.path, plan.held_path, person, handed_in=handed_in
    )


def _of_filing(filing: Filing) -> Place:
    return replace(_of_institution(filing.institution), handed_in=filing.submitted_on is not None)


def _of_duty(row: Duty) -> Place:
    """Who comes to supervise, the institution learns when they arrive."""
    place = _of_plan(row.plan, row.supervisor_id)
    return place if row.arrived_at else replace(place, institution=None)


def place_of(row: Any) -> Place:
    """The oracle: model by model, in plain words."""
    match row:
        case Area() | Office() | Occupation() | Standard():
            return Place(open=True)
        case Account():
            return Place(None, None, row.area_path)
        case ApiToken() | Export():
            return Place(None, None, row.seat.area_path)
        case Seat():
            return Place(row.institution_id, row.office_id, row.area_path)
        case Institution():
            return _of_institution(row)
        case Takeover() | Registration():
            return Place(None, row.office_id, row.area_path)
        case Assessor() | EarlierCertificate() | PastPlan():
            return Place(row.institution_id, row.office_id, row.area_path)
        case ScopeItem():
            return _of_institution(row.institution)
        case Filing():
            return _of_filing(row)
        case FilingItem() | Material() | SiteVisit():
            return _of_filing(row.filing)
        case Supervisor():
            return Place(None, row.office_id, row.office.area.path, "", row.pk)
        case Recusal():
            return Place(None, row.supervisor.office_id, row.supervisor.office.area.path, "", row.supervisor_id)
        case Plan():
            return _of_plan(row)
        case Batch():
            return _of_plan(row.plan)
        case Sitting() | Candidate() | Sample():
            return _of_plan(row.batch.plan)
        case CodeChain():
            return Place(None, row.office_id, row.office.area.path)
        case Draw():  # an institution learns of a draw from the public register
            return replace(_of_plan(row.plan), institution=None, office=row.office_id)
        case Duty():
            return _of_duty(row)
        case Witness():
            return replace(_of_plan(row.plan), seat=row.seat)
        case ResultSheet():
            return _of_plan(row.batch.plan)
        case Score() | Objection() | ObjectionBurst():
            return _of_plan(row.sheet.batch.plan)
        case Upload() | RosterCheck() | TakeoverCheck() | Message():  # nobody's but whose it is, see `may_see`
            return Place()
        case PaperFacts():
            return place_of(row.paper)
        case Paper():  # whoever may see the case may see what was issued in it
            return place_of(_case_of(row))
        case Certificate():
            return Place(row.institution_id, row.institution.office_id, row.institution.area.path)
    if type(row)._meta.app_label == "kernel":
        return Place(open=bool(getattr(row, "open_to_all", False)))
    raise AssertionError(f"the oracle has no word on {type(row).__name__}")


def _case_of(paper: Paper) -> Any:
    model = next(model for model in case_models() if model._meta.db_table == paper.case_table)
    return models.QuerySet(model).get(pk=paper.case_id)


OFFICE_ROLES = {Role.PROVINCE_OFFICER, Role.CENTRE_REVIEWER, Role.CENTRE_HEAD, Role.DISTRICT_OFFICER, Role.AUDITOR}


def may_see(seat: Seat, row: Any) -> bool:
    place = place_of(row)
    if place.open or place.seat == seat.actor_id:
        return True
    if isinstance(row, Message):  # to a person, whatever seat they sit on
        return row.person == seat.person
    if isinstance(row, Upload | RosterCheck | TakeoverCheck):  # what was handed in, and a dry run of it: whoever did it
        return row.owner == seat.actor_id
    if isinstance(
        row, Account | ApiToken | Export
    ):  # people's log-ins and keys: for who administers them, a key for its seat too
        administers = seat.role == Role.ADMINISTRATOR and place.area.startswith(seat.area_path)
        return administers or (isinstance(row, ApiToken | Export) and row.seat_id == seat.pk)
    if seat.role in OFFICE_ROLES:
        mine = seat.area_path
        if not place.handed_in:  # what has never been handed in is its writer's own
            return False
        return place.area.startswith(mine) or place.held.startswith(mine) or place.office == seat.office_id
    if seat.role in (Role.CLERK, Role.RESPONSIBLE_PERSON):
        return place.institution == seat.institution_id
    if seat.role == Role.SUPERVISOR:
        return place.person == seat.person_id
    # An administrator sees no case at all, only who sits where in the own area, or at the own institution.
    if seat.role == Role.INSTITUTION_ADMINISTRATOR:
        return isinstance(row, Seat) and row.institution_id == seat.institution_id
    return seat.role == Role.ADMINISTRATOR and isinstance(row, Seat) and place.area.startswith(seat.area_path)


@dataclass
class TwoCities:
    """The same life twice: an institution of Tangshan and one of Baoding, with what is secret about each."""

    rows: list[Any] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    secrets: dict[str, Place] = field(default_factory=dict)


@pytest.fixture(scope="module")
def two_cities(django_db_setup, django_db_blocker):
    from django.db import transaction

    from hengjian.kernel import clock

    with django_db_blocker.unblock(), transaction.atomic(), clock.at("2026-03-02T09:00"):
        yield _build()
        transaction.set_rollback(True)


def _build() -> TwoCities:
    built = TwoCities()
    for city, code, mark in ((TANGSHAN, "130203", "甲"), (BAODING, "130602", "乙")):
        institution = a_filed_institution(area_code=code)
        _an_application(code, mark)
        reviewer = a_seat(Role.CENTRE_REVIEWER, at=city)
        table = a_table(a_line(area=code, name=f"{mark}市示例公司", filing_number=f"{mark}人社备〔2022〕3号"))
        take_over(reviewer, upload_id=keep_upload("机构.xlsx", "", table, reviewer).pk)
        for kind, rows in what_was_kept(mark, institution).items():
            kept = keep_upload(f"{kind}.xlsx", "", rows, reviewer)
            check = runs.start(BY_CODE[kind], kept, reviewer)
            assert not check.errors, checks.findings_of(check)
            BY_CODE[kind].act(reviewer, upload_id=kept.pk)
        people = [a_person(f"{mark}秘密某"), a_person(f"{mark}隐名某")]
        sheet = a_certified_sheet(people=people, institution=institution)
        a_draft_plan(institution=institution)
        a_draft_filing(an_applicant(area_code=code))
        more = [a_person(f"{mark}匿名某")]
        noticed = a_sheet_on_notice(people=more, institution=institution)
        from hengjian.kernel import clock

        with clock.at(noticed.notice_opened_on):
            object_to_result(
                PUBLIC,
                Score.objects.filter(sheet=noticed).order_by("pk").first(),
                part=ObjectionPart.OTHER,
                happened_on=noticed.batch.plan.held_on,
                text=f"{mark}异议正文，写明了事实",
                contact=f"{mark}联系方式",
            )
        place = _of_institution(institution)
        for secret in (
            *(person.name for person in people + more),
            *(person.number for person in people + more),
            f"{mark}异议正文，写明了事实",
            f"{mark}联系方式",
        ):
            built.secrets[secret] = place
        for role in (Role.CENTRE_REVIEWER, Role.CENTRE_HEAD, Role.AUDITOR, Role.ADMINISTRATOR):
            built.seats.append(a_seat(role, at=city))
        issue(built.seats[-1], "对接")
        for role in INSTITUTION_ROLES:
            built.seats.append(a_seat(role, institution=institution))
        _lay_what_waits(built, institution, sheet)
        duty = Duty.objects.filter(plan=sheet.batch.plan).order_by("pk").first()
        built.seats.append(Seat.objects.get(person_id=duty.supervisor_id, role=Role.SUPERVISOR))
    built.seats.append(a_seat(Role.PROVINCE_OFFICER, at=PROVINCE))
    sealer.seal()
    for paper in [] if making.hindrance() else Paper.objects.order_by("pk")[:2]:
        make_paper(CLOCK, paper)
    for model in case_models():
        rows = list(models.QuerySet(model).order_by("pk"))
        if model in (Area, Office, Occupation, Standard) or model._meta.app_label == "kernel":
            rows = rows[:1]
        built.rows += _one_of_each_place(rows)
    return built


def _an_application(code: str, mark: str) -> None:
    """Somebody asks for an institution of that city to be registered."""
    number = next(numbers)
    ask_registration(
        PUBLIC,
        name=f"{mark}市自助登记公司",
        uscc=a_uscc(),
        kind="Y",
        ownership="municipal",
        area_code=code,
        address="示例路 9 号",
        person_name=f"{mark}申请人",
        identity_number=an_identity_number(number),
        phone=f"133{number:08d}",
        username=f"ask{number}",
    )


def _lay_what_waits(built: TwoCities, institution: Institution, sheet: ResultSheet) -> None:
    """A witness, duties nobody has arrived for, a recusal, a dry run: what is shown to some who see the exam, not to all."""
    witness, _ = a_witness(a_filed_plan(institution=institution))
    plan = a_drawn_plan(institution=institution)
    duty = Duty.objects.filter(plan=plan).order_by("pk").first()
    assert duty.arrived_at is None
    declare_recusal(
        a_seat(Role.CENTRE_HEAD, office=plan.office),
        duty.supervisor,
        institution_id=institution.pk,
        ground=Recusal.Ground.RELATIVE,
    )
    clerk = a_seat(Role.CLERK, institution=institution)
    roster = a_roster_file(sheet.batch, [a_person("试传某")])
    check = dry_run.start(sheet.batch, keep_upload("试传.xlsx", "application/octet-stream", roster, clerk), clerk)
    assert check.state == RosterCheck.State.DONE, check.sentence
    Message.objects.create(
        person=clerk.person,
        seat=clerk.actor_id,
        template="trial",
        cause=f"trial:{clerk.pk}",
        title=kept("席位待确认"),
        text=kept("由提出人以外的第二人确认"),
        at=check.at,
    )
    export_list(clerk, listing="plans", form="csv", purpose="核对本月开考安排")
    built.seats += [witness, clerk]


def _one_of_each_place(rows: list[Any]) -> list[Any]:
    found: dict[Place, Any] = {}
    for row in rows:
        found.setdefault(place_of(row), row)
    return list(found.values())


def _client(seat: Seat) -> Client:
    from hengjian.authorities.seating import CHOSEN

    client = Client()
    client.force_login(seat.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[CHOSEN] = seat.pk
    session.save()
    return client


def _secrets_told(seat: Seat | None, built: TwoCities, body: str) -> list[str]:
    told = []
    for secret, place in built.secrets.items():
        if secret not in body:
            continue
        if seat is None:
            told.append(secret)
        elif seat.role in OFFICE_ROLES:
            if not (place.area.startswith(seat.area_path) or place.office == seat.office_id):
                told.append(secret)
        elif place.institution != seat.institution_id and seat.role != Role.SUPERVISOR:
            told.append(secret)
    return told


# Addresses with a number in them that show a case: which model. A page registered `of=Model` is known already.
BY_NAME: dict[str, type[models.Model]] = {}
PART = "<int:number>"  # which picture of a file; every file that is shown has the first
PARAMETERS = re.compile(r"<(?:\w+:)?(\w+)>")


def _case_urls() -> list[tuple[str, type[models.Model], str]]:
    """(name, model, route) of every page about one case; an address nobody has classed fails the test."""
    by_page = {name: model for model, name in case_pages().items()} | BY_NAME
    found = []
    for pattern in every_address():
        route = str(pattern.pattern).replace(PART, "0")
        names = PARAMETERS.findall(route)
        if names == ["pk"] and pattern.callback.hengjian_access == "seat":
            model = by_page.get(str(pattern.name)) or MODEL_OF.get(str(pattern.name))
            assert model is not None, f"{pattern.name} ({route}): say in MODEL_OF which case it shows"
            found.append((str(pattern.name), model, route))
    return found


MODEL_OF: dict[str, type[models.Model]] = {
    "end_seat": Seat,
    "confirm_registration": Registration,
    "reset_password": Account,
    "add_material": Filing,
    "review_material": Material,
    "replace_material": Material,
    "withdraw_material": Material,
    "export_file": Export,
    "material_file": Material,
    "material_view": Material,
    "material_picture": Material,
    "paper_file": Paper,
    "paper_translation": Paper,
    "conclude_visit": Filing,
    "recheck": Institution,
    "add_batches": Plan,
    "add_sittings": Plan,
    "seal_draw": Plan,
    "commit_as_witness": Plan,
    "reveal_as_witness": Witness,
    "duty_report": Duty,
    "roster": Batch,
    "roster_template": Batch,
    "tickets": Batch,
    "roster_upload": Batch,
    "takeover_check": TakeoverCheck,
    "takeover_check_progress": TakeoverCheck,
    "takeover_check_cancel": TakeoverCheck,
    "takeover_take": TakeoverCheck,
    "takeover_copy": TakeoverCheck,
    "roster_check": RosterCheck,
    "roster_check_progress": RosterCheck,
    "roster_check_cancel": RosterCheck,
    "roster_check_copy": RosterCheck,
    "certificate_paper": Certificate,
    "double_entry": ResultSheet,
}


# Kept by the kernel for itself, of no seat's concern; shown to everybody or nobody.
WITHOUT_ROWS = {Hand, DemoClock, LocalPolicyValue, Waiver, ObjectionBurst}


def test_a_seat_sees_of_each_model_what_the_regulation_says(two_cities) -> None:
    """The query set that every desk, list and operation reads, against the oracle: every row, every seat, one query each."""
    checked = 0
    for model in (*case_models(), Upload, RosterCheck, TakeoverCheck):
        rows = {row.pk: row for row in models.QuerySet(model).order_by("pk")}
        assert rows or model in WITHOUT_ROWS, f"{model.__name__} has no row to be shown or hidden"
        for seat in two_cities.seats:
            seen = set(disclosed(model, seat).values_list("pk", flat=True))
            expected = {pk for pk, row in rows.items() if may_see(seat, row)}
            assert seen == expected, (model.__name__, seat.label, sorted(seen ^ expected)[:5])
            checked += len(rows)
    assert checked > 1_000


def _stranger(two_cities: TwoCities, model: type[models.Model], roles: set[str]) -> Iterator[tuple[Seat, Any]]:
    """A seat of each of these roles with a row it may not see: where there is none, the model is open to that role."""
    rows = [row for row in two_cities.rows if type(row) is model]
    for role in sorted(roles):
        for seat in two_cities.seats:
            foreign = next((row for row in rows if not may_see(seat, row)), None)
            if seat.role == role and foreign is not None:
                yield seat, foreign
                break


def _same_as_missing(client: Client, method: str, address: str, pk: int) -> str:
    """What differs between a foreign row and one that does not exist; empty when nothing does."""
    answers = []
    for number in (pk, MISSING):
        sent = {"data": "{}", "content_type": "application/json"} if method == "post" else {}
        answer = getattr(client, method)(address.format(pk=number), **sent)
        body = answer.content.decode(errors="replace").replace(address.format(pk=number), "")
        answers.append((answer.status_code, TOKEN.sub("", body)))
    return (
        "" if answers[0] == answers[1] and answers[0][0] in (404, 422) else f"{answers[0][0]} against {answers[1][0]}"
    )


TOKEN = re.compile(r"csrfmiddlewaretoken[^>]*>|nonce=\"[^\"]*\"|data-csrf=\"[^\"]*\"")
ASKING_ROLES = {Role.CLERK, Role.CENTRE_REVIEWER, Role.SUPERVISOR}


def test_a_foreign_case_answers_like_a_missing_one_at_every_address(two_cities) -> None:
    """Every page, form and operation about a case, each with one foreign row from a seat of each role that has any use of it."""
    clients = {seat.pk: _client(seat) for seat in two_cities.seats}
    asked: list[tuple[str, str, type[models.Model], set[str]]] = [
        ("get", f"/{route.replace('<int:pk>', '{pk}')}", model, ASKING_ROLES) for _, model, route in _case_urls()
    ]
    for code, act in catalogue().items():
        if act.header.shape != "on":
            continue
        roles = {by.role_code for by in act.header.by} & {str(role) for role in Role}
        asked.append(("get", f"/do/{code}/{{pk}}/", act.header.subject, roles | {Role.CENTRE_REVIEWER}))
        if performable(act) and roles:
            operation = f"/api/{code.replace('.', '/', 1)}/{{pk}}"
            asked.append(("get", f"{operation}/why-not", act.header.subject, roles | {Role.CLERK}))
            asked.append(("post", operation, act.header.subject, roles | {Role.CLERK}))
    leaks, tried = [], set()
    for method, address, model, roles in asked:
        for seat, foreign in _stranger(two_cities, model, {str(role) for role in roles}):
            tried.add((method, address))
            different = _same_as_missing(clients[seat.pk], method, address, foreign.pk)
            if different:
                leaks.append((seat.label, method, address, different))
    assert leaks == []
    # What is open to every seat (areas, occupations, standards) has no foreign row; all else must have been tried.
    closed = {
        (method, address)
        for method, address, model, _ in asked
        if any(not may_see(seat, row) for row in two_cities.rows if type(row) is model for seat in two_cities.seats)
    }
    assert closed - tried == set()
    assert len(tried) >= 150


def test_the_address_of_a_case_is_never_missed(two_cities) -> None:
    """The test above counts what it asks: it fails when the router has an address about a case that it does not know."""
    known = {f"/{route}" for _, _, route in _case_urls()}
    routes = {
        f"/{pattern.pattern}".replace(PART, "0")
        for pattern in every_address()
        if "<int:pk>" in str(pattern.pattern) and pattern.callback.hengjian_access == "seat"
    }
    assert routes - known == {"/do/<str:code>/<int:pk>/"}


def test_an_operation_is_possible_only_for_the_role_that_holds_it(two_cities) -> None:
    for seat in two_cities.seats[::4]:
        client = _client(seat)
        for code, act in catalogue().items():
            if (
                act.header.shape != "on"
                or not performable(act)
                or any(by.role_code == "public" for by in act.header.by)
            ):
                continue
            row = next((row for row in two_cities.rows if type(row) is act.header.subject and may_see(seat, row)), None)
            if row is None:
                continue
            asked = client.get(f"/api/{code.replace('.', '/', 1)}/{row.pk}/why-not")
            assert asked.status_code == 200, (seat.label, code)
            if not any(by.role_code == seat.role for by in act.header.by):
                assert not asked.json()["possible"], (seat.label, code)


def stands_in_public(row: Any) -> bool:
    """The oracle for the public: a row of a running notice, and the notice itself, as they stand on its page."""
    if isinstance(row, Score):
        return row.sheet.state == "on_notice" and bool(row.passed)
    return isinstance(row, ResultSheet) and row.state == "on_notice"


def test_every_operation_tells_the_public_no_more_than_the_public_pages(two_cities) -> None:
    signed_in = next(seat for seat in two_cities.seats if seat.role == Role.RESPONSIBLE_PERSON)
    leaks = []
    every_score = list(models.QuerySet(Score).order_by("pk"))
    assert {stands_in_public(score) for score in every_score} == {True, False}
    for code, act in catalogue().items():
        if act.header.shape != "on" or not performable(act):
            continue
        open_to_anybody = any(by.role_code == "public" for by in act.header.by)
        rows = every_score if act.header.subject is Score else two_cities.rows
        clients = [Client(), _client(signed_in)] if open_to_anybody else [Client()]
        for client, (method, address) in product(clients, (("get", "/why-not"), ("post", ""))):
            operation = f"/api/{code.replace('.', '/', 1)}"
            missing = _asked(client, method, f"{operation}/{MISSING}{address}")
            assert missing.status_code in ((404, 422) if open_to_anybody else (401,)), code
            for row in (row for row in rows if type(row) is act.header.subject):
                asked = _asked(client, method, f"{operation}/{row.pk}{address}")
                if open_to_anybody and stands_in_public(row):
                    assert asked.status_code in (200, 422), (code, asked.content)
                elif (asked.status_code, asked.content) != (missing.status_code, missing.content):
                    leaks.append((code, method, row.pk, asked.status_code))
    assert leaks == []


def _asked(client: Client, method: str, address: str) -> Any:
    return getattr(client, method)(address, content_type="application/json")


def test_every_list_gives_what_its_seat_may_see_and_nothing_else(two_cities) -> None:
    for listing in LISTINGS:
        assert listing.public or Client().get(f"/api/{listing.name}").status_code == 401
        if listing is REGISTER:
            continue  # everybody's
        if listing.name == "audit":
            continue  # of acts, not of cases: the next test
        model = LISTED[listing.name]
        rows = {row.pk: row for row in models.QuerySet(model).order_by("pk") if STANDS.get(listing.name, bool)(row)}
        for seat in one_of_each_role(two_cities):
            answer = _client(seat).get(f"/api/{listing.name}?size=200")
            if not listing.shown_to(seat):
                assert answer.status_code == 404
                continue
            listed = [item[listing.key] for item in answer.json()["items"]]
            expected = {pk for pk, row in rows.items() if may_see(seat, row)}
            assert set(listed) == expected and len(listed) == len(expected), (listing.name, seat.label)
            assert _secrets_told(seat, two_cities, answer.content.decode()) == []


def test_an_auditor_is_listed_the_acts_of_the_own_area_and_nobody_else_any(two_cities) -> None:
    """The province's auditor sees every act, a city's those of seats within it; what they took out themselves, neither."""
    acted = {f"seat:{seat.pk}": seat.area_path for seat in models.QuerySet(Seat)}
    entries = list(models.QuerySet(Entry).order_by("pk"))
    asked = set()
    for seat in two_cities.seats:
        answer = _client(seat).get("/api/audit?size=200")
        if seat.role != Role.AUDITOR:
            assert answer.status_code == 404, seat.label
            continue
        listed = []
        while True:
            told = answer.json()
            listed += [item["entry"] for item in told["items"]]
            if not told["next"]:
                break
            answer = _client(seat).get(told["next"])
        whole = seat.area_path.count("/") == 1
        expected = {
            entry.pk
            for entry in entries
            if (whole or acted.get(entry.actor, "").startswith(seat.area_path))
            and not (entry.act == "authorities.export_list" and entry.actor == f"seat:{seat.pk}")
        }
        assert set(listed) == expected and len(listed) == len(expected), seat.label
        asked.add(whole)
    assert asked, "no auditor"


# What a list leaves out though it is disclosed.
STANDS = {"rosters": lambda row: row.state != "withdrawn", "exams": lambda row: row.state == "filed"}
LISTED: dict[str, type[models.Model]] = {
    "institutions": Institution,
    "filings": Filing,
    "supervisors": Supervisor,
    "assessors": Assessor,
    "occupations": Occupation,
    "plans": Plan,
    "rosters": Batch,
    "exams": Plan,
    "draws": Draw,
    "sheets": ResultSheet,
    "objections": Objection,
    "certificates": Certificate,
    "earlier_certificates": EarlierCertificate,
    "past_plans": PastPlan,
    "papers": Paper,
    "seats": Seat,
    "accounts": Account,
    "tokens": ApiToken,
    "registrations": Registration,
    "messages": Message,
}


def test_lists_and_searches_show_nothing_foreign(two_cities) -> None:
    leaks = []
    plain = [pattern for pattern in every_address() if not PARAMETERS.findall(str(pattern.pattern))]
    words = [secret for secret in two_cities.secrets if len(secret) < 12]
    # Each role once, of the one city or the other; each with a word of the other city.
    for seat in list({seat.role: seat for seat in two_cities.seats}.values()):
        client = _client(seat)
        for pattern in plain:
            for query in ("", f"?q={words[0]}"):
                answer = client.get(f"/{pattern.pattern}{query}")
                body = answer.content.decode(errors="ignore")
                if answer.status_code >= 500:
                    leaks.append((seat.label, str(pattern.pattern), answer.status_code))
                if query:  # the word asked for stands in the search box
                    body = (
                        re.sub(r'value="[^"]*"', "", body).replace(query[3:], "", 2)
                        if query[3:] in body[:4000]
                        else body
                    )
                told = [item for item in _secrets_told(seat, two_cities, body) if item not in query]
                if told:
                    leaks.append((seat.label, str(pattern.pattern), query, told))
    assert leaks == []


def test_the_public_sees_no_secret_anywhere(two_cities) -> None:
    client = Client()
    leaks = []
    for pattern in every_address():
        if pattern.callback.hengjian_access != "public":
            continue
        route = str(pattern.pattern)
        names = PARAMETERS.findall(route)
        addresses = [f"/{route}"]
        if names == ["pk"]:
            numbers = {row.pk for row in two_cities.rows} | {MISSING}
            addresses = ["/" + re.sub(r"<(?:\w+:)?pk>", str(number), route) for number in sorted(numbers)]
        elif names:
            continue
        for address in addresses:
            answer = client.get(address)
            told = _secrets_told(None, two_cities, answer.content.decode(errors="ignore"))
            if answer.status_code >= 500 or told:
                leaks.append((address, answer.status_code, told))
    assert leaks == []


# Addresses that answer a file or a printed paper, and of which case. The next one is found by `test_every_address_of_a_file…`.
FILES_OF: dict[str, type[models.Model]] = {
    "paper_file": Paper,
    "paper_translation": Paper,
    "material_picture": Material,
    "material_file": Material,
    "roster_template": Batch,
    "roster_check_copy": RosterCheck,
    "takeover_copy": TakeoverCheck,
    "takeover_check_progress": TakeoverCheck,
    "roster_check_progress": RosterCheck,
    "tickets": Batch,
    "certificate_paper": Certificate,
}
# Files for everybody: what is not published answers like what does not exist. By what number each is asked for.
PUBLISHED_FILES: dict[str, str] = {
    "notice_list": "sheet",
    "notice_table": "sheet",
    "notice_receipt": "sheet",
    "public_draw_file": "draw",
}
# Of the log, of the rules and of what somebody brought along: nothing in them belongs to a case.
NOBODYS_FILES = {
    "log_receipt", "log_checkpoint", "log_keep", "log_vkey", "log_bundle", "log_tile",
    "robots", "security_txt", "health", "metrics", "outbox", "occupation_options", "check_batch", "objection",
    "takeover_template",
    "agenda_file",  # the days of cases that the desk's own pages disclose: `pages/test_agenda.py`
}  # fmt: skip
_BYTES = re.compile(
    r"\b(HttpResponse|JsonResponse|FileResponse|StreamingHttpResponse)\(|window\.print|\"print|\bviewing\.(taken|part)\("
)


def _answers_bytes(view: Any) -> bool:
    """Whether the function of a page, or one of its module that it calls, makes an answer that is no page of ours."""
    module = inspect.getmodule(view)
    own = {name: found for name, found in vars(module).items() if inspect.isfunction(found)}
    seen: set[str] = set()
    waiting = [inspect.getsource(view)]
    while waiting:
        text = waiting.pop()
        if _BYTES.search(text):
            return True
        called = {
            name
            for name in own
            if re.search(rf"\b{name}\(", text) and getattr(own[name], "__module__", "") == module.__name__
        }
        waiting += [inspect.getsource(own[name]) for name in called - seen if not hasattr(own[name], "hengjian_page")]
        seen |= called
    return False


def test_every_address_of_a_file_says_whose_it_is() -> None:
    """Fails when the router has an address that answers bytes and the tests below do not know it, or the reverse."""
    pages = {declared_of(view).name: view for room in rooms() for view in room.pages}
    found = {name for name, view in pages.items() if _answers_bytes(view)}
    printed = {"tickets", "certificate_paper"}  # pages of their own, made to be printed
    known = FILES_OF.keys() | PUBLISHED_FILES.keys() | NOBODYS_FILES
    assert found | printed == known & pages.keys() | printed
    assert not known - pages.keys(), "no such page any more"


def test_a_file_is_reached_through_the_case_that_discloses_it(two_cities) -> None:
    """Every file of every case, for a seat of every role: whoever sees the case gets it, everybody else what a missing one gives."""
    addresses = {str(pattern.name): f"/{pattern.pattern}" for pattern in every_address()}
    given, kept_back = dict.fromkeys(FILES_OF, 0), dict.fromkeys(FILES_OF, 0)
    leaks = []
    for seat in one_of_each_role(two_cities):
        client = _client(seat)
        for name, model in FILES_OF.items():
            address = addresses[name].replace("<int:pk>", "{pk}").replace(PART, "0")
            missing = client.get(address.format(pk=MISSING))
            assert missing.status_code == 404
            for row in models.QuerySet(model).order_by("pk"):
                answer = client.get(address.format(pk=row.pk))
                if may_see(seat, row):
                    given[name] += answer.status_code in (200, 204)
                    continue
                kept_back[name] += 1
                same = _bare(answer) == _bare(missing)
                if answer.status_code != 404 or not same or answer.headers.get("Content-Disposition"):
                    leaks.append((seat.label, name, row.pk, answer.status_code))
    assert leaks == []
    if making.hindrance():  # without its typefaces this machine makes no paper; CI has them
        given = {name: number for name, number in given.items() if FILES_OF[name] is not Paper}
    assert all(given.values()), f"nobody got one of these, so nothing is shown about them: {given}"
    assert all(kept_back.values()), kept_back


def test_a_file_for_everybody_is_there_once_it_is_published(two_cities) -> None:
    addresses = {str(pattern.name): f"/{pattern.pattern}" for pattern in every_address()}
    client, statuses = Client(), {}
    sheets = models.QuerySet(ResultSheet).order_by("pk")
    draws = models.QuerySet(Draw).order_by("pk")
    for name, of in PUBLISHED_FILES.items():
        rows = (
            [
                (
                    sheet.pk,
                    sheet.notice_opened_on is not None and (name == "notice_receipt" or sheet.state == "on_notice"),
                )
                for sheet in sheets
            ]
            if of == "sheet"
            else [(draw.code, draw.disclosed_on is not None) for draw in draws]
        )
        address = re.sub(r"<\w+:\w+>", "{}", addresses[name])
        missing = client.get(address.format(MISSING))
        assert missing.status_code == 404
        for key, published in rows:
            answer = client.get(address.format(key))
            statuses.setdefault(name, set()).add(answer.status_code)
            assert published or answer.status_code == 404, (name, key)
            if not published:
                assert _bare(answer) == _bare(missing), (name, key)
    assert {name for name, found in statuses.items() if 404 in found} >= PUBLISHED_FILES.keys() - {"notice_receipt"}, (
        statuses
    )
    assert {name for name, found in statuses.items() if 200 in found} >= {"notice_list", "notice_table"}, statuses


def _bare(answer: Any) -> str:
    """The body without the address that was asked for and without what differs from one answer to the next."""
    return TOKEN.sub("", answer.content.decode(errors="replace")).replace(answer.request["PATH_INFO"], "")


def one_of_each_role(built: TwoCities) -> list[Seat]:
    return list({seat.role: seat for seat in built.seats}.values())


def test_the_api_answers_no_bytes_and_takes_no_foreign_upload(two_cities) -> None:
    """Operations answer JSON alone; where an act takes a file by its number, a foreign one is no other than a missing one."""
    document = load().get_openapi_schema()
    kinds = {
        kind
        for methods in document["paths"].values()
        for operation in methods.values()
        for answer in operation["responses"].values()
        for kind in answer.get("content", {})
    }
    assert kinds == {"application/json"}
    foreign = list(models.QuerySet(Upload).order_by("pk"))
    taking = [
        (code, name)
        for code, act in catalogue().items()
        if performable(act) and act.header.shape == "on"
        for name in annotations_of(act.body)
        if name == "upload_id"
    ]
    assert len(taking) >= 4
    tried = 0
    for code, name in taking:
        act = catalogue()[code]
        for seat in one_of_each_role(two_cities):
            rows = [row for row in models.QuerySet(act.header.subject).order_by("pk") if may_see(seat, row)]
            others = [upload for upload in foreign if upload.owner != seat.actor_id]
            if not rows or not others or not any(by.role_code == seat.role for by in act.header.by):
                continue
            client, operation = _client(seat), f"/api/{code.replace('.', '/', 1)}/{rows[0].pk}"
            more = {"kind": "application"} if code == "institutions.add_material" else {}
            bodies = []
            for number in (others[0].pk, MISSING):
                answer = client.post(
                    operation, data=json.dumps({name: number, **more}), content_type="application/json"
                )
                assert answer.status_code in (403, 409, 422), (code, answer.content)
                bodies.append(answer.content)
            assert bodies[0] == bodies[1], code
            tried += 1
    assert tried >= len(taking)


def test_a_case_is_read_by_its_number_where_it_is_disclosed(two_cities) -> None:
    """The single cases of the API: for a seat of every role and every row, the case or what a missing one gives."""
    for case in CASE_READS:
        address = "/api" + case.route.replace("{int:id}", "{pk}")
        for seat in one_of_each_role(two_cities):
            client = _client(seat)
            missing = client.get(address.format(pk=MISSING))
            assert missing.status_code == 404
            for row in models.QuerySet(case.of).order_by("pk"):
                answer = client.get(address.format(pk=row.pk))
                if may_see(seat, row):
                    assert answer.status_code == 200, (address, seat.label)
                    assert _secrets_told(seat, two_cities, answer.content.decode()) == []
                else:
                    assert (answer.status_code, answer.content) == (404, missing.content), (address, seat.label)


def test_the_command_line_asks_of_no_case_whether_it_is_possible() -> None:
    """`why-not` is answered by page and operation, each about the case it has found disclosed: a command has no seat."""
    asking = {
        module.name: [
            ast.unparse(node.args[1])
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "why_not"
            and len(node.args) > 1
        ]
        for module in modules()
        if module.domain in ("cli", "api")
    }
    assert {name: subjects for name, subjects in asking.items() if subjects} == {
        "api/operations.py": ["_subject(act, actor, id)"]
    }


def test_whose_turn_it_is_follows_what_is_disclosed(two_cities) -> None:
    """The queue asks by the relation an act names: never a row that is not disclosed to that seat."""
    for seat in two_cities.seats:
        for model, rows in waiting(seat).items():
            assert set(rows.values_list("pk", flat=True)) <= set(disclosed(model, seat).values_list("pk", flat=True))


def test_without_a_seat_only_listed_pages_open() -> None:
    client = Client()
    for pattern in _leaves(get_resolver().url_patterns):
        callback = pattern.callback
        marked = getattr(callback, "hengjian_access", None)
        if marked == "seat":
            route = "/" + PARAMETERS.sub("1", str(pattern.pattern)).replace("<int:1>", "1")
            answer = client.get(re.sub(r"<[^>]*>", "1", route))
            assert answer.status_code == 302, route
            assert "/accounts/login/" in answer["Location"]


def _leaves(patterns: Any) -> Any:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _leaves(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern


def test_no_office_role_enters_a_score_or_issues_a_certificate() -> None:
    """R1: government neither examines nor issues."""
    for code in ("results.enter_scores", "results.confirm_results", "certificates.issue_certificates"):
        for by in catalogue()[code].header.by:
            assert by.role_code in (Role.CLERK, Role.RESPONSIBLE_PERSON), code

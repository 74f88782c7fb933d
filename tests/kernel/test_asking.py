"""One way to ask: a page and an act read the same value, what was read is pinned, what is not cited is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import models

from hengjian.authorities.acts.enact_local_value import enact_local_value
from hengjian.authorities.facts import SeatEnded
from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.kernel.act import CATALOGUE, Doing, act
from hengjian.kernel.actor import BY_OPERATOR, CLOCK, OPERATOR, Impersonal
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.asking import Asking, NotCited
from hengjian.kernel.case import CaseModel
from hengjian.kernel.law import National, Values, nationwide
from hengjian.kernel.ledger import course_of
from hengjian.kernel.models import Upload
from hengjian.kernel.policy import Policy
from hengjian.kernel.policy import catalogue as the_law
from hengjian.kernel.prepared import Prepared
from hengjian.kernel.refusal import PRODUCT, Kind, Refused
from hengjian.kernel.rule import RULES, rule
from hengjian.kernel.uploads import contents, keep_upload
from tests.kernel.places import offices, seat

pytestmark = pytest.mark.django_db
NOTICE = Policy("results.notice_working_days", int)
PASS = Policy("results.pass_mark", int)
LUBEI, QINHUANGDAO = "13/1302/130203/", "13/1303/"


@pytest.fixture
def city():
    return offices()["13/1302/"]


@pytest.fixture
def scratch():
    """Acts and rules declared in a test are taken out of the catalogue again."""
    acts, rules = dict(CATALOGUE), dict(RULES)
    yield
    for known, before in ((CATALOGUE, acts), (RULES, rules)):
        known.clear()
        known.update(before)


def lying_in(model: type[models.Model], area_path: str) -> Any:
    """A case of that kind that lies in the area, along its own `area` dimension; nothing is stored."""
    head, *rest = model.jurisdiction["area"].split("__")  # type: ignore[attr-defined]
    row = model()
    value: Any = area_path
    if rest:
        field: Any = model._meta.get_field(head)
        value = field.related_model()
        inner = value
        for name in rest[:-1]:
            onward = inner._meta.get_field(name).related_model()
            setattr(inner, name, onward)
            inner = onward
        setattr(inner, rest[-1], area_path)
    setattr(row, head, value)
    return row


def stricter(key: str) -> Any:
    text = the_law()[key]
    national = text.history[-1].value
    step = 1 if text.stricter == "more" else -1
    return national + step


def tightened() -> list[tuple[str, str]]:
    """Every act with every value it may read and an area may tighten."""
    return [
        (code, key)
        for code, entry in catalogue().items()
        for key in sorted(entry.header.citable)
        if the_law()[key].stricter != "none" and isinstance(the_law()[key].history[-1].value, int)
    ]


def test_a_page_reads_the_value_the_act_will_use_for_every_act_and_value(city) -> None:
    head = seat(Role.CENTRE_HEAD, city)
    tomorrow = clock.now() + timedelta(days=1)
    pairs = tightened()
    assert len(pairs) > 30 and ("supervision.seal_draw", "supervision.supervisors_per_sitting_min") in pairs
    for key in sorted({key for _, key in pairs}):
        enact_local_value(
            head, key=key, value=stricter(key), since=tomorrow.date(), law="唐演示〔2026〕1号", reason="群众要求从严"
        )
    for code, key in pairs:
        header = catalogue()[code].header
        handle: Policy[int] = Policy(key, type(the_law()[key].history[-1].value), decides=False)
        for area, wanted in ((LUBEI, stricter(key)), (QINHUANGDAO, National(tomorrow.date()).policy(handle))):
            subject = None if header.shape == "creates" else lying_in(header.subject, area)
            actor = Impersonal("someone", "某席位", "clerk", reach={"area": area})
            doing: Doing[Any] = Doing(header, actor, tomorrow, subject, [subject] if subject is not None else [])
            page = Asking(actor, subject, tomorrow)
            assert doing.policy(handle) == page.policy(handle) == wanted, (code, key, area)
            assert [str(pin) for pin in doing.pins.values()] == [str(pin) for pin in page.pins.values()]


def test_a_list_over_many_areas_reads_the_local_values_twice_at_most(city, django_assert_num_queries) -> None:
    cases = [lying_in(catalogue()["plans.submit_plan"].header.subject, f"13/1302/13020{n}/") for n in range(1, 8)]
    asking = Asking(CLOCK, None)
    with django_assert_num_queries(2):
        assert {asking.about(case).policy(NOTICE) for case in cases} == {5}


def test_what_no_area_may_change_is_read_without_a_case_and_nothing_else(city) -> None:
    day = clock.today()
    assert nationwide(day).policy(Policy("occupations.levels", tuple))
    with pytest.raises(TypeError, match="ask about a case"):
        nationwide(day).policy(NOTICE)
    assert Values(National(day), [NOTICE]) == Values(National(day), [NOTICE]) != Values(National(day), [PASS])


class TestTheRunner:
    def test_what_a_rule_read_is_pinned_with_what_the_body_read(self, city, scratch) -> None:
        @rule("x.reads", cites=[NOTICE])
        def reads(asking: Asking[Seat]) -> tuple[str, str] | None:
            """读取公示期。"""
            return None if asking.policy(NOTICE) else ("没有公示期。", "请公布。")

        @act("x.two", Seat, by=BY_OPERATOR, requires=[reads], cites=[PASS])
        def two(doing: Doing[Seat]) -> SeatEnded:
            """办理。"""
            return SeatEnded(str(doing.policy(PASS)), doing.today)

        held = seat(Role.AUDITOR, city)
        two(OPERATOR, held)
        assert [pin.split("=")[0] for pin in course_of(held)[0].pins] == [NOTICE.key, PASS.key]

    @pytest.mark.parametrize("where", ["rule", "body"])
    def test_what_neither_header_nor_rules_cite_is_not_read(self, city, scratch, where) -> None:
        @rule("x.sly", cites=[PASS])
        def sly(asking: Asking[Seat]) -> tuple[str, str] | None:
            """悄悄读取公示期。"""
            return None if where == "body" or asking.policy(NOTICE) else ("没有公示期。", "请公布。")

        @act("x.sly", Seat, by=BY_OPERATOR, requires=[sly])
        def slyly(doing: Doing[Seat]) -> SeatEnded:
            """办理。"""
            return SeatEnded(str(doing.policy(NOTICE)), doing.today)

        held = seat(Role.AUDITOR, city)
        with pytest.raises(NotCited, match=r"x\.sly cites results\.notice_working_days neither"):
            slyly(OPERATOR, held)
        assert course_of(held)[0].act == "authorities.open_seat", "nothing was done"
        if where == "rule":
            with pytest.raises(NotCited):
                slyly.why_not(OPERATOR, held)

    def test_rules_of_what_is_left_behind_are_asked_after_the_body(self, city, scratch) -> None:
        @rule("x.short", clause=PRODUCT)
        def name_is_short(asking: Asking[Seat]) -> tuple[str, str] | None:
            """名称不得过长。"""
            return None if len(asking.subject.place_name) < 9 else ("名称过长。", "请缩短。")

        @act("x.rename", Seat, by=BY_OPERATOR, ensures=[name_is_short])
        def rename(doing: Doing[Seat], *, name: str) -> SeatEnded:
            """改名。"""
            doing.subject.place_name = name
            return SeatEnded(name, doing.today)

        held = seat(Role.AUDITOR, city)
        rename(OPERATOR, held, name="短名")
        with pytest.raises(Refused, match="名称过长"):
            rename(OPERATOR, held, name="这个名称实在是太长了")
        held.refresh_from_db()
        assert held.place_name == "短名"

    def test_a_rule_is_asked_once_for_what_many_rules_read(self, city) -> None:
        reads = []
        asking = Asking(CLOCK, city)
        for _ in range(3):
            assert asking.reading(lambda_once) == city.name
        assert asking.reading(reads.append) is None and asking.reading(reads.append) is None
        assert reads == [city]


def lambda_once(office: Any) -> str:
    return str(office.name)


@dataclass(frozen=True)
class Counted(Prepared):
    letters: int


class TestBefore:
    @pytest.fixture
    def measured(self, scratch) -> Any:
        calls: list[int] = []

        def count(asking: Asking[Seat], *, upload_id: int) -> Counted:
            data = contents(Upload.objects.get(pk=upload_id))
            calls.append(len(data))
            from hashlib import sha256

            return Counted(letters=len(data), files={upload_id: sha256(data).hexdigest()})

        @act("x.measure", Seat, by=BY_OPERATOR, before=count)
        def measure(doing: Doing[Seat], *, upload_id: int) -> SeatEnded:
            """量文件。"""
            assert isinstance(doing.prepared, Counted)
            return SeatEnded(str(doing.prepared.letters), doing.today)

        return measure, calls

    def test_the_file_is_read_before_the_transaction_and_once_per_click(self, city, measured) -> None:
        measure, calls = measured
        held = seat(Role.AUDITOR, city)
        file = keep_upload("a.txt", "text/plain", b"four", OPERATOR)
        for _ in range(2):
            assert measure.once("k")(OPERATOR, held, upload_id=file.pk).reason == "4"
        assert calls == [4]

    def test_nobody_makes_the_platform_work_who_may_not_do_it(self, city, measured) -> None:
        measure, calls = measured
        held = seat(Role.AUDITOR, city)
        with pytest.raises(Refused) as refused:
            measure(held, held, upload_id=1)
        assert refused.value.refusal.kind is Kind.ROLE
        assert calls == []

    def test_a_file_that_changed_meanwhile_is_refused(self, city, measured, monkeypatch) -> None:
        measure, _ = measured
        held = seat(Role.AUDITOR, city)
        file = keep_upload("a.txt", "text/plain", b"four", OPERATOR)
        monkeypatch.setattr("hengjian.kernel.prepared.digest_now", lambda key: "0" * 64)
        with pytest.raises(Refused, match="变动"):
            measure(OPERATOR, held, upload_id=file.pk)


def test_every_kind_of_case_with_a_value_of_its_area_says_where_it_lies() -> None:
    for code, _ in tightened():
        header = catalogue()[code].header
        if header.shape != "creates":
            assert issubclass(header.subject, CaseModel) and "area" in header.subject.jurisdiction, code

"""Four eyes stand in the header: judged by person, over the case and its rows, asked in one statement, seen before the click."""

from __future__ import annotations

import pytest

from hengjian.authorities.acts.open_seat import open_seat
from hengjian.authorities.facts import SeatEnded
from hengjian.authorities.models import Office, Seat
from hengjian.authorities.roles import Role
from hengjian.kernel import second_person
from hengjian.kernel.act import CATALOGUE, Doing, act, on_many
from hengjian.kernel.actor import BY_OPERATOR, OPERATOR, By, Impersonal
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.asking import Asking
from hengjian.kernel.case import CaseModel
from hengjian.kernel.header import HEADERS, NotBy
from hengjian.kernel.models import Hand
from hengjian.kernel.policy import Policy
from hengjian.kernel.refusal import Kind, Refused
from tests.kernel.places import offices, seat

ANY_REVIEWER = By("centre_reviewer", "审核人员")
ANY_HEAD = By("centre_head", "中心负责人")


class TestTheCatalogue:
    def test_every_act_that_bars_from_another_is_recalled_and_on_the_same_case_or_a_row_of_it(self) -> None:
        pairs = [(entry.header, other) for entry in catalogue().values() for other in entry.header.not_by]
        assert len(pairs) >= 5
        for header, other in pairs:
            former = catalogue()[other.act].header
            assert former.recalled, f"{other.act} bars from {header.code}, but who did it is forgotten"
            assert header.subject in chain(former.subject), f"{other.act} leaves no hand on {header.subject.__name__}"
            if other.law:
                assert other.law.key in header.citable

    def test_nobody_is_remembered_without_need(self) -> None:
        asked = {other.act for entry in catalogue().values() for other in entry.header.not_by}
        assert {code for code, entry in catalogue().items() if entry.header.recalled} == asked


def chain(model: type[CaseModel]) -> list[type]:
    found: list[type] = [model]
    while found[-1].part_of:  # type: ignore[attr-defined]
        found.append(found[-1]._meta.get_field(found[-1].part_of).related_model)  # type: ignore[attr-defined]
    return found


@pytest.mark.django_db
class TestTheQuestion:
    @pytest.fixture(autouse=True)
    def scratch(self, monkeypatch):
        acts, headers = dict(CATALOGUE), dict(HEADERS)
        monkeypatch.setattr(Seat, "part_of", "office")
        yield
        for known, before in ((CATALOGUE, acts), (HEADERS, headers)):
            known.clear()
            known.update(before)

    @pytest.fixture
    def city(self) -> Office:
        return offices()["13/1302/"]

    @pytest.fixture
    def acts(self):
        @act("x.first", Seat, by=[BY_OPERATOR, ANY_REVIEWER], recalled=True)
        def first(doing: Doing[Seat]) -> SeatEnded:
            """初审。"""
            return SeatEnded("x", doing.today)

        @on_many("x.many", Seat, by=ANY_REVIEWER, recalled=True)
        def many(doing: Doing[Seat]) -> SeatEnded:
            """批量初审。"""
            return SeatEnded("x", doing.today)

        @act("x.second", Office, by=[ANY_REVIEWER, ANY_HEAD], not_by=["x.first", "x.many"])
        def second(doing: Doing[Office]) -> SeatEnded:
            """复审。"""
            return SeatEnded("x", doing.today)

        return first, many, second

    def test_one_person_with_two_seats_is_one_person(self, city, acts) -> None:
        first, _, second = acts
        reviewer = seat(Role.CENTRE_REVIEWER, city)
        head = open_seat(OPERATOR, user_id=reviewer.user_id, role=Role.CENTRE_HEAD.value, office_id=city.pk)
        other = seat(Role.CENTRE_HEAD, city, name="周明")
        first(reviewer, reviewer)  # on a seat, which is a row of the office
        refusal = second.why_not(head, city)
        assert (refusal.code, refusal.kind) == ("kernel.second_person", Kind.RULE)
        assert "“初审”是您本人办理的" in refusal.sentence and refusal.remedy
        with pytest.raises(Refused) as refused:
            second(head, city)
        assert refused.value.refusal == refusal, "the button and the call say the same"
        assert second.why_not(other, city) is None

    def test_everybody_who_did_it_is_barred_not_only_the_last(self, city, acts) -> None:
        first, many, second = acts
        one, two, three = (seat(Role.CENTRE_REVIEWER, city, name=name) for name in ("林知远", "周明", "王知行"))
        first(one, one)
        many(two, [one, two])
        first(three, three)
        first(three, three)
        assert [second.why_not(who, city) is None for who in (one, two, three)] == [False] * 3
        assert second.why_not(seat(Role.CENTRE_REVIEWER, city, name="陈思齐"), city) is None
        assert Hand.objects.filter(act="x.first", person=three.person, case_table=Office._meta.db_table).count() == 1

    def test_the_question_is_one_statement_however_often_it_was_done(
        self, city, acts, django_assert_num_queries
    ) -> None:
        first, _, second = acts
        who = seat(Role.CENTRE_REVIEWER, city)
        for _ in range(5):
            first(who, who)
        with django_assert_num_queries(1):
            assert second_person.by_person(second.header, Asking(who, city)) is not None

    def test_what_nobody_in_person_did_bars_nobody(self, city, acts) -> None:
        first, _, second = acts
        held = seat(Role.CENTRE_REVIEWER, city)
        first(OPERATOR, held)
        assert second.why_not(held, city) is None
        assert second_person.by_person(second.header, Asking(Impersonal("clock", "时钟", "clock"), city)) is None

    def test_a_law_may_ask_for_it_in_some_cases_only(self, city, acts) -> None:
        first, _, _ = acts
        law: Policy[bool] = Policy("rosters.entrusted_second_approver", bool)
        applies = [True]

        @act("x.third", Office, by=ANY_REVIEWER, not_by=[NotBy("x.first", law=law, where=lambda asking: applies[0])])
        def third(doing: Doing[Office]) -> SeatEnded:
            """终审。"""
            return SeatEnded("x", doing.today)

        who = seat(Role.CENTRE_REVIEWER, city)
        first(who, who)
        refusal = third.why_not(who, city)
        assert refusal is not None and refusal.policy == law.key
        applies[0] = False
        assert third.why_not(who, city) is None

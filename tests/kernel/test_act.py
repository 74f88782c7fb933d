"""The act: one runner, the same answer for button, API and command line, and nothing changes besides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from hengjian.authorities.acts.enact_local_value import enact_local_value
from hengjian.authorities.acts.load_areas import load_areas
from hengjian.authorities.acts.open_seat import end_seat, open_seat
from hengjian.authorities.acts.waive_rule import answer_waiver
from hengjian.authorities.models import Area, Seat, User
from hengjian.authorities.roles import Role
from hengjian.kernel import clock, ledger
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.case import case_models, writes_now
from hengjian.kernel.guard import WriteOutsideAct
from hengjian.kernel.local_values import local_values
from hengjian.kernel.models import Entry, EntryRow, LocalPolicyValue, Waiver
from hengjian.kernel.policy import Policy
from hengjian.kernel.refusal import Kind, Refused
from tests.ground import the_user
from tests.kernel.places import ROWS, offices, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return offices()["13/1302/"]


class TestAnActIsTheOnlyWayToWrite:
    @pytest.mark.parametrize(
        "write",
        [
            lambda: Area(code="1", path="1/", name="x", kind="city").save(),
            lambda: Area.objects.create(code="1", path="1/", name="x", kind="city"),
            lambda: Area.objects.update(name="x"),
            lambda: Area.objects.all().delete(),
            lambda: Area.objects.bulk_create([Area(code="1", path="1/", name="x", kind="city")]),
            lambda: connection.cursor().execute("UPDATE authorities_area SET name = 'x'"),
            lambda: connection.cursor().execute("DELETE FROM authorities_area"),
            lambda: connection.cursor().execute("WITH a AS (SELECT 1) UPDATE authorities_area SET name = 'x'"),
            lambda: connection.cursor().execute("INSERT INTO kernel_entry (leaf) VALUES ('')"),
        ],
    )
    def test_every_other_road_is_closed(self, city, write) -> None:
        with pytest.raises(WriteOutsideAct):
            write()

    def test_even_inside_an_act_a_raw_statement_is_refused(self, city) -> None:
        from hengjian.kernel.doing import Writes

        token = writes_now.set(Writes())
        try:
            with pytest.raises(WriteOutsideAct):
                connection.cursor().execute("UPDATE authorities_area SET name = 'x'")
        finally:
            writes_now.reset(token)

    def test_log_in_tables_are_free(self) -> None:
        assert User.objects.create(username="x", name="演示").pk


class TestTheRunner:
    def test_a_fact_is_recorded_with_who_and_what(self, city) -> None:
        held = seat(Role.CENTRE_REVIEWER, city)
        (record,) = ledger.course_of(held)
        assert (record.act, record.actor, record.who) == ("authorities.open_seat", "operator", "系统安装程序")
        assert record.fact is not None
        assert record.fact.role == "centre_reviewer"

    def test_the_row_written_is_committed_to(self, city) -> None:
        held = seat(Role.CENTRE_REVIEWER, city)
        row = EntryRow.objects.get(table="authorities_seat", row_id=held.pk)
        ((_, text),) = ledger.row_texts(Seat, [held.pk])
        assert ledger.commitment(bytes(row.salt), text) == bytes(row.commitment)

    def test_nobody_acts_out_of_role(self, city) -> None:
        reviewer = seat(Role.CENTRE_REVIEWER, city)
        with pytest.raises(Refused) as refused:
            end_seat(reviewer, reviewer, reason="不再任职")
        assert refused.value.refusal.kind is Kind.ROLE
        assert end_seat.why_not(reviewer, reviewer).kind is Kind.ROLE

    def test_nobody_acts_out_of_area(self, city) -> None:
        administrator = seat(Role.ADMINISTRATOR, city)
        other = next(office for office in type(city).objects.all() if office.area.path == "13/1303/")
        stranger = seat(Role.CENTRE_REVIEWER, other)
        with pytest.raises(Refused) as refused:
            end_seat(administrator, stranger, reason="x，情况属实")
        assert refused.value.refusal.kind is Kind.ROLE
        stranger.refresh_from_db()
        assert stranger.ended_on is None

    def test_why_not_and_the_call_give_the_same_answer(self, city) -> None:
        held = seat(Role.CENTRE_REVIEWER, city)
        end_seat(OPERATOR, held, reason="调离，情况属实")
        asked = end_seat.why_not(OPERATOR, held)
        with pytest.raises(Refused) as refused:
            end_seat(OPERATOR, held, reason="调离，情况属实")
        assert asked == refused.value.refusal
        assert asked.sentence == "这个席位已经撤销。"

    def test_a_refused_act_leaves_nothing(self, city) -> None:
        before = Entry.objects.count()
        with pytest.raises(Refused):
            open_seat(OPERATOR, user_id=0, role="centre_reviewer", office_id=city.pk)
        assert Entry.objects.count() == before

    def test_a_double_click_is_one_act(self, city) -> None:
        user = the_user("two", "演示")
        first = open_seat.once("k")(OPERATOR, user_id=user.pk, role="auditor", office_id=city.pk)
        second = open_seat.once("k")(OPERATOR, user_id=user.pk, role="auditor", office_id=city.pk)
        assert first.pk == second.pk
        assert Entry.objects.filter(act="authorities.open_seat").count() == 1

    def test_a_key_is_not_used_for_something_else(self, city) -> None:
        user = the_user("two", "演示")
        open_seat.once("k")(OPERATOR, user_id=user.pk, role="auditor", office_id=city.pk)
        with pytest.raises(Refused) as refused:
            open_seat.once("k")(OPERATOR, user_id=user.pk, role="centre_head", office_id=city.pk)
        assert refused.value.refusal.kind is Kind.REPLAY

    def test_a_case_changed_since_it_was_read_is_refused(self, city) -> None:
        held = seat(Role.CENTRE_REVIEWER, city)
        with pytest.raises(Refused) as refused:
            end_seat.once("", seen=held.revision + 1)(OPERATOR, held, reason="x，情况属实")
        assert refused.value.refusal.kind is Kind.STALE

    def test_a_database_constraint_rolls_everything_back(self, city) -> None:
        entries, rows = Entry.objects.count(), EntryRow.objects.count()
        with pytest.raises(Refused) as refused:
            load_areas(OPERATOR, rows=ROWS, source="再录一次")
        assert refused.value.refusal.code == "kernel.constraint"
        assert (Entry.objects.count(), EntryRow.objects.count()) == (entries, rows)


class TestLocalValues:
    KEY = "results.notice_working_days"

    def test_a_city_may_be_stricter_and_the_pin_says_so(self, city) -> None:
        head = seat(Role.CENTRE_HEAD, city)
        tomorrow = clock.today() + timedelta(days=1)
        enact_local_value(head, key=self.KEY, value=7, since=tomorrow, law="唐演示〔2026〕1号", reason="群众要求")
        handle: Policy[int] = Policy(self.KEY, int)
        pin = handle.resolve(tomorrow, local_values("13/1302/130203/"))
        assert pin.value == 7
        assert str(pin) == f"results.notice_working_days=5@2021-01-01|13/1302/=7@{tomorrow}"
        assert handle.resolve(tomorrow, local_values("13/1303/")).value == 5

    @pytest.mark.parametrize("value", [4, 31])
    def test_never_looser_and_never_out_of_bounds(self, city, value) -> None:
        head = seat(Role.CENTRE_HEAD, city)
        with pytest.raises(Refused) as refused:
            enact_local_value(
                head, key=self.KEY, value=value, since=date(2030, 1, 1), law="唐演示〔2026〕1号", reason="x，情况属实"
            )
        assert refused.value.refusal.code == "authorities.local_value_bounds"
        assert not LocalPolicyValue.objects.exists()


class TestWaivers:
    def test_only_the_head_answers_and_an_approval_expires(self, city) -> None:
        assert answer_waiver.header.by[0].role_code == Role.CENTRE_HEAD
        constraints = {constraint.name for constraint in Waiver._meta.constraints}
        assert {"waiver_answer_has_author", "waiver_approved_expires"} <= constraints


def test_every_case_table_says_who_has_jurisdiction() -> None:
    for model in case_models():
        if model._meta.app_label == "kernel" and not model.jurisdiction:
            continue  # counters and the clock belong to nobody
        assert model.open_to_all or model.jurisdiction, model

"""Quality supervisors: appointed with card, competence and safety training; recused (R32, R51)."""

from datetime import date

import pytest

from hengjian.authorities.acts.enact_local_value import enact_local_value
from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.kernel.refusal import Kind
from hengjian.personnel.acts.appoint_supervisor import (
    appoint_supervisor,
    edit_supervisor,
    end_supervisor,
    resume_supervisor,
    suspend_supervisor,
)
from hengjian.personnel.acts.declare_recusal import declare_recusal, end_recusal
from hengjian.personnel.lists import SUPERVISORS
from hengjian.personnel.models import Recusal, Supervisor
from hengjian.personnel.queries import supervisor
from tests.lists import listed
from tests.world import (
    BAODING,
    PROVINCE,
    TANGSHAN,
    a_seat,
    a_supervisor,
    an_applicant,
    another_seat,
    refused,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]
DAY = date(2026, 3, 20)
ELECTRIC, WELDING = "6-31-01", "6-18-02"


def head(at: str = TANGSHAN):
    return a_seat(Role.CENTRE_HEAD, at=at)


def appoint(**change):
    given = {"name": "示例督导员", "employer": "示例职业学院", "competence": (ELECTRIC,), "practice_years": 2}
    return appoint_supervisor(head(), **(given | change))


def test_a_new_card_has_its_number_and_its_years():
    first, second = appoint(), appoint()
    assert (first.card_number, second.card_number) == ("R13260001", "R13260002")
    assert first.card_valid_until == date(2029, 3, 1)
    assert (first.code, first.office.area.path) == ("D130200-0001", TANGSHAN)


def test_a_phone_is_stored_encrypted_and_read_back(django_assert_num_queries):
    from django.db import connection

    supervisor = appoint(phone="0315-0000000")
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM personnel_supervisor WHERE id = %s", [supervisor.pk])
        assert b"0315" not in bytes(cursor.fetchone()[0])
    assert Supervisor.objects.get(pk=supervisor.pk).phone == "0315-0000000"


@pytest.mark.parametrize(
    "change, code",
    [
        ({"name": " "}, "kernel.argument"),
        ({"employer": ""}, "kernel.argument"),
        ({"competence": ()}, "personnel.competence_missing"),
        ({"competence": ("6-99-99",)}, "personnel.competence_unknown"),
        ({"competence": ("6-31",)}, "personnel.competence_unknown"),
        ({"practice_years": 1}, "personnel.experience_too_short"),
        ({"practice_years": 1, "assessor_years": 2}, "personnel.experience_too_short"),
        ({"card_valid_until": date(2026, 3, 1)}, "personnel.card_over"),
        ({"card_valid_until": date(2029, 3, 2)}, "personnel.card_too_long"),
        ({"safety_trained_on": date(2026, 3, 3)}, "personnel.training_in_future"),
    ],
)
def test_what_is_wrong_with_an_appointment_is_named(change, code):
    with refused(code, Kind.INPUT):
        appoint(**change)


def test_a_card_is_registered_once():
    appoint(card_number="R13250099")
    with refused("personnel.card_known", Kind.INPUT):
        appoint(card_number="R13250099")


def test_data_are_brought_up_to_date_and_the_fact_names_the_fields():
    supervisor = appoint()
    fact = edit_supervisor(head(), supervisor, competence=(WELDING, ELECTRIC), phone="0315-1111111")
    assert (fact.fields, supervisor.competence) == (("competence", "phone"), [WELDING, ELECTRIC])
    assert "0315" not in str(fact)
    with refused("personnel.card_too_long", Kind.INPUT):
        edit_supervisor(head(), supervisor, card_valid_until=date(2030, 1, 1))


def test_two_years_of_the_trade_or_three_as_an_assessor_are_enough_and_a_city_may_want_more():
    appoint(practice_years=2)
    assessor = appoint(practice_years=0, assessor_years=3)
    assert (assessor.practice_years, assessor.assessor_years) == (0, 3)
    enact_local_value(
        head(),
        key="personnel.supervisor_experience_years",
        value=5,
        since=DAY,
        law="唐山市质量督导细则（示例）",
        reason="本市聘任从严。",
    )
    with clock.at("2026-03-20T09:00"):
        with refused("personnel.experience_too_short", Kind.INPUT) as said:
            appoint(practice_years=4)
        assert "满 5 年" in said[0].sentence and said[0].field == "practice_years"
        appoint(practice_years=5)


def test_suspension_resumption_and_end():
    supervisor = appoint()
    with refused("kernel.argument", Kind.INPUT):
        suspend_supervisor(head(), supervisor, reason=" ")
    suspend_supervisor(head(), supervisor, reason="投诉待查")
    assert supervisor.state == Supervisor.State.SUSPENDED
    resume_supervisor(head(), supervisor, reason="查无实据")
    end_supervisor(head(), supervisor, reason="本人申请")
    for entry in (suspend_supervisor, end_supervisor):
        with refused("kernel.state", Kind.STATE):
            entry(head(), supervisor, reason="再次，情况属实")
    with refused("kernel.state", Kind.STATE):
        edit_supervisor(head(), supervisor, employer="他处")


def test_two_heads_end_once():
    supervisor = appoint()
    same = Supervisor.objects.get(pk=supervisor.pk)
    end_supervisor(head(), supervisor, reason="本人申请")
    with refused("kernel.state", Kind.STATE):
        end_supervisor(another_seat(head()), same, reason="本人申请")


def test_a_recusal_is_declared_in_person_or_by_the_office_and_ended_by_the_office_only():
    supervisor, institution = a_supervisor(), an_applicant()
    person = a_seat(Role.SUPERVISOR, at=TANGSHAN, person_id=supervisor.pk)
    declare_recusal(person, supervisor, institution_id=institution.pk, ground="teacher", note="曾任教")
    recusal = Recusal.objects.get(supervisor=supervisor)
    with refused("personnel.recusal_known", Kind.INPUT):
        declare_recusal(head(), supervisor, institution_id=institution.pk, ground="teacher")
    refusal = end_recusal.why_not(person, recusal)
    assert refusal and refusal.kind == Kind.ROLE
    with refused("kernel.argument", Kind.INPUT):
        end_recusal(head(), recusal, reason="")
    end_recusal(head(), recusal, reason="事由已消失")
    with refused("personnel.recusal_stands", Kind.RULE):
        end_recusal(head(), recusal, reason="再次，情况属实")
    declare_recusal(person, supervisor, institution_id=institution.pk, ground="teacher")
    recusal.refresh_from_db()
    assert recusal.ended_on is None


def test_a_recusal_names_a_ground_and_an_institution():
    supervisor = a_supervisor()
    with refused("personnel.recusal_ground", Kind.INPUT):
        declare_recusal(head(), supervisor, institution_id=an_applicant().pk, ground="dislike")
    with refused("personnel.recusal_institution", Kind.INPUT):
        declare_recusal(head(), supervisor, institution_id=987654321, ground="teacher")


def test_who_may_do_what():
    supervisor, other = a_supervisor(), a_supervisor()
    strangers = [
        a_seat(Role.CENTRE_HEAD, at=BAODING),
        a_seat(Role.CENTRE_HEAD, at=PROVINCE),
        a_seat(Role.AUDITOR, at=TANGSHAN),
        a_seat(Role.SUPERVISOR, at=TANGSHAN, person_id=other.pk),
    ]
    for entry in (edit_supervisor, suspend_supervisor, end_supervisor, declare_recusal):
        assert entry.why_not(head(), supervisor) is None
        for seat in strangers:
            refusal = entry.why_not(seat, supervisor)
            assert refusal and refusal.kind == Kind.ROLE, (entry.header.code, seat.label)
    reviewer = a_seat(Role.CENTRE_REVIEWER, at=TANGSHAN)
    refusal = suspend_supervisor.why_not(reviewer, supervisor)
    assert edit_supervisor.why_not(reviewer, supervisor) is None and refusal and refusal.kind == Kind.ROLE
    institution_seat = a_seat(Role.CLERK, institution=an_applicant())
    assert appoint_supervisor.why_not(institution_seat).kind == Kind.ROLE


def test_lists_follow_what_a_seat_sees():
    own, foreign = a_supervisor(), a_supervisor(at=BAODING)
    institution = an_applicant()
    for row, at in ((own, TANGSHAN), (foreign, BAODING)):
        declare_recusal(head(at), row, institution_id=institution.pk, ground="interest")
    reviewer = a_seat(Role.CENTRE_REVIEWER, at=TANGSHAN)
    assert [row.id for row in listed(SUPERVISORS, reviewer)] == [own.pk]
    read = supervisor(reviewer, own.pk, DAY)
    assert read and [(row.supervisor_code, row.institution_id) for row in read.recusals] == [(own.code, institution.pk)]
    assert supervisor(reviewer, foreign.pk, DAY) is None
    assert supervisor(reviewer, own.pk, date(2029, 1, 15)).supervisor.card_ends_soon
    assert len(listed(SUPERVISORS, a_seat(Role.AUDITOR, at=PROVINCE), state="appointed")) == 2

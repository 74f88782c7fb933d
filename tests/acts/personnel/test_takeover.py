"""承接: supervisors and assessors of before this system come in from lists, each list by one act, and go out again as one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from random import Random
from typing import Any

import openpyxl
import pytest

from hengjian.authorities.roles import Role
from hengjian.institutions.acts.take_over import undo_takeover
from hengjian.institutions.models import Takeover
from hengjian.institutions.taking import Lines, refusal_of
from hengjian.kernel import clock, marks
from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.ledger import course_of
from hengjian.kernel.refusal import Refused
from hengjian.kernel.uploads import keep_upload
from hengjian.personnel.acts.appoint_supervisor import appoint_supervisor, edit_supervisor
from hengjian.personnel.acts.declare_recusal import declare_recusal
from hengjian.personnel.acts.open_supervisor_seat import open_supervisor_seat
from hengjian.personnel.acts.take_over_people import take_over_assessors, take_over_supervisors
from hengjian.personnel.marking import everybody
from hengjian.personnel.models import Assessor, AssessorMark, Supervisor
from hengjian.personnel.search import ASSESSORS as FINDER
from hengjian.personnel.takeover_reading import read_assessors, read_supervisors
from hengjian.tables.annotate import annotate
from hengjian.tables.findings import Severity
from tests.acts.institutions.tables import (
    ASSESSOR_HEADINGS,
    SMALL,
    SUPERVISOR_HEADINGS,
    a_supervisor_line,
    an_assessor_line,
    assessors,
    supervisors,
)
from tests.world import BAODING, ELECTRICIAN, TANGSHAN, a_filed_institution, a_seat, a_user, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province", "in_march")]


def reviewer() -> Any:
    return a_seat(Role.CENTRE_REVIEWER, at=TANGSHAN)


def dry_run(read: Any, data: bytes, seat: Any = None) -> Lines:
    found: Lines = read(Asking(seat or reviewer(), None), data, "名单.xlsx")
    return found


def taken(act: Any, data: bytes, seat: Any = None) -> Takeover:
    seat = seat or reviewer()
    made: Takeover = act(seat, upload_id=keep_upload("名单.xlsx", "", data, seat).pk)
    return made


def told(taking: Lines) -> dict[tuple[int, str], str]:
    return {(f.row, f.column): f.code for f in taking.findings if f.severity is Severity.ERROR}


def test_supervisors_come_in_by_one_act_and_can_be_drawn() -> None:
    takeover = taken(
        take_over_supervisors, supervisors(a_supervisor_line(), a_supervisor_line(card_number="R13210078"))
    )
    assert (takeover.kind, takeover.rows, takeover.known) == ("supervisors", 2, 0)
    row = Supervisor.objects.get(card_number="R13210077")
    assert (row.state, row.office, row.phone) == (Supervisor.State.APPOINTED, takeover.office, "13900000001")
    assert (row.competence, row.card_valid_until) == (sorted({SMALL, "6-18-02"}), date(2028, 6, 1))
    assert row.safety_trained_on == date(2026, 1, 12)
    (record,) = course_of(takeover)
    assert (record.fact.supervisors, record.fact.sha256) == (2, takeover.sha256)


def test_assessors_come_in_with_their_identity_encrypted_and_are_found() -> None:
    institution = a_filed_institution()
    takeover = taken(take_over_assessors, assessors(an_assessor_line(uscc=institution.uscc)))
    row = takeover.assessors.get()
    assert (row.grade, row.occupations, row.levels) == (Assessor.Grade.SENIOR, [ELECTRICIAN], "543")
    assert (row.institution, row.masked_number) == (institution, "130203**********35")
    assert row.document_number == "130203199003071235"
    stored = Assessor.objects.filter(pk=row.pk).extra(select={"raw": "document_number"}).values("raw").get()["raw"]
    assert b"199003" not in bytes(stored)
    seat = reviewer()
    for words in ("考评乙", "kaopingyi", "132100123"):
        assert [hit.id for hit in FINDER.find(seat, words)] == [row.pk], words
    assert not FINDER.find(a_seat(Role.CENTRE_REVIEWER, at=BAODING), "考评乙")
    assert marks.drift(AssessorMark, everybody()).missing == 0
    assert disclosed(Assessor, a_seat(Role.CLERK, institution=institution)).get() == row


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"name": ""}, "name", "reading.required"),
        ({"competence": "9-99-99"}, "competence", "personnel.competence_unknown"),
        ({"competence": "电工"}, "competence", "reading.shape"),
        ({"competence": ""}, "competence", "reading.required"),
        ({"card_number": 1.23456789012345678e17}, "card_number", "reading.number_lost"),
        ({"card_number": ""}, "card_number", "reading.required"),
        ({"card_valid_until": "2028年6月"}, "card_valid_until", "reading.date"),
        ({"card_valid_until": "2099-01-01"}, "card_valid_until", "personnel.card_too_long"),
        ({"trained_on": "2027-01-01"}, "trained_on", "personnel.training_in_future"),
        ({"employer": "单" * 121}, "employer", "institutions.too_long"),
        ({"name": "#REF!"}, "name", "reading.error_cell"),
    ],
)
def test_a_faulty_cell_of_a_supervisor_is_said_at_the_cell(change: dict[str, Any], column: str, code: str) -> None:
    table = supervisors(a_supervisor_line(), a_supervisor_line(card_number="R13210078") | change)
    taking = dry_run(read_supervisors, table)
    assert told(taking) == {(4, column): code}
    assert all(found.remedy for found in taking.findings if found.severity is Severity.ERROR)
    with pytest.raises(Refused) as stopped:
        taken(take_over_supervisors, table)
    assert stopped.value.refusal == refusal_of(taking)
    assert not Takeover.objects.exists()


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"document_number": "130203199003071236"}, "document_number", "personnel.document_invalid"),
        ({"document_number": 130203199003071235.0}, "document_number", "reading.number_lost"),
        ({"uscc": "91130200MA0000000X"}, "uscc", "personnel.no_institution"),
        ({"grade": "督导员"}, "grade", "reading.code"),
        ({"occupations": "电工"}, "occupations", "reading.shape"),
        ({"level": "很高"}, "level", "reading.code"),
        ({"card_valid_until": ""}, "card_valid_until", "reading.required"),
    ],
)
def test_a_faulty_cell_of_an_assessor_is_said_at_the_cell(change: dict[str, Any], column: str, code: str) -> None:
    taking = dry_run(read_assessors, assessors(an_assessor_line(), an_assessor_line(card_number="2") | change))
    assert told(taking) == {(4, column): code}
    assert all(found.remedy for found in taking.findings if found.severity is Severity.ERROR)


def test_a_small_class_that_the_table_program_made_a_day_is_said_to_be_lost() -> None:
    line = a_supervisor_line()
    book = openpyxl.load_workbook(BytesIO(supervisors(line)))
    book.active.cell(3, list(SUPERVISOR_HEADINGS).index("competence") + 1).value = datetime(2002, 6, 17)
    out = BytesIO()
    book.save(out)
    taking = dry_run(read_supervisors, out.getvalue())
    assert told(taking) == {(3, "competence"): "reading.taken_for_a_day"}


def test_a_card_past_its_end_comes_in_with_a_warning() -> None:
    taking = dry_run(read_supervisors, supervisors(a_supervisor_line(card_valid_until="2025-01-01")))
    assert [(f.code, f.severity) for f in taking.findings if f.column == "card_valid_until"][-1:] == [
        ("personnel.card_over", Severity.WARNING)
    ]
    assert refusal_of(taking) is None


def test_whoever_is_known_by_the_card_is_left_alone_and_no_card_stands_twice() -> None:
    known = appoint_supervisor(
        reviewer(), name="督导丙", employer="某校", competence=(SMALL,), practice_years=12, card_number="R13210077"
    )
    table = supervisors(a_supervisor_line(name="别人"), a_supervisor_line(card_number="R13210078"))
    takeover = taken(take_over_supervisors, table)
    assert (takeover.rows, takeover.known) == (1, 1)
    known.refresh_from_db()
    assert known.name == "督导丙"
    twice = dry_run(read_supervisors, supervisors(*[a_supervisor_line(card_number="R13210099")] * 2))
    assert told(twice) == {(4, "card_number"): "institutions.row_twice"}


def test_a_card_number_that_was_brought_along_is_not_given_again() -> None:
    first = appoint_supervisor(reviewer(), name="督导丁", employer="某校", competence=(SMALL,), practice_years=12)
    following = f"{first.card_number[:-4]}{int(first.card_number[-4:]) + 1:04d}"
    taken(take_over_supervisors, supervisors(a_supervisor_line(card_number=following)))
    second = appoint_supervisor(reviewer(), name="督导戊", employer="某校", competence=(SMALL,), practice_years=12)
    assert int(second.card_number[-4:]) == int(first.card_number[-4:]) + 2


def test_undone_within_the_day_the_cards_are_free_for_the_list_put_right() -> None:
    takeover = taken(take_over_supervisors, supervisors(a_supervisor_line(name="写错")))
    fact = undo_takeover(reviewer(), takeover, reason="姓名有误，改正后重新承接。")
    assert (fact.kind, fact.rows) == ("supervisors", 1)
    row = takeover.supervisors.get()
    assert (row.state, row.set_aside_on) == (Supervisor.State.WITHDRAWN, clock.today())
    again = taken(take_over_supervisors, supervisors(a_supervisor_line(name="写对")))
    assert again.supervisors.get().name == "写对"
    with refused("kernel.state"):
        edit_supervisor(reviewer(), row, employer="别处")


def _a_seat(row: Supervisor) -> None:
    open_supervisor_seat(reviewer(), row, user_id=a_user(row.name, exactly=True).pk)


def _a_recusal(row: Supervisor) -> None:
    declare_recusal(reviewer(), row, institution_id=a_filed_institution().pk, ground="relative")


def _an_edit(row: Supervisor) -> None:
    edit_supervisor(reviewer(), row, employer="新单位")


@pytest.mark.parametrize("hang", [_a_seat, _a_recusal, _an_edit])
def test_it_is_not_undone_once_something_hangs_on_a_row_and_that_is_named(hang: Any) -> None:
    takeover = taken(take_over_supervisors, supervisors(a_supervisor_line()))
    hang(takeover.supervisors.get())
    refusal = undo_takeover.why_not(reviewer(), takeover)
    assert refusal is not None and refusal.code == "institutions.nothing_hangs"
    assert "督导甲" in refusal.sentence


def test_not_after_the_day_and_only_by_the_office_that_took_over() -> None:
    takeover = taken(take_over_assessors, assessors(an_assessor_line()))
    with clock.at(takeover.until + timedelta(seconds=1)), refused("institutions.takeover_recent"):
        undo_takeover(reviewer(), takeover, reason="次日才发现有误。")
    assert undo_takeover.why_not(a_seat(Role.CENTRE_REVIEWER, at=BAODING), takeover) is not None
    for role in (Role.CLERK, Role.PROVINCE_OFFICER, Role.AUDITOR):
        assert take_over_assessors.why_not(a_seat(role)) is not None


def test_the_list_comes_back_with_the_sentence_at_the_cell() -> None:
    taking = dry_run(read_assessors, assessors(an_assessor_line(grade="督导员")))
    page = openpyxl.load_workbook(BytesIO(annotate(taking.opened, taking.findings)))["2024"]
    place = list(ASSESSOR_HEADINGS).index("grade") + 1
    assert "级别：" in page.cell(3, place).comment.text


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("kind", ["supervisors", "assessors"])
def test_the_dry_run_is_the_act(kind: str, seed: int) -> None:
    """Whatever the list: the act does what the dry run counted, or refuses with what the dry run said."""
    chance = Random(seed)
    made, line, read, act, model = {
        "supervisors": (supervisors, a_supervisor_line, read_supervisors, take_over_supervisors, Supervisor),
        "assessors": (assessors, an_assessor_line, read_assessors, take_over_assessors, Assessor),
    }[kind]
    spoilt = {
        "card_valid_until": ["2028-06-01", "2028/6", 45461.0, "长期", "2020-01-01"],
        "card_number": ["甲1", "", 77.0, "R13210077"],
        "name": ["张　三", "", "李 四"],
    }
    lines = []
    for place in range(chance.randint(1, 4)):
        one = line(card_number=f"卡{place}")
        if chance.random() < 0.6:
            key = chance.choice(sorted(spoilt))
            one[key] = chance.choice(spoilt[key])
        lines.append(one)
    table = made(*lines)
    foreseen = dry_run(read, table)
    why = refusal_of(foreseen)
    if why is None:
        takeover = taken(act, table)
        assert (takeover.rows, takeover.known) == (len(foreseen.fresh), foreseen.known)
        assert model.objects.filter(takeover=takeover).count() == takeover.rows
    else:
        with pytest.raises(Refused) as stopped:
            taken(act, table)
        assert stopped.value.refusal == why

"""承接: institutions filed before this system come in from the office's own table, at once, and go out again as one."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from hengjian.authorities.roles import Role
from hengjian.institutions.acts.open_institution_seat import open_institution_seat
from hengjian.institutions.acts.register_applicant import register_applicant
from hengjian.institutions.acts.take_over import take_over, undo_takeover
from hengjian.institutions.models import Institution, ScopeItem, Takeover
from hengjian.institutions.queries import register_entry
from hengjian.institutions.states import InstitutionState, TakeoverState
from hengjian.institutions.takeover_reading import Taking, read_institutions
from hengjian.institutions.taking import refusal_of
from hengjian.kernel import clock
from hengjian.kernel.asking import Asking
from hengjian.kernel.ledger import course_of
from hengjian.kernel.refusal import Refused
from hengjian.kernel.uploads import keep_upload
from hengjian.tables.annotate import annotate
from hengjian.tables.findings import Severity
from tests.acts.institutions.tables import BAODING_CODE, HEADINGS, LUBEI_CODE, a_line, a_table, going_on
from tests.world import BAODING, ELECTRICIAN, TANGSHAN, WELDER, a_seat, a_uscc, a_user, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province", "in_march")]


def reviewer() -> Any:
    return a_seat(Role.CENTRE_REVIEWER, at=TANGSHAN)


def dry_run(data: bytes, seat: Any = None) -> Taking:
    return read_institutions(Asking(seat or reviewer(), None), data, "机构.xlsx")


def taken(data: bytes, seat: Any = None) -> Takeover:
    seat = seat or reviewer()
    return take_over(seat, upload_id=keep_upload("机构.xlsx", "", data, seat).pk)


def told(taking: Taking) -> dict[tuple[int, str], str]:
    return {(f.row, f.column): f.code for f in taking.findings if f.severity is Severity.ERROR}


def test_institutions_and_their_scope_come_in_by_one_act() -> None:
    first, second = a_uscc(), a_uscc()
    table = a_table(
        a_line(uscc=first),
        going_on(),
        a_line(
            uscc=second,
            name="唐山示例培训学校",
            kind="社评组织",
            filing_number="唐人社备〔2023〕9号",
            site_code="020777",
        ),
    )
    takeover = taken(table)
    assert (takeover.rows, takeover.parts, takeover.known) == (2, 7, 0)
    row = Institution.objects.get(uscc=first)
    assert (row.state, row.filing_number, row.area.code) == (InstitutionState.FILED, "唐人社备〔2022〕3号", LUBEI_CODE)
    assert (row.filed_on, row.valid_until) == (date(2024, 6, 18), date(2027, 6, 17))
    assert len(row.site_code) == 6
    scope = set(ScopeItem.objects.filter(institution=row).values_list("occupation_code", "level"))
    assert scope == {(ELECTRICIAN, "5"), (ELECTRICIAN, "4"), (ELECTRICIAN, "3"), (WELDER, "5")}
    assert Institution.objects.get(uscc=second).site_code == "020777"
    entry = register_entry("唐人社备〔2022〕3号", clock.today())
    assert entry is not None and len(entry.scope) == 4


def test_the_fact_holds_the_digest_of_the_file_and_counts_and_the_rows_are_children() -> None:
    table = a_table(a_line(), going_on())
    takeover = taken(table)
    (record,) = course_of(takeover)
    assert record.act == "institutions.take_over"
    assert (record.fact.institutions, record.fact.scope_items, record.fact.sha256) == (1, 4, takeover.sha256)


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"uscc": "91130200MA0000000X"}, "uscc", "institutions.uscc_invalid"),
        ({"uscc": 91130200123456789.0}, "uscc", "reading.number_lost"),
        ({"kind": "政府机关"}, "kind", "reading.code"),
        ({"area": BAODING_CODE}, "area", "institutions.area_foreign"),
        ({"area": "无此区"}, "area", "institutions.area_foreign"),
        ({"filed_on": "2024年6月"}, "filed_on", "reading.date"),
        ({"filed_on": "2029-01-01"}, "filed_on", "institutions.filed_later"),
        ({"valid_until": "2023-01-01"}, "valid_until", "institutions.dates"),
        ({"occupation_code": "电工"}, "occupation_code", "reading.shape"),
        ({"level": "很高"}, "level", "reading.code"),
        ({"level": ""}, "level", "reading.required"),
        ({"filing_number": ""}, "filing_number", "reading.required"),
        ({"site_code": "12"}, "site_code", "reading.shape"),
        ({"address": "路" * 201}, "address", "institutions.too_long"),
    ],
)
def test_a_faulty_cell_is_said_at_the_cell_and_nothing_is_taken_over(
    change: dict[str, Any], column: str, code: str
) -> None:
    table = a_table(a_line(), a_line(name="另一家示例公司", filing_number="唐人社备〔2022〕4号") | change)
    taking = dry_run(table)
    assert told(taking) == {(4, column): code}
    with pytest.raises(Refused) as stopped:
        taken(table)
    assert stopped.value.refusal == refusal_of(taking)
    assert "第 4 行" in stopped.value.refusal.sentence
    assert not Takeover.objects.exists()


def test_numbers_belong_to_one_institution_each() -> None:
    table = a_table(a_line(site_code="020001"), a_line(name="乙公司", site_code="020001"))
    assert told(dry_run(table)) == {
        (4, "filing_number"): "institutions.number_twice",
        (4, "site_code"): "institutions.number_twice",
    }
    taken(a_table(a_line(site_code="020001")))
    assert told(dry_run(a_table(a_line(site_code="020001")))) == {
        (3, "filing_number"): "institutions.number_taken",
        (3, "site_code"): "institutions.number_taken",
    }


def test_rows_of_one_institution_may_not_contradict_each_other() -> None:
    code = a_uscc()
    table = a_table(a_line(uscc=code), a_line(uscc=code, address="别处", occupation_code=WELDER))
    assert told(dry_run(table)) == {(4, "address"): "institutions.differs"}


def test_whoever_is_registered_is_known_by_the_code_and_never_doubled() -> None:
    code = a_uscc()
    known = register_applicant(
        reviewer(),
        name="已登记公司",
        short_name="已登记",
        uscc=code,
        kind="Y",
        ownership="private",
        area_code=LUBEI_CODE,
        address="某路",
    )
    takeover = taken(
        a_table(a_line(uscc=code, name="写错也不管"), a_line(name="新公司", filing_number="唐人社备〔2022〕5号"))
    )
    assert (takeover.rows, takeover.known) == (1, 1)
    known.refresh_from_db()
    assert (known.name, known.state) == ("已登记公司", InstitutionState.APPLYING)
    again = dry_run(a_table(a_line(uscc=code)))
    assert not again.fresh
    refusal = refusal_of(again)
    assert refusal is not None and refusal.code == "institutions.nothing_to_take_over"


def test_a_number_that_was_brought_along_is_not_given_again() -> None:
    taken(a_table(a_line(site_code="020001")))
    takeover = taken(a_table(a_line(name="丙公司", filing_number="唐人社备〔2022〕6号")))
    assert takeover.taken.get().site_code == "020002"


def test_only_an_office_takes_over_and_only_its_own_upload() -> None:
    clerk = a_seat(Role.CLERK)
    upload = keep_upload("机构.xlsx", "", a_table(a_line()), clerk)
    assert take_over.why_not(clerk) is not None
    with refused("institutions.no_upload"):
        take_over(reviewer(), upload_id=upload.pk)


def test_undone_within_the_day_the_table_may_come_again_put_right() -> None:
    code = a_uscc()
    takeover = taken(a_table(a_line(uscc=code, name="名字写错")))
    fact = undo_takeover(reviewer(), takeover, reason="机构名称有误，改正后重新承接。")
    assert (fact.kind, fact.rows) == ("institutions", 1)
    takeover.refresh_from_db()
    assert takeover.state == TakeoverState.UNDONE
    assert register_entry("唐人社备〔2022〕3号", clock.today()) is None
    again = taken(a_table(a_line(uscc=code, name="名字写对")))
    standing = Institution.objects.exclude(state=InstitutionState.WITHDRAWN).get(uscc=code)
    assert (standing.name, standing.takeover_id) == ("名字写对", again.pk)
    assert Institution.objects.filter(uscc=code).count() == 2


def test_it_is_not_undone_after_the_day_nor_once_anything_hangs_on_a_row() -> None:
    takeover = taken(a_table(a_line()))
    with clock.at(takeover.until + timedelta(seconds=1)), refused("institutions.takeover_recent"):
        undo_takeover(reviewer(), takeover, reason="次日才发现表中有误。")
    row = takeover.taken.get()
    open_institution_seat(reviewer(), row, user_id=a_user("经办").pk, role=Role.CLERK)
    with refused("institutions.nothing_hangs"):
        undo_takeover(reviewer(), takeover, reason="表中机构名称有误，须重新承接。")
    row.refresh_from_db()
    assert row.state == InstitutionState.FILED


def test_nothing_is_done_with_an_institution_whose_takeover_was_undone() -> None:
    takeover = taken(a_table(a_line()))
    undo_takeover(reviewer(), takeover, reason="表中机构名称有误，须重新承接。")
    with refused("institutions.stands"):
        open_institution_seat(reviewer(), takeover.taken.get(), user_id=a_user("经办").pk, role=Role.CLERK)


def test_another_office_neither_sees_nor_undoes_it() -> None:
    takeover = taken(a_table(a_line()))
    assert undo_takeover.why_not(a_seat(Role.CENTRE_REVIEWER, at=BAODING), takeover) is not None


def test_the_table_comes_back_with_the_sentence_at_the_cell() -> None:
    taking = dry_run(a_table(a_line(area=BAODING_CODE)))
    page = openpyxl.load_workbook(BytesIO(annotate(taking.opened, taking.findings)))["2024"]
    place = list(HEADINGS).index("area") + 1
    assert "所在地：" in page.cell(3, place).comment.text
    assert "不是本席位辖区内的监管区域" in page.cell(3, len(HEADINGS) + 1).value


@pytest.mark.parametrize("seed", range(12))
def test_the_dry_run_is_the_act(seed: int) -> None:
    """Whatever the table: the act does what the dry run counted, or refuses with what the dry run said."""
    from random import Random

    chance = Random(seed)
    spoilt = {
        "level": ["五级", "9", "", "高级工、技师"],
        "area": [LUBEI_CODE, "路北区", BAODING_CODE, ""],
        "filed_on": ["2024-06-18", "2024/6", 45461.0],
        "site_code": ["", "020123", "12"],
        "kind": ["企业", "院校", "?"],
    }
    lines = []
    for place in range(chance.randint(1, 4)):
        line = a_line(name=f"公司{place}", filing_number=f"备{place}号")
        if chance.random() < 0.6:
            key = chance.choice(sorted(spoilt))
            line[key] = chance.choice(spoilt[key])
        lines.append(line)
    table = a_table(*lines)
    foreseen = dry_run(table)
    why = refusal_of(foreseen)
    if why is None:
        takeover = taken(table)
        assert (takeover.rows, takeover.parts) == (len(foreseen.fresh), foreseen.parts)
        assert ScopeItem.objects.filter(institution__takeover=takeover).count() == foreseen.parts
    else:
        with pytest.raises(Refused) as stopped:
            taken(table)
        assert stopped.value.refusal == why

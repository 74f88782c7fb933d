"""承接: plans carried out before this system come in as records of what was."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from hengjian.authorities.roles import Role
from hengjian.institutions.acts.take_over import undo_takeover
from hengjian.institutions.models import Takeover
from hengjian.institutions.taking import Lines, refusal_of
from hengjian.kernel.asking import Asking
from hengjian.kernel.ledger import course_of
from hengjian.kernel.refusal import Refused
from hengjian.kernel.uploads import keep_upload
from hengjian.plans.acts.take_over_plans import take_over_plans
from hengjian.plans.models import PastPlan, Plan
from hengjian.plans.takeover_reading import read_plans
from hengjian.tables.findings import Severity
from tests.acts.institutions.tables import a_plan_line, plans
from tests.world import TANGSHAN, a_filed_institution, a_filed_plan, a_seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province", "in_march")]


def reviewer() -> Any:
    return a_seat(Role.CENTRE_REVIEWER, at=TANGSHAN)


def dry_run(data: bytes) -> Lines:
    return read_plans(Asking(reviewer(), None), data, "计划.xlsx")


def taken(data: bytes) -> Takeover:
    seat = reviewer()
    return take_over_plans(seat, upload_id=keep_upload("计划.xlsx", "", data, seat).pk)


def told(taking: Lines) -> dict[tuple[int, str], str]:
    return {(f.row, f.column): f.code for f in taking.findings if f.severity is Severity.ERROR}


def test_past_plans_come_in_by_one_act_and_stand_beside_the_plans_of_this_house() -> None:
    institution = a_filed_institution()
    takeover = taken(plans(a_plan_line(uscc=institution.uscc), a_plan_line(uscc=institution.uscc, level="三级")))
    rows = list(PastPlan.objects.order_by("pk"))
    assert [(row.level, row.headcount, row.passed, row.institution) for row in rows] == [
        ("4", 36, 30, institution),
        ("3", 36, 30, institution),
    ]
    assert all(row.ends_on == row.held_on for row in rows)
    assert not Plan.objects.exists()
    (record,) = course_of(takeover)
    assert (record.fact.rows, record.fact.sha256) == (2, takeover.sha256)


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"number": ""}, "number", "reading.required"),
        ({"uscc": "91130200MA0000000X"}, "uscc", "plans.no_institution"),
        ({"uscc": ""}, "uscc", "reading.required"),
        ({"occupation_code": "9-99-99-99"}, "occupation_name", "plans.occupation_unnamed"),
        ({"level": "五级、四级"}, "level", "reading.code"),
        ({"held_on": "2022.10"}, "held_on", "reading.date"),
        ({"held_on": "2027-01-01"}, "held_on", "plans.not_past"),
        ({"ends_on": "2022-06-01"}, "ends_on", "plans.past_dates"),
        ({"headcount": "三十六"}, "headcount", "reading.people"),
        ({"headcount": 20}, "passed", "plans.too_many_passed"),
        ({"title": "计" * 121}, "title", "institutions.too_long"),
    ],
)
def test_a_faulty_cell_is_said_at_the_cell(change: dict[str, Any], column: str, code: str) -> None:
    uscc = a_filed_institution().uscc
    table = plans(a_plan_line(uscc=uscc), a_plan_line(uscc=uscc, number="22138800880004") | change)
    taking = dry_run(table)
    assert told(taking) == {(4, column): code}
    assert all(found.remedy for found in taking.findings if found.severity is Severity.ERROR)
    with pytest.raises(Refused) as stopped:
        taken(table)
    assert stopped.value.refusal == refusal_of(taking)


def test_a_number_of_this_house_is_no_past_plan_and_a_row_comes_once() -> None:
    plan = a_filed_plan()
    uscc = plan.institution.uscc
    assert told(dry_run(plans(a_plan_line(uscc=uscc, number=plan.number)))) == {(3, "number"): "plans.number_taken"}
    taken(plans(a_plan_line(uscc=uscc)))
    again = dry_run(plans(a_plan_line(uscc=uscc), a_plan_line(uscc=uscc, level="三级")))
    assert (again.known, len(again.fresh)) == (1, 1)


def test_undone_within_the_day() -> None:
    uscc = a_filed_institution().uscc
    takeover = taken(plans(a_plan_line(uscc=uscc)))
    undo_takeover(reviewer(), takeover, reason="人数有误，改正后重新承接。")
    assert PastPlan.objects.get().state == PastPlan.State.WITHDRAWN
    assert taken(plans(a_plan_line(uscc=uscc))).rows == 1
    for role in (Role.CLERK, Role.PROVINCE_OFFICER, Role.AUDITOR):
        assert take_over_plans.why_not(a_seat(role)) is not None


@pytest.mark.parametrize("seed", range(8))
def test_the_dry_run_is_the_act(seed: int) -> None:
    chance, uscc = Random(seed), a_filed_institution().uscc
    spoilt = {
        "headcount": ["36", 36.0, "", "三十"],
        "held_on": ["2022-06-18", 44730.0, "2022.10"],
        "level": ["四级", "高级工", "五级、四级"],
        "uscc": [uscc, ""],
    }
    lines = []
    for place in range(chance.randint(1, 4)):
        line = a_plan_line(uscc=uscc, number=f"2213880088{place:04d}", passed="")
        if chance.random() < 0.6:
            key = chance.choice(sorted(spoilt))
            line[key] = chance.choice(spoilt[key])
        lines.append(line)
    table = plans(*lines)
    foreseen = dry_run(table)
    why = refusal_of(foreseen)
    if why is None:
        takeover = taken(table)
        assert PastPlan.objects.filter(takeover=takeover).count() == takeover.rows == len(foreseen.fresh)
    else:
        with pytest.raises(Refused) as stopped:
            taken(table)
        assert stopped.value.refusal == why

"""The catalogue of occupations grows over time; what was decided on a date stays as the catalogue was that day (R2)."""

from datetime import date

import pytest

from hengjian.authorities.roles import Role
from hengjian.kernel.actor import OPERATOR
from hengjian.kernel.refusal import Kind
from hengjian.occupations import seeds
from hengjian.occupations.acts.add_occupation import add_occupation
from hengjian.occupations.acts.end_occupation import end_occupation
from hengjian.occupations.acts.load_catalogue import load_catalogue
from hengjian.occupations.acts.load_standards import load_standards
from hengjian.occupations.models import Occupation
from hengjian.occupations.queries import occupation_on, search, standard_for
from tests.world import ELECTRICIAN, OCCUPATIONS, PROVINCE, TANGSHAN, WELDER, a_seat, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]
REST = tuple(row for row in seeds.occupations() if row.code not in OCCUPATIONS)
NEW = {"occupation_code": "6-31-07-99", "name": "示例机器人运维员 S", "basis": "增补公告〔2026〕1 号"}


def officer():
    return a_seat(Role.PROVINCE_OFFICER, at=PROVINCE)


def test_a_catalogue_is_loaded_once():
    rows = [row for row in seeds.occupations() if row.code == ELECTRICIAN]
    with refused("occupations.catalogue_known", Kind.INPUT):
        load_catalogue(OPERATOR, rows=rows, source="重复录入")


def test_the_whole_catalogue_and_every_standard_that_come_with_the_house_can_be_loaded():
    load_catalogue(OPERATOR, rows=REST, source="职业分类大典")
    assert Occupation.objects.count() == len(REST) + len(OCCUPATIONS)
    load_standards(OPERATOR, rows=seeds.standards(), source="颁布通知")
    of_trade = standard_for("4-09-04-00", "灌排工程工", "4", date(2026, 5, 1))  # published for two trades at once
    assert of_trade and of_trade.trade == "灌排工程工"


def test_an_occupation_of_next_month_cannot_be_found_before():
    add_occupation(officer(), **NEW, valid_from=date(2026, 4, 1))
    assert occupation_on("6-31-07-99", date(2026, 3, 31)) is None
    found = occupation_on("6-31-07-99", date(2026, 4, 1))
    assert found and (found.name, found.mark, found.small_code) == ("示例机器人运维员", "S", "6-31-07")


def test_an_occupation_is_not_added_into_the_past():
    with refused("occupations.valid_from_past", Kind.INPUT) as caught:
        add_occupation(officer(), **NEW, valid_from=date(2026, 3, 1))
    assert "2026-03-02" in caught[0].remedy


@pytest.mark.parametrize(
    "change, code",
    [
        ({"occupation_code": "6-31-7"}, "occupations.code_form"),
        ({"occupation_code": ELECTRICIAN}, "occupations.code_known"),
        ({"name": " "}, "occupations.name_missing"),
        ({"basis": ""}, "kernel.argument"),
    ],
)
def test_what_is_wrong_with_an_addition_is_named(change: dict[str, str], code: str):
    with refused(code, Kind.INPUT):
        add_occupation(officer(), **(NEW | change), valid_from=date(2026, 4, 1))


def test_an_ended_occupation_stays_for_the_days_before():
    welder = Occupation.objects.get(code=WELDER)
    end_occupation(officer(), welder, last_day=date(2026, 6, 30), reason="调整公告〔2026〕2 号")
    assert occupation_on(WELDER, date(2026, 6, 30)) is not None
    assert occupation_on(WELDER, date(2026, 7, 1)) is None
    with refused("occupations.occupation_in_force", Kind.RULE):
        end_occupation(officer(), welder, last_day=date(2026, 7, 31), reason="再次停用")


def test_an_occupation_does_not_end_in_the_past():
    with refused("occupations.last_day_past", Kind.INPUT):
        end_occupation(
            officer(), Occupation.objects.get(code=WELDER), last_day=date(2026, 3, 1), reason="调整，情况属实"
        )


def test_only_the_province_changes_the_catalogue():
    welder = Occupation.objects.get(code=WELDER)
    for role, at in ((Role.CENTRE_REVIEWER, TANGSHAN), (Role.CENTRE_HEAD, PROVINCE), (Role.AUDITOR, PROVINCE)):
        seat = a_seat(role, at=at)
        assert (refusal := add_occupation.why_not(seat)) and refusal.kind == Kind.ROLE
        assert (refusal := end_occupation.why_not(seat, welder)) and refusal.kind == Kind.ROLE
    assert end_occupation.why_not(officer(), welder) is None


def test_a_search_asks_every_word(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [row.occupation_code for row in search("工 6-31", date(2026, 3, 2))] == [ELECTRICIAN]
    assert search("电工 焊", date(2026, 3, 2)) == []

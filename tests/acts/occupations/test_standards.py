"""Standards and norms have versions; the one in force on a day is the one a batch follows (R3)."""

from datetime import date

import pytest

from hengjian.authorities.roles import Role
from hengjian.kernel.refusal import Kind
from hengjian.occupations.acts.publish_standard import publish_standard, replace_standard
from hengjian.occupations.models import Standard
from hengjian.occupations.queries import standard_for, standards_of
from tests.world import CARE, ELECTRICIAN, PROVINCE, TANGSHAN, a_seat, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]


def officer():
    return a_seat(Role.PROVINCE_OFFICER, at=PROVINCE)


def of_electrician() -> Standard:
    return Standard.objects.get(occupation_code=ELECTRICIAN)


def a_norm(**values):
    given = {
        "kind": "norm",
        "occupation_code": ELECTRICIAN,
        "trade": "示例工种",
        "name": "示例企业电工评价规范",
        "edition": "2026 年版",
        "levels": "543",
        "issued_on": date(2026, 2, 1),
    }
    return publish_standard(officer(), **(given | values))


def test_standards_of_the_template_of_2023_and_before_are_told_apart_by_their_day():
    assert of_electrician().conditions == Standard.Conditions.STD23
    norm = a_norm(issued_on=date(2021, 6, 1))
    assert norm.conditions == Standard.Conditions.STD18


def test_a_replaced_standard_still_holds_for_the_days_before():
    old = of_electrician()
    replace_standard(officer(), old, edition="2026 年版", issued_on=date(2026, 3, 1))
    before = standard_for(ELECTRICIAN, "", "4", date(2026, 2, 28))
    after = standard_for(ELECTRICIAN, "", "4", date(2026, 3, 1))
    assert before and before.edition == "2024 年版"
    assert after and (after.edition, after.citation) == ("2026 年版", "电工国家职业标准（2026 年版）")
    assert len(standards_of(ELECTRICIAN)) == 2
    with refused("occupations.standard_in_force", Kind.RULE):
        replace_standard(officer(), old, edition="2027 年版", issued_on=date(2026, 3, 2))


def test_a_new_version_is_issued_after_the_old_one():
    with refused("occupations.standard_order", Kind.INPUT):
        replace_standard(officer(), of_electrician(), edition="2023 年版", issued_on=date(2024, 1, 15))


def test_a_trade_follows_its_own_standard_before_that_of_the_occupation():
    a_norm()
    own = standard_for(ELECTRICIAN, "示例工种", "4", date(2026, 3, 2))
    assert own and own.trade == "示例工种"
    beyond = standard_for(ELECTRICIAN, "示例工种", "2", date(2026, 3, 2))
    assert beyond and beyond.trade == ""  # the norm ends at level 3


def test_a_standing_standard_is_replaced_and_not_published_beside():
    with refused("occupations.standard_stands", Kind.INPUT) as caught:
        a_norm(kind="national", trade="", edition="2025 年版")
    assert "以新版代替标准" in caught[0].remedy


@pytest.mark.parametrize(
    "change, code",
    [
        ({"kind": "other"}, "occupations.standard_kind"),
        ({"occupation_code": "6-99-99-99"}, "occupations.not_in_catalogue"),
        ({"levels": "57"}, "occupations.standard_levels"),
        ({"issued_on": date(2026, 3, 3)}, "occupations.issued_in_future"),
        ({"conditions": "STD99"}, "occupations.conditions"),
    ],
)
def test_what_is_wrong_with_a_publication_is_named(change, code):
    with refused(code, Kind.INPUT):
        a_norm(**change)


def test_only_the_province_publishes():
    standard = Standard.objects.get(occupation_code=CARE)
    for seat in (a_seat(Role.CENTRE_HEAD, at=TANGSHAN), a_seat(Role.CENTRE_REVIEWER, at=PROVINCE)):
        assert publish_standard.why_not(seat).kind == Kind.ROLE
        assert replace_standard.why_not(seat, standard).kind == Kind.ROLE

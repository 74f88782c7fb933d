"""The areas an installation may choose: every province whose list is known, whole or by cities."""

from __future__ import annotations

import pytest

from hengjian.authorities.divisions import areas_of, areas_within, provinces
from hengjian.installing.answers import ExtraArea, Unanswered
from hengjian.installing.ground import insist_the_offices_are_there, with_extra


def test_all_thirty_one_provinces_are_known() -> None:
    assert len(provinces()) == 31
    assert (provinces()["13"], provinces()["37"], provinces()["11"]) == ("河北省", "山东省", "北京市")


@pytest.mark.parametrize("province", provinces())
def test_every_area_has_a_closed_path_one_step_below_its_parent(province: str) -> None:
    areas = areas_of(province)
    by_code = {area.code: area for area in areas}
    assert len(by_code) == len(areas) == len({area.path for area in areas}) > 15
    assert [area.kind for area in areas].count("province") == 1 and areas[0].kind == "province"
    for area in areas[1:]:
        parent = by_code[str(area.parent)]
        assert area.path == f"{parent.path}{area.path.removeprefix(parent.path).strip('/')}/"
        assert area.path.count("/") == parent.path.count("/") + 1 <= 3
        assert area.name and "直辖县级" not in area.name


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("110101", "11/110101/"),  # a municipality has districts and no cities
        ("500229", "50/500229/"),
        ("370102", "37/3701/370102/"),
        ("429004", "42/429004/"),  # administered by the province itself
        ("441900", "44/4419/"),  # a city without counties
    ],
)
def test_an_area_stands_below_who_supervises_it(code: str, path: str) -> None:
    (found,) = (area for area in areas_of(code[:2]) if area.code == code)
    assert found.path == path


def test_of_one_city_come_the_province_the_city_and_its_counties() -> None:
    areas = areas_within("37", ["3702"])
    assert [area.code for area in areas if area.path.count("/") < 3] == ["370000", "370200"]
    assert {area.code[:4] for area in areas[1:]} == {"3702"} and len(areas) > 8
    assert areas_within("37", ["370200"]) == areas
    assert areas_within("37", []) == areas_of("37")


@pytest.mark.parametrize("city", ["1302", "3799", "370202", "", "x"])
def test_what_is_no_city_of_the_province_is_refused(city: str) -> None:
    with pytest.raises(KeyError, match=city or "''"):
        areas_within("37", [city])


def test_a_zone_that_no_list_has_is_named_when_installing() -> None:
    areas = with_extra(areas_within("37", ["3702"]), [ExtraArea("370299", "示例新区", "370200")])
    (zone,) = (area for area in areas if area.code == "370299")
    assert (zone.path, zone.kind, zone.parent) == ("37/3702/370299/", "zone", "370200")


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        (ExtraArea("370299", "示例新区", "370100"), "不在所选的省、市里"),
        (ExtraArea("370299", "示例新区", "370202"), "不在所选的省、市里"),  # below a county nobody supervises
        (ExtraArea("370202", "示例新区", "370200"), "不与其他区划重复"),
        (ExtraArea("3702", "示例新区", "370200"), "六位数字"),
        (ExtraArea("370299", "", "370200"), "六位数字"),
    ],
)
def test_a_zone_that_fits_nowhere_is_refused(zone: ExtraArea, said: str) -> None:
    with pytest.raises(Unanswered, match=said):
        with_extra(areas_within("37", ["3702"]), [zone])


def test_offices_are_named_only_where_something_is_installed() -> None:
    areas = areas_within("37", ["3702"])
    insist_the_offices_are_there(areas, {"370200": "青岛示例中心", "370202": ""})
    with pytest.raises(Unanswered, match="130200"):
        insist_the_offices_are_there(areas, {"130200": "唐山示例中心"})
    with pytest.raises(Unanswered, match="省级"):
        insist_the_offices_are_there(areas, {"370000": ""})

"""The seeds: where one is supervised, what an identity number may start with, occupations and standards."""

import csv
from collections import Counter
from datetime import date

import pytest

from hengjian.authorities import seeds as areas
from hengjian.occupations import seeds
from tests.shared import shared


class TestSupervisedAreas:
    def test_are_one_province_eleven_cities_and_xiongan_counties_and_zones(self):
        kinds = Counter(area.kind for area in areas.supervised_areas())
        assert kinds == {"province": 1, "city": 12, "county": 167, "zone": 23}

    def test_have_closed_paths_each_below_its_parent(self):
        by_code = {area.code: area for area in areas.supervised_areas()}
        assert len(by_code) == len(areas.supervised_areas()) == len({area.path for area in by_code.values()})
        for area in by_code.values():
            assert area.path.endswith("/")
            parent = by_code[area.parent].path if area.parent else ""
            assert area.path.startswith(parent) and area.path.count("/") == parent.count("/") + 1

    @pytest.mark.parametrize(
        ("code", "path"),
        [
            ("130000", "13/"),
            ("130200", "13/1302/"),
            ("130203", "13/1302/130203/"),
            ("130273", "13/1302/130273/"),
            ("133100", "13/1331/"),
            ("130629", "13/1331/130629/"),
            ("130682", "13/130682/"),
            ("130181", "13/130181/"),
        ],
    )
    def test_lie_where_the_office_is(self, code, path):
        assert areas.area_of_code(code).path == path

    def test_the_counties_of_xiongan_are_found_both_ways(self):
        assert areas.identity_codes_in("13/1331/") == {"130629", "130632", "130638"}
        assert "130629" not in areas.identity_codes_in("13/1306/")
        assert areas.area_of_code("133102").code == "133100"

    def test_a_dissolved_county_is_supervised_by_its_successor(self):
        found = {code: areas.area_of_code(code).name for code in ("130223", "130221", "130282", "132733")}
        assert found == {"130223": "滦州市", "130221": "丰润区", "130282": "丰南区", "132733": "曹妃甸区"}

    def test_a_code_that_two_counties_have_had_says_nothing_alone(self):
        assert areas.area_of_code("130230") is None
        assert areas.area_of_code("999999") is None


class TestIdentityPrefixes:
    def test_have_no_zones_and_no_xiongan(self):
        prefixes = areas.identity_prefixes()
        assert not {"133100", "130273", "130274", "130000", "130200"} & set(prefixes)
        assert {"130629", "130203", "130223"} <= set(prefixes)

    def test_keep_the_years_and_the_successor(self):
        (luan,) = areas.identity_prefixes()["130223"]
        assert (luan.name, luan.start_year, luan.end_year, luan.successor) == ("滦县", 1983, 2017, "130284")
        assert luan.given_out_in(1990) and not luan.given_out_in(2018)

    def test_one_code_may_have_been_several_counties(self):
        assert [old.name for old in areas.identity_prefixes()["130230"]] == ["遵化县", "唐海县"]

    def test_successors_are_counties_of_today(self):
        current = {area.code for area in areas.supervised_areas() if area.kind == "county"}
        olds = [old for names in areas.identity_prefixes().values() for old in names if old.successor]
        assert {old.successor for old in olds} <= current
        assert sum(old.end_year is not None for old in olds) > 200

    def test_equal_the_shared_list(self):
        with shared("data/hebei_divisions.csv").open(encoding="utf-8") as lines:
            rows = [row for row in csv.DictReader(lines) if row["status"] in ("gb2260", "historical")]
        expected = Counter(row["code"] for row in rows if row["level"] == "county")
        assert {code: len(names) for code, names in areas.identity_prefixes().items()} == expected


class TestOccupations:
    def test_have_the_published_totals(self):
        rows = seeds.occupations()
        majors = Counter(row.major_code for row in rows)
        assert majors == {"3": 36, "4": 379, "5": 56, "6": 679, "7": 4, "8": 1}
        assert sum(row.trade_count for row in rows) == 3053
        assert len({row.small_code for row in rows}) == 252

    def test_are_ordered_by_parts_and_well_formed(self):
        codes = [row.code for row in seeds.occupations()]
        assert codes == sorted(set(codes), key=seeds.order) and all(seeds.CODE.fullmatch(code) for code in codes)
        assert seeds.order("4-10-01-02") > seeds.order("4-9-01-02")

    def test_carry_the_edition_and_its_day(self):
        assert {(row.version, row.valid_from) for row in seeds.occupations()} == {("2022", date(2022, 9, 28))}

    def test_hold_the_staples_of_tangshan(self):
        names = {row.code: row.name for row in seeds.occupations()}
        staples = {"6-31-01-03": "电工", "6-18-02-04": "焊工", "6-17-02-02": "炼钢工", "6-10-02-02": "炼焦工"}
        assert {code: names[code] for code in staples} == staples

    def test_names_carry_no_mark(self):
        marks = Counter(row.mark for row in seeds.occupations())
        assert marks == {"": 1031, "L": 70, "S": 46, "L/S": 8}
        assert not [row.name for row in seeds.occupations() if row.name[-1] in "LS"]

    @pytest.mark.parametrize(
        ("written", "name", "mark"),
        [
            ("网络主播 S", "网络主播", "S"),
            ("环境监测员L", "环境监测员", "L"),
            ("某某员 L/S", "某某员", "L/S"),
            ("电工", "电工", ""),
        ],
    )
    def test_a_mark_is_taken_off_with_or_without_a_space(self, written, name, mark):
        assert seeds.split_mark(written) == (name, mark)


class TestStandards:
    def test_belong_to_an_occupation_of_the_catalogue(self):
        codes = {row.code for row in seeds.occupations()}
        assert len(seeds.standards()) == 53
        assert {standard.occupation_code for standard in seeds.standards()} <= codes

    def test_a_fifth_part_or_a_bracket_names_the_trade(self):
        found = {standard.code_as_published: standard for standard in seeds.standards()}
        crane = found["6-30-05-01-014"]
        assert (crane.occupation_code, crane.trade) == ("6-30-05-01", "高空作业机械操作工")

    def test_several_may_share_one_occupation(self):
        trades = [standard.trades for standard in seeds.standards() if standard.occupation_code == "4-09-04-00"]
        assert sorted(trades) == [("渠道维护工", "灌排工程工"), ("灌区供水工",), ("灌排泵站运行工",)]

    def test_the_mark_is_taken_off_before_the_bracket_is_read(self):
        title = "光伏组件制作工L（光伏晶硅组件制造工）"
        assert seeds.split_trade(title) == ("光伏组件制作工", "光伏晶硅组件制造工")

    def test_one_title_differs_from_the_catalogue_and_is_shown_not_refused(self):
        ((standard, occupation),) = seeds.name_mismatches()
        assert (standard.occupation_code, occupation.name) == ("6-24-02-04", "光伏组件制造工")

    def test_a_code_of_another_edition_leads_to_the_catalogues(self):
        assert seeds.aliases() == {"2-02-10-09": "2-02-38-01"}

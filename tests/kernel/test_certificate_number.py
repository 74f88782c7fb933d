"""The 22 characters of a certificate number come apart into seven parts, by policy data and by nothing in the code."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengjian.kernel.certificate_number import PARTS, Layout, Parts, Problem, compose, parse, spaced

ROOT = Path(__file__).parents[2]
RULE = json.loads((ROOT / "tests/vectors/cert_number_rule.json").read_text())
POLICY = tomllib.loads((ROOT / "policies/certificates.toml").read_text())


def in_force(key):
    return POLICY[key]["values"][-1]["value"]


LAYOUT = Layout.of(
    in_force("layout")["parts"], in_force("class_letters"), in_force("level_letters"), in_force("province_codes")
)
NUMBER = "Y000113000017265000001"


def test_the_policy_and_the_published_rule_describe_the_same_number():
    assert LAYOUT.length == RULE["length"] == 22
    places = [field["pos"].split("-") for field in RULE["fields"]]
    assert tuple(int(place[-1]) - int(place[0]) + 1 for place in places) == LAYOUT.lengths
    assert RULE["fields"][0]["values"].items() <= LAYOUT.classes.items()


def test_a_number_comes_apart_into_seven_parts():
    parts = parse(NUMBER, LAYOUT)
    assert parts == Parts("Y", "0001", "13", "000017", "26", "5", "000001")
    assert parts._fields == PARTS
    assert (parts.value, parts.spaced()) == (NUMBER, "Y 0001 13 000017 26 5 000001")


@pytest.mark.parametrize(
    "typed", ["Y 0001 13 000017 26 5 000001", " y000113000017265000001\n", "Y·0001·13·000017·26·5·000001"]
)
def test_a_number_may_be_typed_as_it_is_printed(typed):
    assert parse(typed, LAYOUT) == parse(NUMBER, LAYOUT)
    assert spaced(typed, LAYOUT) == "Y 0001 13 000017 26 5 000001"


@pytest.mark.parametrize(("code", "name"), [("T", "特级技师"), ("S", "首席技师")])
def test_the_top_levels_have_two_letters(code, name):
    parts = parse(NUMBER[:15] + code + NUMBER[16:], LAYOUT)
    assert isinstance(parts, Parts)
    assert LAYOUT.level_name(parts.level) == name
    assert len(re.findall("[A-Z]", parts.value)) == 2


@pytest.mark.parametrize(
    ("value", "part", "reason"),
    [
        (NUMBER[:-1], "", "应为 22 位，现为 21 位"),
        (NUMBER + "0", "", "现为 23 位"),
        ("", "", "现为 0 位"),
        ("X" + NUMBER[1:], "class_letter", "不是“X”"),
        ("Y00A1" + NUMBER[5:], "organisation", "评价机构代码应为数字"),
        (NUMBER[:5] + "99" + NUMBER[7:], "province", "省级代码“99”不存在"),
        (NUMBER[:7] + "00001A" + NUMBER[13:], "site", "序列码应为数字"),
        (NUMBER[:13] + "2A" + NUMBER[15:], "year", "核发年份应为数字"),
        (NUMBER[:15] + "6" + NUMBER[16:], "level", "不是“6”"),
        (NUMBER[:15] + "A" + NUMBER[16:], "level", "不是“A”"),
        (NUMBER[:16] + "000000", "serial", "从 1 起编"),
        ("Y" + "壹" + NUMBER[2:], "", "半角"),
    ],
)
def test_a_wrong_number_names_the_part_and_the_reason(value, part, reason):
    problem = parse(value, LAYOUT)
    assert isinstance(problem, Problem)
    assert problem.part == part
    assert reason in problem.reason
    assert spaced(value, LAYOUT) == value


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whatever_is_composed_is_parsed_again_and_fits_the_published_pattern(data):
    values = {
        "class_letter": data.draw(st.sampled_from(["Y", "S"])),
        "organisation": data.draw(st.integers(0, 9999)),
        "province": data.draw(st.sampled_from(sorted(LAYOUT.provinces))),
        "site": data.draw(st.integers(0, 999_999)),
        "year": data.draw(st.integers(0, 99)),
        "level": data.draw(st.sampled_from([*LAYOUT.levels, *LAYOUT.special_levels])),
        "serial": data.draw(st.integers(1, 999_999)),
    }
    parts = compose(LAYOUT, **values)
    assert parse(parts.value, LAYOUT) == parts
    assert re.fullmatch(RULE["regex"], parts.value)


@pytest.mark.parametrize("change", [{"serial": 1_000_000}, {"serial": 0}, {"level": "9"}, {"site": "17"}, {"year": -1}])
def test_what_would_not_parse_is_not_composed(change):
    with pytest.raises(ValueError, match="。"):
        compose(LAYOUT, **{**parse(NUMBER, LAYOUT)._asdict(), **change})


def test_composing_asks_for_all_seven_parts():
    with pytest.raises(ValueError, match="the parts are class_letter"):
        compose(LAYOUT, serial=1)


def test_policy_parts_that_leave_a_gap_make_no_layout():
    parts = [{**part} for part in in_force("layout")["parts"]]
    parts[3]["first"] += 1
    with pytest.raises(ValueError, match="follow each other"):
        Layout.of(parts, in_force("class_letters"), in_force("level_letters"), in_force("province_codes"))


def test_another_layout_reads_another_number():
    layout = Layout(
        classes={"R": "人社"}, provinces={"13": "河北"}, levels={"05": "五级"}, lengths=(1, 2, 2, 2, 4, 2, 3)
    )
    assert parse("R01130220260500 1", layout) == Parts("R", "01", "13", "02", "2026", "05", "001")


@pytest.mark.parametrize(
    "wrong", [{"lengths": (1, 4)}, {"lengths": (1, 4, 2, 6, 2, 0, 6)}, {"provinces": {"130": "河北"}}]
)
def test_a_layout_that_contradicts_itself_is_refused(wrong):
    with pytest.raises(ValueError, match="layout"):
        Layout(
            **{
                "classes": {"Y": "用人单位"},
                "provinces": {"13": "河北"},
                "levels": {"5": "五级"},
                "lengths": (1, 4, 2, 6, 2, 1, 6),
                **wrong,
            }
        )

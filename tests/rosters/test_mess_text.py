"""Points 23 to 30 of the catalogue of messy rosters: words, names, codes."""

import unicodedata
from typing import Any

import pytest

from hengjian.rosters.reading import read_roster
from hengjian.tables.findings import Severity
from hengjian.tables.grid import Watch
from hengjian.tables.limits import Limits
from hengjian.tables.text import clean, comparable
from hengjian.tables.workbooks import read_xlsx
from tests.rosters.sheets import first, one, replaced, table_of, workbook
from tests.rosters.workers import people
from tests.shared import shared

INVISIBLE = ["\u3000", "\u00a0", "\t", "\n", "\u200b", "\u200f", "\u202a", "\u202e", "\ufeff", "  "]


@pytest.mark.parametrize("sign", INVISIBLE)
def test_23_blanks_and_invisible_signs_go_out_of_a_name_with_a_note(sign: str) -> None:
    found = one(name=f"张{sign}岳")
    assert found["name"] == "张岳" and found.codes("name") == ["name_mended"]
    assert found.finding("name").new == "张岳" and found.finding("name").severity is Severity.NOTE


@pytest.mark.parametrize("sign", INVISIBLE)
def test_23_around_other_words_they_go_as_well(sign: str) -> None:
    found = one(employer=f"{sign}示例钢铁有限公司{sign}")
    assert found["employer"] == "示例钢铁有限公司" and found.codes("employer") == ["text"]


def test_23_a_blank_in_a_latin_name_stays() -> None:
    assert one(name="Anna  Maria")["name"] == "Anna Maria"


@pytest.mark.parametrize("dot", ["\u2022", "\u2027", "\u30fb", "\uff0e", "."])
def test_24_every_middle_dot_becomes_the_one(dot: str) -> None:
    found = one(name=f"买买提{dot}岳川")
    assert found["name"] == "买买提·岳川" and found.codes("name") == ["name_mended"]
    assert comparable(f"买买提{dot}岳川".replace(dot, "·")) == comparable("买买提岳川")


def test_24_the_right_dot_is_read_in_silence() -> None:
    assert one(name="买买提·岳川").codes("name") == []


def test_25_a_character_of_extension_b_is_a_character() -> None:
    found = one(name="\U00020be8岳")
    assert found["name"] == "\U00020be8岳" and found.codes("name") == []


def test_25_two_codes_of_one_character_become_one() -> None:
    assert unicodedata.normalize("NFC", "\uf9dd") != "\uf9dd"
    assert one(name="\uf9dd岳")["name"] == one(name=unicodedata.normalize("NFC", "\uf9dd") + "岳")["name"]


@pytest.mark.parametrize("name", ["\ue1a3岳", "?岳", "？岳", "\ufffd岳", "□岳", "岳1"])
def test_25_a_character_that_is_not_there_is_an_error(name: str) -> None:
    found = one(name=name)
    assert found.codes("name") == ["name"] and found.finding("name").severity is Severity.ERROR


def test_25_a_sound_in_brackets_stays_and_asks_for_a_look() -> None:
    found = one(name="岳㛃（音川）")
    assert found.codes("name") == ["name_remark"] and found.finding("name").severity is Severity.WARNING
    assert found["name"] == "岳㛃（音川）"


def test_25_a_rare_character_of_gb18030_survives_a_text_file() -> None:
    text = f"姓名,身份证号\n赵昇,{people(1)[0].number}\n王\U00020be8,{people(2)[1].number}\n"
    assert read_roster(text.encode("gb18030")).table["name"].to_pylist() == ["赵昇", "王\U00020be8"]


@pytest.mark.parametrize("name", ["死岳", "第五庚辰", "欧阳樵", "难朔", "黑岳川"])
def test_26_no_name_is_tested_against_a_list_of_surnames(name: str) -> None:
    assert one(name=name).codes("name") == []


def test_27_escapes_of_the_file_format_are_undone() -> None:
    assert clean("示例_x000D_\n公司") == "示例 公司" and clean("a_x005f_b") == "a_b"
    data = workbook(table_of({"employer": "示例公司QQ"}))
    data = replaced(data, {"xl/sharedStrings.xml": lambda xml: xml.replace("公司QQ".encode(), "公司_x000D_".encode())})
    assert first(data)["employer"] == "示例公司"


def test_27_the_fixture_carries_such_an_escape() -> None:
    data = shared("data/excel_fixtures/easyexcel_compatibility_t09.xlsx").read_bytes()
    cell = read_xlsx(data, Limits(), Watch())[0].rows[0][0]
    assert "\r" not in clean(str(cell)) and "_x000" not in clean(str(cell))


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("三级/高级工", 3),
        ("高级", 3),
        ("高级工（三级）", 3),
        ("3", 3),
        (3.0, 3),
        ("三", 3),
        ("Ⅲ", 3),
        ("III", 3),
        ("国家职业资格三级", 3),
        ("三 级", 3),
        ("３级", 3),
        ("高级技师", 1),
        ("二级（技师）", 2),
        ("技师", 2),
        ("中级工", 4),
        ("初级", 5),
        ("特级技师", -1),
        ("首席技师", -2),
        ("学徒工", 6),
    ],
)
def test_28_a_level_in_every_way_of_writing(written: Any, level: int) -> None:
    found = one(level=written)
    assert found["level"] == level and found.codes("level") == []


@pytest.mark.parametrize("written", ["八级", "高级工（四级）", "优秀", 9.0])
def test_28_what_is_no_level_or_two_levels_is_an_error(written: Any) -> None:
    found = one(level=written)
    assert found["level"] is None and found.codes("level") == ["level"]


@pytest.mark.parametrize(
    ("written", "occupation", "trade"),
    [
        ("网络主播 S", "网络主播", None),
        ("环境监测员L", "环境监测员", None),
        ("光伏组件制作工L（光伏晶硅组件制造工）", "光伏组件制作工", "光伏晶硅组件制造工"),
        ("起重装卸机械操作工(天车工)", "起重装卸机械操作工", "天车工"),
        ("金属轧制工／轧钢工", "金属轧制工", "轧钢工"),
        ("金属轧制工、轧钢工", "金属轧制工", "轧钢工"),
        ("电工（工种）", "电工", None),
        ("电 工", "电工", None),
    ],
)
def test_29_marks_and_trades_are_taken_off_the_occupation(written: str, occupation: str, trade: str | None) -> None:
    found = one(occupation_name=written)
    assert (found["occupation_name"], found["trade"]) == (occupation, trade)
    assert found.codes("occupation_name") == ["occupation"]


def test_29_a_trade_of_its_own_column_wins() -> None:
    assert one(occupation_name="金属轧制工（轧钢工）", trade="酸洗工")["trade"] == "酸洗工"


@pytest.mark.parametrize("written", ["6－31－01－03", "6—31—01—03", 6310103.0, "6310103", "6-31-01-03 L"])
def test_29_an_occupation_code_is_brought_to_its_form(written: Any) -> None:
    found = one(occupation_code=written)
    assert found["occupation_code"] == "6-31-01-03" and found.codes("occupation_code") == ["occupation_code"]


@pytest.mark.parametrize(
    ("written", "code"), [("男", "1"), ("女", "2"), ("1", "1"), (2.0, "2"), ("M", "1"), ("f", "2"), ("", None)]
)
def test_30_sex_in_every_way_of_writing(written: Any, code: str | None) -> None:
    found = one(sex=written)
    assert found["sex"] == code and found["sex_from_id"] in ("1", "2") and found.codes("sex") == []


def test_30_zero_is_a_woman_in_one_system_and_unknown_in_another_so_a_person_looks() -> None:
    found = one(sex=0.0)
    assert found["sex"] == "2" and found.finding("sex").severity is Severity.WARNING


def test_an_unknown_code_names_what_may_stand_there() -> None:
    found = one(education="大专在读中")
    assert found["education"] is None and "大学专科" in found.finding("education").remedy

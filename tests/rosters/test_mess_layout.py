"""Points 31 to 38 of the catalogue of messy rosters: where the people stand on the sheet."""

import resource
import zipfile
from io import BytesIO
from typing import Any

import pytest

from hengjian.rosters.reading import Unreadable, read_roster
from hengjian.rosters.reading.header import WORDS
from hengjian.tables.grid import Watch
from hengjian.tables.header import find_header
from hengjian.tables.limits import Limits
from hengjian.tables.workbooks import read_xls, read_xlsx
from tests.rosters.sheets import PERSON, SECOND, first, names, noticed, replaced, table_of, workbook
from tests.rosters.workers import people
from tests.shared import shared

A, B = [PERSON.name, PERSON.number, "三级"], [SECOND.name, SECOND.number, "四级"]
HEADER: list[object] = ["姓名", "身份证号", "申报等级"]


def codes(reading: Any) -> list[str]:
    return [finding.code.removeprefix("reading.") for finding in noticed(reading)]


@pytest.mark.parametrize("above", [0, 1, 2, 5, 9])
def test_31_the_header_is_found_among_title_and_note_rows(above: int) -> None:
    titles = [
        ["示例公司2026年职业技能等级认定报名表"],
        ["注：带*为必填，姓名与身份证一致"],
        [],
        ["批次：", "2026-001"],
        [],
    ]
    rows = [*(titles * 2)[:above], HEADER, A, B]
    reading = read_roster(workbook(rows, then=lambda book, page: page.merge_range(20, 0, 20, 3, "")))
    assert reading.sheets[0].header_row == above + 1
    assert names(reading) == [PERSON.name, SECOND.name]
    assert reading.table["row"].to_pylist() == [above + 2, above + 3]


def test_31_the_fixtures_titles_are_not_taken_for_headers() -> None:
    for name, read in (("t01.xls", read_xls), ("t02.xlsx", read_xlsx)):
        data = shared(f"data/excel_fixtures/easyexcel_compatibility_{name}").read_bytes()
        assert find_header(read(data, Limits(), Watch())[0], 30, WORDS) is None


def test_32_two_header_lines_are_joined_downward() -> None:
    upper = ["姓名", "身份证号", "劳动合同", "", "原证书", "", "", "联系电话"]
    lower = ["", "", "起始日期", "终止日期", "编号", "等级", "发证日期", ""]
    row = [PERSON.name, PERSON.number, "2015-07-01", "长期", PERSON.prior_number, "四级", "2021-03-04", PERSON.phone]

    def merges(book: Any, page: Any) -> None:
        page.merge_range(0, 2, 0, 3, "劳动合同")
        page.merge_range(0, 4, 0, 6, "原证书")
        page.merge_range(0, 0, 1, 0, "姓名")

    for then in (merges, None):
        found = first(workbook([upper, lower, row], then=then))
        assert found.reading.sheets[0].header_row == 2
        assert str(found["contract_begin"]) == "2015-07-01" and found["contract_end_precision"] == "open"
        assert (found["prior_number"], found["prior_level"]) == (PERSON.prior_number, 4)
        assert str(found["prior_date"]) == "2021-03-04" and found["phone"] == PERSON.phone


def test_32_a_group_title_above_a_whole_header_changes_nothing() -> None:
    rows = [["基本信息", "", "申报信息"], HEADER, A]
    assert first(workbook(rows)).reading.sheets[0].header_row == 2


def test_33_a_value_is_filled_down_over_a_true_merge_only() -> None:
    rows = [
        [*HEADER, "工作单位"],
        [*A, "示例公司"],
        [*B, ""],
        [*[p.name for p in people(3, 9)[2:]], people(3, 9)[2].number, "三级", ""],
    ]
    reading = read_roster(workbook(rows, then=lambda book, page: page.merge_range(1, 3, 2, 3, "示例公司")))
    assert reading.table["employer"].to_pylist() == ["示例公司", "示例公司", None]
    assert [(f.row, f.code, f.new) for f in noticed(reading)] == [(3, "reading.merged", "示例公司")]


def test_33_the_fixture_of_merged_rows_is_filled() -> None:
    data = shared("data/excel_fixtures/magicodes_合并行.xlsx").read_bytes()
    reading = read_roster(data)
    assert names(reading) == ["张三"] * 3 + ["李四"] * 4 + ["王五"] * 6
    assert reading.table["sex"].to_pylist() == ["1"] * 8 + ["2"] * 5


def test_33_line_feeds_and_blanks_in_header_words_do_not_matter() -> None:
    header = ["姓  名", "身份证\n号 码 *", "联 系\n电 话", "生日 ", "申报等级（必填）"]
    found = first(workbook([header, [PERSON.name, PERSON.number, PERSON.phone, "1990-01-01", "三级"]]))
    assert found["phone"] == PERSON.phone and str(found["birth"]) == "1990-01-01" and found["level"] == 3


@pytest.mark.parametrize(
    "line",
    [
        ["合计", "2人"],
        ["注：1.本表一式两份"],
        ["填表人：禾麦"],
        ["", "", "负责人签字："],
        ["单位（盖章）"],
        ["", "2026年11月20日"],
        ["备注：无"],
    ],
)
def test_34_what_stands_below_is_no_person_and_is_said(line: list[object]) -> None:
    reading = read_roster(workbook([HEADER, A, B, line]))
    assert names(reading) == [PERSON.name, SECOND.name]
    assert [(f.code, f.row) for f in noticed(reading)] == [("reading.footer", 4)]


def test_34_a_person_without_a_number_is_still_a_person() -> None:
    assert read_roster(workbook([HEADER, A, ["注册", "", "三级"]])).people == 2
    assert (
        read_roster(workbook([[*HEADER, "手机号码"], [*A, PERSON.phone], ["", "", "四级", PERSON.phone]])).people == 1
    )


def test_35_empty_and_pre_numbered_rows_are_passed_over() -> None:
    header = ["序号", *HEADER]
    rows = [header, [1.0, *A], [], [], [2.0, *B], *[[float(n)] for n in range(3, 20)]]
    reading = read_roster(workbook(rows))
    assert names(reading) == [PERSON.name, SECOND.name] and noticed(reading) == []


def test_36_two_tables_side_by_side_are_both_read() -> None:
    header = ["序号", "姓名", "身份证号", "", "序号", "姓名", "身份证号"]
    crowd = people(4, 3)
    rows = [header, [1.0, *pair(crowd[0]), "", 3.0, *pair(crowd[2])], [2.0, *pair(crowd[1]), "", 4.0, *pair(crowd[3])]]
    reading = read_roster(workbook(rows))
    assert names(reading) == [person.name for person in crowd]
    assert reading.table["serial"].to_pylist() == [1, 2, 3, 4]


def test_36_a_header_that_comes_again_is_no_person() -> None:
    reading = read_roster(workbook([HEADER, A, [], ["签到签退表"], HEADER, B]))
    assert names(reading) == [PERSON.name, SECOND.name] and codes(reading) == ["footer"]


def pair(person: Any) -> list[object]:
    return [person.name, person.number]


def test_37_empty_sheets_are_passed_over_and_every_filled_one_is_read() -> None:
    def more(book: Any, page: Any) -> None:
        book.add_worksheet("Sheet2")
        second = book.add_worksheet("二班")
        second.write_row(3, 0, HEADER)
        second.write_row(4, 0, B)

    reading = read_roster(workbook([HEADER, A], name="一班", then=more))
    assert list(zip(reading.table["sheet"].to_pylist(), reading.table["row"].to_pylist(), strict=True)) == [
        ("一班", 2),
        ("二班", 5),
    ]
    assert noticed(reading) == []


def test_37_a_hidden_sheet_is_not_read_and_a_hidden_row_is_both_with_a_word() -> None:
    def more(book: Any, page: Any) -> None:
        page.set_row(2, None, None, {"hidden": True})
        hidden = book.add_worksheet("去年")
        hidden.write_row(0, 0, HEADER)
        hidden.write_row(1, 0, B)
        hidden.hide()

    reading = read_roster(workbook([HEADER, A, B], then=more))
    assert reading.people == 2 and sorted(codes(reading)) == ["hidden_row", "hidden_sheet"]


def test_37_the_fixtures_empty_sheets_are_passed_over() -> None:
    data = shared("data/excel_fixtures/easyexcel_dataformat_dataformat.xls").read_bytes()
    assert [len(grid.rows) > 0 for grid in read_xls(data, Limits(), Watch())] == [True, False, False]


def test_38_sixteen_thousand_columns_do_not_matter() -> None:
    def far(book: Any, page: Any) -> None:
        bold = book.add_format({"bold": True})
        for row in range(50):
            page.write_blank(row, 16_383, None, bold)
        page.write_string(0, 16_383, "远处的表头")

    reading = read_roster(workbook([HEADER, A, B], then=far))
    assert names(reading) == [PERSON.name, SECOND.name]
    assert reading.sheets[0].grid.width == 3
    assert codes(reading) == ["far_columns"]


def test_38_a_thousand_formatted_empty_rows_are_no_people() -> None:
    def rows(book: Any, page: Any) -> None:
        bold = book.add_format({"bold": True})
        for row in range(3, 1_007):
            page.write_blank(row, 0, None, bold)
        page.set_row(1_048_575, 20, bold)

    assert read_roster(workbook([HEADER, A, B], then=rows)).people == 2


def test_38_a_declared_extent_that_is_wrong_is_not_believed() -> None:
    rows = table_of(*({} for _ in range(200)))
    data = replaced(
        workbook(rows),
        {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b'<dimension ref="A1:T201"/>', b'<dimension ref="A1"/>')},
    )
    with zipfile.ZipFile(BytesIO(data)) as parts:
        assert b'<dimension ref="A1"/>' in parts.read("xl/worksheets/sheet1.xml")
    reading = read_roster(data)
    assert reading.people == 200 and reading.sheets[0].grid.width == 20


@pytest.mark.parametrize("place", ['r="GR1048576"', "r='XFD1048576'", 'r = "XFD1048576"', 'r="xfd1048576"'])
def test_38_one_cell_in_the_last_corner_does_not_take_the_memory(place: str) -> None:
    far = f'<row r="1048576"><c {place} t="str"><v>x</v></c></row></sheetData>'.encode()
    data = replaced(workbook([HEADER, A]), {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"</sheetData>", far)})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Unreadable, match=r"很远处|199999"):
        read_roster(data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000

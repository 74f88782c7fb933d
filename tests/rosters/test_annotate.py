"""The user's own file comes back: own layout, marked cells, one column of sentences; what was mended is seen on return."""

import hashlib
import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from hengjian.rosters.compare import Outcome, mended, upload_of
from hengjian.rosters.reading import Reading, read_roster
from hengjian.rosters.reading.header import WORDS
from hengjian.tables.annotate import annotate
from hengjian.tables.annotate_notes import SUMMARY
from hengjian.tables.annotate_rebuilt import rebuilt
from hengjian.tables.findings import Finding, Severity, counts, may_be_filed
from hengjian.tables.marks import FILLS, marks_of, sentence_of
from tests.rosters.mess import make_clean, make_mess, mess_xlsx
from tests.rosters.mess_kinds import mess_csv, mess_html, mess_xls
from tests.rosters.sheets import KEY, PERSON, SECOND, names, table_of, workbook

MESS = make_mess(900)
MESSY = mess_xlsx(MESS)


def pages(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def values(page: Any) -> list[tuple[Any, ...]]:
    return [tuple(cell.value for cell in row) for row in page.iter_rows()]


def own_layout() -> bytes:
    """A workbook with a layout of its own: widths, fonts, frames, a drop-down, print settings, a frozen header."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("一车间")
        heading = book.add_format({"bold": True, "font_name": "黑体", "font_size": 18, "font_color": "#AA0000"})
        framed = book.add_format({"border": 2, "bg_color": "#EEFFEE", "italic": True})
        page.merge_range(0, 0, 0, 4, "示例公司花名册", heading)
        page.write_row(1, 0, ["姓名", "身份证号", "申报等级", "手机号码", "发证日期"], framed)
        page.write_row(2, 0, [PERSON.name, PERSON.number, "八级", PERSON.phone], framed)
        page.write_datetime(2, 4, datetime(2020, 3, 1), book.add_format({"num_format": "yyyy-mm-dd", "border": 1}))
        page.write_row(3, 0, [SECOND.name, "", "三级", SECOND.phone], framed)
        page.set_column(0, 0, 33)
        page.set_column(2, 16_383, 11)
        page.set_row(2, 44)
        page.data_validation(2, 2, 99, 2, {"validate": "list", "source": ["三级", "四级"]})
        page.freeze_panes(2, 1)
        page.set_landscape()
        book.add_worksheet("说明").write_string(0, 0, "请勿改动")
    return out.getvalue()


def test_the_copy_keeps_every_sheet_cell_width_font_and_rule() -> None:
    original = own_layout()
    reading = read_roster(original)
    before, after = pages(original), pages(annotate(reading, reading.findings))
    assert [*before.sheetnames, SUMMARY] == after.sheetnames
    old, new = before["一车间"], after["一车间"]
    assert [row[:5] for row in values(new)] == values(old)
    assert new.merged_cells.ranges == old.merged_cells.ranges
    for place in ("A1", "A2", "C3", "A4", "E3"):
        assert repr(new[place].font) == repr(old[place].font) and repr(new[place].border) == repr(old[place].border)
    assert repr(new["A4"].fill) == repr(old["A4"].fill) and new["E3"].number_format == "yyyy-mm-dd"
    assert new.column_dimensions["A"].width == old.column_dimensions["A"].width
    assert new.freeze_panes == old.freeze_panes and new.page_setup.orientation == "landscape"
    assert [str(rule.sqref) for rule in new.data_validations.dataValidation] == ["C3:C100"]
    assert values(after["说明"]) == [("请勿改动",)]


def test_marked_cells_and_one_column_of_sentences_are_added() -> None:
    reading = read_roster(own_layout())
    missing = Finding(
        4, "一车间", "document_number", "x.missing", Severity.WARNING, "没有证件号码。", remedy="请填写。"
    )
    page = pages(annotate(reading, [*reading.findings, missing]))["一车间"]
    assert page.max_column == 6 and str(page["F2"].value).startswith("核查意见")
    assert page["F3"].value == "【错误】申报等级：“八级”不是技能等级。请按“三级/高级工”的写法填写。"
    assert "【提醒】证件号码：没有证件号码。请填写。" in page["F4"].value
    assert page["C3"].fill.fgColor.rgb == FILLS[Severity.ERROR]
    assert page["B4"].fill.fgColor.rgb == FILLS[Severity.ERROR], "the heaviest finding gives the ground"
    assert page.column_dimensions["F"].width > 60 and page["F3"].alignment.wrap_text


def test_a_row_shows_its_heaviest_finding_and_repairs_with_old_and_new() -> None:
    notes = [
        Finding(2, "名册", "name", "a", Severity.NOTE, "姓名已统一。", old="张 岳", new="张岳"),
        Finding(2, "名册", "name", "b", Severity.ERROR, "姓名有误。"),
    ]
    assert sentence_of(notes, WORDS.titles) == "【说明】姓名已统一（张 岳 → 张岳）。\n【错误】姓名有误。"
    reading = read_roster(workbook(table_of({})))
    page = pages(annotate(reading, notes))["名册"]
    assert page["A2"].fill.fgColor.rgb == FILLS[Severity.ERROR]
    assert page.cell(2, page.max_column).value.startswith("【错误】")


def test_a_second_copy_uses_the_same_column_again() -> None:
    reading = read_roster(own_layout())
    once = annotate(reading, reading.findings)
    again = read_roster(once)
    assert [f.code for f in again.findings] == [f.code for f in reading.findings]
    page = pages(annotate(again, again.findings))["一车间"]
    assert page.max_column == 6 and page["F3"].value.startswith("【错误】")


@pytest.mark.parametrize(
    "data", [MESSY, mess_csv(MESS), mess_xls(MESS), mess_html(MESS)], ids=["xlsx", "csv", "xls", "html"]
)
def test_reading_the_copy_says_what_reading_the_original_said(data: bytes) -> None:
    reading = read_roster(data, key=KEY)
    again = read_roster(annotate(reading, reading.findings), key=KEY)
    gone = {"reading.error_cell", "reading.bare_formula"}  # a formula without a value comes back as its words
    formulas = {(f.sheet, f.row) for f in reading.findings if f.code in gone}

    def people(read: Reading) -> list[dict[str, Any]]:
        return [row for row in read.table.to_pylist() if (row["sheet"], row["row"]) not in formulas]

    assert people(again) == people(reading)
    assert [sheet.name for sheet in again.sheets] == [*(sheet.name for sheet in reading.sheets), SUMMARY]

    def errors(read: Reading) -> set[tuple[int, str, str]]:
        return {(f.row, f.column, f.code) for f in read.findings if f.severity is not Severity.NOTE}

    assert {f for f in errors(again) if f[2] not in gone} >= {f for f in errors(reading) if f[2] not in gone}


def test_every_row_with_findings_has_its_sentences_and_no_other() -> None:
    reading = read_roster(MESSY, key=KEY)
    page = pages(annotate(reading, reading.findings))["一车间"]
    place = marks_of(reading, [])["一车间"].column + 1
    told = {row: page.cell(row, place).value for row in range(5, page.max_row + 1) if page.cell(row, place).value}
    assert told.keys() == {f.row for f in reading.findings if f.sheet == "一车间" and f.row > 4}
    assert page.cell(4, place).value.startswith("核查意见\n")


def test_a_file_of_another_kind_comes_back_with_the_same_rows_and_merges() -> None:
    reading = read_roster(own_layout())
    page = pages(rebuilt(reading, marks_of(reading, reading.findings)))["一车间"]
    assert [row[:4] for row in values(page)][:2] == [
        ("示例公司花名册", None, None, None),
        ("姓名", "身份证号", "申报等级", "手机号码"),
    ]
    assert [str(found) for found in page.merged_cells.ranges] == ["A1:E1"]
    assert page["E3"].value == datetime(2020, 3, 1) and page["C3"].fill.fgColor.rgb == FILLS[Severity.ERROR]


def test_the_original_and_its_digest_are_kept() -> None:
    reading = read_roster(MESSY, "名册.xlsx", key=KEY)
    assert reading.original == MESSY and reading.filename == "名册.xlsx"
    assert reading.original_sha256 == hashlib.sha256(MESSY).hexdigest()
    assert reading.raw("一车间", 5, "name") == MESS.expected[5].name


def test_nothing_may_be_filed_while_a_row_has_an_error() -> None:
    assert not may_be_filed(read_roster(MESSY).findings)
    clean = read_roster(make_clean(MESS))
    assert may_be_filed(clean.findings) and counts(clean.findings)[Severity.ERROR] == 0


def test_a_second_upload_of_the_corrected_file_shows_what_was_mended() -> None:
    before, after = read_roster(MESSY, key=KEY), read_roster(make_clean(MESS), key=KEY)
    outcome = mended(upload_of(before, before.findings), upload_of(after, after.findings))
    hindering = [f for f in before.findings if f.severity is not Severity.NOTE and f.column]
    settled = [one for one in outcome if one.outcome is Outcome.MENDED and one.finding.column]
    assert len(settled) == len(hindering) > 10
    assert {one.outcome for one in outcome if one.finding.column} == {Outcome.MENDED}
    lost = next(one for one in settled if one.finding.code == "reading.identity_lost")
    assert lost.new == MESS.expected[lost.row].number and lost.old != lost.new


def test_what_remains_what_is_new_and_what_is_gone_are_told_apart() -> None:
    first = read_roster(workbook(table_of({"level": "八级"}, {"level": "九级"}, {"phone": "12"}, {})))
    rows = table_of({"level": "三级"}, {"level": "九级"}, {}, {"phone": "13"})
    del rows[3]
    second = read_roster(workbook([rows[0], rows[3], rows[2], rows[1]]))  # sorted anew, the third deleted
    outcome = mended(upload_of(first, first.findings), upload_of(second, second.findings))
    seen = {(one.outcome, one.finding.code, one.old, one.new, one.row) for one in outcome}
    assert seen == {
        (Outcome.MENDED, "reading.level", "八级", "三级", 4),
        (Outcome.REMAINING, "reading.level", "九级", "九级", 3),
        (Outcome.GONE, "reading.phone", "12", "", 0),
        (Outcome.NEW, "reading.phone", "", "13", 2),
    }


TEXT = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=12)
CELL = st.one_of(TEXT, st.integers(0, 10**9).map(float), st.dates(date(1950, 1, 1), date(2060, 1, 1)), st.just(""))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.fixed_dictionaries({"remark": CELL, "job": CELL, "prior_date": CELL, "level": CELL}), min_size=1, max_size=5
    )
)
def test_reading_what_was_written_gives_the_same_values_every_time(rows: list[dict[str, object]]) -> None:
    reading = read_roster(workbook(table_of(*rows)), key=KEY)
    copy = annotate(reading, reading.findings)
    again = read_roster(copy, key=KEY)
    assert again.table.equals(reading.table)
    anew = read_roster(rebuilt(reading, marks_of(reading, reading.findings)), key=KEY)
    assert anew.table.equals(reading.table) and names(anew) == names(reading)


def test_the_copy_is_a_sound_archive_without_doubled_parts() -> None:
    reading = read_roster(MESSY, key=KEY)
    with zipfile.ZipFile(io.BytesIO(annotate(reading, reading.findings))) as parts:
        assert parts.testzip() is None and len(parts.namelist()) == len(set(parts.namelist()))

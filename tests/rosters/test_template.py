"""One specification of columns makes the template, the reader and the help page."""

import io
import re
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from hengjian.kernel.words import IDEOGRAPH, speaking
from hengjian.rosters.codes import LEVEL, LEVEL_TITLES, TABLES
from hengjian.rosters.columns import TEMPLATE as COLUMNS
from hengjian.rosters.columns import Kind
from hengjian.rosters.entry import LEVELS, School
from hengjian.rosters.help import help_rows
from hengjian.rosters.reading import read_roster
from hengjian.rosters.reading.header import key_of
from hengjian.rosters.reading.parse import schema
from hengjian.rosters.template import HEADER, BatchHeading, template
from hengjian.tables.annotate import annotate
from tests.house.test_messages import LEVEL as LEVELS_TYPED
from tests.house.test_messages import TYPED
from tests.rosters.sheets import first

BATCH = BatchHeading("2026-001", "示例钢铁有限公司", "炼钢工", "6-17-02-02", "三级/高级工")


def filled(data: bytes, *rows: dict[str, object]) -> bytes:
    """The template as a person would fill it in."""
    book = load_workbook(io.BytesIO(data))
    first_sheet = book.worksheets[0]
    for line, row in enumerate(rows, start=HEADER + 2):
        for place, column in enumerate(COLUMNS, start=1):
            first_sheet.cell(line, place).value = row.get(column.key)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def example() -> dict[str, object]:
    page = load_workbook(io.BytesIO(template(BATCH)))["填写示例"]
    return {column.key: page.cell(HEADER + 2, place).value for place, column in enumerate(COLUMNS, start=1)}


def test_the_template_has_every_column_with_its_note_and_its_choices() -> None:
    book = load_workbook(io.BytesIO(template()))
    assert book.sheetnames == ["名册", "填写示例", "填写说明", "代码表"]
    page = book["名册"]
    headings = [page.cell(HEADER + 1, place) for place in range(1, len(COLUMNS) + 1)]
    assert [cell.value for cell in headings] == [f"{c.title}*" if c.always_required else c.title for c in COLUMNS]
    for cell, column in zip(headings, COLUMNS, strict=True):
        assert cell.comment is not None and column.help in cell.comment.text
    lists = {str(rule.sqref).split(":")[0].rstrip("0123456789"): rule for rule in page.data_validations.dataValidation}
    for cell, column in zip(headings, COLUMNS, strict=True):
        expected = column.code_table is not None and column.type is not Kind.CODES
        assert (cell.column_letter in lists and lists[cell.column_letter].type == "list") == expected


def test_every_choice_of_every_list_is_read_back_as_its_code() -> None:
    for column in COLUMNS:
        table = column.code_table
        if table is not None and column.type in (Kind.CODE, Kind.CODES):
            for entry in table.entries:
                assert table.code(entry.title) == entry.code, (column.key, entry.title)


def test_long_lists_point_at_the_sheet_of_codes() -> None:
    book = load_workbook(io.BytesIO(template()))
    place = [column.key for column in COLUMNS].index("ethnicity") + 1
    letter = get_column_letter(place)
    rule = next(r for r in book["名册"].data_validations.dataValidation if str(r.sqref).startswith(f"{letter}4"))
    sheet, _, cells = rule.formula1.partition("!")
    titles = [row[0].value for row in book[sheet][cells.replace("$", "")]]
    assert titles[0] == "汉族" and len(titles) == 58


def test_the_empty_template_says_that_nobody_is_in_it() -> None:
    with pytest.raises(Exception, match="没有人员"):
        read_roster(template())


def test_the_example_filled_in_is_read_without_a_finding() -> None:
    found = first(filled(template(BATCH), example()))
    assert found.reading.findings == []
    assert found["row"] == HEADER + 2 and found["id_ok"] and found["level"] == 3
    assert found["contract_end_precision"] == "open" and found["graduated_on_precision"] == "month"


def test_the_example_sheet_itself_is_never_read() -> None:
    assert read_roster(filled(template(BATCH), example())).people == 1


def test_a_batch_stands_in_the_title_and_leaves_one_choice() -> None:
    page = load_workbook(io.BytesIO(template(BATCH)))["名册"]
    assert "炼钢工" in page["A1"].value and "2026-001" in page["A2"].value
    choices = {rule.formula1 for rule in page.data_validations.dataValidation}
    assert {'"炼钢工"', '"6-17-02-02"', '"三级/高级工"'} <= choices


def test_every_title_and_synonym_leads_to_its_own_column() -> None:
    for column in COLUMNS:
        assert key_of(column.title) == column.key
        assert key_of(f" {column.title[:1]}\n{column.title[1:]} *") == column.key
        for synonym in column.synonyms:
            assert key_of(synonym) == column.key, synonym


def test_the_help_page_has_a_row_for_every_column() -> None:
    rows = help_rows()
    assert [row.title for row in rows] == [column.title for column in COLUMNS]
    assert all(row.help.endswith("。") and row.required_when and row.type for row in rows)
    by_title = {row.title: row for row in rows}
    assert "身份证号" in by_title["证件号码"].synonyms
    assert by_title["申报等级"].choices[:2] == ("五级/初级工", "四级/中级工")


def test_the_table_has_the_columns_the_checks_rely_on() -> None:
    names = schema().names
    assert {column.key for column in COLUMNS} <= set(names)
    assert {f"{column.key}_precision" for column in COLUMNS if column.type is Kind.DATE} <= set(names)
    assert {"row", "sheet", "id_ok", "id_kind", "birth_from_id", "sex_from_id", "person_key", "person_tag"} <= set(
        names
    )


def test_levels_and_schools_are_those_of_the_entry_conditions() -> None:
    assert dict(LEVEL_TITLES) == dict(LEVELS)
    assert {int(entry.code) for entry in LEVEL.entries} == set(LEVELS)
    for entry in TABLES["schooling"].entries:
        assert entry.code == "other" or School[entry.code.upper()]


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_no_spelling_of_a_code_table_means_two_codes(table: Any) -> None:
    met: dict[str, str] = {}
    for entry in table.entries:
        for spelling in {entry.title, *entry.spellings}:
            assert met.setdefault(spelling.upper(), entry.code) == entry.code, spelling


CONDITIONS = (("23-4-1", "累计从事本职业工作满5年"), ("23-4-2", "取得五级证书后从事本职业工作满3年"))
OF_ELECTRICIANS = BatchHeading("2026-002", "示例重工有限公司", "电工", "6-31-01-03", "四级/中级工", CONDITIONS)


def test_the_conditions_of_the_level_are_a_list_with_their_words() -> None:
    book = load_workbook(io.BytesIO(template(OF_ELECTRICIANS)))
    assert [row[:2] for row in book["申报条件"].iter_rows(min_row=2, values_only=True)] == list(CONDITIONS)
    letter = get_column_letter([column.key for column in COLUMNS].index("entry_condition") + 1)
    rule = next(r for r in book["名册"].data_validations.dataValidation if str(r.sqref).startswith(f"{letter}4"))
    assert rule.formula1 == "申报条件!$A$2:$A$3"


def test_the_example_names_no_other_trade_and_the_lists_no_inner_codes() -> None:
    book = load_workbook(io.BytesIO(template(OF_ELECTRICIANS)))
    shown = [cell for row in book["填写示例"].iter_rows(min_row=HEADER + 2, values_only=True) for cell in row if cell]
    assert "电工" in shown and not [cell for cell in shown if "钢" in str(cell)]
    words = [cell for row in book["代码表"].iter_rows(values_only=True) for cell in row if cell]
    inner = {entry.code for table in TABLES.values() for entry in table.entries} - {"1", "2"}
    assert not inner.intersection(map(str, words))


def test_the_english_template_is_english_and_read_like_the_chinese_one() -> None:
    """Title, headings, notes and explanations; what may be chosen or stands as an example is in the words a roster has."""
    with speaking("en"):
        data = template(BATCH)
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Roster", "Example", "How to fill in", "Code tables"]
    page = book["Roster"]
    headings = [page.cell(HEADER + 1, place) for place in range(1, len(COLUMNS) + 1)]
    assert not [cell.value for cell in headings if IDEOGRAPH.search(str(cell.value))]
    assert len({cell.value for cell in headings}) == len(COLUMNS), "two columns are called alike"
    assert [key_of(str(cell.value)) for cell in headings] == [column.key for column in COLUMNS]
    explained = [str(cell.value) for row in book["How to fill in"].iter_rows(max_col=4, min_row=1) for cell in row]
    left = {run for text in explained for run in re.findall("[\u4e00-\u9fff]+", text)}
    assert not {run for run in left if run not in TYPED and not LEVELS_TYPED.fullmatch(run)}
    found = first(filled(data, example()))
    other = first(filled(template(BATCH), example()))
    assert found.values | {"sheet": ""} == other.values | {"sheet": ""}
    assert [f.code for f in found.findings] == [f.code for f in other.findings]


def test_an_english_copy_is_marked_in_english_and_read_again_without_its_marks() -> None:
    """Whoever fetched the copy in English hands it in again, and may then fetch it in Chinese."""
    row = example() | {"document_number": "1302031990030712"}
    reading = read_roster(filled(template(BATCH), row))
    assert reading.findings
    with speaking("en"):
        copy = annotate(reading, reading.findings)
    book = load_workbook(io.BytesIO(copy))
    assert book.sheetnames[-1] == "Summary of findings"
    told = [str(cell.value) for line in book.worksheets[-1].iter_rows(max_col=6) for cell in line if cell.column != 1]
    assert not [text for text in told if IDEOGRAPH.search(text.replace("居民身份证", ""))], told
    again = read_roster(copy)
    assert [f.code for f in again.findings] == [f.code for f in reading.findings]
    chinese = load_workbook(io.BytesIO(annotate(again, again.findings)))
    heads = [cell.value for cell in chinese["名册"][HEADER + 1] if cell.value]
    assert sum(str(head).startswith(("核查意见", "Finding")) for head in heads) == 1

"""Points 39 to 41 of the catalogue of messy rosters, and the whole workbook that carries all of them."""

import zipfile
from collections import Counter, defaultdict
from io import BytesIO

import pytest

from hengjian.rosters.reading import Unreadable, read_roster
from hengjian.tables.delimited import text_of
from hengjian.tables.findings import Severity, may_be_filed
from hengjian.tables.kinds import FileKind
from tests.rosters.mess import KEYS, SPOILS, Mess, make_clean, make_mess, mess_xlsx
from tests.rosters.mess_kinds import mess_csv, mess_html, mess_xls
from tests.rosters.sheets import KEY, PERSON, SECOND, first, names, one, replaced, table_of, workbook
from tests.rosters.workers import people
from tests.shared import shared

TABLE = f"姓名,身份证号,申报等级\n{PERSON.name},{PERSON.number},三级\n{SECOND.name},{SECOND.number},四级\n"
PEOPLE = [PERSON.name, SECOND.name]


def html_of(text: str = TABLE) -> str:
    rows = "".join(f"<tr><td>{'</td><td>'.join(line.split(','))}</td></tr>" for line in text.splitlines())
    return f"<html><body><table>{rows}</table></body></html>"


def xml_of(text: str = TABLE) -> str:
    cells = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{word}</Data></Cell>' for word in line.split(",")) + "</Row>"
        for line in text.splitlines()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="一车间"><Table>{cells}</Table></Worksheet></Workbook>'
    )


@pytest.mark.parametrize("name", ["名册.xls", "名册.xlsx", "名册.csv", "名册"])
def test_39_html_is_read_as_html_whatever_it_is_called(name: str) -> None:
    reading = read_roster(html_of().encode(), name)
    assert reading.kind is FileKind.HTML and names(reading) == PEOPLE


def test_39_html_in_gbk_and_with_spans_is_read() -> None:
    page = (
        '<html><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><table>'
        '<tr><td colspan="3">示例公司花名册</td></tr><tr><td rowspan="2">姓名</td><td rowspan="2">身份证号</td>'
        '<td colspan="2">原证书</td></tr><tr><td>等级</td><td>编号</td></tr>'
        f"<tr><td>{PERSON.name}&nbsp;</td><td>{PERSON.number}<br></td><td>四级</td><td>{PERSON.prior_number}</td></tr>"
    )
    found = first(page.encode("gb18030"))
    assert found["name"] == PERSON.name and found["document_number"] == PERSON.number
    assert (found["prior_level"], found["prior_number"]) == (4, PERSON.prior_number)


def test_39_an_xml_spreadsheet_is_read_as_one() -> None:
    reading = read_roster(xml_of().encode(), "名册.xls")
    assert reading.kind is FileKind.XML and names(reading) == PEOPLE and reading.sheets[0].name == "一车间"


def test_39_a_new_workbook_under_an_old_name_and_the_other_way_round() -> None:
    new = workbook(table_of({}, {}))
    assert read_roster(new, "名册.xls").kind is FileKind.XLSX
    old = mess_xls(Mess(rows={5: PERSON.clean()}))
    for name in ("名册.xlsx", "名册.et"):
        reading = read_roster(old, name)
        assert reading.kind is FileKind.XLS and names(reading) == [PERSON.name]


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "图片"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"PK\x03\x04" + b"\0" * 30, "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "Word"),
        (b"", "空"),
        (b"   \n", "空"),
        (b"\x00\x01\x02\x03", "不是表格"),
    ],
)
def test_39_what_is_no_table_is_refused_by_its_name(head: bytes, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        read_roster(head, "名册.xlsx")


def test_40_a_broken_empty_fill_in_the_styles_does_not_matter() -> None:
    broken = replaced(
        workbook(table_of({})),
        {"xl/styles.xml": lambda xml: xml.replace(b'<fill><patternFill patternType="none"/></fill>', b"<fill/>")},
    )
    with zipfile.ZipFile(BytesIO(broken)) as parts:
        assert b"<fill/>" in parts.read("xl/styles.xml")
    assert first(broken)["name"] == PERSON.name


def test_40_formulas_show_their_last_value_and_none_is_computed() -> None:
    def formulas(book: object, page: object) -> None:
        page.write_formula(1, 2, '="三"&"级"', None, "三级")  # type: ignore[attr-defined]
        page.write_formula(1, 3, "=A2", None, "")  # type: ignore[attr-defined]
        page.write_formula(1, 4, "=B9/0", None, "#DIV/0!")  # type: ignore[attr-defined]

    header = ["姓名", "身份证号", "申报等级", "工作单位", "岗位"]
    found = first(workbook([header, [PERSON.name, PERSON.number]], then=formulas))
    assert found["level"] == 3 and found["employer"] is None
    assert found.codes("employer") == ["bare_formula"] and found.codes("job") == ["error_cell"]
    assert {f.severity for f in found.findings} == {Severity.ERROR}


def test_40_strings_in_a_prefixed_namespace_are_read() -> None:
    def prefixed(xml: bytes) -> bytes:
        for tag in (b"sst", b"si", b"t"):
            xml = xml.replace(b"<%b>" % tag, b"<x:%b>" % tag).replace(b"<%b " % tag, b"<x:%b " % tag)
            xml = xml.replace(b"</%b>" % tag, b"</x:%b>" % tag)
        return xml.replace(b"xmlns=", b"xmlns:x=")

    data = replaced(workbook(table_of({})), {"xl/sharedStrings.xml": prefixed})
    assert first(data)["name"] == PERSON.name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_41_text_files_of_every_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    reading = read_roster(TABLE.replace(",", delimiter).encode(encoding), "名册.csv")
    assert reading.kind is FileKind.CSV and names(reading) == PEOPLE


def test_41_the_fixtures_with_and_without_mark_say_the_same() -> None:
    with_mark, without = (
        text_of(shared(f"data/excel_fixtures/easyexcel_bom_{name}.csv").read_bytes()).splitlines()
        for name in ("office_bom", "no_bom")
    )
    assert with_mark == without and with_mark[0] == "姓名,年纪"


def test_41_quotes_line_feeds_and_a_decimal_comma() -> None:
    text = f'姓名;身份证号;工作单位;本职业年限\n{PERSON.name};{PERSON.number};"示例;""一""\n公司";12,5\n'
    found = first(text.encode())
    assert found["employer"] == '示例;"一" 公司' and found["years_in_occupation"] == 12.5
    assert found.codes("years_in_occupation") == ["years"]


@pytest.mark.parametrize("text", ['姓名,身份证号\n"张岳,1\n', "姓名,身份证号\n", "年龄,分数\n1,2\n"])
def test_41_a_text_file_that_is_no_roster_is_refused_with_a_sentence(text: str) -> None:
    try:
        assert read_roster(text.encode()).findings
    except Unreadable as refused:
        assert refused.sentence.endswith("。")


MESS = make_mess()


def test_every_kind_of_mess_planted_among_two_thousand_is_found_and_nothing_else() -> None:
    reading = read_roster(mess_xlsx(MESS), key=KEY)
    assert reading.people == 2_003
    assert set(SPOILS) <= {planted.point for planted in MESS.planted}
    found = defaultdict(set)
    for finding in reading.findings:
        if finding.sheet == "一车间":
            found[finding.row, finding.column].add(finding.code)
    assert found.pop((4, "")) == {"reading.column_unread", "reading.far_columns"}
    expected = defaultdict(set)
    for planted in MESS.planted:
        if planted.code:
            expected[planted.row, planted.column].add(planted.code)
    assert found == expected
    assert not may_be_filed(reading.findings)


def test_one_bad_row_never_stops_the_others() -> None:
    reading = read_roster(mess_xlsx(MESS), key=KEY)
    spoiled = {planted.row for planted in MESS.planted}
    for row in reading.table.to_pylist():
        if row["sheet"] == "一车间" and row["row"] not in spoiled:
            person = MESS.expected[row["row"]]
            assert (row["name"], row["document_number"], row["birth"]) == (person.name, person.number, person.born)
            assert row["id_ok"] and row["birth_from_id"] == person.born and row["level"] == 3


def test_the_corrected_twin_may_be_filed() -> None:
    reading = read_roster(make_clean(MESS), key=KEY)
    assert may_be_filed(reading.findings)
    assert Counter(f.severity for f in reading.findings if f.row > 4 and f.code != "reading.footer") == Counter()


@pytest.mark.parametrize("write", [mess_csv, mess_html, mess_xls])
def test_the_same_mess_in_other_kinds_of_file_has_the_same_people(write: object) -> None:
    reading = read_roster(write(MESS), key=KEY)  # type: ignore[operator]
    assert reading.people == 2_000
    assert reading.sheets[0].header.blocks[0].columns.keys() == set(KEYS)
    assert not may_be_filed(reading.findings)


def test_person_keys_depend_on_the_key_and_on_nothing_else() -> None:
    data = workbook(table_of({}, {}))
    rows = [read_roster(data, key=key).table["person_key"].to_pylist() for key in (KEY, KEY, b"another")]
    assert rows[0] == rows[1] != rows[2]
    assert all(0 <= key < 2**63 for key in rows[0])
    mended = one(document_number=PERSON.number[:6] + " " + PERSON.number[6:])
    assert mended["person_key"] == first(data)["person_key"]
    assert (
        len(set(read_roster(workbook(table_of(*({} for _ in people(50)))), key=KEY).table["person_tag"].to_pylist()))
        == 50
    )

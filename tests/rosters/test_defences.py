"""What a file may not do: take the memory, call out, compute, or bring down the reader."""

import contextlib
import io
import resource
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import msoffcrypto
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import load_workbook

from hengjian.rosters.reading import Cancelled, Limits, Unreadable, read_roster
from hengjian.tables.annotate import annotate
from hengjian.tables.outgoing import neutral
from tests.rosters.mess import Mess, mess_xlsx
from tests.rosters.mess_kinds import mess_csv, mess_html, mess_xls
from tests.rosters.sheets import PERSON, noticed, one, replaced, table_of, workbook
from tests.rosters.workers import people
from tests.shared import SHARED

ROSTER = workbook(table_of({}, {}, {}))
SHEET = "xl/worksheets/sheet1.xml"


def refusal(data: bytes, **options: Any) -> str:
    with pytest.raises(Unreadable) as refused:
        read_roster(data, **options)
    assert refused.value.sentence.endswith("。")
    return refused.value.sentence


def test_a_file_that_is_too_large_is_refused_before_it_is_opened() -> None:
    assert "上限" in refusal(ROSTER, limits=Limits(file_bytes=1_000))


def test_a_file_that_expands_too_far_is_refused_without_being_expanded() -> None:
    bomb = replaced(ROSTER, {SHEET: lambda xml: xml.replace(b"</sheetData>", b" " * 300_000_000 + b"</sheetData>")})
    assert len(bomb) < 400_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "解压后超过" in refusal(bomb, limits=Limits(expanded_bytes=50_000_000))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ROSTER)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    data = bytearray(out.getvalue())
    with zipfile.ZipFile(io.BytesIO(ROSTER)) as source:
        true = source.getinfo(SHEET).file_size.to_bytes(4, "little")
    at = data.rfind(true)
    data[at : at + 4] = (500).to_bytes(4, "little")
    assert "损坏" in refusal(bytes(data))


def test_two_parts_of_one_name_are_refused() -> None:
    out = io.BytesIO(ROSTER)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "a") as archive:
        archive.writestr(SHEET, b"<worksheet/>")
    assert "重名" in refusal(out.getvalue())


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_an_external_entity_is_refused_and_never_fetched(part: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("not for you")
    declared = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'.encode()
    data = replaced(ROSTER, {part: lambda xml: xml.replace(b"?>", b"?>" + declared, 1)})
    assert "DTD" in refusal(data)


def test_entities_in_a_web_page_are_refused_too() -> None:
    page = '<!DOCTYPE html [<!ENTITY a "&#65;">]><table><tr><td>姓名</td><td>身份证号</td></tr></table>'
    assert "DTD" in refusal(page.encode())


def test_a_laughing_web_page_of_a_common_document_type_is_read() -> None:
    page = f"<!DOCTYPE html><table><tr><td>姓名</td><td>身份证号</td></tr><tr><td>张岳</td><td>{PERSON.number}</td></tr></table>"
    assert read_roster(page.encode()).people == 1


def test_a_password_protected_workbook_is_refused_with_the_reason() -> None:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(ROSTER)).encrypt("secret", out)
    assert msoffcrypto.OfficeFile(out).is_encrypted()
    assert "密码" in refusal(out.getvalue())


def test_an_encrypted_archive_is_refused_with_the_reason() -> None:
    data = bytearray(ROSTER)
    with zipfile.ZipFile(io.BytesIO(ROSTER)) as archive:
        first = archive.infolist()[0].filename.encode()
    at = data.rfind(first) - 46
    data[at + 8] |= 1
    assert "密码" in refusal(bytes(data))


@pytest.mark.parametrize("cut", [10, 100, 1_000, -30])
def test_a_broken_workbook_is_refused_with_the_reason(cut: int) -> None:
    assert "损坏" in refusal(ROSTER[:cut])


def test_reading_can_be_watched_and_stopped() -> None:
    stages: list[str] = []
    read_roster(ROSTER, progress=lambda stage, done, total: stages.append(stage))
    assert stages[0] == "检查文件" and stages[-1] == "读取完成"
    with pytest.raises(Cancelled, match="没有保存任何内容"):
        read_roster(ROSTER, cancelled=lambda: True)
    calls = iter([False, False, True])
    with pytest.raises(Cancelled):
        read_roster(ROSTER, cancelled=lambda: next(calls, True))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_cells_that_begin_like_a_formula_are_plain_on_the_way_out(sign: str) -> None:
    dangerous = f"{sign}HYPERLINK(1)"
    for data in (workbook(table_of({"remark": dangerous, "job": f"岗{dangerous}"})), text_with(dangerous)):
        reading = read_roster(data)
        assert reading.table["remark"].to_pylist() == [dangerous]
        page = load_workbook(io.BytesIO(annotate(reading, reading.findings)))["名册"]
        words = [cell.value for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
        assert f"'{dangerous}" in words
        assert not [word for word in words if word.startswith(sign)]
        assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    again = read_roster(annotate(reading, reading.findings))
    assert again.table["remark"].to_pylist() == [dangerous] and noticed(again) == []


def text_with(dangerous: str) -> bytes:
    return f"姓名,身份证号,备注,岗位\n{PERSON.name},{PERSON.number},{dangerous},电工\n".encode()


def test_a_finding_that_quotes_a_formula_is_plain_as_well() -> None:
    assert neutral("=1+1") == "'=1+1" and neutral("1+1") == "1+1"
    found = one(level="=1+1")
    page = load_workbook(io.BytesIO(annotate(found.reading, found.reading.findings)))["名册"]
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)


def test_macros_links_and_objects_do_not_come_back() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("名册")
        for row, cells in enumerate(table_of({})):
            page.write_row(row, 0, cells)
        page.write_url(5, 0, "http://127.0.0.1/", string="链接")
        page.write_comment(0, 0, "批注")
        page.insert_textbox(8, 2, "框")
        book.define_name("外部", "='[1]表'!$A$1")
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as source:
        assert any("drawing" in name for name in source.namelist())
    data = replaced(
        out.getvalue(),
        {
            "xl/vbaProject.bin": lambda raw: b"macro",
            "xl/externalLinks/externalLink1.xml": lambda raw: b"<externalLink/>",
            "[Content_Types].xml": lambda xml: xml.replace(b"spreadsheetml.sheet.main", b"spreadsheetml.sheet.main"),
        },
    )
    reading = read_roster(data)
    copy = annotate(reading, reading.findings)
    with zipfile.ZipFile(io.BytesIO(copy)) as parts:
        kept = set(parts.namelist())
        everything = b"".join(parts.read(name) for name in kept)
    assert kept == {
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml",
        "xl/styles.xml",
        "xl/sharedStrings.xml",
        "xl/theme/theme1.xml",
        "xl/worksheets/opinions.xml",
        "xl/notes1.xml",
        "xl/drawings/notes1.vml",
        "xl/worksheets/_rels/sheet1.xml.rels",
    }
    for word in (b"127.0.0.1", b"hyperlink", b"vbaProject", b"definedName", b"<drawing", "批注".encode()):
        assert word not in everything
    assert load_workbook(io.BytesIO(copy))["名册"]["A1"].value == "姓名"


def seeds() -> list[bytes]:
    """Real files of every kind: the fixtures where they are, and our own."""
    small = Mess(rows={5 + place: person.clean() for place, person in enumerate(people(6))})
    own = [ROSTER, mess_xlsx(small), mess_xls(small), mess_csv(small), mess_html(small)]
    folder = SHARED / "data" / "excel_fixtures"
    return own + [path.read_bytes() for path in sorted(folder.glob("*"))]


SEEDS = seeds()


def mutated(data: bytes, changes: list[tuple[float, int]], cut: float) -> bytes:
    changed = bytearray(data)
    for place, value in changes:
        changed[int(place * (len(changed) - 1))] = value
    return bytes(changed[: max(1, int(cut * len(changed)))])


def inside(data: bytes, part: str, changes: list[tuple[float, int]]) -> bytes:
    return replaced(data, {part: lambda raw: mutated(raw, changes, 1.0)})


def read_or_refuse(data: bytes) -> None:
    try:
        reading = read_roster(data, limits=Limits(seconds=30))
    except Unreadable as refused:
        assert refused.sentence.endswith("。")
        return
    assert load_workbook(io.BytesIO(annotate(reading, reading.findings)))


CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=12)
CUT = st.one_of(st.just(1.0), st.floats(0.01, 1))
MODEST = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(max_examples=1_500, deadline=None, suppress_health_check=list(HealthCheck))


@MODEST
@given(st.sampled_from(SEEDS), CHANGES, CUT)
def test_mutated_bytes_are_read_or_refused_and_nothing_else(data: bytes, changes: list[Any], cut: float) -> None:
    read_or_refuse(mutated(data, changes, cut))


@MODEST
@given(st.sampled_from([SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"]), CHANGES)
def test_mutated_parts_inside_a_sound_archive_are_read_or_refused(part: str, changes: list[Any]) -> None:
    try:
        reading = read_roster(inside(ROSTER, part, changes))
    except Unreadable:
        return
    assert annotate(reading, reading.findings)[:2] == b"PK"


@MODEST
@given(st.binary(max_size=400))
def test_any_bytes_are_refused_or_read(data: bytes) -> None:
    read_or_refuse(data)


@pytest.mark.slow
@LONG
@given(st.sampled_from(SEEDS), CHANGES, CUT)
def test_many_mutated_bytes_are_read_or_refused(data: bytes, changes: list[Any], cut: float) -> None:
    read_or_refuse(mutated(data, changes, cut))


@pytest.mark.slow
@LONG
@given(st.sampled_from([SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"]), CHANGES)
def test_many_mutated_parts_are_read_or_refused(part: str, changes: list[Any]) -> None:
    try:
        reading = read_roster(inside(ROSTER, part, changes))
    except Unreadable:
        return
    assert annotate(reading, reading.findings)[:2] == b"PK"


@pytest.mark.parametrize("opening", [b'<c r="XFD1">', b'<c r="A1" t="e">', b"<extLst>", b"<row ", b"<c r='A1'><f>"])
def test_openings_that_are_never_closed_do_not_hold_the_reader(opening: bytes) -> None:
    data = replaced(ROSTER, {SHEET: lambda xml: xml.replace(b"</sheetData>", opening * 40_000 + b"</sheetData>")})
    before = time.process_time()
    with contextlib.suppress(Unreadable):
        reading = read_roster(data)
        annotate(reading, reading.findings)
    assert time.process_time() - before < 20


# A process of its own: the most this one ever took hides what one file takes.
READ_ALONE = """
import resource, sys
import django
django.setup()
from hengjian.tables.limits import Unreadable
from hengjian.rosters.reading.roster import read_roster
data = open(sys.argv[1], "rb").read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_roster(data)
except Unreadable as refused:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, refused.sentence)
"""


@pytest.mark.parametrize("cell", [b"<c/>", b'<c t="n"><v>1</v></c>', b'<c t="inlineStr"><is><t>x</t></is></c>'])
def test_a_small_file_of_millions_of_cells_takes_little_memory(cell: bytes, tmp_path: Path) -> None:
    rows = b"<row>" + cell * 150 + b"</row>"
    file = tmp_path / "roster.xlsx"
    file.write_bytes(
        replaced(ROSTER, {SHEET: lambda xml: xml.replace(b"</sheetData>", rows * 60_000 + b"</sheetData>")})
    )
    assert file.stat().st_size < 2_000_000
    ran = subprocess.run([sys.executable, "-c", READ_ALONE, str(file)], capture_output=True, text=True, check=True)
    kilobytes, sentence = ran.stdout.split(" ", 1)
    assert "上限" in sentence or "格" in sentence
    assert int(kilobytes) < 200_000

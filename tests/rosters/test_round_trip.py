"""The copy handed back reads like its source and opens everywhere: over every small file we have, whatever its kind."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from hengjian.rosters.checks.from_roster import Setting
from hengjian.rosters.checks.roster import check_roster
from hengjian.rosters.reading import Reading, Unreadable, read_roster
from hengjian.tables.annotate import annotate
from hengjian.tables.annotate_notes import SUMMARY, TITLES
from hengjian.tables.annotate_rebuilt import rebuilt
from hengjian.tables.findings import Finding, Severity
from hengjian.tables.marks import marks_of
from hengjian.tables.xml import well_formed
from tests.rosters.sheets import KEY, replaced, table_of, workbook
from tests.rosters.test_handed_cases import EXAM, FOLDER, TODAY
from tests.shared import SHARED

# A formula without a value comes back as its words, which are an error too.
OTHERWISE = {"reading.bare_formula", "reading.error_cell", "reading.cell_picture", "reading.name"}


def files() -> list[Path]:
    mine = [path for path in FOLDER.iterdir() if path.suffix != ".md"]
    return sorted(mine) + sorted((SHARED / "data" / "excel_fixtures").glob("*"))


@cache
def source(path: Path) -> tuple[Reading, list[Finding]] | None:
    try:
        reading = read_roster(path.read_bytes(), path.name, key=KEY, today=TODAY)
    except Unreadable:
        return None
    checked = check_roster(reading.table, reading.findings, Setting(applied=TODAY, exam=EXAM, edition=23))
    return reading, [*reading.findings, *checked]


def heavy(reading: Reading) -> set[tuple[str, int, str, str]]:
    found = [f for f in reading.findings if f.severity is not Severity.NOTE]
    return {(f.sheet, f.row, f.column, f.code) for f in found if f.code not in OTHERWISE}


def people(reading: Reading, aside: set[tuple[str, int]]) -> list[dict[str, Any]]:
    return [row for row in reading.table.to_pylist() if (row["sheet"], row["row"]) not in aside]


def reads_like(reading: Reading, copy: bytes) -> None:
    again = read_roster(copy, "copy.xlsx", key=KEY, today=TODAY)
    aside = {(f.sheet, f.row) for f in reading.findings if f.code in ("reading.bare_formula", "reading.cell_picture")}
    assert people(again, aside) == people(reading, aside)
    assert [(s.name, s.grid.state) for s in again.sheets if s.name != SUMMARY] == [
        (s.name, s.grid.state) for s in reading.sheets if s.name != SUMMARY
    ]
    missing = {f for f in heavy(reading) if (f[0], f[1]) not in aside} - heavy(again)
    assert not missing, "what was said of the source is said of the copy"


def opens(reading: Reading, copy: bytes, findings: list[Finding]) -> None:
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels", ".vml")):
                assert well_formed(archive.read(name)), name
    book = load_workbook(io.BytesIO(copy))
    summary = list(book[SUMMARY].iter_rows(values_only=True))
    assert summary[0] == TITLES and len(summary) == len(findings) + 1
    notes = {cell.coordinate for page in book for row in page.iter_rows() for cell in row if cell.comment}
    if any(marks.notes for marks in marks_of(reading, findings).values()):
        assert notes


@pytest.mark.filterwarnings("ignore")  # openpyxl's own, about what it does not keep
@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_the_copy_of_every_file_reads_like_its_source_and_opens(path: Path) -> None:
    found = source(path)
    if found is None:
        return
    reading, findings = found
    for copy in (annotate(reading, findings), rebuilt(reading, marks_of(reading, findings), findings)):
        reads_like(reading, copy)
        opens(reading, copy, findings)


MARKS = st.sampled_from(["plain", "hidden", "error", "month", "year", "comment", "no_r", "prefixed", "form"])


def spoiled(data: bytes, marks: set[str]) -> bytes:
    """The workbook with what other programs write into one."""
    sheet = "xl/worksheets/sheet1.xml"
    if "form" in marks:
        control = (
            b'<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice Requires="x"><controls><mc:AlternateContent><mc:Choice>'
            b'<control shapeId="1"/></mc:Choice></mc:AlternateContent></controls></mc:Choice></mc:AlternateContent>'
        )
        data = replaced(data, {sheet: lambda xml: xml.replace(b"</worksheet>", control + b"</worksheet>")})
    if "no_r" in marks:
        import re

        def bare(xml: bytes) -> bytes:
            return re.sub(rb'(<(?:row|c)\b[^<>]*?) r="[A-Z]*\d+"', rb"\1", xml)

        data = replaced(data, {sheet: bare})
    return data


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sets(MARKS, max_size=5), st.integers(1, 4))
def test_whatever_marks_a_sheet_carries_the_copy_reads_alike(marks: set[str], size: int) -> None:
    rows = table_of(*({} for _ in range(size)))
    place = rows[0].index("原证书发证日期")
    shapes = {(1, place): 'yyyy"年"' if "year" in marks else "yyyy-mm"} if marks & {"month", "year"} else {}
    if shapes:
        import datetime

        rows[1][place] = datetime.date(2020, 3, 1)

    def then(book: Any, page: Any) -> None:
        if "hidden" in marks:
            page.set_row(size, None, None, {"hidden": True})
            page.set_column(3, 3, None, None, {"hidden": True})
        if "error" in marks:
            page.write_formula(size, 1, "=1/0", None, "#DIV/0!")
        if "comment" in marks:
            page.write_comment(1, 0, "请核对")

    data = spoiled(workbook(rows, formats=shapes, then=then), marks - ({"no_r"} if "comment" in marks else set()))
    reading = read_roster(data, key=KEY, today=TODAY)
    reads_like(reading, annotate(reading, reading.findings))


@pytest.mark.slow
def test_libreoffice_opens_the_copies(tmp_path: Path) -> None:
    """In `make test-all`: a program of others converts every copy, and says the same cells."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    for number, path in enumerate(files()):
        found = source(path)
        if found is None:
            continue
        copy = tmp_path / f"{number}.xlsx"
        copy.write_bytes(annotate(*found))
        line = [
            office,
            "--headless",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1",
            "--outdir",
            str(tmp_path),
        ]
        subprocess.run([*line, str(copy)], check=True, capture_output=True, timeout=120)
        assert list(tmp_path.glob(f"{number}*.csv")), path.name

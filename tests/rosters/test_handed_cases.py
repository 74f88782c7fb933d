"""Small files of the outside world that once failed: for each the value or the sentence that is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hengjian.rosters.checks.from_roster import Setting
from hengjian.rosters.checks.roster import check_roster
from hengjian.rosters.reading import Reading, Unreadable, read_roster
from hengjian.tables.findings import Finding, Severity

FOLDER = Path(__file__).parent / "cases"
EXAM = date(2026, 12, 10)
TODAY = date(2026, 11, 24)


@dataclass
class Told:
    """What is said of one file: the reading, and the findings of reading and checks."""

    reading: Reading
    findings: list[Finding]

    def values(self, key: str) -> list[Any]:
        return list(self.reading.table[key].to_pylist())

    def codes(self, row: int, column: str = "") -> list[str]:
        return [f.code.partition(".")[2] for f in self.findings if f.row == row and f.column == column]

    def errors(self, row: int, column: str) -> list[str]:
        heavy = [f for f in self.findings if (f.row, f.column) == (row, column) and f.severity is Severity.ERROR]
        return [f.code.partition(".")[2] for f in heavy]

    def worst(self) -> list[Finding]:
        return [f for f in self.findings if f.severity is Severity.ERROR]

    def sentence(self, code: str) -> str:
        return next(f.sentence for f in self.findings if f.code.endswith(code))


@cache
def told(name: str) -> Told:
    reading = read_roster((FOLDER / name).read_bytes(), name, key=b"a key for the tests only", today=TODAY)
    checked = check_roster(reading.table, reading.findings, Setting(applied=TODAY, exam=EXAM, edition=23))
    return Told(reading, [*reading.findings, *checked])


def refused(name: str) -> str:
    with pytest.raises(Unreadable) as caught:
        read_roster((FOLDER / name).read_bytes(), name)
    return caught.value.sentence


THREE = ["林槐", "董砚", "慕容槐桐"]

CASES: dict[str, Callable[[Told], object]] = {
    # a required column has its check
    "required_blank_name.xlsx": lambda t: t.errors(4, "name") == ["required"] and not t.errors(5, "name"),
    "required_no_name_column.xlsx": lambda t: t.errors(3, "name") == ["column_missing"],
    "required_blank_occupation.xlsx": lambda t: (
        "taken" in [c for r in (4, 5, 6) for c in t.codes(r, "occupation_name")]
    ),
    "required_blank_phone.xlsx": lambda t: ["required"] in [t.errors(row, "phone") for row in (4, 5)],
    "web_blank_name.xlsx": lambda t: t.errors(5, "name") == ["required"],
    # what is no name is no person
    "web_names.xlsx": lambda t: (
        [t.errors(row, "name") for row in (4, 5, 6)] == [["name"], ["error_cell"], ["required"]]
    ),
    "name_masked.xlsx": lambda t: [t.errors(row, "name") for row in (4, 5)] == [["name"], ["name"]],
    "name_error_text.xlsx": lambda t: [t.errors(row, "name") for row in (4, 5)] == [["error_cell"], ["error_cell"]],
    "name_missing_words.csv": lambda t: t.values("name")[0] is None and t.errors(2, "name") == ["required"],
    "name_nan.csv": lambda t: t.errors(2, "name") == ["required"] and t.errors(2, "phone") == ["required"],
    "name_two_people.xlsx": lambda t: (
        t.errors(4, "name") == ["name"] == t.errors(5, "name")
        and [w in f.message for w, f in zip(("两个姓名", "栏目名称"), t.worst(), strict=True)] == [True, True]
    ),
    "name_kangxi_radicals.xlsx": lambda t: t.values("name") == ["高文立"] and t.codes(4, "name") == ["name_mended"],
    "heading_kangxi.xlsx": lambda t: t.values("document_number")[0] == "130229197701225574" and not t.worst(),
    # the checks of a number follow the number
    "same_number_two_types.xlsx": lambda t: "duplicate_in_batch" in t.errors(5, "document_number"),
    "residence_permit_bad_check_digit.xlsx": lambda t: t.errors(4, "document_number") == ["identity_wrong"],
    "foreigner_card_bad_check_digit.xlsx": lambda t: t.errors(4, "document_number") == ["identity_wrong"],
    "birth_1191.xlsx": lambda t: (
        t.errors(4, "document_number") == ["identity_wrong"] and "1191" in t.sentence("identity_wrong")
    ),
    # columns
    "total_years_column_first.xlsx": lambda t: (
        t.values("years_in_occupation") == [3.0] and "并不相同" in t.sentence("column_doubled")
    ),
    "resit_columns.xlsx": lambda t: (
        t.values("exam_kind") == ["resit", "resit", None]
        and t.values("parts") == ["theory+practical", "theory+practical", None]
    ),
    "results_roster_issue_date.xlsx": lambda t: (
        t.values("prior_date") == [None] and "发证日期" in "".join(f.message for f in t.findings if "unread" in f.code)
    ),
    "prior_level_words.xlsx": lambda t: t.values("prior_level") == [4, 4, 4] and not t.worst(),
    "note_in_serial_column.xlsx": lambda t: t.codes(3) == ["note_among_rows"] and t.values("name") == THREE,
    "merged_name_two_ids.xlsx": lambda t: t.errors(5, "name") == ["merged_name"],
    "wps_cell_image.xlsx": lambda t: (
        [t.errors(row, "photo") for row in (4, 5)] == [["cell_picture"], ["cell_picture"]]
        and t.values("photo") == [None] * 3
    ),
    # dates
    "date_01_07_15.xlsx": lambda t: [t.errors(row, "contract_begin") for row in (4, 5)] == [["date"], ["date"]],
    "date_year_only_format.xlsx": lambda t: (
        t.values("contract_begin_precision") == ["year"] and t.codes(4, "contract_begin") == ["date_as_shown"]
    ),
    "date_utc_time.xlsx": lambda t: (
        t.values("contract_begin") == [date(2010, 1, 15)] and "北京时间" in t.sentence("date_mended")
    ),
    # what is noticed on one path is noticed on all
    "xml2003_comment.xml": lambda t: t.values("name") == THREE and not t.worst(),
    "xml2003_hidden_row.xml": lambda t: t.codes(3) == ["hidden_row"] and t.values("name") == THREE,
    "xml2003_cdata.xml": lambda t: t.values("name") == THREE and not t.worst(),
    "xml2003_error_cell.xml": lambda t: (
        t.errors(4, "name") == ["error_cell"]
        and t.errors(2, "document_number") == ["identity_lost"]
        and t.values("contract_begin")[0] == date(2010, 1, 15)
        and t.codes(2, "contract_begin") == []
    ),
    "xls_error_cell.xls": lambda t: (
        [t.errors(row, key) for row, key in ((2, "name"), (3, "employer"), (4, "phone"))] == [["error_cell"]] * 3
    ),
    "xls_hidden_row.xls": lambda t: t.codes(3) == ["hidden_row"],
    "xls_hidden_sheet.xls": lambda t: t.codes(0) == ["hidden_sheet"] and t.values("name") == THREE,
    "xlsx_no_r_hidden_row.xlsx": lambda t: "hidden_row" in t.codes(6),
    "xlsx_no_r_error.xlsx": lambda t: t.errors(5, "name") == ["error_cell"],
    # structures are parsed, not searched
    "xls_merged_row3.xls": lambda t: t.values("contract_begin") == [date(2010, 1, 15)] * 3,
    "xls_false_1904.xls": lambda t: t.values("contract_begin")[0] == date(2010, 1, 15),
    "xls_stream_name_capitals.xls": lambda t: t.values("name") == THREE and not t.worst(),
    "xls_label_cp936.xls": lambda t: t.values("name") == THREE and t.reading.sheets[0].name == "名册",
    "zip_backslashes.xlsx": lambda t: t.values("name") == THREE and not t.worst(),
    "utf16_custom_xml.xlsx": lambda t: t.values("name") == THREE and not t.worst(),
    "macro_module_sheet.xlsx": lambda t: t.values("name") == THREE and not t.worst(),
    "merge_whole_row.xlsx": lambda t: t.values("name") == THREE and not t.worst(),
    "rel_target_dot.xlsx": lambda t: t.values("name") == THREE and not t.worst(),
    "form_control.xlsx": lambda t: t.values("name") == THREE and not t.worst(),
}

REFUSED = {
    "quote_never_closed.csv": "第 2 行有一个引号没有成对，第 3 至 4 行被并进了一格",
    "quote_closed_two_lines_later.csv": "第 2 行有一个引号没有成对，第 3 行被并进了一格",
    "xls_password.xls": "密码",
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_handed_file_is_refused_for_the_right_reason(name: str) -> None:
    assert REFUSED[name] in refused(name)


def test_every_handed_file_has_its_test() -> None:
    there = {path.name for path in FOLDER.iterdir()} - {"SOURCES.md"}
    assert there == CASES.keys() | REFUSED.keys()


@pytest.mark.parametrize("name", CASES)
def test_the_right_value_of_a_handed_case(name: str) -> None:
    found = told(name)
    assert CASES[name](found), [(f.row, f.column, f.code, f.message) for f in found.findings]

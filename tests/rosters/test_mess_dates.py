"""Points 14 to 22 of the catalogue of messy rosters: dates, each with the precision that was written."""

import zipfile
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pytest

from hengjian.tables.dates import read_date
from hengjian.tables.findings import Severity
from hengjian.tables.grid import Watch
from hengjian.tables.limits import Limits
from hengjian.tables.workbooks import read_xls, read_xlsx
from tests.rosters.sheets import first, one, replaced, table_of, workbook
from tests.shared import shared


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_14_chinese_date_formats_without_a_format_text_are_dates(suffix: str) -> None:
    data = shared(f"data/excel_fixtures/easyexcel_dataformat_dataformat.{suffix}").read_bytes()
    grid = (read_xlsx if suffix == "xlsx" else read_xls)(data, Limits(), Watch())[0]
    cells = grid.column(0)[1:]
    assert len(cells) == 27
    assert {read_date(cell).value for cell in cells} == {date(2020, 1, 1)}


@pytest.mark.parametrize(
    ("index", "precision"), [(31, "day"), (57, "month"), (27, "month"), (58, "day"), (17, "month")]
)
def test_14_a_format_that_shows_only_the_month_keeps_the_month(index: int, precision: str) -> None:
    found = one(prior_date=date(2020, 3, 1), formats={"prior_date": index})
    assert (found["prior_date"], found["prior_date_precision"]) == (date(2020, 3, 1), precision)
    assert found.codes("prior_date") == []


def test_14_an_own_format_of_year_and_month_keeps_the_month_too() -> None:
    found = one(prior_date=date(2020, 3, 17), formats={"prior_date": 'yyyy"年"m"月"'})
    assert (found["prior_date"], found["prior_date_precision"]) == (date(2020, 3, 1), "month")


@pytest.mark.parametrize("written", [43891.0, "43891"])
def test_15_a_serial_in_a_plain_cell_is_converted_with_a_note(written: Any) -> None:
    found = one(prior_date=written)
    assert (found["prior_date"], found["prior_date_precision"]) == (date(2020, 3, 1), "day")
    note = found.finding("prior_date")
    assert note.severity is Severity.NOTE and (note.old, note.new) == ("43891", "2020-03-01")


def test_16_the_same_serial_in_a_workbook_of_1904_is_four_years_later() -> None:
    found = first(workbook(table_of({"prior_date": 43891.0}), date_1904=True))
    assert found["prior_date"] == date(2024, 3, 2)
    assert "1904" in found.finding("prior_date").message


def test_16_a_date_cell_of_1904_is_the_date_it_shows() -> None:
    found = first(workbook(table_of({"prior_date": date(2020, 3, 1)}), date_1904=True))
    assert found["prior_date"] == date(2020, 3, 1) and found.findings == []


def test_17_a_month_written_as_a_decimal_number_is_lost() -> None:
    found = one(prior_date=2020.1)
    assert found["prior_date"] is None and found.codes("prior_date") == ["date"]
    assert found.finding("prior_date").severity is Severity.ERROR


def test_17_as_text_it_is_the_month_and_point_one_asks_for_a_look() -> None:
    assert one(prior_date="2020.3")["prior_date_precision"] == "month"
    assert one(prior_date="2020.10")["prior_date"] == date(2020, 10, 1)
    found = one(prior_date="2020.1")
    assert found["prior_date"] == date(2020, 1, 1) and found.finding("prior_date").severity is Severity.WARNING


@pytest.mark.parametrize(
    ("written", "value", "precision"),
    [
        ("2020年3月", date(2020, 3, 1), "month"),
        ("2020年3月份", date(2020, 3, 1), "month"),
        ("2020.03.01", date(2020, 3, 1), "day"),
        ("2020．03．01", date(2020, 3, 1), "day"),
        ("20200301", date(2020, 3, 1), "day"),
        (20200301.0, date(2020, 3, 1), "day"),
        ("202003", date(2020, 3, 1), "month"),
        ("2020/3/1", date(2020, 3, 1), "day"),
        ("2020-3", date(2020, 3, 1), "month"),
        ("20-3-1", date(2020, 3, 1), "day"),
        ("85-3-1", date(1985, 3, 1), "day"),
        ("二〇二〇年三月", date(2020, 3, 1), "month"),
        ("二零二零年十二月二十三日", date(2020, 12, 23), "day"),
        ("1-一月-20", date(2020, 1, 1), "day"),
        ("1-Jan-20", date(2020, 1, 1), "day"),
        ("一月-20", date(2020, 1, 1), "month"),
        ("2020 年 3 月 1 日", date(2020, 3, 1), "day"),
    ],
)
def test_18_dates_as_people_write_them(written: Any, value: date, precision: str) -> None:
    found = one(prior_date=written)
    assert (found["prior_date"], found["prior_date_precision"]) == (value, precision)


@pytest.mark.parametrize(
    "written", ["1/1", "2020-02-30", "2020-13-01", "上午1时01分", "三月", "2020年", "约2020", "1-3-20-4"]
)
def test_18_what_is_no_date_is_an_error_and_no_guess(written: str) -> None:
    found = one(prior_date=written)
    if written == "2020年":
        assert found["prior_date_precision"] == "year"
    else:
        assert found["prior_date"] is None and found.codes("prior_date") == ["date"]


def test_19_month_and_year_keep_their_precision() -> None:
    for written, precision in (("2020年3月", "month"), ("2020年", "year"), (2020.0, "year"), ("2020-03-05", "day")):
        assert one(prior_date=written)["prior_date_precision"] == precision


@pytest.mark.parametrize("written", ["至今", "长期", "无固定期限"])
def test_20_an_open_end_is_an_open_end_and_no_date(written: str) -> None:
    found = one(contract_end=written)
    assert (found["contract_end"], found["contract_end_precision"]) == (None, "open")
    assert found.codes("contract_end") == []
    assert one(prior_date=written).codes("prior_date") == ["date"]


@pytest.mark.parametrize("written", ["/", "无", "-", "——"])
def test_20_a_stroke_is_nothing_and_noted(written: str) -> None:
    found = one(prior_date=written)
    assert found["prior_date"] is None and found.codes("prior_date") == ["placeholder"]


def test_21_half_a_second_before_midnight_is_the_day_the_sheet_shows() -> None:
    data = shared("data/excel_fixtures/easyexcel_compatibility_t05.xlsx").read_bytes()
    cells = read_xlsx(data, Limits(), Watch())[0].column(0)[1:]
    assert {read_date(cell).value for cell in cells} == {date(2023, 1, 1)}
    late = datetime.combine(date(2023, 1, 1), time(23, 59, 59, 600_000))
    found = one(prior_date=late, formats={"prior_date": "yyyy-mm-dd"})
    assert found["prior_date"] == date(2023, 1, 2) and found.codes("prior_date") == ["date_mended"]


@pytest.mark.parametrize(
    "written",
    ["2020-03-01 08:30", "2020/3/1 8:30:15", "2020年3月1日 8:30", "2020-03-01T08:30:00", datetime(2020, 3, 1, 8, 30)],
)
def test_22_a_time_beside_the_date_is_left_off_with_a_note(written: Any) -> None:
    found = one(prior_date=written, formats={"prior_date": "yyyy-mm-dd hh:mm"})
    assert found["prior_date"] == date(2020, 3, 1) and found.codes("prior_date") == ["date_mended"]


def test_a_time_alone_is_no_date() -> None:
    found = one(prior_date=time(8, 30), formats={"prior_date": "hh:mm"})
    assert found["prior_date"] is None and found.codes("prior_date") == ["date"]


def test_the_month_formats_are_found_by_their_numbers_in_the_styles() -> None:
    data = workbook(table_of({"prior_date": date(2020, 3, 1)}), formats={(1, 19): 57})
    with zipfile.ZipFile(BytesIO(data)) as parts:
        assert b'numFmtId="57"' in parts.read("xl/styles.xml")
    plain = replaced(data, {"xl/styles.xml": lambda xml: xml.replace(b'numFmtId="57"', b'numFmtId="31"')})
    assert first(plain)["prior_date_precision"] == "day"

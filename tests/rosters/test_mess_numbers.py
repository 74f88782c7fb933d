"""Points 1 to 13 of the catalogue of messy rosters: numbers and identities."""

from datetime import date
from typing import Any

import pytest

from hengjian.rosters.reading import read_roster
from hengjian.tables.findings import Severity, may_be_filed
from tests.rosters.mess_kinds import mess_csv
from tests.rosters.sheets import PERSON, One, first, noticed, one, table_of, workbook
from tests.rosters.workers import identity


def lost(found: One) -> None:
    assert found.codes("document_number") == ["identity_lost"]
    assert found.finding("document_number").severity is Severity.ERROR
    assert "无法还原" in found.finding("document_number").message
    assert "文本格式" in found.finding("document_number").remedy
    assert found["document_number"] is None and found["id_ok"] is False and found["person_key"] is None
    assert not may_be_filed(found.findings)


def test_01_an_identity_kept_as_a_number_is_lost_and_never_repaired() -> None:
    lost(one(document_number=float(PERSON.number[:15] + "000")))


def test_01_it_is_lost_even_where_the_check_digit_happens_to_hold() -> None:
    ends_in_zeros = next(
        number for order in range(1000) if (number := identity("130203", PERSON.born, order)).endswith("00")
    )
    lost(one(document_number=float(ends_in_zeros)))


def test_02_float_noise_in_the_last_digits_is_no_identity() -> None:
    lost(one(document_number=float("130203199001011234")))


@pytest.mark.parametrize("text", ["1.30203E+17", "1.302E17", "4.40981E+17", "130203199001011000.0"])
def test_03_what_a_spreadsheet_wrote_into_text_as_a_power_of_ten_is_lost(text: str) -> None:
    lost(one(document_number=text))


@pytest.mark.parametrize("written", ["'{}", "’{}", "\t{}", "{}\t", '="{}"', " {} "])
def test_04_a_protecting_sign_is_taken_off_and_noted(written: str) -> None:
    found = one(document_number=written.format(PERSON.number))
    assert found["document_number"] == PERSON.number and found["id_ok"]
    note = found.finding("document_number")
    assert note.severity is Severity.NOTE and note.new == PERSON.number and note.old != note.new


@pytest.mark.parametrize("sign", ["x", "Ｘ", "ｘ", "×", "Х", "х", "Χ"])
def test_05_every_x_at_the_end_is_the_x_and_noted(sign: str) -> None:
    number = next(n for order in range(1000) if (n := identity("130283", PERSON.born, order)).endswith("X"))
    found = one(document_number=number[:-1] + sign)
    assert found["document_number"] == number and found["id_ok"]
    assert found.codes("document_number") == ["identity_mended"]


def test_05_full_width_digits_become_half_width_and_blanks_go() -> None:
    wide = PERSON.number[:6].translate({48 + n: 0xFF10 + n for n in range(10)})
    found = one(document_number=f"{wide} {PERSON.number[6:14]}　{PERSON.number[14:]}")
    assert found["document_number"] == PERSON.number
    assert found.codes("document_number") == ["identity_mended"]


def test_06_a_letter_for_a_digit_is_said_and_not_repaired() -> None:
    found = one(document_number=PERSON.number.replace("0", "O", 1))
    assert found.codes("document_number") == ["identity_letters"]
    assert found["id_ok"] is False and "O" in found["document_number"]
    assert one(phone="1390U000001").codes("phone") == ["phone"]


def test_06_hyphens_between_the_groups_of_a_number_go_out_with_a_note() -> None:
    for grouped in (
        f"{PERSON.number[:6]}-{PERSON.number[6:]}",
        f"{PERSON.number[:6]}－{PERSON.number[6:14]}－{PERSON.number[14:]}",
    ):
        found = one(document_number=grouped)
        assert found["document_number"] == PERSON.number and found.codes("document_number") == ["identity_mended"]
    wrong = PERSON.number[:17] + ("0" if PERSON.number[17] != "0" else "1")
    assert "identity_wrong" in one(document_number=f"{wrong[:6]}-{wrong[6:]}").codes("document_number")


def test_07_a_number_of_fifteen_digits_is_named_as_the_old_kind() -> None:
    found = one(document_number=PERSON.number[:6] + PERSON.number[8:17])
    assert found.codes("document_number") == ["identity_old"] and "15 位" in found.finding("document_number").message


@pytest.mark.parametrize("hidden", [14, 10])
def test_08_a_masked_number_is_refused_as_masked(hidden: int) -> None:
    for sign in "X*":
        found = one(document_number=PERSON.number[:hidden] + sign * (18 - hidden))
        assert found.codes("document_number") == ["identity_masked"]


def test_09_the_identity_is_chosen_by_its_header_not_by_its_length() -> None:
    rows: list[list[object]] = [["学籍号", "姓名", "身份证号"], ["G13020319900101123", PERSON.name, PERSON.number]]
    rows.append(["1302031990010112345", PERSON.name, PERSON.number])
    found = first(workbook(rows))
    assert found["document_number"] == PERSON.number
    assert [f.code for f in noticed(found.reading)] == ["reading.column_unread"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (13900000001.0, "phone_number"),
        ("13900000001.0", "phone_mended"),
        ("+86 139 0000 0001", "phone_mended"),
        ("86-13900000001", "phone_mended"),
        ("139-0000-0001", "phone_mended"),
        ("13900000001/0315-2345678", "phones"),
        ("13900000001 13900000002", "phones"),
        ("13900000001、13900000002", "phones"),
    ],
)
def test_10_a_phone_as_number_with_prefix_or_doubled_is_mended_with_a_note(written: Any, code: str) -> None:
    found = one(phone=written)
    assert found["phone"] == "13900000001" and found.codes("phone") == [code]
    assert found.finding("phone").severity is Severity.NOTE and found.finding("phone").new == "13900000001"


def test_11_a_code_kept_as_a_number_is_said_to_have_lost_its_zeros() -> None:
    found = one(entry_condition=203.0)
    assert found["entry_condition"] == "203" and "前导 0" in found.finding("entry_condition").message
    assert one(entry_condition="0203")["entry_condition"] == "0203"
    assert one(ethnicity="1")["ethnicity"] == "01"


def test_11_a_certificate_number_kept_as_a_number_is_lost() -> None:
    found = one(prior_number=1513000000401234.0)
    assert found["prior_number"] is None and found.codes("prior_number") == ["number_lost"]


def test_12_a_serial_of_floats_is_read_in_silence() -> None:
    rows = table_of({"serial": 1.0}, {"serial": 2.0})
    reading = first(workbook(rows)).reading
    assert reading.table["serial"].to_pylist() == [1, 2] and reading.findings == []


def test_13_a_column_of_scores_is_not_read_and_said() -> None:
    rows: list[list[object]] = [["姓名", "身份证号", "理论成绩"], [PERSON.name, PERSON.number, "85分"]]
    assert noticed(first(workbook(rows)).reading)[0].code == "reading.column_unread"


def test_03_and_04_hold_for_text_files_as_well() -> None:
    from tests.rosters.mess import FIRST, Mess

    mess = Mess(rows={FIRST: {**PERSON.clean(), "document_number": "1.30203E+17"}})
    lost(first(mess_csv(mess)))
    mess.rows[FIRST]["document_number"] = f'="{PERSON.number}"'
    assert first(mess_csv(mess))["document_number"] == PERSON.number


def test_a_birth_that_cannot_be_is_an_error_in_number_and_column() -> None:
    today = date(2026, 11, 24)
    later = read_roster(workbook(table_of({"document_number": "", "birth": "2030-01-01"})), today=today)
    assert "reading.birth_impossible" in [f.code for f in later.findings]
    number = identity("130203", date(2030, 1, 1), 12)
    reading = read_roster(workbook(table_of({"document_number": number})), today=today)
    assert [f.code for f in reading.findings if f.column == "document_number"] == ["reading.identity_wrong"]
    assert "晚于今天" in next(f.message for f in reading.findings if f.column == "document_number")

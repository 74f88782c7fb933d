"""Identity numbers and credit codes: format, date and check digits decide, and nobody is turned away for an old area."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengjian.kernel.identity import (
    Kind,
    check_resident_id,
    check_uscc,
    mask_resident_id,
    normalise,
    organisation_check_character,
    resident_check_digit,
    uscc_check_character,
)

VECTORS = list(csv.DictReader((Path(__file__).parent.parent / "vectors/id_numbers.csv").read_text().splitlines()))
SPECIMEN = "11010519491231002X"  # the standard's own example
CHECKS = {"resident_id": check_resident_id, "uscc": check_uscc}
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
bodies = st.builds(
    lambda area, days, serial: f"{area}{date(1900, 1, 1) + timedelta(days):%Y%m%d}{serial:03d}",
    st.integers(110000, 659999),
    st.integers(0, 45_000),
    st.integers(0, 999),
)


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: row["note"])
def test_every_vector_is_judged_as_expected(row):
    verdict = CHECKS[row["kind"]](row["value"])
    assert verdict.ok is (row["expect"] == "valid")
    assert bool(verdict.reason) is not verdict.ok


def test_the_verdict_tells_birth_sex_and_area():
    verdict = check_resident_id(SPECIMEN)
    assert (verdict.kind, verdict.born, verdict.sex, verdict.area) == (
        Kind.RESIDENT,
        date(1949, 12, 31),
        "女",
        "110105",
    )


@pytest.mark.parametrize(
    ("prefix", "kind"),
    [
        ("81", Kind.HONG_KONG),
        ("82", Kind.MACAO),
        ("83", Kind.TAIWAN),
        ("91", Kind.FOREIGN_PERMANENT),
        ("13", Kind.RESIDENT),
    ],
)
def test_the_first_digits_tell_the_kind_of_document(prefix, kind):
    body = f"{prefix}000019920130002"
    verdict = check_resident_id(body + resident_check_digit(body))
    assert (verdict.ok, verdict.kind) == (True, kind)


def test_an_unknown_area_is_a_hint_and_never_an_error():
    assert "区划" in check_resident_id(SPECIMEN, areas={"130203"}).hint
    assert check_resident_id(SPECIMEN, areas={"130203"}).ok
    assert check_resident_id(SPECIMEN, areas={"110105"}).hint == ""
    assert check_resident_id("830000199201300022", areas={"110105"}).hint == ""


def test_a_birth_in_the_future_is_an_error_when_today_is_given():
    assert "晚于今天" in check_resident_id("330113202206150012", today=date(2022, 6, 14)).reason
    assert check_resident_id("330113202206150012", today=date(2022, 6, 15)).ok


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("110105491231002", "15 位旧号码"),
        ("11010519491231002", "应为 18 位，现为 17 位"),
        ("", "现为 0 位"),
        ("1101051949123100X2", "前 17 位应为数字"),
        ("010105194912310021", "首位不为 0"),
        ("110105190002290021", "出生日期 19000229 不存在"),
        ("11010519491231002x!", "现为 19 位"),
        ("110105194912３1002Y", "前 17 位应为数字"),
        ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢٩", "前 17 位应为数字"),
    ],
)
def test_a_wrong_number_is_refused_with_its_reason(value, reason):
    verdict = check_resident_id(value)
    assert not verdict.ok
    assert reason in verdict.reason


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "11010519491231002X\ufeff",
    ],
)
def test_width_blanks_and_the_small_x_are_mended(typed):
    assert normalise(typed) == SPECIMEN
    assert check_resident_id(typed).ok


@given(bodies)
def test_the_check_digit_is_that_of_the_weights_printed_in_the_standard(body):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(digit) for weight, digit in zip(weights, body, strict=True))
    assert resident_check_digit(body) == "10X98765432"[total % 11]


@settings(max_examples=60, deadline=None)
@given(bodies, st.integers(0, 17), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(body, place, shift):
    number = body + resident_check_digit(body)
    assert check_resident_id(number).ok
    digit = "0123456789X"[(("0123456789X".index(number[place])) + shift) % (11 if place == 17 else 10)]
    assert not check_resident_id(number[:place] + digit + number[place + 1 :]).ok


@settings(max_examples=60, deadline=None)
@given(bodies, st.integers(0, 16))
def test_every_exchange_of_neighbours_is_found(body, place):
    number = body + resident_check_digit(body)
    exchanged = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert exchanged == number or not check_resident_id(exchanged).ok


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["11", "12", "51", "91", "92", "93", "A1", "N2", "Y1"]),
    st.integers(110000, 659999),
    st.text(LETTERS, min_size=8, max_size=8),
    st.integers(0, 17),
    st.integers(1, 30),
)
def test_a_credit_code_carries_two_check_characters_and_no_change_escapes(kind, area, body, place, shift):
    code = f"{kind}{area}{body}{organisation_check_character(body)}"
    code += uscc_check_character(code)
    assert check_uscc(code).ok
    other = LETTERS[(LETTERS.index(code[place]) + shift) % 31]
    assert not check_uscc(code[:place] + other + code[place + 1 :]).ok


def test_a_credit_code_is_refused_for_each_of_its_check_characters_by_name():
    assert "主体标识码" in check_uscc("91350100M000100X43").reason
    assert "校验码不符" in check_uscc("91350100M000100Y44").reason
    assert "不允许的字符" in check_uscc("91350100I000100Y43").reason
    assert "现为 17 位" in check_uscc("91350100M000100Y4").reason


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        (SPECIMEN, "110105**********2X"),
        ("110105491231002", "110105*******02"),
        ("H1234567", "******67"),
        ("7", "7"),
        ("", ""),
    ],
)
def test_a_masked_number_shows_area_and_end_only(value, masked):
    assert mask_resident_id(value) == masked

"""One reading of what people type, for every door."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.kernel import typed


@pytest.mark.parametrize(
    ("written", "read"),
    [("2026-09-19", date(2026, 9, 19)), ("２０２６年９月１９日", date(2026, 9, 19)), ("2026/9/1", date(2026, 9, 1)), ("20260919", date(2026, 9, 19)), (" 2026.09.19\u200b", date(2026, 9, 19))],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(written: str, read: date) -> None:
    assert typed.day(written) == read


@pytest.mark.parametrize("written", ["2026-02-30", "soon", "", "0000-01-01", "9999-12-31", "1-1-1", "2026-13-01", "²"])
def test_what_is_no_day_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(typed.Unreadable, match=r"例如|之间"):
        typed.day(written)


@pytest.mark.parametrize(("written", "read"), [("６０", 60), ("-5", -5), ("1,000", 1000), ("−3", -3), (" 7 ", 7)])
def test_a_whole_number_is_read_as_people_write_it(written: str, read: int) -> None:
    assert typed.whole(written) == read


@pytest.mark.parametrize("written", ["²", "½", "9" * 5000, "1e5", "0x10", "", "abc", "1.5", "٣٤x"])
def test_what_is_no_whole_number_is_refused(written: str) -> None:
    with pytest.raises(typed.Unreadable):
        typed.whole(written)


def test_a_mark_is_read_with_its_decimals() -> None:
    assert typed.decimal("７８．５") == Decimal("78.5")
    with pytest.raises(typed.Unreadable):
        typed.decimal("1E9999999")


@given(st.text(max_size=60))
def test_an_address_never_fails_on_a_number(text: str) -> None:
    assert 1 <= typed.page_number(text, 7) <= 7
    key = typed.key_or_none(text)
    assert key is None or 1 <= key <= typed.KEY


@given(st.text(max_size=60))
def test_reading_twice_is_reading_once(text: str) -> None:
    assert typed.line(typed.line(text)) == typed.line(text)
    assert typed.code(typed.code(text)) == typed.code(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("高文立", "⾼⽂⽴"), ("买买提·艾力", "买买提•艾力"), ("王 强", "王强"), ("王强\u200b", "王\u3000强"), ("Li Wei", "ＬＩ ＷＥＩ")],
)  # fmt: skip
def test_two_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert typed.name_key(one) == typed.name_key(other)


def test_groups_of_a_number_are_joined_and_those_of_a_code_kept() -> None:
    assert typed.number_code("130229－19770122-557ｘ") == "13022919770122557X"
    assert typed.code("6－31－01—03") == "6-31-01-03"

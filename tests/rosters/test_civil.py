"""Dates as numbers: they sort as dates do and count whole months as the Civil Code does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.rosters.civil import (
    MONTH,
    OPEN,
    YEAR,
    after_months,
    civil,
    date_of,
    judged,
    months_between,
)

dates = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@given(dates, dates)
def test_numbers_sort_as_the_dates_and_come_back(one: date, other: date) -> None:
    assert (civil(one) < civil(other)) == (one < other)
    assert date_of(civil(one)) == date_of(judged(one)) == one


@given(dates, st.integers(0, 600))
def test_a_period_has_passed_exactly_from_its_last_day(since: date, months: int) -> None:
    reached = after_months(civil(since), months)
    assert judged(reached) - civil(since) >= months * MONTH
    assert judged(reached - timedelta(days=1)) - civil(since) < months * MONTH
    assert months_between(civil(since), judged(reached)) == months


@pytest.mark.parametrize(
    ("since", "months", "reached"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2021, 11, 1), 60, date(2026, 11, 1)),
    ],
)
def test_where_a_month_has_no_corresponding_day_its_last_day_ends_the_period(
    since: date, months: int, reached: date
) -> None:
    assert after_months(civil(since), months) == reached


def test_absent_and_open_are_no_dates() -> None:
    assert civil(None) == 0
    assert date_of(0) is None and date_of(OPEN) is None
    assert YEAR == 12 * MONTH and judged(date(2100, 12, 31)) < OPEN

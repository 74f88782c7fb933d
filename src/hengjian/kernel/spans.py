"""Spans of calendar months and years, as the law counts validity: the same day, or the month's last where there is none."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta


def after_months(day: date, months: int) -> date:
    """`2024-01-31` and one month is `2024-02-29`; a negative number counts back."""
    return day + relativedelta(months=months)


def last_day_of(start: date, years: int) -> date:
    """The last day of a validity of so many years: the day before the anniversary."""
    return after_months(start, 12 * years) - timedelta(days=1)

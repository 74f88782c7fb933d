"""A date as one whole number, so that checks count months without a calendar function of any engine.

The number is months × 32 + day. Two such numbers differ by 32 × N or more exactly when N whole months have passed, and
they sort as dates do. Periods follow the Civil Code, Art. 202: they end on the corresponding day and, where a month has
none, on its last day; hence the day on which a period is judged is written with `judged`, which lifts the last day of a
month to 31.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

MONTH = 32
YEAR = 12 * MONTH
ABSENT = 0
OPEN = 2_000_000_000  # an end that is not set: a contract without a term, a spell that still runs


def civil(day: date | None) -> int:
    """The number of a day on which something begins, ends or is written; 0 where there is none."""
    return ABSENT if day is None else (day.year * 12 + day.month - 1) * MONTH + day.day


def judged(day: date) -> int:
    """The number of the day on which it is asked whether a period has passed."""
    last = monthrange(day.year, day.month)[1]
    return (day.year * 12 + day.month - 1) * MONTH + (31 if day.day == last else day.day)


def date_of(number: int) -> date | None:
    """The day again; a lifted month end comes back as the last day of its month."""
    if number == ABSENT or number >= OPEN:
        return None
    months, day = divmod(number, MONTH)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day, monthrange(year, month + 1)[1]))


def months_between(since: int, until: int) -> int:
    """Whole months from a beginning (`civil`) to the day of judgement (`judged`)."""
    return max(0, (until - since) // MONTH)


def after_months(since: int, months: int) -> date:
    """The first day on which `months` months since a beginning have passed."""
    whole, day = divmod(since, MONTH)
    year, month = divmod(whole + months, 12)
    return date(year, month + 1, min(day, monthrange(year, month + 1)[1]))

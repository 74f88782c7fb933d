"""Days that are a holiday for everybody by law, whether or not the yearly notice is known yet.

The notice only moves the days around them; 1 January, Labour Day and National Day are fixed by the 《全国年节及纪念日放假办法》
第二条, and the days of the lunar year follow from the calendar. Both are dated policy data.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from hengjian.kernel.calendar_notice import STATUTORY_DAYS
from hengjian.kernel.policy import NoValueYet, Policy, Table

MOVING_DAYS = Policy[Mapping[str, str]]("calendar.statutory_moving_days", Table)
NAMES = {"01-01": "元旦", "05-01": "劳动节", "05-02": "劳动节", "10-01": "国庆节", "10-02": "国庆节", "10-03": "国庆节"}


@cache
def statutory_day(day: date) -> str:
    """The holiday's name, or an empty text. Asked of years whose notice is not known; it says nothing of days in between."""
    try:
        fixed = STATUTORY_DAYS.on(day)
        moving = MOVING_DAYS.on(day)
    except NoValueYet:
        return ""
    written = day.strftime("%m-%d")
    return (NAMES.get(written, "法定节日") if written in fixed else "") or moving.get(day.isoformat(), "")

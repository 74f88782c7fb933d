"""The working-day calendar as stored: seeded from the State Council's notices, extended by an act each year."""

from __future__ import annotations

from hengjian.kernel.calendar_notice import NoticeRow
from hengjian.kernel.models import CalendarDay, CalendarYear
from hengjian.kernel.workdays import Calendar

_cache: dict[tuple[int, int], Calendar] = {}


def stored_calendar() -> Calendar:
    """Two small reads at most; rebuilt only when a year has been entered since."""
    years = list(CalendarYear.objects.values_list("year", "revision"))
    version = (len(years), sum(year * revision for year, revision in years))
    known = _cache.get(version)
    if known is None:
        days = CalendarDay.objects.values_list("on", "is_working", "name")
        known = Calendar([NoticeRow(*day) for day in days], {year for year, _ in years})
        _cache.clear()
        _cache[version] = known
    return known

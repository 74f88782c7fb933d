"""Working days: counted from the day after, with holidays off and make-up days on, and provisional where unknown."""

import csv
import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.kernel.calendar_notice import NoticeRow, parse_notice_rows, problems_of_year, years_covered
from hengjian.kernel.policy_files import policies_directory
from hengjian.kernel.workdays import Calendar, DayKind, OutOfCalendar, load_seed
from tests.shared import shared

CALENDAR = load_seed()
KNOWN_DAYS = [date(2019, 1, 1) + timedelta(days=step) for step in range(2922)]


def day(text: str) -> date:
    return date.fromisoformat(text)


class TestTheSeed:
    def test_knows_2019_to_2026(self):
        assert CALENDAR.known_years == set(range(2019, 2027))
        assert CALENDAR.known_until == date(2026, 12, 31)

    def test_equals_an_independent_calendar_on_every_day(self):
        assert KNOWN_DAYS[-1] == date(2026, 12, 31)
        differing = [on for on in KNOWN_DAYS if CALENDAR.is_working_day(on) != chinese_calendar.is_workday(on)]
        assert differing == []

    def test_has_the_totals_of_the_years(self):
        totals = dict.fromkeys(range(2019, 2027), 0)
        for on in KNOWN_DAYS:
            totals[on.year] += CALENDAR.is_working_day(on)
        assert list(totals.values()) == [250, 249, 250, 249, 249, 251, 248, 248]

    def test_has_the_totals_and_exceptions_of_the_shared_vectors(self):
        totals = json.loads(shared("vectors/calendar_cn_totals.json").read_text())["working_days"]
        for year, total in totals.items():
            assert CALENDAR.working_days_between(date(int(year) - 1, 12, 31), date(int(year), 12, 31)) == total
        with shared("vectors/calendar_cn_2019_2026_exceptions.csv").open(encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))
        assert len(rows) == 282
        assert all(CALENDAR.is_working_day(day(row["date"])) == (row["is_working_day"] == "1") for row in rows)

    @pytest.mark.parametrize("year", range(2019, 2027))
    def test_each_year_of_it_could_be_entered_by_an_officer(self, year):
        text = (policies_directory() / "calendar" / "cn_2019_2026.csv").read_text(encoding="utf-8")
        rows = [row for row in parse_notice_rows(text).rows if row.date.year == year]
        assert problems_of_year(rows, year) == []


class TestDeadlines:
    @pytest.mark.parametrize(
        ("start", "days", "end"),
        [
            ("2026-02-13", 5, "2026-02-27"),
            ("2026-04-29", 5, "2026-05-09"),
            ("2026-09-17", 3, "2026-09-21"),
            ("2026-09-29", 5, "2026-10-12"),
            ("2024-03-07", 5, "2024-03-14"),
        ],
    )
    def test_ends_where_the_notice_of_the_state_council_puts_it(self, start, days, end):
        deadline = CALENDAR.add_working_days(day(start), days)
        assert (deadline.on, deadline.provisional) == (day(end), False)

    def test_the_strip_says_why_each_day_counts_or_not(self):
        strip = CALENDAR.add_working_days(day("2026-04-29"), 5).strip
        assert [step.kind.value for step in strip] == [
            "start", "working", *["holiday"] * 5, "working", "working", "working", "makeup",
        ]  # fmt: skip
        assert [step.number for step in strip if step.number] == [1, 2, 3, 4, 5]
        assert strip[2].name == "劳动节" and strip[-1].date == day("2026-05-09")

    def test_a_plain_weekend_is_a_weekend(self):
        kinds = [step.kind for step in CALENDAR.add_working_days(day("2026-03-06"), 1).strip]
        assert kinds == [DayKind.START, DayKind.WEEKEND, DayKind.WEEKEND, DayKind.WORKING]

    def test_a_period_begun_on_a_holiday_counts_from_the_first_working_day(self):
        assert CALENDAR.add_working_days(day("2026-05-01"), 1).on == day("2026-05-06")

    def test_no_days_end_the_same_day_and_negative_ones_are_refused(self):
        today = CALENDAR.add_working_days(day("2026-05-01"), 0)
        assert (today.on, today.provisional, len(today.strip)) == (day("2026-05-01"), False, 1)
        with pytest.raises(ValueError, match="不能是负数"):
            CALENDAR.add_working_days(day("2026-05-01"), -1)

    def test_a_deadline_may_be_kept_and_compared(self):
        one, two = (CALENDAR.add_working_days(day("2026-03-02"), 3) for _ in range(2))
        assert one == two and hash(one) == hash(two)
        with pytest.raises(AttributeError):
            one.on = day("2026-03-03")


class TestTheUnknownYear:
    def test_a_deadline_that_reaches_into_it_is_provisional(self):
        deadline = CALENDAR.add_working_days(day("2026-12-28"), 5)
        assert (deadline.on, deadline.provisional) == (day("2027-01-05"), True)
        assert [step.kind.value for step in deadline.strip][-5:] == ["holiday", *["unknown"] * 4]
        assert deadline.strip[-1].number == 5 and deadline.strip[-5].number is None

    @pytest.mark.parametrize(
        "on", ["2027-01-01", "2027-05-01", "2027-05-02", "2027-10-01", "2027-10-03", "2028-01-26", "2030-09-12"]
    )
    def test_a_day_fixed_by_law_needs_no_notice(self, on):
        assert not CALENDAR.is_working_day(day(on))

    @pytest.mark.parametrize(("start", "days"), [("2199-12-31", 1), ("9999-12-30", 5), ("2026-01-05", 10**9)])
    def test_nobody_counts_beyond_the_calendar(self, start, days):
        if day(start).year <= 2199 and days < 10_000:
            assert CALENDAR.add_working_days(day(start), days).provisional
            return
        with pytest.raises(OutOfCalendar, match="只计算"):
            CALENDAR.add_working_days(day(start), days)

    def test_one_that_ends_before_it_is_not(self):
        assert not CALENDAR.add_working_days(day("2026-12-25"), 4).provisional
        assert CALENDAR.add_working_days(day("2026-12-31"), 1).provisional

    def test_a_year_before_the_first_known_one_is_unknown_too(self):
        assert CALENDAR.add_working_days(day("2018-12-20"), 3).provisional
        assert CALENDAR.add_working_days(day("2018-12-31"), 3).provisional is False

    def test_it_is_decided_anew_when_the_notice_arrives(self):
        notice = [NoticeRow(date(2027, 1, 1), False, "元旦"), NoticeRow(date(2027, 1, 4), False, "元旦")]
        known = Calendar(notice, CALENDAR.known_years | {2027})
        deadline = known.add_working_days(day("2026-12-28"), 5)
        assert (deadline.on, deadline.provisional) == (day("2027-01-06"), False)

    def test_a_hole_in_the_years_ends_what_is_known(self):
        assert Calendar([], {2024, 2026}).known_until == date(2024, 12, 31)
        assert Calendar([], ()).known_until is None
        assert Calendar([], ()).add_working_days(day("2026-03-02"), 5).provisional


class TestCounting:
    @given(st.dates(date(2019, 1, 1), date(2026, 6, 1)), st.integers(0, 120))
    def test_adding_and_counting_agree_with_a_walk_day_by_day(self, start, days):
        deadline = CALENDAR.add_working_days(start, days)
        on, left = start, days
        while left:
            on += timedelta(days=1)
            left -= CALENDAR.is_working_day(on)
        assert deadline.on == on
        assert CALENDAR.working_days_between(start, on) == days
        assert CALENDAR.working_days_between(on, start) == -days

    def test_threads_that_widen_the_calendar_together_agree(self):
        calendar = Calendar([], {2026})
        starts = [date(1990 + step % 80, 6, 1 + step % 28) for step in range(400)]
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lambda start: calendar.add_working_days(start, 20).on, starts))
        assert together == [Calendar([], {2026}).add_working_days(start, 20).on for start in starts]

    def test_reaches_far_beyond_the_calendar(self):
        far = CALENDAR.add_working_days(day("2026-01-05"), 5000)
        assert far.provisional and CALENDAR.working_days_between(day("2026-01-05"), far.on) == 5000

    def test_a_hundred_thousand_open_deadlines_are_computed_again_in_a_moment(self):
        begun = time.perf_counter()
        for step in range(100_000):
            CALENDAR.add_working_days(KNOWN_DAYS[step % 2900], step % 60)
        assert time.perf_counter() - begun < 10


NOTICE_2027 = """日期,安排,节日
2027-01-01至2027-01-03,放假,元旦
2027/2/5~2027/2/12，放假，春节
2027年1月31日\t上班\t春节
# 清明
20270405,休,清明节
2027-05-01,holiday,劳动节
2027-05-02,holiday,劳动节
2027-06-09,放假,端午节
2027-09-15,放假,中秋节
2027-10-01至2027-10-07,放假,国庆节
2027-10-09,work,国庆节
"""


class TestTheNoticeOfNextYear:
    def test_is_read_line_by_line_in_the_ways_people_write(self):
        reading = parse_notice_rows(NOTICE_2027)
        assert reading.refusals == ()
        assert len(reading.rows) == 3 + 8 + 1 + 1 + 2 + 1 + 1 + 7 + 1
        assert problems_of_year(reading.rows, 2027) == []
        assert years_covered(reading.rows) == {2027}

    def test_is_read_from_cells_of_a_spreadsheet(self):
        reading = parse_notice_rows(
            [["日期", "安排", "节日"], [datetime(2027, 1, 1), "放假", "元旦"], [None, "", None]]
        )
        assert reading.rows == (NoticeRow(date(2027, 1, 1), False, "元旦"),) and reading.refusals == ()

    @pytest.mark.parametrize(
        ("line", "sentence"),
        [
            ("2027-02-30,放假,春节", "不是一个日期"),
            ("二月五日,放假,春节", "不是一个日期"),
            ("2027-02-05,也许,春节", "须写“放假”或“上班”"),
            ("2027-02-05,放假", "每行须有三项"),
            ("2027-02-12至2027-02-05,放假,春节", "不是一段放假日期"),
            ("2027-02-01至2027-03-05,放假,春节", "不是一段放假日期"),
            ("2027-01-01,放假,元旦", "已在第 1 行填过"),
        ],
    )
    def test_refuses_a_line_with_its_number_and_takes_the_others(self, line, sentence):
        reading = parse_notice_rows(f"2027-01-01,放假,元旦\n{line}\n2027-05-01,放假,劳动节")
        assert [(refusal.line, sentence in refusal.sentence) for refusal in reading.refusals] == [(2, True)]
        assert len(reading.rows) == 2

    @pytest.mark.parametrize(
        ("old", "new", "sentence"),
        [
            ("2027年1月31日", "2027年1月29日", "2027-01-29 是星期五，本就上班"),
            ("2027-10-01至2027-10-07", "2027-10-02至2027-10-07", "2027-10-01 是法定节日"),
            ("2027-05-02,holiday,劳动节\n", "", "2027-05-02 是法定节日"),
            ("2027-09-15,放假,中秋节\n", "", "没有“中秋”"),
            ("20270405", "20280405", "2028-04-05 不属于 2027 年"),
        ],
    )
    def test_is_questioned_as_a_whole(self, old, new, sentence):
        assert old in NOTICE_2027
        problems = problems_of_year(parse_notice_rows(NOTICE_2027.replace(old, new)).rows, 2027)
        assert any(sentence in problem for problem in problems)

    def test_a_day_entered_twice_is_told(self):
        rows = parse_notice_rows(NOTICE_2027).rows
        assert "2027-01-31 填了 2 次。" in problems_of_year([*rows, NoticeRow(date(2027, 1, 31), True, "春节")], 2027)

    def test_may_move_days_of_the_last_december(self):
        rows = [*parse_notice_rows(NOTICE_2027).rows, NoticeRow(date(2026, 12, 27), True, "元旦")]
        assert problems_of_year(rows, 2027) == []

    def test_a_seed_with_a_bad_line_is_not_loaded(self, tmp_path):
        path = tmp_path / "cn_bad.csv"
        path.write_text("date,kind,name\n2027-13-01,holiday,元旦\n", encoding="utf-8")
        with pytest.raises(ValueError, match=r"cn_bad\.csv 第 2 行"):
            load_seed(path)

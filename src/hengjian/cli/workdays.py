"""`hengjian workdays DATE N`: the date N working days after DATE and, day by day, why each counts or does not."""

from __future__ import annotations

import argparse

from hengjian.cli import usage
from hengjian.cli.answer import Answer, Commands, parser
from hengjian.kernel.words import WEEKDAYS, listed, say
from hengjian.kernel.workdays import MOST_DAYS, Calendar, DayKind, load_seed

KINDS = {
    DayKind.START: "起算日，不计入",
    DayKind.WORKING: "工作日",
    DayKind.MAKEUP: "调休上班",
    DayKind.HOLIDAY: "放假",
    DayKind.WEEKEND: "周末",
    DayKind.UNKNOWN: "放假安排未公布",
}


def add_parser(commands: Commands) -> None:
    made = parser(commands, "workdays", "某日之后第 N 个工作日，以及每一天为什么算或不算")
    made.add_argument("date", metavar="DATE", type=usage.day, help="起算日，如 2026-09-28（不计入）")
    made.add_argument("days", metavar="N", type=usage.count(0, MOST_DAYS), help="工作日数")


def run(arguments: argparse.Namespace) -> Answer:
    start = arguments.date
    deadline = _calendar().add_working_days(start, arguments.days)
    lines = [
        say(
            "{on}（{start} 之后第 {days} 个工作日）",
            on=deadline.on.isoformat(),
            start=start.isoformat(),
            days=arguments.days,
        )
    ]
    if deadline.provisional:
        lines.append("暂定：期间跨入放假安排尚未录入的年份，录入后重新计算。")
    for day in deadline.strip:
        number = say("第 {number:>2} 日", number=day.number) if day.number else "      "
        lines.append(
            listed(
                [
                    listed(("  ", day.date.isoformat(), " ", WEEKDAYS[day.date.weekday()]), ""),
                    number,
                    listed(filter(None, (KINDS[day.kind], day.name)), " "),
                ],
                "  ",
            )
        )
    return Answer(
        {
            "start": start.isoformat(),
            "days": arguments.days,
            "date": deadline.on.isoformat(),
            "provisional": deadline.provisional,
            "counted": [day.date.isoformat() for day in deadline.strip if day.number],
            "strip": [
                {"date": day.date.isoformat(), "kind": day.kind.value, "number": day.number, "name": day.name}
                for day in deadline.strip
            ],
        },
        lines,
    )


def _calendar() -> Calendar:
    """The installation's calendar where one has been entered, else the one that comes with the house."""
    from hengjian.cli.installation import start

    start()
    from django.db import connection
    from django.db.utils import DatabaseError

    from hengjian.kernel.calendar import stored_calendar

    try:
        if connection.vendor == "sqlite" and not _exists(connection.settings_dict["NAME"]):
            return load_seed()
        stored = stored_calendar()
    except DatabaseError:
        return load_seed()
    return stored if stored.known_years else load_seed()


def _exists(name: object) -> bool:
    from pathlib import Path

    return str(name) == ":memory:" or Path(str(name)).exists()

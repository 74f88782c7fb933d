"""Entry conditions (申报条件): who may apply for a level, as decision rows of `policies/entry_conditions.toml`.

A person is admitted when any one row of the level holds. Rows of the occupation's own standard take the place of the
template rows of the same edition and level. A refusal names the row that comes closest and the smallest change that
would admit, with the day where only time is lacking. `checks.entry_conditions` states the same rule set-wise.
Source: 国家职业标准编制技术规程 (2018 and 2023 editions); study 3.1.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import IntFlag
from functools import cache, partial
from pathlib import Path
from typing import Any

from hengjian.kernel.policy_files import policies_directory
from hengjian.kernel.words import listed, say
from hengjian.rosters import civil

LEVELS: Mapping[int, str] = {
    6: "学徒工",
    5: "五级/初级工",
    4: "四级/中级工",
    3: "三级/高级工",
    2: "二级/技师",
    1: "一级/高级技师",
    -1: "特级技师",
    -2: "首席技师",
}
TITLES: Mapping[int, str] = {1: "初级职称", 2: "中级职称", 3: "高级职称"}


class School(IntFlag):
    """Kinds of schooling the standards name; one candidate may satisfy several."""

    TECHNICAL_SCHOOL = 1
    MEDIUM_VOCATIONAL = 2
    ASSESSED_MEDIUM = 4
    SENIOR_TECHNICAL = 8
    SENIOR_CLASS = 16
    HIGHER_VOCATIONAL = 32
    ASSESSED_HIGHER = 64
    COLLEGE = 128
    TECHNICIAN_INSTITUTE = 256
    TECHNICIAN_CLASS = 512


SCHOOLS: Mapping[School, str] = {
    School.TECHNICAL_SCHOOL: "技工学校",
    School.MEDIUM_VOCATIONAL: "中等职业学校",
    School.ASSESSED_MEDIUM: "经评估论证的中等及以上职业学校",
    School.SENIOR_TECHNICAL: "高级技工学校、技师学院",
    School.SENIOR_CLASS: "技工院校高级工班及以上",
    School.HIGHER_VOCATIONAL: "高等职业学校",
    School.ASSESSED_HIGHER: "经评估论证的高等职业学校、专科及以上",
    School.COLLEGE: "专科及以上",
    School.TECHNICIAN_INSTITUTE: "技师学院",
    School.TECHNICIAN_CLASS: "技师学院预备技师班、技师班",
}


@dataclass(frozen=True)
class EntryRow:
    """One way to be admitted; a predicate that is 0 or False asks for nothing. Periods are months."""

    id: str
    edition: int
    level: int
    text: str
    certainty: str
    occupation: int = 0
    since: date = date.min
    min_age: int = 0
    prior_level: int = 0
    after_prior: int = 0
    held_prior: int = 0
    work: int = 0
    title: int = 0
    after_title: int = 0
    schooling: int = 0
    final_year: bool = False
    apprenticeship: bool = False
    pre_technician: bool = False
    training: int = 0
    note: str = ""


@dataclass(frozen=True)
class Facts:
    """What is known of a candidate, in the numbers of the check tables; 0 says not given."""

    edition: int
    occupation: int
    level: int
    judged: int
    birth: int = 0
    work_from: int = 0
    prior_level: int = 0
    prior: int = 0
    title_grade: int = 0
    title: int = 0
    schooling: int = 0
    final_year: int = 0
    apprenticed: int = 0
    pre_technician: int = 0
    training_hours: int = 0
    route: int = 0
    basis: int = 0

    @classmethod
    def of(cls, row: Mapping[str, int]) -> Facts:
        return cls(**{f.name: int(row[f.name]) for f in fields(cls)})


@dataclass(frozen=True)
class Gap:
    """One unmet predicate: what is missing and, where time alone cures it, the day it will be met."""

    change: str
    met_from: date | None = None


@dataclass(frozen=True)
class Admitted:
    """`row` is the row that holds; none where an exception route with its basis document was taken."""

    row: EntryRow | None


@dataclass(frozen=True)
class Refused:
    """`closest` is the row that comes closest, `change` the smallest change that would admit, `admitted_from` the day
    from which time alone would do it."""

    closest: EntryRow | None
    change: str
    admitted_from: date | None = None


def decide(facts: Facts, rows: Iterable[EntryRow], on: date) -> Admitted | Refused:
    """Admitted by the first row that holds, or refused with the way that is shortest."""
    if facts.route and facts.basis:
        return Admitted(None)
    applicable = rows_for(facts.edition, facts.occupation, facts.level, rows, on)
    if not applicable:
        level = LEVELS.get(facts.level, "所填等级")
        return Refused(None, say("没有{level}的申报条件可依：请核对申报等级，或按例外渠道附依据文件。", level=level))
    judged = [(row, tuple(gaps(facts, row))) for row in applicable]
    for row, missing in judged:
        if not missing:
            return Admitted(row)
    closest, missing = min(judged, key=_distance)
    dates = [gap.met_from for gap in missing]
    admitted_from = max(day for day in dates if day) if all(dates) else None
    change = listed([gap.change for gap in missing], "；")
    if admitted_from:
        change += say("：自 {admitted_from} 起符合条件", admitted_from=admitted_from.isoformat())
    return Refused(closest, change + "。", admitted_from)


def _distance(judged: tuple[EntryRow, tuple[Gap, ...]]) -> tuple[int, date, int, str]:
    """First what time alone cures, the earliest day before others; then the fewest other gaps."""
    row, missing = judged
    other = sum(gap.met_from is None for gap in missing)
    return other, max(gap.met_from or date.min for gap in missing), len(missing), row.id


def rows_for(edition: int, occupation: int, level: int, rows: Iterable[EntryRow], on: date) -> tuple[EntryRow, ...]:
    """The rows of the occupation's own standard, else the template's."""
    fitting = [r for r in rows if r.edition == edition and r.level == level and r.since <= on]
    own = tuple(r for r in fitting if r.occupation == occupation)
    return own or tuple(r for r in fitting if r.occupation == 0)


def gaps(facts: Facts, row: EntryRow) -> Iterator[Gap]:
    """What is lacking for this row, in the order in which the standards speak."""
    if row.min_age:
        yield from _age(facts, row.min_age)
    if row.prior_level:
        yield from _prior(facts, row)
    if row.work:
        lacking = partial(say, "再从事本职业或相关职业工作 {months} 个月")
        yield from _wait(facts, facts.work_from, row.work, lacking, say(WORK, months=row.work))
    if row.title:
        yield from _title(facts, row)
    if row.schooling:
        yield from _schooling(facts, row)
    if row.apprenticeship and not facts.apprenticed:
        yield Gap("须有本职业或相关职业学徒期满的证明")
    if row.pre_technician and not facts.pre_technician:
        yield Gap("须有预备技师证书")
    if row.training and facts.training_hours < row.training:
        yield Gap(say("还须正规培训 {training} 学时，并附结业证明", training=row.training - facts.training_hours))


WORK = "须填写本职业工作年限，满 {months} 个月并附证明"


def _wait(facts: Facts, since: int, months: int, lacking: Callable[..., str], absent: str) -> Iterator[Gap]:
    """`lacking` is told how many `months` are still to go."""
    if not since:
        yield Gap(absent)
    elif facts.judged - since < months * civil.MONTH:
        left = months - civil.months_between(since, facts.judged)
        yield Gap(lacking(months=left), civil.after_months(since, months))


def _age(facts: Facts, years: int) -> Iterator[Gap]:
    absent = say("须填写出生日期，年满 {years} 周岁", years=years)
    yield from _wait(
        facts, facts.birth, years * 12, partial(say, "须年满 {years} 周岁，还差 {months} 个月", years=years), absent
    )


def _prior(facts: Facts, row: EntryRow) -> Iterator[Gap]:
    level = LEVELS[row.prior_level]
    if not facts.prior_level or facts.prior_level > row.prior_level:
        months = row.after_prior or row.held_prior
        yield Gap(
            say("须先取得{level}证书", level=level) + (say("，并满 {months} 个月", months=months) if months else "")
        )
        return
    if row.held_prior:
        yield from _wait(
            facts,
            facts.prior,
            row.held_prior,
            partial(say, "{level}证书还须持有 {months} 个月", level=level),
            say("须填写{level}证书的发证日期", level=level),
        )
    if row.after_prior:
        lacking = partial(say, "取得{level}证书后再从事本职业或相关职业工作 {months} 个月", level=level)
        since = max(facts.prior, facts.work_from)
        if not facts.prior:
            yield Gap(say("须填写{level}证书的发证日期", level=level))
        elif not facts.work_from:
            yield Gap(say(WORK, months=row.after_prior))
        else:
            yield from _wait(facts, since, row.after_prior, lacking, "")


def _title(facts: Facts, row: EntryRow) -> Iterator[Gap]:
    name = TITLES[row.title]
    if facts.title_grade < row.title:
        yield Gap(
            say("须先取得{name}", name=name)
            + (say("，并满 {after_title} 个月", after_title=row.after_title) if row.after_title else "")
        )
    elif row.after_title:
        if not facts.title:
            yield Gap(say("须填写{name}的取得日期", name=name))
        elif not facts.work_from:
            yield Gap(say(WORK, months=row.after_title))
        else:
            since = max(facts.title, facts.work_from)
            lacking = partial(say, "取得{name}后再从事本职业或相关职业工作 {months} 个月", name=name)
            yield from _wait(facts, since, row.after_title, lacking, "")


def _schooling(facts: Facts, row: EntryRow) -> Iterator[Gap]:
    if not facts.schooling & row.schooling:
        names = listed([name for school, name in SCHOOLS.items() if school & row.schooling], "或")
        yield Gap(say("须有{names}本专业或相关专业的学历证明", names=names))
    elif facts.final_year and not row.final_year:
        yield Gap("须已毕业，应届在读不计")


# What is said behind a row that nobody has read in the standard itself.
DOUBT = {
    "verified": "",
    "reprint": "（据转载，以职业标准为准）",
    "local": "（此条未经核实，以职业标准为准）",
    "unverified": "（此条未经核实，以职业标准为准）",
}


@cache
def entry_rows(directory: Path | None = None) -> tuple[EntryRow, ...]:
    """All decision rows of the law."""
    path = (directory or policies_directory()) / "entry_conditions.toml"
    return read_rows(tomllib.loads(path.read_text(encoding="utf-8"))["rows"])


def read_rows(raw: Sequence[Mapping[str, Any]]) -> tuple[EntryRow, ...]:
    """Rows as written; an unknown word, a wrong certainty or a doubled id is refused."""
    rows = []
    for line in raw:
        line = dict(line)
        line["schooling"] = sum(School[name.upper()] for name in line.get("schooling", ()))
        code = str(line.get("occupation", ""))
        line["occupation"] = int(code.replace("-", "")) if code else 0
        row = EntryRow(**line)
        if row.certainty not in DOUBT:
            raise ValueError(say("申报条件 {id}：certainty 只能是{doubt}。", id=row.id, doubt=listed(DOUBT)))
        rows.append(row)
    names = [row.id for row in rows]
    doubled = {name for name in names if names.count(name) > 1}
    if doubled:
        raise ValueError(say("申报条件编号重复：{sorted}。", sorted=listed(sorted(doubled))))
    return tuple(rows)

"""Invented candidates and the roster an institution uploads for them.

Their identity numbers have right check characters but serials (000 and 999) that are not given to people.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hengjian.demo.people import invented
from hengjian.kernel.identity import resident_check_digit
from hengjian.plans.models import Batch

HEADER = (
    "姓名",
    "证件号码",
    "文化程度",
    "手机号码",
    "工作单位",
    "岗位",
    "劳动合同开始日期",
    "劳动合同终止日期",
    "申报职业",
    "职业编码",
    "申报等级",
    "申报条件编号",
    "本职业年限",
)
LEVELS = {"5": "五级/初级工", "4": "四级/中级工", "3": "三级/高级工", "2": "二级/技师", "1": "一级/高级技师"}
BORN_FIRST = date(1971, 1, 1)


@dataclass(frozen=True)
class Candidate:
    """`values` replace cells of the roster by their title."""

    name: str
    number: str
    values: tuple[tuple[str, str], ...] = ()


def candidate(serial: int) -> Candidate:
    """The candidate with this serial; two share a birthday, nobody a number."""
    born = BORN_FIRST + timedelta(days=serial // 2)
    head = f"130203{born:%Y%m%d}{'999' if serial % 2 else '000'}"
    return Candidate(invented(serial * 7 + 3), head + resident_check_digit(head))


def candidates(first: int, size: int) -> list[Candidate]:
    return [candidate(serial) for serial in range(first, first + size)]


def roster_file(batch: Batch, listed: Sequence[Candidate]) -> bytes:
    """A roster as the institution's personnel office would export it; it passes every check for the batch."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for person in listed:
        row = {
            "姓名": person.name,
            "证件号码": person.number,
            "文化程度": "大学专科",
            "手机号码": "13900000000",
            "工作单位": batch.plan.entrusted_by or batch.plan.institution.name,
            "岗位": batch.occupation_name,
            "劳动合同开始日期": "2012-07-01",
            "劳动合同终止日期": "无固定期限",
            "申报职业": batch.occupation_name,
            "职业编码": batch.occupation_code,
            "申报等级": LEVELS[batch.level],
            "申报条件编号": "1",
            "本职业年限": "12",
        } | dict(person.values)
        writer.writerow([row[title] for title in HEADER])
    return text.getvalue().encode("utf-8-sig")

"""What the ledger can say about areas, offices, seats, the calendar, local values and waivers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hengjian.kernel.facts import Fact


@dataclass(frozen=True)
class AreasLoaded(Fact):
    code = "authorities.areas_loaded"
    title = "录入行政区划与机关"
    areas: int
    offices: int
    source: str


@dataclass(frozen=True)
class SeatOpened(Fact):
    code = "authorities.seat_opened"
    title = "设置席位"
    role: str
    place: str
    user: str


@dataclass(frozen=True)
class SeatEnded(Fact):
    code = "authorities.seat_ended"
    title = "撤销席位"
    reason: str
    ended_on: date


@dataclass(frozen=True)
class CalendarYearEntered(Fact):
    code = "authorities.calendar_year_entered"
    title = "录入放假安排"
    year: int
    notice: str
    days: int
    recomputed: int


@dataclass(frozen=True)
class LocalValueEnacted(Fact):
    code = "authorities.local_value_enacted"
    title = "规定本地更严数值"
    key: str
    area: str
    value: str
    since: date
    law: str
    reason: str


@dataclass(frozen=True)
class WaiverAsked(Fact):
    code = "authorities.waiver_asked"
    title = "申请豁免"
    rule: str
    reason: str


@dataclass(frozen=True)
class WaiverAnswered(Fact):
    code = "authorities.waiver_answered"
    title = "答复豁免申请"
    rule: str
    approved: bool
    answer: str
    expires_on: date | None


@dataclass(frozen=True)
class DemoClockMoved(Fact):
    code = "authorities.demo_clock_moved"
    title = "拨动演示时钟"
    to: str


@dataclass(frozen=True)
class KeysRotated(Fact):
    code = "authorities.keys_rotated"
    title = "换用新密钥"
    table: str
    rows: int
    key: str

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
class SeatConfirmed(Fact):
    code = "authorities.seat_confirmed"
    title = "确认席位"
    role: str
    place: str
    user: str


@dataclass(frozen=True)
class SeatDeclined(Fact):
    code = "authorities.seat_declined"
    title = "不予确认席位"
    role: str
    place: str
    reason: str


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


@dataclass(frozen=True)
class AccountOpened(Fact):
    code = "authorities.account_opened"
    title = "开立账号"
    username: str
    name: str
    place: str


@dataclass(frozen=True)
class AccountClosed(Fact):
    code = "authorities.account_closed"
    title = "停用账号"
    username: str
    reason: str


@dataclass(frozen=True)
class AccountRestored(Fact):
    code = "authorities.account_restored"
    title = "恢复账号"
    username: str
    reason: str


@dataclass(frozen=True)
class PasswordReset(Fact):
    code = "authorities.password_reset"
    title = "重置口令"
    username: str
    reason: str
    seats_to_confirm: int


@dataclass(frozen=True)
class ContactChanged(Fact):
    code = "authorities.contact_changed"
    title = "更改联系方式"
    username: str
    changed: tuple[str, ...]


@dataclass(frozen=True)
class MailConfirmed(Fact):
    code = "authorities.mail_confirmed"
    title = "确认电子邮箱"
    username: str


@dataclass(frozen=True)
class PasswordLinkSent(Fact):
    code = "authorities.password_link_sent"
    title = "经电子邮箱发送设置口令的链接"
    username: str


@dataclass(frozen=True)
class FactorsRemoved(Fact):
    code = "authorities.factors_removed"
    title = "解除第二重验证"
    username: str
    kinds: tuple[str, ...]
    reason: str
    seats_to_confirm: int


@dataclass(frozen=True)
class PasswordChanged(Fact):
    code = "authorities.password_changed"
    title = "更改口令"
    username: str


@dataclass(frozen=True)
class LoginChanged(Fact):
    code = "authorities.login_changed"
    title = "变更登录方式"
    username: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True)
class TokenOpenedForAll(Fact):
    """As the log has it from before tokens had a scope."""

    code = "authorities.token_opened"
    title = "签发接口令牌"
    label: str
    expires_on: date


@dataclass(frozen=True)
class TokenOpened(Fact):
    code = "authorities.token_opened"
    version = 2
    title = "签发接口令牌"
    label: str
    expires_on: date
    scope: tuple[str, ...]


@dataclass(frozen=True)
class ListExported(Fact):
    """`narrowed` is what the list was narrowed by, in words, without what was searched for."""

    code = "authorities.list_exported"
    title = "导出清单"
    listing: str
    narrowed: str
    rows: int
    form: str
    purpose: str


@dataclass(frozen=True)
class TokenEnded(Fact):
    code = "authorities.token_ended"
    title = "终止接口令牌"
    label: str
    reason: str

"""`hengjian token list|open|end --as SEAT`: tokens of a seat for its programs, by whoever runs the installation for it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from hengjian.cli import usage
from hengjian.cli.answer import Answer, Commands, WrongUsage, parser
from hengjian.kernel.words import say

if TYPE_CHECKING:
    from hengjian.authorities.models import Seat


def add_parser(commands: Commands) -> None:
    made = commands.add_parser("token", help="接口令牌", description="一个席位的接口令牌：列出、签发、终止。")
    what = made.add_subparsers(dest="what", metavar="做什么", required=True)
    shown = parser(what, "list", "列出令牌：用途、范围、到期、最近使用")
    opened = parser(what, "open", "签发令牌；令牌只打印这一次")
    ended = parser(what, "end", "终止令牌")
    for each in (shown, opened, ended):
        each.add_argument(
            "--as",
            dest="seat",
            type=usage.count(1, 2**62),
            required=True,
            metavar="SEAT",
            help="哪个席位（席位序号）",
        )
    opened.add_argument("--label", required=True, help="用途，例如对接的系统的名称")
    opened.add_argument(
        "--may", action="append", required=True, metavar="WORD", help="范围：read 或行为代码，可以重复；all 为全部"
    )
    opened.add_argument("--days", type=usage.count(1, 3660), help="有效天数，不超过规定")
    ended.add_argument("token", type=usage.count(1, 2**62), metavar="TOKEN", help="令牌序号（见 list）")
    ended.add_argument("--reason", required=True, help="终止的原因")


def run(arguments: argparse.Namespace) -> Answer:
    """Yes where it is done; refusals are those of the page."""
    from hengjian.cli.installation import start_with_database

    start_with_database()
    from hengjian.authorities.seating import acting_seat

    seat = acting_seat(arguments.seat)
    if seat is None:
        raise WrongUsage(say("没有在用的席位 {seat}。", seat=arguments.seat))
    if arguments.what == "open":
        return _open(seat, arguments)
    return _end(seat, arguments) if arguments.what == "end" else _list(seat)


def _list(seat: Seat) -> Answer:
    from hengjian.authorities.lists import TOKENS, minute
    from hengjian.kernel.asking import Asking

    asking: Asking[None] = Asking(seat, None)
    rows = [TOKENS.row(asking, found) for found in TOKENS.rows(asking).filter(seat=seat.pk).order_by("pk")]
    told = [
        say(
            "{token}  {label}  {state}  到期 {expires}  最近使用 {used}  范围：{scope}",
            token=row.token,
            label=row.label,
            state=row.state_label,
            expires=minute(row.expires_at),
            used=minute(row.last_used_at) or say("从未"),
            scope=row.scope_label,
        )
        for row in rows
    ]
    tokens = [
        {
            "token": row.token,
            "label": row.label,
            "scope": row.scope,
            "state": row.state,
            "expires_at": row.expires_at.isoformat(),
            "last_used_at": row.last_used_at.isoformat() if row.last_used_at else None,
        }
        for row in rows
    ]
    return Answer({"tokens": tokens}, told or ["还没有令牌。"])


def _open(seat: Seat, arguments: argparse.Namespace) -> Answer:
    from hengjian.authorities.acts.tokens import issue

    scope = () if "all" in arguments.may else tuple(arguments.may)
    text = issue(seat, arguments.label, scope=scope, days=arguments.days)
    return Answer({"token": text}, [text, "令牌只显示这一次，请现在保存。"])


def _end(seat: Seat, arguments: argparse.Namespace) -> Answer:
    from hengjian.authorities.acts.tokens import end_token
    from hengjian.authorities.tokens import ApiToken
    from hengjian.kernel.disclosure import disclosed

    token = disclosed(ApiToken, seat).filter(pk=arguments.token).first()
    if token is None:
        raise WrongUsage(say("这个席位没有序号为 {token} 的令牌。", token=arguments.token))
    end_token(seat, token, reason=arguments.reason)
    return Answer({"token": token.pk, "ended": True}, [say("已终止“{label}”。", label=token.label)])

"""On the start page: what an auditor should look at; whether the system of an administrator is well."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.urls import reverse
from django.utils.http import urlencode

from hengjian.authorities.lists import ACTS, SEATS
from hengjian.authorities.models import Seat
from hengjian.kernel.listing import Wanted, part_of, selected
from hengjian.kernel.words import listed, say
from hengjian.web.authorities.audit_page import case_href, pages_by_table
from hengjian.web.components import Card, Cell, Chip, Empty, Link, ShortItem, ShortList, Table, columns, facts
from hengjian.web.health_page import state
from hengjian.web.pages import Desk
from hengjian.web.parts import moment

BACK = 30  # days an auditor looks back
SHOWN = 8
PENDING = "state"


def unusual_card(desk: Desk) -> Card:
    """The latest acts out of the ordinary, and how many were done at odd hours."""
    asking, since = desk.asking(None), desk.today - timedelta(days=BACK)
    wish = Wanted(chosen=_asked("acts", since), size=SHOWN)
    part = part_of(ACTS, asking, wish)
    odd = selected(ACTS, asking, Wanted(chosen=_asked("hours", since))).count()
    places = pages_by_table()
    rows = [
        [
            Cell(row.act_label, href=case_href(places, row)),
            Cell(moment(row.at)),
            Cell(row.person, note=row.place),
        ]
        for row in part.rows
    ]
    return Card(
        "值得留意的办理",
        chips=[Chip(say("{days} 天内 {total} 次", days=BACK, total=part.total), "warn" if part.total else "quiet")],
        link=Link(say("夜间或休息日办理 {odd} 次", odd=odd), _address("hours", since.isoformat())),
        table=Table(
            columns("办理", "时间", "办理人"),
            rows,
            empty=Empty("没有值得留意的办理", "撤销、更正、豁免、导出等会列在这里。"),
        ),
        flush=True,
    )


def audit_ways(desk: Desk) -> Card:
    """The questions an auditor asks most, each one step away."""
    since = (desk.today - timedelta(days=BACK)).isoformat()
    week = (desk.today - timedelta(days=7)).isoformat()
    return Card(
        "审计查询",
        short=ShortList(
            [
                ShortItem("撤销、更正、豁免等", _address("acts", since), say("最近 {days} 天", days=BACK)),
                ShortItem("夜间或休息日的办理", _address("hours", since), say("最近 {days} 天", days=BACK)),
                ShortItem("这一周变了什么", f"{reverse('audit')}?{urlencode({'at_from': week})}", "按办理种类计数"),
                ShortItem("存证日志", reverse("log"), "逐条验证，不信可以自己查"),
            ],
            reverse("audit"),
            "按人、事项、日期查全部办理",
        ),
    )


def _asked(kind: str, since: date) -> Mapping[str, str | date]:
    said: tuple[tuple[str, str | date], ...] = (("unusual", kind), ("at_from", since))
    return dict(said)


def _address(kind: str, since: str) -> str:
    return f"{reverse('audit')}?{urlencode({'unusual': kind, 'at_from': since})}"


def health_card(desk: Desk) -> Card:
    """Whether the database answers, the log is sealed, jobs are taken up and the processes run."""
    found = state()
    log, jobs = found.get("log") or {}, found.get("jobs") or {}
    down = [name for name, child in found["children"].items() if not child["up"]]
    return Card(
        "运行状况",
        chips=[
            Chip("正常", "good") if found["ok"] else Chip(say("{count} 个问题", count=len(found["problems"])), "seal")
        ],
        text=found["problems"],
        facts=facts(
            (
                "数据库",
                Cell("应答正常" if found["database"]["answers"] else "没有应答", note=found["database"]["vendor"]),
            ),
            (
                "存证",
                say(
                    "已封存 {sealed} 条，待封存 {waiting} 条",
                    sealed=log.get("sealed", 0),
                    waiting=log.get("waiting", 0),
                ),
            ),
            (
                "后台任务",
                say(
                    "等待 {waiting} 项，进行中 {running} 项",
                    waiting=jobs.get("waiting", 0),
                    running=jobs.get("running", 0),
                ),
            ),
            ("进程", listed(down, "、") if down else "都在运行"),
        ),
        link=Link("运行状态（JSON）", reverse("health")),
    )


def seats_card(desk: Desk) -> Card:
    """Seats that wait for a second person, and the latest ones."""
    part = part_of(SEATS, desk.asking(None), Wanted(chosen={PENDING: Seat.State.PENDING.value}, size=SHOWN))
    items = [
        ShortItem(row.name, reverse("seat", kwargs={"pk": row.seat}), listed((row.place, row.role_label), " "))
        for row in part.rows
    ]
    return Card(
        "待确认的席位",
        chips=[Chip(say("{total} 个", total=part.total), "warn" if part.total else "quiet")],
        short=ShortList(items, reverse("seat_list"), "全部席位") if items else None,
        empty=None if items else Empty("没有待确认的席位"),
    )

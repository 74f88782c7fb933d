"""登录设备: where one is signed in, each session ended alone or all others at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from hengjian.authorities.devices import devices_of, end_device, end_others
from hengjian.kernel import typed
from hengjian.kernel.words import say
from hengjian.web.components import Component, Head
from hengjian.web.pages import Answer, Desk, Goto, Page, page
from hengjian.web.parts import moment


@dataclass(frozen=True, slots=True)
class DeviceLine(Component):
    """A session as its holder sees it; `number` ends it, 0 where it is the one that asks."""

    number: int
    name: str
    network: str
    since: str
    used: str


@page("devices/", "devices", access="signed_in")
def devices_page(desk: Desk) -> Answer:
    """登录设备。"""
    user, key = desk.request.user, desk.request.session.session_key or ""
    if desk.post:
        if "others" in desk.request.POST:
            return Goto(reverse("devices"), say("已退出其他 {count} 处登录。", count=end_others(user, key)))
        number = typed.key_or_none(desk.request.POST.get("end", ""))
        ended = number is not None and end_device(user, number, key)
        return Goto(reverse("devices"), "已退出那台设备上的登录。" if ended else "那处登录已经结束。")
    lines: Sequence[DeviceLine] = [
        DeviceLine(
            0 if device.current else device.number,
            device.name,
            device.network,
            moment(device.since),
            moment(device.used_at),
        )
        for device in devices_of(user, key)
    ]
    return Page(
        "devices.html",
        Head(
            "登录设备",
            lead="您的账号现在登录在这些地方。发现不认识的，请退出它并更改口令；更改口令后，其他设备上的登录全部退出。",
        ),
        {
            "lines": lines,
            "others": sum(line.number > 0 for line in lines),
            "password": reverse("account_change_password"),
        },
    )

"""How sending goes, for whoever looks after the system: figures by way and outcome; no message and no person."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse

from hengjian.authorities.roles import Role
from hengjian.messages.models import Channel, Delivery
from hengjian.messages.queries import delivered
from hengjian.web.cases import case_page
from hengjian.web.components import Card, Empty, Head, Table, columns, crumbs
from hengjian.web.pages import Answer, Desk, page


@page("messages/deliveries/", "deliveries")
def deliveries_page(desk: Desk) -> Answer:
    """发送情况。"""
    if desk.seat is None or desk.seat.role != Role.ADMINISTRATOR:
        raise Http404
    rows = [
        [Channel(channel).label, Delivery.State(state).label, str(count)]
        for (channel, state), count in delivered().items()
    ]
    return case_page(
        Head(
            "发送情况",
            lead="各渠道向外发送的数量；未能送达的，请核对渠道设置和对方服务。消息内容和收件人不在此显示。",
            crumbs=crumbs(("消息", reverse("inbox")), ("发送情况",)),
        ),
        [Card("渠道", table=Table(columns("渠道", "状态", "数量"), rows, empty=Empty("还没有向外发送过")), flush=True)],
        [],
    )

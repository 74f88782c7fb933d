"""A demonstration's post: every letter it would have sent, with the links in them, so that each way can be walked to its end."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from hengjian.messages.models import Channel
from hengjian.messages.posted import folder, posted
from hengjian.web.cases import case_page
from hengjian.web.components import Card, Cell, Empty, Head, Row, Table, columns, crumbs
from hengjian.web.pages import Answer, Desk, page
from hengjian.web.parts import moment


@page("messages/post/", "demo_post")
def post_page(desk: Desk) -> Answer:
    """演示邮箱。"""
    if not settings.DEMO or folder() is None:
        raise Http404
    rows = [
        Row(
            [
                Cell(str(Channel(letter.channel).label)),
                Cell(letter.to, mono=True),
                Cell(letter.title, note=letter.text),
                Cell(moment(letter.at)),
            ]
        )
        for letter in posted()
    ]
    return case_page(
        Head(
            "演示邮箱",
            lead="演示系统不向外发送，本来要发出的邮件和短信都在这里，最近的在前；正式系统没有这一页。",
            crumbs=crumbs(("消息", reverse("inbox")), ("演示邮箱",)),
        ),
        [
            Card(
                "发出的信件",
                table=Table(columns("渠道", "收件人", "内容", "时间"), rows, empty=Empty("还没有发出过信件")),
                flush=True,
            )
        ],
        [],
    )

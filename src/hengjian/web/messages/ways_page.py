"""How a person wants to be told outside the house: for each way that is open here, at once, once a day, or not."""

from __future__ import annotations

from django.urls import reverse

from hengjian.kernel.law import nationwide
from hengjian.kernel.words import say
from hengjian.messages.channels import ways
from hengjian.messages.models import Channel, When
from hengjian.messages.policies import DIGEST_AT, QUIET_FROM, QUIET_UNTIL
from hengjian.messages.queries import choose
from hengjian.messages.routing import addresses, chosen_by, when_by_rule
from hengjian.web.components import Field, Head, Option, crumbs
from hengjian.web.pages import Answer, Desk, Goto, Page, page


@page("messages/ways/", "message_ways")
def ways_page(desk: Desk) -> Answer:
    """接收方式。"""
    law, person = nationwide(desk.today), desk.actor.person
    open_ways = ways()
    if desk.post:
        for way in open_ways:
            wanted = desk.request.POST.get(way.channel, "")
            if wanted in When.values:
                choose(desk.actor, way.channel, wanted)
        return Goto(reverse("message_ways"), "接收方式已保存。")
    chosen = chosen_by([person])
    found = addresses([person]).get(person)
    fields = []
    for way in open_ways:
        now = chosen.get((person, way.channel)) or when_by_rule(way.channel, False, law)
        fields.append(
            Field(
                name=way.channel,
                label=Channel(way.channel).label,
                kind="select",
                value=str(now),
                options=[Option(str(when.value), when.label, chosen=when == now) for when in When],
                help="" if found is not None and way.reaches(found) else "账户中没有可用的地址或号码，暂时发不到。",
            )
        )
    return Page(
        "messages/ways.html",
        Head(
            "接收方式",
            lead=say(
                "站内消息总会留存。向外发送的，每日 {quiet} 时至次日 {awake} 时不打扰，急件除外；每日汇总在 {digest} 时发出。",
                quiet=law.policy(QUIET_FROM), awake=law.policy(QUIET_UNTIL), digest=law.policy(DIGEST_AT),
            ),
            crumbs=crumbs(("消息", reverse("inbox")), ("接收方式",)),
        ),
        {"fields": fields, "back": reverse("inbox")},
    )  # fmt: skip

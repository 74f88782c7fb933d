"""The inbox of a person, and one message: opened by a button that also takes the seat it was written to."""

from __future__ import annotations

from django.urls import reverse

from hengjian.authorities.seating import CHOSEN
from hengjian.kernel import typed
from hengjian.kernel.actor import Actor
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.case import CaseModel
from hengjian.kernel.disclosure import disclosed_row
from hengjian.kernel.kept_words import said_again
from hengjian.kernel.words import say
from hengjian.messages.lists import MESSAGES, MessageRow, message_row
from hengjian.messages.models import Delivery, Message
from hengjian.messages.queries import mark_read, unread
from hengjian.web.cases import case_page
from hengjian.web.components import Card, Cell, Chip, Empty, Go, Head, Row, Table, columns, crumbs, facts
from hengjian.web.listing import show
from hengjian.web.pages import Answer, Desk, Goto, case_address, page, page_of
from hengjian.web.parts import moment

PICKED = "message"


@page("messages/", "inbox")
def inbox_page(desk: Desk) -> Answer:
    """消息。"""
    if desk.post:
        return _marked(desk)

    def cells(row: MessageRow) -> Row:
        href = reverse("message", kwargs={"pk": row.message})
        return Row(
            [
                Cell(row.title, href=href, strong=row.read_at is None and not row.lapsed, note=row.text),
                Cell(moment(row.at), second=True),
                Cell(chips=_chips(row)),
            ],
            key=str(row.message),
        )

    return show(
        desk,
        MESSAGES,
        cells,
        lead="轮到您办的事项、期限提醒和与您有关的变化。消息只作告知，办理以待办和案件页面为准。",
        empty=Empty("还没有消息", "轮到您办理、期限临近时，消息会出现在这里。"),
        buttons=[Go("接收方式", href=reverse("message_ways"))],
        template="messages/inbox.html",
        values={"unread": unread(desk.actor) > 0},
        pick=PICKED,
    )


def _marked(desk: Desk) -> Goto:
    """Those that were ticked, or all, are read."""
    if "all" in desk.request.POST:
        count = mark_read(desk.actor, desk.now)
    else:
        picked = [typed.whole_or(text, 0) for text in desk.request.POST.getlist(PICKED)[:200]]
        count = mark_read(desk.actor, desk.now, picked)
    return Goto(reverse("inbox"), say("已将 {count} 条消息标为已读。", count=count))


def _chips(row: MessageRow) -> list[Chip]:
    if row.lapsed:
        return [Chip("所述情形已变", "quiet")]
    if row.read_at is not None:
        return [Chip("已读", "quiet")]
    return [Chip("未读", "coming"), *([Chip("急件", "seal")] if row.urgent else [])]


@page_of(Message, "messages/<int:pk>/", "message")
def message_page(desk: Desk, message: Message) -> Answer:
    """One message, with the ways by which it was sent."""
    if desk.post:
        return _gone_to(desk, message)
    title = said_again(message.title)
    sent = [
        [row.get_channel_display(), row.get_state_display(), moment(row.ended_at) or "—"]
        for row in desk.visible(Delivery).filter(message=message).order_by("channel")
    ]
    return case_page(
        Head(title, chips=_chips(message_row(message)), crumbs=crumbs(("消息", reverse("inbox")), (title,))),
        [Card("消息", text=[said_again(message.text)])],
        [
            Card("收发", facts=facts(("收到", moment(message.at)), ("已读", moment(message.read_at) or "未读"))),
            Card("向外发送", table=Table(columns("渠道", "状态", "时间"), sent, empty=Empty("只在站内"))),
        ],
        acts=[Go("前往办理", action=reverse("message", kwargs={"pk": message.pk}), primary=True)],
    )


def _gone_to(desk: Desk, message: Message) -> Goto:
    """Read; then on to the case, from the seat the message was written to, if that is still held and still sees it."""
    mark_read(desk.actor, desk.now, [message.pk])
    seats = getattr(desk.request, "seats", [])
    seat = next((seat for seat in seats if seat.actor_id == message.seat), None)
    if seat is None:
        return Goto(reverse("inbox"), "这条消息所属的席位已不在用，事项由接替的席位办理。")
    row = _subject(message, seat)
    if row is None:
        return Goto(reverse("inbox"), "这条消息所说的事项，现在看不到了。")
    if desk.seat is None or seat.pk != desk.seat.pk:
        desk.request.session[CHOSEN] = seat.pk
    return Goto(case_address(row))


def _subject(message: Message, seat: Actor) -> CaseModel | None:
    catalogue()
    return disclosed_row(message.subject_table, message.subject_id, seat)

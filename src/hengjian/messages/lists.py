"""The inbox of a person as a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from hengjian.kernel.asking import Asking
from hengjian.kernel.clock import ZONE
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.kept_words import said_again
from hengjian.kernel.listing import Choice, ListColumn, Listing
from hengjian.kernel.words import listed
from hengjian.messages.models import Message


@dataclass(frozen=True)
class MessageRow:
    """What one person was told, for that person alone; `standing` says whether it is read, presses, or holds no more."""

    message: int
    title: str
    text: str
    at: datetime
    read_at: datetime | None
    urgent: bool
    lapsed: bool
    standing: str


def _messages(asking: Asking[None]) -> Any:
    return disclosed(Message, asking.actor)


def message_row(found: Message) -> MessageRow:
    unread = found.read_at is None and found.lapsed_at is None
    words = ["所述情形已变" if found.lapsed_at is not None else "未读" if unread else "已读"]
    words += ["急件"] if found.urgent and unread else []
    return MessageRow(
        found.pk,
        said_again(found.title),
        said_again(found.text),
        found.at,
        found.read_at,
        found.urgent,
        found.lapsed_at is not None,
        listed(words),
    )


def _read(rows: Any, value: str, today: object) -> Any:
    unread = Q(read_at__isnull=True, lapsed_at__isnull=True)  # as the number beside the word counts
    return rows.filter(unread if value == "unread" else ~unread)


MESSAGES = Listing(
    "messages",
    "消息",
    MessageRow,
    rows=_messages,
    row=lambda asking, found: message_row(found),
    key="message",
    columns=[
        ListColumn("消息", "title", text=lambda row: listed((row.title, row.text), "：")),
        ListColumn("时间", "at", "at", text=lambda row: f"{row.at.astimezone(ZONE):%Y-%m-%d %H:%M}"),
        ListColumn("状态", "standing"),
    ],
    filters=[Choice("read", "状态", (("unread", "未读"), ("read", "已读")), narrow=_read)],
    order=("-at",),
)

"""A letter for its reader alone: a link by mail that opens something. It waits encrypted and is destroyed once it has left."""

from __future__ import annotations

from datetime import datetime

from hengjian.kernel.kept_words import kept
from hengjian.messages.models import Channel, Message


def enclose(
    *, person: str, template: str, cause: str, title: str, text: str, enclosed: str, to: str, now: datetime
) -> None:
    """To be called in the body of an act, so that the letter stands with it; `title` and `text` stand in the inbox too."""
    Message.objects.create(
        person=person,
        seat="",
        template=template,
        cause=cause,
        subject_table="",
        title=kept(title),
        text=kept(text),
        urgent=True,
        by_way=Channel.MAIL,
        enclosed=enclosed,
        enclosed_to=to,
        at=now,
    )

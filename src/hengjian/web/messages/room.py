"""What people are told."""

from __future__ import annotations

from hengjian.authorities.roles import Role
from hengjian.web.messages import deliveries_page, inbox_page, post_page, ways_page
from hengjian.web.room import MenuEntry, Room

ROOM = Room(
    "messages",
    pages=(
        inbox_page.inbox_page,
        ways_page.ways_page,
        deliveries_page.deliveries_page,
        post_page.post_page,
        inbox_page.message_page,
    ),
    menu=(MenuEntry("公开", "发送情况", "deliveries", frozenset({Role.ADMINISTRATOR})),),
)

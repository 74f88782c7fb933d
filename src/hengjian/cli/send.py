"""`hengjian send`: writes the reminders of the day and sends the messages that are due; once, or for ever as a child of `serve`."""

from __future__ import annotations

import argparse
import logging
import time
from datetime import datetime, timedelta
from typing import NoReturn

from hengjian.cli import usage
from hengjian.cli.answer import Answer, Commands, parser
from hengjian.cli.installation import start, start_with_database
from hengjian.kernel.words import say

log = logging.getLogger("hengjian.send")
REMIND_EVERY = timedelta(minutes=10)


def add_parser(commands: Commands) -> None:
    made = parser(commands, "send", "写出当日期限提醒，发送待发消息")
    made.add_argument("--every", type=usage.count(1, 3600), metavar="秒", help="每隔多少秒一次，直到被停止")


def run(arguments: argparse.Namespace) -> Answer:
    if arguments.every:
        _for_ever(arguments.every)
    start_with_database()
    from hengjian.kernel import clock
    from hengjian.messages.keeping import forget_old
    from hengjian.messages.reminding import remind
    from hengjian.messages.sending import send_due

    now = clock.now()
    forget_old(now)
    reminded, sent = remind(now), send_due(now)
    return Answer(
        {"reminded": reminded, "sent": sent},
        [say("写出期限提醒 {reminded} 条，向外发送 {sent} 件。", reminded=reminded, sent=sent)],
    )


def _for_ever(every: int) -> NoReturn:
    """A database or a provider that is away is asked again at the next turn."""
    start()
    from django.db import close_old_connections

    from hengjian.kernel import clock
    from hengjian.messages.keeping import forget_old
    from hengjian.messages.reminding import remind
    from hengjian.messages.sending import send_due

    reminded: datetime | None = None
    while True:
        close_old_connections()
        try:
            now = clock.now()
            if reminded is None or now.date() != reminded.date() or now - reminded > REMIND_EVERY:
                forget_old(now)
                remind(now)
                reminded = now
            send_due(now)
        except Exception:
            log.exception("send failed")
        time.sleep(every)

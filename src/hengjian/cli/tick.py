"""`hengjian tick`: performs what has fallen due; once, for cron, or for ever as a child of `serve`. Sealing is `hengjian log seal`."""

from __future__ import annotations

import argparse
import logging
import time
from typing import NoReturn

from hengjian.cli import usage
from hengjian.cli.answer import Answer, Commands, parser
from hengjian.cli.installation import start, start_with_database
from hengjian.kernel.words import say

log = logging.getLogger("hengjian.tick")


def add_parser(commands: Commands) -> None:
    made = parser(commands, "tick", "办理到期事项")
    made.add_argument("--every", type=usage.count(1, 3600), metavar="秒", help="每隔多少秒一次，直到被停止")


def run(arguments: argparse.Namespace) -> Answer:
    if arguments.every:
        _for_ever(arguments.every)
    start_with_database()
    performed, size = once()
    return Answer(
        {"performed": performed, "sealed": size},
        [say("办理到期事项 {performed} 件，日志现已封存到第 {size} 条。", performed=performed, size=size)],
    )


def _for_ever(every: int) -> NoReturn:
    """A database that is away, or locked by somebody, is asked again at the next turn."""
    start()
    from django.db import close_old_connections

    from hengjian.cli.worker import take_up

    while True:
        close_old_connections()
        try:
            take_up()
            once()
        except Exception:
            log.exception("tick failed")
        time.sleep(every)


def once() -> tuple[int, int]:
    """(acts of the clock performed, size of the sealed log)."""
    from hengjian.authorities import file_openings
    from hengjian.kernel import clock, files_kept, sealer
    from hengjian.kernel.clock_acts import perform_due

    performed = perform_due()
    files_kept.keep_quietly()
    file_openings.forget_old(clock.now())
    sealer.seal_soon()
    head = sealer.latest()
    return performed, head.size if head else 0

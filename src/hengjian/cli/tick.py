"""`hengjian tick`: performs what has fallen due, once; for cron where `serve` is not used. Sealing is `hengjian log seal`."""

from __future__ import annotations

import argparse

from hengjian.cli.answer import Answer, Commands, parser
from hengjian.cli.installation import start_with_database


def add_parser(commands: Commands) -> None:
    parser(commands, "tick", "办理到期事项")


def run(arguments: argparse.Namespace) -> Answer:
    start_with_database()
    performed, size = once()
    return Answer(
        {"performed": performed, "sealed": size}, [f"办理到期事项 {performed} 件，日志现已封存到第 {size} 条。"]
    )


def once() -> tuple[int, int]:
    """(acts of the clock performed, size of the sealed log)."""
    from hengjian.kernel import sealer
    from hengjian.kernel.clock_acts import perform_due

    performed = perform_due()
    sealer.seal_soon()
    head = sealer.latest()
    return performed, head.size if head else 0

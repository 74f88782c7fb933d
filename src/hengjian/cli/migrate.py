"""`hengjian migrate`: makes or updates the tables, then puts the triggers on."""

from __future__ import annotations

import argparse

from hengjian.cli import installation
from hengjian.cli.answer import Answer, Commands, parser


def add_parser(commands: Commands) -> None:
    parser(commands, "migrate", "建立或更新数据库")


def run(arguments: argparse.Namespace) -> Answer:
    installation.start()
    installation.migrate()
    from django.db import connection

    tables = len(connection.introspection.table_names())
    return Answer(
        {"vendor": connection.vendor, "tables": tables}, [f"数据库已就绪（{connection.vendor}，{tables} 张表）。"]
    )

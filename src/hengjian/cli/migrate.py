"""`hengjian migrate`: makes or updates the tables, then puts the triggers on."""

from __future__ import annotations

import argparse

from hengjian.cli import installation
from hengjian.cli.answer import Answer, Commands, parser, refuse_usage


def add_parser(commands: Commands) -> None:
    made = parser(commands, "migrate", "建立或更新数据库")
    made.add_argument("--grant-to", metavar="ROLE", help="PostgreSQL：把应用所需的最小权限授予这个角色")


def run(arguments: argparse.Namespace) -> Answer:
    installation.start()
    installation.migrate()
    from django.db import connection

    if arguments.grant_to:
        from hengjian.kernel.guard_sql import grant

        if connection.vendor != "postgresql":
            refuse_usage("只有 PostgreSQL 有角色和授权；内置数据库由文件权限保护。")
        grant(connection, arguments.grant_to)
    tables = len(connection.introspection.table_names())
    return Answer(
        {"vendor": connection.vendor, "tables": tables}, [f"数据库已就绪（{connection.vendor}，{tables} 张表）。"]
    )

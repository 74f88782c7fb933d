"""`hengjian migrate`: makes or updates the tables, then puts the triggers on."""

from __future__ import annotations

import argparse

from hengjian.cli import installation
from hengjian.cli.answer import Answer, Commands, parser, refuse_usage
from hengjian.kernel.words import say


def add_parser(commands: Commands) -> None:
    made = parser(commands, "migrate", "建立或更新数据库")
    made.add_argument("--grant-to", metavar="ROLE", help="PostgreSQL：把应用所需的最小权限授予这个角色")
    made.add_argument("--sealer", metavar="ROLE", help="PostgreSQL：把封存（编号、瓦片、检查点）的权限授予这个角色")


def run(arguments: argparse.Namespace) -> Answer:
    installation.start()
    installation.migrate()
    from django.db import connection, transaction

    if arguments.grant_to or arguments.sealer:
        from hengjian.kernel import grants

        if connection.vendor != "postgresql":
            refuse_usage("只有 PostgreSQL 有角色和授权；内置数据库由文件权限保护。")
        if arguments.grant_to == arguments.sealer:
            refuse_usage("应用与封存须是两个角色：封存的私钥和编号权不给网站。")
        try:
            with transaction.atomic():  # one role never stands without the other
                if arguments.grant_to:
                    grants.grant_application(connection, arguments.grant_to)
                if arguments.sealer:
                    grants.grant_sealer(connection, arguments.sealer)
        except grants.NoUseGranting as problem:
            refuse_usage(say("{problem}。", problem=problem))
    tables = len(connection.introspection.table_names())
    return Answer(
        {"vendor": connection.vendor, "tables": tables},
        [say("数据库已就绪（{vendor}，{tables} 张表）。", vendor=connection.vendor, tables=tables)],
    )

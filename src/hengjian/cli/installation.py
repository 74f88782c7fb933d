"""Django and the database, started only by commands that need them."""

from __future__ import annotations

import os

from hengjian.cli.answer import WrongUsage


def start() -> None:
    """Settings and models; no query yet."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengjian.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def start_with_database() -> None:
    """The same, and tables to ask: the embedded database is made where there is none, a server's only by `migrate`."""
    start()
    from django.db import connection
    from django.db.utils import OperationalError

    try:
        present = "kernel_entry" in connection.introspection.table_names()
    except OperationalError:
        raise WrongUsage("连不上 HENGJIAN_DATABASE_URL 所指的数据库，请检查地址和服务是否启动。") from None
    if present:
        return
    if connection.vendor != "sqlite":
        raise WrongUsage("数据库里还没有表，请先执行 hengjian migrate。")
    migrate()


def migrate() -> None:
    from pathlib import Path

    from django.conf import settings
    from django.core.management import call_command

    Path(settings.VAR_DIR).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)

"""Roles on PostgreSQL: what the application and the sealer may do, and no more. The migrating role keeps the schema.

The application reads everything and writes case tables without deleting; the log it neither writes nor blanks but through
the functions of `guard_postgresql`. The sealer numbers entries, grows tiles and adds checkpoints; of an entry it sees the
hash. Neither may change what has been written.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

from hengjian.kernel.words import say

# What the application's own table rights are beside the case tables; everything unnamed is read only.
APPLICATION = {"django_migrations": "SELECT", "django_content_type": "SELECT"}
APPLICATION_FUNCTIONS = ("hengjian_append", "hengjian_append_rows", "hengjian_blank")
SEALER = {
    "kernel_entry": "SELECT (id, idx, leaf_hash, act), UPDATE (idx)",
    "kernel_checkpoint": "SELECT, INSERT",
    "kernel_tile": "SELECT, INSERT, UPDATE (data)",
    "kernel_democlock": "SELECT",
    "django_migrations": "SELECT",
}
SEALER_SEQUENCES = ("kernel_checkpoint", "kernel_tile")
LOG = ("kernel_entry", "kernel_entryrow", "kernel_lane", "kernel_checkpoint", "kernel_tile")


class NoUseGranting(ValueError):
    """The role exists not, or may do everything anyway; the message says which."""


def grant_application(database: BaseDatabaseWrapper, role: str) -> None:
    """Give the application's role what it needs and no more. Raises NoUseGranting."""
    from django.apps import apps

    from hengjian.kernel.case import case_models
    from hengjian.kernel.guard import free_tables

    name = _usable(database, role)
    cases = {model._meta.db_table for model in case_models()}
    models = apps.get_models(include_auto_created=True)
    tables = {model._meta.db_table: str(model._meta.pk.column or "") for model in models} | {"django_migrations": "id"}
    with database.cursor() as cursor:
        cursor.execute(_clean(name))
        for table, key in sorted(tables.items()):
            rights = "SELECT"
            if table not in APPLICATION and table not in LOG:
                rights = "SELECT, INSERT, UPDATE" if table in cases else rights
                rights = "SELECT, INSERT, UPDATE, DELETE" if table in free_tables() else rights
            cursor.execute(f"GRANT {rights} ON {database.ops.quote_name(table)} TO {name}")
            if "INSERT" in rights and key:
                _grant_sequence(cursor, table, key, name)
        for function in APPLICATION_FUNCTIONS:
            cursor.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {name}")


def grant_sealer(database: BaseDatabaseWrapper, role: str) -> None:
    """Give the sealing process's role numbering, tiles and checkpoints. Raises NoUseGranting."""
    name = _usable(database, role)
    with database.cursor() as cursor:
        cursor.execute(_clean(name))
        for table, rights in SEALER.items():
            cursor.execute(f"GRANT {rights} ON {database.ops.quote_name(table)} TO {name}")
        for table in SEALER_SEQUENCES:
            _grant_sequence(cursor, table, "id", name)


def _usable(database: BaseDatabaseWrapper, role: str) -> str:
    with database.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolname = current_user FROM pg_roles WHERE rolname = %s", [role])
        found = cursor.fetchone()
    if found is None:
        raise NoUseGranting(say("没有角色 {role}，请先用 CREATE ROLE 建立", role=role))
    if found[0] or found[1]:
        raise NoUseGranting(say("角色 {role} 是超级用户或库的属主，本来什么都能做，授权没有意义", role=role))
    name: str = database.ops.quote_name(role)
    return name


def _clean(name: str) -> str:
    return (
        f"REVOKE CREATE ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO {name};"
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name};"
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {name};"
        f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM {name}"
    )


def _grant_sequence(cursor: object, table: str, key: str, name: str) -> None:
    execute, fetch = cursor.execute, cursor.fetchone  # type: ignore[attr-defined]
    execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', key])
    (sequence,) = fetch()
    if sequence:
        execute(f"GRANT USAGE, SELECT ON SEQUENCE {sequence} TO {name}")

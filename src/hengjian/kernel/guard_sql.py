"""The belt below the guard: triggers on the database itself.

PostgreSQL: no case table changes in a transaction that has not named its act and appended that act's entry
(`guard_postgresql`). Both databases: entries, their row
commitments and checkpoints are appended; afterwards an entry may only get its index and lose its opening, a row
commitment only its salt.
"""

from __future__ import annotations

from contextvars import ContextVar
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from hengjian.kernel.guard_postgresql import FUNCTIONS
from hengjian.kernel.writes import Writes, writes_now

_PG = """
CREATE OR REPLACE FUNCTION hengjian_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'table % is only appended to', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE OR REPLACE FUNCTION hengjian_entry_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.leaf, NEW.leaf_hash, NEW.act, NEW.at, NEW.actor, NEW.subject_table, NEW.lane, NEW.place)
       IS DISTINCT FROM
       (OLD.id, OLD.leaf, OLD.leaf_hash, OLD.act, OLD.at, OLD.actor, OLD.subject_table, OLD.lane, OLD.place)
     OR NEW.subject_id IS DISTINCT FROM OLD.subject_id OR NEW.key IS DISTINCT FROM OLD.key
     OR (OLD.idx IS NOT NULL AND NEW.idx IS DISTINCT FROM OLD.idx)
     OR (NEW.salt IS NOT NULL AND NEW.salt IS DISTINCT FROM OLD.salt)
     OR (NEW.details IS NOT NULL AND NEW.details IS DISTINCT FROM OLD.details) THEN
    RAISE EXCEPTION 'an entry of the log is never changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION hengjian_lane_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.lane <> OLD.lane OR NEW.last <> OLD.last + 1 THEN
    RAISE EXCEPTION 'entries are counted, not discounted' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION hengjian_row_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.entry_id, NEW.position, NEW."table", NEW.row_id, NEW.commitment)
       IS DISTINCT FROM (OLD.id, OLD.entry_id, OLD.position, OLD."table", OLD.row_id, OLD.commitment)
     OR (NEW.salt IS NOT NULL AND NEW.salt IS DISTINCT FROM OLD.salt) THEN
    RAISE EXCEPTION 'a row commitment is never changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
"""

_PG_LOG = """
DROP TRIGGER IF EXISTS hengjian_append ON kernel_checkpoint;
CREATE TRIGGER hengjian_append BEFORE UPDATE OR DELETE ON kernel_checkpoint EXECUTE FUNCTION hengjian_append_only();
DROP TRIGGER IF EXISTS hengjian_append ON kernel_lane;
CREATE TRIGGER hengjian_append BEFORE DELETE ON kernel_lane EXECUTE FUNCTION hengjian_append_only();
DROP TRIGGER IF EXISTS hengjian_once ON kernel_lane;
CREATE TRIGGER hengjian_once BEFORE UPDATE ON kernel_lane FOR EACH ROW EXECUTE FUNCTION hengjian_lane_once();
DROP TRIGGER IF EXISTS hengjian_append ON kernel_entry;
CREATE TRIGGER hengjian_append BEFORE DELETE ON kernel_entry EXECUTE FUNCTION hengjian_append_only();
DROP TRIGGER IF EXISTS hengjian_once ON kernel_entry;
CREATE TRIGGER hengjian_once BEFORE UPDATE ON kernel_entry FOR EACH ROW EXECUTE FUNCTION hengjian_entry_once();
DROP TRIGGER IF EXISTS hengjian_append ON kernel_entryrow;
CREATE TRIGGER hengjian_append BEFORE DELETE ON kernel_entryrow EXECUTE FUNCTION hengjian_append_only();
DROP TRIGGER IF EXISTS hengjian_once ON kernel_entryrow;
CREATE TRIGGER hengjian_once BEFORE UPDATE ON kernel_entryrow FOR EACH ROW EXECUTE FUNCTION hengjian_row_once();
"""

_SQLITE_LOG = [
    ("entry_delete", "BEFORE DELETE ON kernel_entry", ""),
    ("entryrow_delete", "BEFORE DELETE ON kernel_entryrow", ""),
    ("checkpoint_delete", "BEFORE DELETE ON kernel_checkpoint", ""),
    ("lane_delete", "BEFORE DELETE ON kernel_lane", ""),
    ("lane_update", "BEFORE UPDATE ON kernel_lane", "WHEN NEW.lane IS NOT OLD.lane OR NEW.last <> OLD.last + 1"),
    ("checkpoint_update", "BEFORE UPDATE ON kernel_checkpoint", ""),
    (
        "entry_update",
        "BEFORE UPDATE ON kernel_entry",
        "WHEN NEW.id IS NOT OLD.id OR NEW.leaf IS NOT OLD.leaf OR NEW.leaf_hash IS NOT OLD.leaf_hash"
        " OR NEW.act IS NOT OLD.act OR NEW.at IS NOT OLD.at OR NEW.actor IS NOT OLD.actor"
        " OR NEW.subject_table IS NOT OLD.subject_table OR NEW.subject_id IS NOT OLD.subject_id"
        " OR NEW.key IS NOT OLD.key OR NEW.lane <> OLD.lane OR NEW.place <> OLD.place OR (OLD.idx IS NOT NULL AND NEW.idx IS NOT OLD.idx)"
        " OR (NEW.salt IS NOT NULL AND NEW.salt IS NOT OLD.salt)"
        " OR (NEW.details IS NOT NULL AND NEW.details IS NOT OLD.details)",
    ),
    (
        "entryrow_update",
        "BEFORE UPDATE ON kernel_entryrow",
        "WHEN NEW.id IS NOT OLD.id OR NEW.entry_id IS NOT OLD.entry_id OR NEW.position IS NOT OLD.position"
        ' OR NEW."table" IS NOT OLD."table" OR NEW.row_id IS NOT OLD.row_id OR NEW.commitment IS NOT OLD.commitment'
        " OR (NEW.salt IS NOT NULL AND NEW.salt IS NOT OLD.salt)",
    ),
]


def install(database: BaseDatabaseWrapper) -> None:
    """Create the triggers anew; called after every migration."""
    from hengjian.kernel.case import case_models

    present = set(database.introspection.table_names())
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            # What this transaction has still to answer for at its end is answered now: the tables are made anew.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(_PG)
            if "kernel_entry" in present:
                cursor.execute(FUNCTIONS)
            for model in case_models():
                table = model._meta.db_table
                if table in present and "kernel_entry" in present:
                    cursor.execute(
                        f'DROP TRIGGER IF EXISTS hengjian_act ON "{table}";'
                        f'CREATE TRIGGER hengjian_act BEFORE INSERT OR UPDATE OR DELETE ON "{table}"'
                        " EXECUTE FUNCTION hengjian_needs_act()"
                    )
            if "kernel_entry" in present:
                cursor.execute(_PG_LOG)
        elif "kernel_entry" in present:
            for name, when, condition in _SQLITE_LOG:
                cursor.execute(f"DROP TRIGGER IF EXISTS hengjian_{name}")
                cursor.execute(
                    f"CREATE TRIGGER hengjian_{name} {when} {condition}"
                    " BEGIN SELECT RAISE(ABORT, 'the log is only appended to'); END"
                )


def remove(database: BaseDatabaseWrapper) -> None:
    """Take the belt off: what somebody with the database's owner rights could do. For the tamper tests."""
    from hengjian.kernel.case import case_models

    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            for model in case_models():
                cursor.execute(f'DROP TRIGGER IF EXISTS hengjian_act ON "{model._meta.db_table}"')
            for table in ("kernel_checkpoint", "kernel_entry", "kernel_entryrow", "kernel_lane"):
                cursor.execute(f"DROP TRIGGER IF EXISTS hengjian_append ON {table}")
                cursor.execute(f"DROP TRIGGER IF EXISTS hengjian_once ON {table}")
        else:
            for name, _, _ in _SQLITE_LOG:
                cursor.execute(f"DROP TRIGGER IF EXISTS hengjian_{name}")


_last_named: ContextVar[str] = ContextVar("hengjian_last_named", default="")
_names: WeakKeyDictionary[Writes, str] = WeakKeyDictionary()


_NAMING = "set_config('hengjian.act', %s, true)"


def name_the_act(code: str, key: str | None) -> None:
    """Tell PostgreSQL which act this transaction performs; it forgets at commit. A request under a key waits here for
    the same request still under way, so that a double click finds its twin done (SQLite has one writer anyway)."""
    naming = naming_of(code)
    if naming is None:
        return
    with connection.cursor() as cursor:
        if key is None:
            cursor.execute(f"SELECT {_NAMING}", [code])
        else:
            cursor.execute(f"SELECT {_NAMING}, pg_advisory_xact_lock(hashtextextended(%s, 0))", [code, key])


def naming_of(code: str) -> tuple[str, str] | None:
    """The same as a column and its parameter, for the statement that is made next anyway; nothing where none is needed."""
    if connection.vendor != "postgresql":
        return None
    outer = writes_now.get()
    if outer is not None:  # an act within an act: the outer one goes on when this is done
        _names.setdefault(outer, _last_named.get())
    _last_named.set(code)
    return _NAMING, code


def name_the_outer_act() -> None:
    """After an act within an act: what is written from here on is the outer one's again."""
    outer = writes_now.get()
    if connection.vendor == "postgresql" and outer is not None and outer in _names:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('hengjian.act', %s, true)", [_names[outer]])


def disown() -> None:
    """Let the case rows this transaction has written stand without an entry. Only the schema's owner can: for rows that
    tests and benchmarks lay down by hand."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM hengjian_openact WHERE xid = pg_current_xact_id()")

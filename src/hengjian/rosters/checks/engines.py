"""Where the expressions run: the embedded DuckDB for a batch or a province, an existing engine beyond that.

An engine takes the tables by name and answers an expression with Arrow. The expression is compiled by Ibis and sent as
SQL; there is no second implementation of any check. The heavy engines are imported only where they are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, Protocol

import duckdb
import ibis
import pyarrow as pa
from ibis.backends.sql.compilers import ClickHouseCompiler, DuckDBCompiler, PostgresCompiler, PySparkCompiler
from pyarrow import parquet

from hengjian.rosters.checks.tables import SCHEMAS


class Engine(Protocol):
    """What the runner asks of an engine."""

    dialect: str

    def load(self, data: Mapping[str, pa.Table]) -> None: ...

    def answer(self, question: Question) -> pa.Table: ...


class Question(NamedTuple):
    """A statement and the columns of its answer."""

    sql: str
    columns: tuple[str, ...]


def question(expression: ibis.Table, dialect: str) -> Question:
    """The expression as an engine is sent it."""
    compiler = {
        "duckdb": DuckDBCompiler,
        "postgres": PostgresCompiler,
        "spark": PySparkCompiler,
        "clickhouse": ClickHouseCompiler,
    }[dialect]()
    return Question(str(compiler.to_sqlglot(expression).sql(dialect=dialect)), tuple(expression.columns))


class DuckDB:
    """Embedded, in memory or in one file; `memory` bounds what it may take before it writes to disk."""

    dialect = "duckdb"

    def __init__(self, path: Path | str = ":memory:", memory: str = "2GB", threads: int = 0) -> None:
        self.connection = duckdb.connect(str(path), config={"memory_limit": memory})
        self.connection.execute("SET preserve_insertion_order = false; SET enable_progress_bar = false")
        if threads:
            self.connection.execute(f"SET threads = {int(threads)}")

    def load(self, data: Mapping[str, pa.Table]) -> None:
        for name, table in data.items():
            self.connection.register(name, table)

    def answer(self, question: Question) -> pa.Table:
        return self.connection.execute(question.sql).to_arrow_table()


class PostgreSQL:
    """An existing server: the tables go into a schema of their own for this session and are dropped with it."""

    dialect = "postgres"
    KINDS: Mapping[str, str] = {"int16": "smallint", "int32": "integer", "int64": "bigint"}

    def __init__(self, url: str) -> None:
        import psycopg

        self.connection = psycopg.connect(url, autocommit=True)

    def load(self, data: Mapping[str, pa.Table]) -> None:
        with self.connection.cursor() as cursor:
            for name, table in data.items():
                columns = ", ".join(f'"{c}" {self.KINDS[kind]} not null' for c, kind in SCHEMAS[name].items())
                cursor.execute(f'drop table if exists pg_temp."{name}"')
                cursor.execute(f'create temp table "{name}" ({columns})')
                with cursor.copy(f'copy pg_temp."{name}" from stdin') as copy:
                    for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
                        copy.write_row(row)
                cursor.execute(f'analyze pg_temp."{name}"')

    def answer(self, question: Question) -> pa.Table:
        with self.connection.cursor() as cursor:
            cursor.execute(question.sql.encode())
            found = cursor.fetchall()
        return _arrow(question.columns, found)


class Spark:
    """Spark, here as a local session."""

    dialect = "spark"

    def __init__(self, master: str = "local[2]") -> None:
        session = import_module("pyspark.sql").SparkSession
        builder = session.builder.master(master).appName("hengjian")
        builder = builder.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "2")
        self.session: Any = builder.getOrCreate()

    def load(self, data: Mapping[str, pa.Table]) -> None:
        for name, table in data.items():
            self.session.createDataFrame(table).createOrReplaceTempView(name)

    def answer(self, question: Question) -> pa.Table:
        return self.session.sql(question.sql).toArrow()


class ClickHouse:
    """The embedded ClickHouse engine."""

    dialect = "clickhouse"
    KINDS: Mapping[str, str] = {"int16": "Int16", "int32": "Int32", "int64": "Int64"}

    def __init__(self) -> None:
        self.session: Any = import_module("chdb.session").Session()

    def load(self, data: Mapping[str, pa.Table]) -> None:
        self.session.query("create database if not exists rosters")
        self.session.query("use rosters")
        with TemporaryDirectory() as folder:
            for name, table in data.items():
                columns = ", ".join(f"`{c}` {self.KINDS[kind]}" for c, kind in SCHEMAS[name].items())
                self.session.query(f"create or replace table `{name}` ({columns}) engine = Memory")
                if table.num_rows:
                    path = Path(folder) / f"{name}.parquet"
                    parquet.write_table(table, path)
                    self.session.query(f"insert into `{name}` select * from file('{path}', Parquet)")  # noqa: S608

    def answer(self, question: Question) -> pa.Table:
        found = self.session.query(question.sql, "ArrowStream").bytes()
        return pa.ipc.open_stream(found).read_all() if found else _arrow(question.columns, [])


def _arrow(columns: tuple[str, ...], rows: list[Any]) -> pa.Table:
    values = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    return pa.table({name: pa.array(column, pa.int64()) for name, column in zip(columns, values, strict=True)})

"""The same expression gives the same rows on every engine: one test per check and engine, on the case tables.

DuckDB always; PostgreSQL where `HENGJIAN_DATABASE_URL` names a server; Spark and the embedded ClickHouse engine where
they are installed (`pyproject.toml, engines`), in `make test-all`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec

import pytest

from hengjian.rosters.checks import ALL
from hengjian.rosters.checks.cases import ON, tables_of
from hengjian.rosters.checks.check import CheckModule
from hengjian.rosters.checks.engines import ClickHouse, DuckDB, Engine, PostgreSQL, Spark
from hengjian.rosters.checks.run import run_to_arrow

URL = os.environ.get("HENGJIAN_DATABASE_URL", "")


@cache
def duckdb() -> Engine:
    return DuckDB()


@cache
def postgres() -> Engine:
    if not URL.startswith("postgres"):
        pytest.skip("HENGJIAN_DATABASE_URL names no PostgreSQL server")
    return PostgreSQL(URL)


@cache
def spark() -> Engine:
    if find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed (pyproject.toml, engines)")
    return Spark()


@cache
def clickhouse() -> Engine:
    if find_spec("chdb") is None:
        pytest.skip("chdb is not installed (pyproject.toml, engines)")
    return ClickHouse()


ENGINES = [
    pytest.param(duckdb, id="duckdb"),
    pytest.param(postgres, id="postgres", marks=pytest.mark.postgres),
    pytest.param(spark, id="spark", marks=[pytest.mark.heavy_engine, pytest.mark.slow]),
    pytest.param(clickhouse, id="clickhouse", marks=[pytest.mark.heavy_engine, pytest.mark.slow]),
]


@pytest.mark.filterwarnings("ignore")  # the engines' own warnings are not ours to mend
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("module", ALL, ids=lambda module: module.CHECK.code.removeprefix("rosters."))
def test_a_check_finds_the_same_rows_and_reasons_on_every_engine(
    module: CheckModule, engine: Callable[[], Engine]
) -> None:
    chosen = engine()
    for case in module.CASES:
        tables = tables_of(case)
        there = run_to_arrow(tables, ON, checks=[module], engine=chosen)[module.CHECK.code]
        here = run_to_arrow(tables, ON, checks=[module], engine=DuckDB())[module.CHECK.code]
        assert tuple(sorted(there["row"].to_pylist())) == case.found, case.title
        assert sorted(map(str, there.to_pylist())) == sorted(map(str, here.to_pylist())), case.title

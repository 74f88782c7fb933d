"""`hengjian checks run`: every set-wise check over the whole database or a Parquet snapshot, on the engine of choice.

The database's rosters are read again from the files as they were handed in, so that a rule that has changed since is
seen. The heavy engines are imported only where asked for; their packages are the group `engines` of `pyproject.toml`.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hengjian.cli import usage
from hengjian.cli.answer import Answer, Commands, WrongUsage, parser
from hengjian.kernel.words import listed, say

if TYPE_CHECKING:
    import pyarrow as pa

    from hengjian.plans.models import Batch
    from hengjian.rosters.checks.engines import Engine

ENGINES = ("duckdb", "postgres", "spark", "clickhouse")
SHOWN = 10
Place = tuple[int, int]


def add_parser(commands: Commands) -> None:
    made = commands.add_parser("checks", help="对全库或快照运行成批核查", description="成批核查")
    run_ = parser(made.add_subparsers(dest="part", metavar="动作", required=True), "run", "运行全部核查")
    run_.add_argument("--engine", choices=ENGINES, default="duckdb", help="计算引擎（默认内置 DuckDB）")
    run_.add_argument("--snapshot", type=Path, metavar="DIR", help="Parquet 快照目录；不写则读当前数据库")
    run_.add_argument("--url", default="", help="postgres 引擎的地址，或 spark 的 master")
    run_.add_argument("--on", type=usage.day, metavar="DATE", help="按哪一天的规则，默认今天")


def run(arguments: argparse.Namespace) -> Answer:
    from hengjian.cli.installation import start, start_with_database

    if arguments.snapshot:
        start()
        data, places = _snapshot(arguments.snapshot), None
    else:
        start_with_database()
        data, places = _database()
    from hengjian.cli.day import today
    from hengjian.rosters.checks.run import answers, law_of

    started = time.perf_counter()
    found: list[dict[str, Any]] = []
    engine, on = _engine(arguments.engine, arguments.url), arguments.on or today()
    law = law_of(on)
    for check, table in answers(data, on, engine=engine, law=law):
        rows = table["row"].to_pylist()
        found.append(
            {
                "code": check.CHECK.code,
                "title": check.CHECK.title,
                "clause": check.CHECK.clause,
                "severity": check.CHECK.severity(law),
                "count": len(rows),
                "rows": [list(places[row]) if places else row for row in sorted(rows)[:SHOWN]],
            }
        )
    people = data["candidates"].num_rows
    errors = sum(line["count"] for line in found if line["severity"] == "error")
    told = [
        say(
            "{people} 人次，{found} 项核查，{engine}，{perf_counter:.1f} 秒。",
            people=people,
            found=len(found),
            engine=arguments.engine,
            perf_counter=time.perf_counter() - started,
        )
    ]
    for line in found:
        if line["count"]:
            told.append(
                listed(
                    (f"  {line['severity']:<8}{line['count']:>8}", line["title"], line["code"], line["clause"]), "  "
                )
            )
    told.append("没有错误。" if not errors else say("共 {errors} 处错误。", errors=errors))
    return Answer(
        {"people": people, "engine": arguments.engine, "errors": errors, "checks": found}, told, ok=not errors
    )


def _engine(name: str, url: str) -> Engine:
    from hengjian.rosters.checks import engines

    try:
        if name == "postgres":
            if not url:
                raise WrongUsage("postgres 引擎须用 --url 写明地址。")
            return engines.PostgreSQL(url)
        if name == "spark":
            return engines.Spark(url or "local[2]")
        return engines.ClickHouse() if name == "clickhouse" else engines.DuckDB()
    except ModuleNotFoundError as missing:
        raise WrongUsage(say("没有安装 {name}：见 pyproject.toml 的 engines 一组。", name=missing.name)) from None


def _snapshot(folder: Path) -> dict[str, pa.Table]:
    """Every table of the checks that lies in the folder; without `candidates` there is nothing to check."""
    import pyarrow.parquet as pq

    from hengjian.rosters.checks.tables import SCHEMAS, arrow_schema, data

    if not (folder / "candidates.parquet").is_file():
        raise WrongUsage(say("{folder} 中没有 candidates.parquet。", folder=folder))
    found = {
        name: pq.read_table(folder / f"{name}.parquet", columns=list(SCHEMAS[name])).cast(arrow_schema(name))
        for name in SCHEMAS
        if (folder / f"{name}.parquet").is_file()
    }
    return data(**found)


def _database() -> tuple[dict[str, pa.Table], list[Place]]:
    """All filed rosters as one set of tables; a row's place is (batch, row of the file). Rows count from 1."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from hengjian.kernel.actor import OPERATOR
    from hengjian.kernel.asking import Asking
    from hengjian.plans.models import Batch
    from hengjian.plans.states import PlanState
    from hengjian.rosters import identity
    from hengjian.rosters.checks import from_roster, vocabulary
    from hengjian.rosters.checks.tables import arrow, arrow_schema, data
    from hengjian.rosters.examining import setting_of
    from hengjian.rosters.history import known_beside
    from hengjian.rosters.reading.roster import read_roster

    words = vocabulary.of_seeds()
    places: list[Place] = [(0, 0)]
    tables: list[Any] = []
    plans: list[dict[str, int]] = []
    beside: dict[str, list[Any]] = {"employment": [], "certificates": []}
    batches = Batch.objects.exclude(roster_upload_id=None).exclude(plan__state=PlanState.WITHDRAWN)
    for batch in batches.select_related("plan__institution").order_by("pk"):
        reading = read_roster(_filed(batch), batch.roster_name, key=identity.person_key())
        setting = setting_of(Asking(OPERATOR, batch), batch.roster_filed_on or batch.plan.held_on)
        table = from_roster.candidates(reading.table, setting, words)
        shifted = pc.add(table["row"], len(places) - 1)
        tables.append(table.set_column(0, "row", shifted).cast(arrow_schema("candidates")))
        places += [(batch.pk, row) for _, row in from_roster.places(reading.table).values()]
        plans += setting.plan_rows()
        keys = [key for key in reading.table["person_key"].to_pylist() if key]
        for name, more in known_beside(batch, keys).items():
            if name in beside:
                beside[name].append(more)
    known = {name: pa.concat_tables([arrow(name), *parts]) for name, parts in beside.items()}
    once = {name: table.group_by(table.column_names).aggregate([]) for name, table in known.items()}
    whole = pa.concat_tables([arrow("candidates"), *tables])
    return data(candidates=whole, plans=arrow("plans", plans), **words.tables(), **once), places


def _filed(batch: Batch) -> bytes:
    """The roster that was filed, by the digest the batch keeps."""
    from hengjian.kernel import stored_files

    try:
        return stored_files.contents(batch.roster_sha256)
    except stored_files.FileUnfit as unfit:
        raise WrongUsage(say("{batch} 的名册：{sentence}", batch=batch, sentence=unfit.sentence)) from None

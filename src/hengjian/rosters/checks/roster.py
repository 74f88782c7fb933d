"""All checks over one roster as read, with whatever is known besides: the answer the pages and the command line show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from hengjian.rosters.checks import from_roster, vocabulary
from hengjian.rosters.checks.engines import Engine
from hengjian.rosters.checks.from_roster import Setting
from hengjian.rosters.checks.run import run
from hengjian.rosters.checks.tables import SCHEMAS, arrow, arrow_schema, data
from hengjian.rosters.checks.vocabulary import Vocabulary
from hengjian.tables.findings import Finding, Severity

KNOWN_BESIDE = ("enrolments", "employment", "certificates", "related", "aliases")


def check_roster(
    table: pa.Table,
    read: Iterable[Finding],
    setting: Setting,
    *,
    words: Vocabulary | None = None,
    beside: Mapping[str, pa.Table] | None = None,
    engine: Engine | None = None,
) -> list[Finding]:
    """The findings of the checks. A cell that could not be read is not judged a second time."""
    words = words or vocabulary.of_seeds()
    unreadable = {(f.sheet, f.row, f.column) for f in read if f.severity is Severity.ERROR}
    tables = words.tables() | {"plans": arrow("plans", setting.plan_rows())}
    for name, more in (beside or {}).items():
        tables[name] = pa.concat_tables([tables.get(name, arrow(name)), more])
    whole = data(candidates=from_roster.candidates(table, setting, words), **tables)
    findings = run(whole, setting.applied, law=setting.law, places=from_roster.places(table), engine=engine)
    return [f for f in findings if (f.sheet, f.row, f.column) not in unreadable]


def snapshot(folder: Path) -> dict[str, pa.Table]:
    """What is known besides the roster, from a folder of Parquet files named after the tables."""
    found = {}
    for name in KNOWN_BESIDE:
        path = folder / f"{name}.parquet"
        if path.exists():
            found[name] = pq.read_table(path, columns=list(SCHEMAS[name])).cast(arrow_schema(name))
    return found

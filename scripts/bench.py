"""`make bench [ARGS="--big act_runner …"]`: runs every benchmark in a process of its own and writes `bench/results.json`.

A benchmark is a module of `bench/` with `run()`, which returns lines of name, value, reference, ratio, goal and met. The
reference is measured in the same run, so a figure means the same on every machine. All of them take about a quarter of an
hour; `--big` lays down the real sizes, which takes hours. Those of `ON_BOTH` are measured on PostgreSQL too, where
its packages are.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FIELDS = ("name", "value", "reference", "ratio", "goal", "met")
ASKED = "import importlib, json, sys; print('\\n' + json.dumps(importlib.import_module('bench.' + sys.argv[1]).run()))"
ON_BOTH = ("act_runner",)
BIG = "--big"
MINUTES = 10  # an ordinary run of one benchmark that is not done by then is given up


def benchmarks() -> list[str]:
    """Modules of `bench/` that define `run`."""
    found = sorted(path for path in (ROOT / "bench").glob("*.py") if not path.name.startswith("_"))
    return [path.stem for path in found if "\ndef run(" in path.read_text(encoding="utf-8")]


def measured(name: str, *, big: bool, database: str = "") -> list[dict[str, Any]]:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "HENGJIAN_MODE": "test"}
    if big:
        environment["HENGJIAN_BENCH_BIG"] = "1"
    if database:
        environment["HENGJIAN_DATABASE_URL"] = database
    command = [sys.executable, "-c", ASKED, name]
    begun = time.monotonic()
    try:
        ran = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
            timeout=None if big else MINUTES * 60,
        )
    except subprocess.TimeoutExpired:
        return [_none(f"{name} was not done after {MINUTES} minutes")]
    sys.stderr.write(f"{name}: {time.monotonic() - begun:.0f} s\n")
    if ran.returncode:
        return [_none(f"{name} did not run")]
    lines: list[dict[str, Any]] = json.loads(ran.stdout.strip().splitlines()[-1])
    for line in lines:
        missing = [field for field in FIELDS if field not in line]
        if missing:
            raise SystemExit(f"bench/{name}.py leaves out {', '.join(missing)}")
    return lines


def _none(name: str) -> dict[str, Any]:
    return dict.fromkeys(FIELDS) | {"name": name, "met": False}


def on_a_server(names: list[str], *, big: bool) -> list[dict[str, Any]]:
    """The same on a PostgreSQL that stands as long as this takes; nothing where its packages are not installed."""
    script = ["bash", str(ROOT / "scripts/postgres.sh")]
    started = subprocess.run([*script, "start"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if started.returncode:
        sys.stderr.write("PostgreSQL: not measured, it is not installed here\n")
        return []
    try:
        address = started.stdout.strip().splitlines()[-1]
        return [line for name in names for line in measured(name, big=big, database=address)]
    finally:
        subprocess.run([*script, "stop"], cwd=ROOT, check=False)


def table(lines: list[dict[str, Any]]) -> str:
    rows = [[_shown(line[field]) for field in FIELDS] for line in lines]
    widths = [max(len(row[place]) for row in [list(FIELDS), *rows]) for place in range(len(FIELDS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [list(FIELDS), *rows]
    )


def _shown(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def main() -> int:
    big, asked = BIG in sys.argv, [word for word in sys.argv[1:] if word != BIG]
    names = asked or benchmarks()
    lines: list[dict[str, Any]] = []
    for name in names:
        lines += measured(name, big=big)
    both = [name for name in names if name in ON_BOTH]
    if both and not os.environ.get("HENGJIAN_DATABASE_URL", "").startswith("postgres"):
        lines += on_a_server(both, big=big)
    (ROOT / "bench/results.json").write_text(json.dumps(lines, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(table(lines) + "\n")
    return 0 if all(line["met"] for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())

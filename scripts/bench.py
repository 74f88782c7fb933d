"""`make bench [ARGS="act_runner …"]`: runs every benchmark in a process of its own and writes `bench/results.json`.

A benchmark is a module of `bench/` with `run()`, which returns lines of name, value, reference, ratio, goal and met. The
reference is measured in the same run, so a figure means the same on every machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FIELDS = ("name", "value", "reference", "ratio", "goal", "met")
ASKED = "import importlib, json, sys; print('\\n' + json.dumps(importlib.import_module('bench.' + sys.argv[1]).run()))"


def benchmarks() -> list[str]:
    """Modules of `bench/` that define `run`."""
    found = sorted(path for path in (ROOT / "bench").glob("*.py") if not path.name.startswith("_"))
    return [path.stem for path in found if "\ndef run(" in path.read_text(encoding="utf-8")]


def measured(name: str) -> list[dict[str, Any]]:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "HENGJIAN_MODE": "test"}
    ran = subprocess.run(
        [sys.executable, "-c", ASKED, name], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False
    )
    if ran.returncode:
        return [dict.fromkeys(FIELDS) | {"name": f"{name} did not run", "met": False}]
    lines = json.loads(ran.stdout.strip().splitlines()[-1])
    for line in lines:
        missing = [field for field in FIELDS if field not in line]
        if missing:
            raise SystemExit(f"bench/{name}.py leaves out {', '.join(missing)}")
    return lines


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
    lines: list[dict[str, Any]] = []
    for name in sys.argv[1:] or benchmarks():
        lines += measured(name)
    (ROOT / "bench/results.json").write_text(json.dumps(lines, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(table(lines) + "\n")
    return 0 if all(line["met"] for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())

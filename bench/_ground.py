"""What the benchmarks stand on: an installation of their own in a folder that goes when they end, and a fair comparison.

Ours and the bare reference take turns in one process, so a busy machine is busy for both; medians count.
"""

from __future__ import annotations

import atexit
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

_FOR_GOOD = ExitStack()


def size(ordinary: int, big: int) -> int:
    """How much is laid down: what fits a run of everything in a quarter of an hour, or with `--big` the real size."""
    return big if os.environ.get("HENGJIAN_BENCH_BIG") else ordinary


def installed(settings: str = "hengjian.settings", *, migrated: bool = True) -> Path:
    """Set Django up on a fresh installation; on a database of its own at the server of HENGJIAN_DATABASE_URL, if named."""
    folder = Path(tempfile.mkdtemp(prefix="hengjian-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["HENGJIAN_MODE"] = "test"
    os.environ["HENGJIAN_VAR"] = str(folder)
    named = os.environ.get("HENGJIAN_DATABASE_URL", "")
    server = named.startswith("postgres")
    os.environ["HENGJIAN_DATABASE_URL"] = _fresh(named) if server else f"sqlite:///{folder / 'bench.sqlite3'}"
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    (folder / "static").mkdir()
    import django

    django.setup()
    from hengjian.kernel import log_key

    _FOR_GOOD.enter_context(log_key.holding())  # one process does everything here
    if migrated:
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
    return folder


def _fresh(address: str) -> str:
    """A new database beside the named one, dropped at the end."""
    import psycopg

    name = f"hengjian_bench_{os.getpid()}"

    def said(*statements: str) -> None:
        with psycopg.connect(address, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    said(f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
    atexit.register(said, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    return f"{address.rsplit('/', 1)[0]}/{name}"


def behind_a_proxy() -> None:
    """The site that is started next believes `X-Forwarded-For`: what is restrained per address is asked from many."""
    os.environ["HENGJIAN_TRUSTED_PROXIES"] = "1"


def address(place: int) -> str:
    """An address of the net set aside for measurements (RFC 2544)."""
    return f"198.{18 + place // 65_536 % 2}.{place // 256 % 256}.{place % 256}"


def children(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(stat.parent.name))
    return found


def processor(pids: list[int]) -> float:
    """Processor seconds these processes have taken so far."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


class Medians(NamedTuple):
    ours: float
    bare: float
    ratio: float


def in_turn(ours: Callable[[], Any], bare: Callable[[], Any], rounds: int) -> Medians:
    """Seconds of both, taken in turn; the ratio is the median of the rounds' own ratios."""
    ours(), bare()
    pairs = [(_seconds(ours), _seconds(bare)) for _ in range(rounds)]
    return Medians(
        statistics.median(one for one, _ in pairs),
        statistics.median(other for _, other in pairs),
        statistics.median(one / other for one, other in pairs),
    )


def _seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def line(name: str, value: float, reference: float, ratio: float, goal: str, met: bool) -> dict[str, Any]:
    return {
        "name": name,
        "value": float(f"{value:.4g}"),
        "reference": float(f"{reference:.4g}"),
        "ratio": round(ratio, 3),
        "goal": goal,
        "met": met,
    }

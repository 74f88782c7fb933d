"""The public check of a certificate against an empty page on the same server, at 10,000 and at 100,000 certificates, with `--big` 1,000,000.

Both are served by granian with two workers behind the same middleware. A check is a POST to the address printed on the
certificate, with the second item in its body, answered by the whole page; the empty page is a GET of five bytes.
Besides requests per second, the workers' own processor time per request is compared: other work on the machine and the
load loop do not count in it.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench import load
from bench._ground import address, behind_a_proxy, children, installed, line, processor, size

SIZES = (10_000, size(100_000, 1_000_000))
ROUNDS, COUNT, WARM = 5, 1_600, 400
PER_SITE = 100_000
GOAL = 0.5
HELLO = b"GET /hello/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


def number_of(place: int) -> str:
    return f"Y000013{place // PER_SITE + 1:06d}263{place % PER_SITE + 1:06d}"


def tail_of(place: int) -> str:
    return f"{place * 7 % 10_000:04d}"


def _rows(first: int, end: int) -> Iterator[tuple[Any, ...]]:
    from hengjian.certificates import identity
    from hengjian.kernel import sealed

    name, document = (
        sealed.encrypt(b"invented", f"certificates_certificate.{column}") for column in ("name", "document_number")
    )
    index, day = identity.name_index("王知远"), date(2026, 5, 6).isoformat()
    for place in range(first, end):
        number = number_of(place)
        yield (
            1, number, 1, 1, "13/1302/", "示例钢铁集团有限公司", name, "王**", index, document,
            sha256(number.encode()).digest()[:16], "1302**********" + tail_of(place), identity.tail_index(number, tail_of(place)),
            "6-17-02-02", "炼钢工", "", "3", day, day, "issued", "",
        )  # fmt: skip


COLUMNS = (
    "revision", "number", "institution_id", "office_id", "area_path", "institution_name", "name", "masked_name", "name_index",
    "document_number", "document_index", "masked_number", "document_tail", "occupation_code", "occupation_name", "trade", "level",
    "issued_on", "online_on", "state", "revoked_reason",
)  # fmt: skip


def filled(first: int, end: int) -> None:
    """Certificates `first` to `end` written straight into their table; the check reads no other table."""
    from django.db import connection, transaction

    from hengjian.kernel import guard

    marks = ", ".join(["%s"] * len(COLUMNS))
    insert = f"INSERT INTO certificates_certificate ({', '.join(COLUMNS)}) VALUES ({marks})"
    with connection.constraint_checks_disabled():
        for start in range(first, end, 50_000):
            with guard.opened("bench"), transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(insert, list(_rows(start, min(start + 50_000, end))))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def check(place: int) -> bytes:
    body = urlencode({"who": tail_of(place)}).encode()
    head = f"POST /check/{number_of(place)}/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: {address(place)}\r\n"
    head += f"Content-Length: {len(body)}\r\n"
    return f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n".encode() + body


@contextmanager
def served() -> Iterator[tuple[int, list[int]]]:
    """The port, and the process ids of the server and its workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "asginl", "--http", "1", "--no-ws"]
    command += [
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--log-level",
        "warning",
        "--workers",
        "2",
        "hengjian.web.asgi:application",
    ]
    server = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port, [server.pid, *children(server.pid)]
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait(port: int) -> None:
    end = time.monotonic() + 90
    while True:
        try:
            load.once(port, HELLO)
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def _measured(port: int, pids: list[int], requests: list[bytes], count: int) -> tuple[float, float]:
    """Requests per second, and the workers' processor seconds per request."""
    before = processor(pids)
    rate = load.asked(port, requests, count)
    return rate, (processor(pids) - before) / count


def compared(size: int, port: int, pids: list[int]) -> list[dict[str, Any]]:
    requests = [check(place * 7_919 % size) for place in range(2_000)]
    page = load.once(port, requests[0]).decode()
    if "证书真实有效" not in page or "炼钢工" not in page:
        raise AssertionError("the check did not answer")
    _measured(port, pids, requests, WARM), _measured(port, pids, [HELLO], WARM)
    rounds = [(_measured(port, pids, requests, COUNT), _measured(port, pids, [HELLO], COUNT)) for _ in range(ROUNDS)]
    ours, empty = (statistics.median(pair[side][0] for pair in rounds) for side in (0, 1))
    ratio = statistics.median(one[0] / other[0] for one, other in rounds)
    ours_cpu, empty_cpu = (statistics.median(pair[side][1] for pair in rounds) for side in (0, 1))
    cpu = empty_cpu / ours_cpu
    return [
        line(
            f"public certificate check over {size:,} certificates, requests/s against an empty page",
            ours, empty, ratio, f"≥ {GOAL} ×", ratio >= GOAL,
        ),
        line(
            f"public certificate check over {size:,} certificates, requests per processor second of the server against an empty page",
            1 / ours_cpu, 1 / empty_cpu, cpu, f"≥ {GOAL} ×", cpu >= GOAL,
        ),
    ]  # fmt: skip


def run() -> list[dict[str, Any]]:
    behind_a_proxy()  # checks are counted per address, so each comes from another one
    folder = installed("bench.settings")
    os.environ["PYTHONPATH"] = os.pathsep.join(str(Path(__file__).resolve().parents[1] / part) for part in ("src", ""))
    (folder / "files").mkdir(exist_ok=True)
    results, first = [], 0
    for number in SIZES:
        start = time.perf_counter()
        filled(first, number)
        sys.stderr.write(f"{number:,} certificates loaded in {time.perf_counter() - start:.0f} s\n")
        first = number
        with served() as (port, pids):
            results += compared(number, port, pids)
    return results


if __name__ == "__main__":
    for result in run():
        print(result)

"""Sixteen readers and eight writers at once for twenty seconds, against one reader and against the same acts in one process.

The site runs as `hengjian serve` runs it, on the database named by HENGJIAN_DATABASE_URL (SQLite without). Readers ask a
desk, two lists, a case and three public pages in turn; writers draft plans over the API. Every answer is checked: a
reader's page must be 200 and whole, a writer's act must be 200, and afterwards the tables must hold exactly the acts that
were answered. Each reading comes from another address, as behind a proxy, for public pages are restrained per address.

It is measured twice: with readers who ask for the next page the moment they have one, and with readers who look at each
page for a second. Of the first, the processors the two goals need together is printed: where sixteen readers never pause,
their mean answer takes 16 pages' work over the processors given to reading, so p99 within ten pages' work needs at least
16 ÷ 10 of a processor for reading alone, and 0.7 of the acts of one busy process need 0.7 × (work of an act over the API ÷
work of the act) beside it.
"""

from __future__ import annotations

import itertools
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from bench._ground import address, behind_a_proxy, children, installed, line, processor

READERS, WRITERS, SECONDS = 16, 8, 20.0
CALM_SECONDS, ALONE = 4.0, 300
PAUSE = 1.0  # seconds a reader of the second round looks at a page
READ_GOAL, WRITE_GOAL = 10.0, 0.7
ACT = "/api/plans/draft_plan"
TOKEN = "b" * 32
ROOT = Path(__file__).resolve().parents[1]
ONLY_HERE = "HENGJIAN_BENCH_HERE"


ASKED = itertools.count()  # of all askings: each comes from an address of its own


class Asker:
    """One kept connection; `ask` gives the seconds it took, and raises where the answer is not what it must be."""

    def __init__(self, port: int, cookies: str) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies = cookies

    def ask(self, path: str, body: bytes | None = None) -> float:
        headers = {"Cookie": self._cookies, "X-Forwarded-For": address(next(ASKED))}
        if body is not None:
            headers |= {"Content-Type": "application/json", "X-CSRFToken": TOKEN}
        start = time.perf_counter()
        self._connection.request("GET" if body is None else "POST", path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read()
        taken = time.perf_counter() - start
        if answer.status != 200 or (body is None and b"</html>" not in text):
            raise WrongAnswer(f"{path} answered {answer.status}: {text[:160].decode(errors='replace')}")
        return taken


class Taken:
    """An iterator that several threads take from."""

    def __init__(self, source: Iterator[bytes]) -> None:
        self._source, self._lock = source, threading.Lock()

    def __next__(self) -> bytes:
        with self._lock:
            return next(self._source)


class WrongAnswer(AssertionError):
    pass


class Crowd:
    """What the threads of one round found: seconds of each reading and writing, and wrong answers."""

    def __init__(self, seconds: float, pause: float = 0.0) -> None:
        self.reads: list[float] = []
        self.writes: list[float] = []
        self.wrong: list[str] = []
        self.seconds, self._pause, self._end = seconds, pause, 0.0
        self.processor = 0.0

    def run(self, port: int, found: dict[str, Any], bodies: Iterator[bytes], *, readers: int, writers: int) -> None:
        self._end = time.perf_counter() + self.seconds
        left = Taken(bodies)
        threads = [
            threading.Thread(target=self._read, args=(Asker(port, found["reader"]), found["paths"], place))
            for place in range(readers)
        ]
        threads += [
            threading.Thread(target=self._write, args=(Asker(port, found["writer"]), left)) for _ in range(writers)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _read(self, asker: Asker, paths: list[str], place: int) -> None:
        time.sleep(self._pause * place / READERS)  # nobody looks in step
        while time.perf_counter() < self._end:
            place += 1
            self._noted(self.reads, asker, paths[place % len(paths)])
            if self._pause:
                time.sleep(self._pause)

    def _write(self, asker: Asker, bodies: Any) -> None:
        while time.perf_counter() < self._end:
            self._noted(self.writes, asker, ACT, next(bodies))

    def _noted(self, into: list[float], asker: Asker, path: str, body: bytes | None = None) -> None:
        try:
            into.append(asker.ask(path, body))
        except (WrongAnswer, OSError) as wrong:
            self.wrong.append(str(wrong))


def ready() -> dict[str, Any]:
    """A case on notice, and its clerk and reviewer signed in."""
    from django.test import Client
    from django.urls import reverse
    from tests.pages.stage import stage

    made = stage(candidates=60).on_notice()
    cookies = []
    for seat in (made.reviewer, made.clerk):
        client = Client()
        client.force_login(seat.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookies.append(f"sessionid={client.cookies['sessionid'].value}; csrftoken={TOKEN}")
    paths = [reverse(name) for name in ("desk", "plans", "results", "register", "log")]
    paths += [reverse("plan", kwargs={"pk": made.plan.pk}), reverse("notice", kwargs={"pk": made.sheet.pk})]
    return {"made": made, "paths": paths, "reader": cookies[0], "writer": cookies[1]}


def arguments(number: int) -> dict[str, Any]:
    return {"title": f"第 {number} 期认定计划", "venue": "一号实训楼", "held_on": date(2027, 6, 1)}


def alone(clerk: Any) -> float:
    """Acts per second, the same ones, called in one process one after the other."""
    from hengjian.plans.acts.draft_plan import draft_plan

    def some(count: int) -> float:
        start = time.perf_counter()
        for number in range(count):
            draft_plan(clerk, **arguments(number))
        return count / (time.perf_counter() - start)

    some(ALONE // 10)
    return some(ALONE)


@contextmanager
def served() -> Iterator[tuple[int, int]]:
    """Port and process of the web child of `hengjian serve`; its sealer is left out, for sealing is not measured here."""
    from types import SimpleNamespace

    from hengjian.cli.serve import commands

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    web = commands(SimpleNamespace(host="127.0.0.1", port=port, workers=2, every=20))["web"]
    around = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    server = subprocess.Popen(web, env=around, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield port, server.pid
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()


def until_ready(port: int, cookies: str, paths: list[str]) -> None:
    end = time.monotonic() + 90
    while True:
        try:
            for path in paths * 4:  # every thread has its connection and its templates
                Asker(port, cookies).ask(path)
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def percentile(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def run() -> list[dict[str, Any]]:
    """On the database named; where none is, on SQLite and on a throw-away PostgreSQL, each in a process of its own."""
    if os.environ.get("HENGJIAN_DATABASE_URL", "").startswith("postgres") or os.environ.get(ONLY_HERE):
        return here()
    results = _elsewhere({ONLY_HERE: "1"})
    if (ROOT / "var/postgres").exists():
        sys.stderr.write("a throw-away PostgreSQL runs already: name it in HENGJIAN_DATABASE_URL to measure it\n")
        return results
    started = subprocess.run(["bash", "scripts/postgres.sh", "start"], cwd=ROOT, capture_output=True, text=True)
    if started.returncode:
        sys.stderr.write("PostgreSQL is not measured: it did not start\n")
        return results
    try:
        return results + _elsewhere({"HENGJIAN_DATABASE_URL": started.stdout.split()[-1]})
    finally:
        subprocess.run(["bash", "scripts/postgres.sh", "stop"], cwd=ROOT, check=False)


def _elsewhere(around: dict[str, str]) -> list[dict[str, Any]]:
    asked = "import json; from bench.under_load import here; print('\\n' + json.dumps(here()))"
    ran = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env={**os.environ, **around},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: list[dict[str, Any]] = json.loads(ran.stdout.strip().splitlines()[-1])
    return found


def here() -> list[dict[str, Any]]:
    behind_a_proxy()
    installed()
    from django.db import connection

    from hengjian.kernel import sealer
    from hengjian.kernel.verification import verify
    from hengjian.plans.models import Plan

    found = ready()
    rate_alone = alone(found["made"].clerk)
    sealer.seal()
    before, known = Plan.objects.count(), len(verify().differences)  # of the rows the stage laid by hand
    bodies = (json.dumps(arguments(number), default=str).encode() for number in itertools.count())
    connection.close()
    calm, one = Crowd(CALM_SECONDS), Crowd(CALM_SECONDS)
    restless, looking = Crowd(SECONDS), Crowd(SECONDS, PAUSE)
    with served() as (port, server):
        until_ready(port, found["reader"], found["paths"])
        processes = [server, *children(server)]
        for crowd, readers, writers in (
            (calm, 1, 0),
            (one, 0, 1),
            (restless, READERS, WRITERS),
            (looking, READERS, WRITERS),
        ):
            taken = processor(processes)
            crowd.run(port, found, bodies, readers=readers, writers=writers)
            crowd.processor = processor(processes) - taken
    sealer.seal()
    crowds = (calm, one, restless, looking)
    missing = abs(Plan.objects.count() - before - sum(len(crowd.writes) for crowd in crowds))
    told = [sentence for crowd in crowds for sentence in crowd.wrong]
    wrong = len(told) + missing + len(verify().differences) - known
    sys.stderr.write("".join(f"{sentence}\n" for sentence in told[:5]))
    where = connection.vendor
    answered = sum(len(crowd.reads) + len(crowd.writes) for crowd in crowds)
    lines = [
        line(
            f"{where}, {READERS} readers and {WRITERS} writers: wrong answers",
            wrong,
            answered,
            wrong,
            "= 0",
            wrong == 0,
        )
    ]
    for crowd, how in ((restless, "never pausing"), (looking, f"looking {PAUSE:.0f} s at a page")):
        lines += compared(
            f"{where}, {READERS} readers {how}, {WRITERS} writers, {SECONDS:.0f} s", crowd, calm, rate_alone
        )
    page, act = calm.processor / len(calm.reads), one.processor / len(one.writes)
    needed = READERS / READ_GOAL + WRITE_GOAL * rate_alone * act
    sys.stderr.write(
        f"{where}: a page is {page * 1000:.1f} ms of processor, an act over the API {act * 1000:.1f}, an act by itself "
        f"{1000 / rate_alone:.1f}; both goals at once with readers that never pause need {needed:.1f} processors beside the "
        f"database's and the askers' own, of {os.cpu_count()}\n"
    )
    return lines


def compared(name: str, crowd: Crowd, calm: Crowd, rate_alone: float) -> list[dict[str, Any]]:
    p50, p99, rate = percentile(calm.reads, 0.5), percentile(crowd.reads, 0.99), len(crowd.writes) / crowd.seconds
    sys.stderr.write(
        f"{name}: {len(crowd.reads)} reads p50 {percentile(crowd.reads, 0.5):.3f} s, {len(crowd.writes)} writes "
        f"p50 {percentile(crowd.writes, 0.5):.3f} p99 {percentile(crowd.writes, 0.99):.3f} s; the site had "
        f"{crowd.processor / crowd.seconds:.2f} of {os.cpu_count()} processors\n"
    )
    return [
        line(f"{name}: p99 of reading in s against the p50 of one reader", p99, p50, p99 / p50, f"≤ {READ_GOAL} ×", p99 <= READ_GOAL * p50),
        line(f"{name}: acts/s against the same acts in one process", rate, rate_alone, rate / rate_alone, f"≥ {WRITE_GOAL} ×", rate >= WRITE_GOAL * rate_alone),
    ]  # fmt: skip


if __name__ == "__main__":
    for result in run():
        print(result)

"""A real `hengjian serve` on the test's database, and what one may ask of it over the wire."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from tests.shared import ROOT


def address_of_the_database() -> str:
    """The database under test, for another process."""
    values = connection.settings_dict
    if connection.vendor == "postgresql":
        return f"postgres://{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT']}/{values['NAME']}"
    return f"sqlite:///{values['NAME']}"


@dataclass(frozen=True)
class Answered:
    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Served:
    """`ask` asks a page or an operation; `child` is the process id of one of the children now."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    def ask(self, method: str, path: str, body: Any = None, *, wait: float = 20, **headers: str) -> Answered:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=wait)) as connected:
            connected.request(method, path, body, named, encode_chunked=named.get("Transfer-Encoding") == "chunked")
            answer = connected.getresponse()
            head = {name.lower(): value for name, value in answer.getheaders()}
            return Answered(answer.status, head, answer.read().decode())

    def children(self) -> dict[str, Any]:
        try:
            found: dict[str, Any] = json.loads((self.folder / "serve.json").read_text())["children"]
        except (OSError, ValueError):
            return {}
        return found

    def child(self, name: str) -> int:
        return int(self.children()[name]["pid"])

    def connected(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)


def until(holds: Callable[[], Any], seconds: float = 15) -> Any:
    """What `holds` gives once it is true; fails after so many seconds."""
    end = time.monotonic() + seconds
    while True:
        try:
            found = holds()
        except OSError:
            found = None
        if found:
            return found
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def served(folder: Path, *words: str, **environment: str) -> Iterator[Served]:
    """`hengjian serve` with one web process, under the keys of this test, from an empty folder of its own."""
    for name in (Path(settings.VAR_DIR) / "keys.json", Path(settings.LOG_KEY_FILE)):
        shutil.copy(name, folder)
    port = free_port()
    around = {
        **os.environ,
        "HENGJIAN_MODE": "demo",
        "HENGJIAN_VAR": str(folder),
        "HENGJIAN_FILES_URL": settings.FILES[0],
        "HENGJIAN_DATABASE_URL": address_of_the_database(),
        "DJANGO_SETTINGS_MODULE": "hengjian.settings",
        "PYTHONPATH": str(ROOT / "src"),
        **environment,
    }
    command = [sys.executable, "-m", "hengjian.cli", "serve", "--no-demo", "--port", str(port), "--workers", "1"]
    with ExitStack() as closed, (folder / "out.txt").open("wb") as out:
        process = subprocess.Popen([*command, "--every", "1", *words], env=around, stdout=out, stderr=out, cwd=folder)
        closed.callback(process.wait)
        closed.callback(process.send_signal, signal.SIGTERM)
        site = Served(port, folder, process)
        try:
            until(lambda: process.poll() is not None or site.ask("GET", "/check/", wait=1).status == 200, 30)
            assert process.poll() is None
            yield site
        except BaseException:
            sys.stderr.write((folder / "out.txt").read_text()[-6000:])
            raise

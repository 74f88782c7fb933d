"""`hengjian serve`: the site, its background worker, the sealer and the clock's acts, until Ctrl-C.

It makes ready what is missing (tables, translations, static files and, in a demo, the province), so that a stranger
needs one command. In production each part may run on its own: granian, `db_worker`, `log seal --follow` under a user of its
own, and `tick` from a timer.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from types import FrameType

from hengjian.cli import installation
from hengjian.cli.answer import Answer, Commands, WrongUsage, parser

log = logging.getLogger("hengjian.serve")


def add_parser(commands: Commands) -> None:
    made = parser(commands, "serve", "启动网站（含后台任务与封存）")
    made.add_argument("--host", default="127.0.0.1", help="监听地址（默认只限本机）")
    made.add_argument("--port", type=int, default=8000, help="端口（默认 8000）")
    made.add_argument("--workers", type=int, default=2, help="网站进程数")
    made.add_argument("--every", type=int, default=20, metavar="秒", help="每隔多少秒办理到期事项并封存日志")
    made.add_argument("--scale", type=int, default=1, metavar="N", help="演示省的规模倍数（仅空库）")
    made.add_argument("--no-demo", action="store_true", help="空库不载入演示省")


def run(arguments: argparse.Namespace) -> Answer:
    _insist_port_is_free(arguments.host, arguments.port)
    # Passkeys know names only: a browser refuses them on a bare address.
    address = f"http://{'localhost' if arguments.host == '127.0.0.1' else arguments.host}:{arguments.port}"
    os.environ.setdefault("HENGJIAN_SITE", address)
    installation.start()
    make_ready(scale=arguments.scale, demo=not arguments.no_demo)
    _announce(address)
    status = _serve(arguments)
    return Answer({"address": address, "status": status}, ["已停止。"], ok=status == 0)


def make_ready(*, scale: int = 1, demo: bool = True) -> None:
    """Tables, translations, static files, and the demo province where nobody has a seat yet."""
    from django.conf import settings

    from hengjian.cli import messages
    from hengjian.cli.demo import loaded

    installation.migrate()
    messages.compile_all(messages.LOCALE)
    _collect_static()
    if demo and settings.DEMO:
        from hengjian.demo import province

        if province.is_empty():
            loaded(scale)


def _collect_static() -> None:
    """Hash and compress the static files, only when one of them has changed since."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            seen.update(f"{name}:{Path(storage.path(name)).stat().st_mtime_ns}\n".encode())
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".collected"
    if stamp.exists() and stamp.read_text() == seen.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(seen.hexdigest())


def _announce(address: str) -> None:
    from django.conf import settings

    from hengjian.cli.demo import logins

    lines = ["", f"衡鉴已启动：{address}"]
    if settings.DEMO:
        lines += [*logins(), "  公众查询、验证证书、看公示不必登录。"]
    print("\n".join([*lines, "按 Ctrl-C 停止。", ""]), flush=True)


def _serve(arguments: argparse.Namespace) -> int:
    """Children: the web server, the task worker and the sealer; this process ticks. All end when one ends or on a signal."""
    stop = threading.Event()

    def asked(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, asked)
    children = [subprocess.Popen(command, start_new_session=True) for command in _commands(arguments)]
    ticking = threading.Thread(target=_tick, args=(stop, arguments.every), daemon=True)
    ticking.start()
    while not stop.wait(0.5):
        if any(child.poll() is not None for child in children):
            break
    asked_to = stop.is_set()
    stop.set()
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()
    return 0 if asked_to else 1


def _commands(arguments: argparse.Namespace) -> list[list[str]]:
    """The site, the worker of the task queue, and the sealer: the only one of them that reads the log's private key."""
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--respawn-failed-workers"]
    web += ["--host", arguments.host, "--port", str(arguments.port), "--log-level", "warning"]
    web += ["--workers", str(arguments.workers), "--blocking-threads", "2", "hengjian.web.wsgi:application"]
    worker = [sys.executable, "-m", "django", "db_worker", "--no-reload", "--no-startup-delay"]
    sealer = [sys.executable, "-m", "hengjian.cli", "log", "seal", "--follow", "--every", str(arguments.every)]
    return [web, worker, sealer]


def _tick(stop: threading.Event, every: int) -> None:
    from hengjian.cli.tick import once

    while not stop.wait(every):
        try:
            once()
        except Exception:  # a database that is away for a while must not end the site
            log.exception("tick failed")


def _insist_port_is_free(host: str, port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as problem:
            raise WrongUsage(f"{host}:{port} 用不了（{problem.strerror}）。换个端口：make run PORT=8001。") from None

"""`hengjian serve`: the site, its background worker, the sealer and the clock's acts, until Ctrl-C.

It supervises: web, worker, sealer and clock are processes of their own, started again when they die, whatever the database
does. A demo makes ready what is missing (tables, translations, static files, the province), so that a stranger needs one
command. Production's tables are changed by `hengjian migrate` only, and its log is sealed under an account of its own
(`hengjian log seal --follow`): there `serve` starts no sealer, and does not start at all where it could read the key.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import os
import resource
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType

from django.db import DatabaseError, InterfaceError

from hengjian.cli import installation
from hengjian.cli.answer import Answer, Commands, WrongUsage, parser
from hengjian.cli.supervising import Child, Supervisor
from hengjian.cli.usage import count
from hengjian.kernel.counting import FOLDER
from hengjian.kernel.patience import trouble_of
from hengjian.kernel.terminal import for_the_terminal
from hengjian.kernel.words import listed, say, words_of

log = logging.getLogger("hengjian.serve")
RETRY_SECONDS = 5.0


def add_parser(commands: Commands) -> None:
    made = parser(commands, "serve", "启动网站（含后台任务与封存）")
    made.add_argument("--host", default="127.0.0.1", help="监听地址（默认只限本机）")
    made.add_argument("--port", type=int, default=8000, help="端口（默认 8000）")
    made.add_argument("--workers", type=int, default=2, help="网站进程数")
    made.add_argument("--every", type=count(1, 3600), default=20, metavar="秒", help="每隔多少秒办理到期事项并封存日志")
    made.add_argument("--scale", type=int, default=1, metavar="N", help="演示省的规模倍数（仅空库）")
    made.add_argument("--no-demo", action="store_true", help="空库不载入演示省")


def run(arguments: argparse.Namespace) -> Answer:
    _insist_port_is_free(arguments.host, arguments.port)
    # Passkeys know names only: a browser refuses them on a bare address.
    address = f"http://{'localhost' if arguments.host == '127.0.0.1' else arguments.host}:{arguments.port}"
    if os.environ.get("HENGJIAN_MODE") != "production":  # whose address the settings ask for
        os.environ.setdefault("HENGJIAN_SITE", address)
    installation.start()
    wanted = partial(_make_tables, scale=arguments.scale, demo=not arguments.no_demo)
    later = None
    try:
        _insist_nothing_is_being_restored()
        _insist_the_log_s_key_is_not_ours()
        _make_files()
        wanted()
    except NotReady as problem:
        return Answer({"address": address, "reason": words_of(problem)}, [words_of(problem)], ok=False)
    except (DatabaseError, InterfaceError) as error:
        if trouble_of(error) is None:
            raise
        print(
            for_the_terminal("数据库没有应答。网站先启动，页面会说明情况；数据库恢复后自动接上。"),
            file=sys.stderr,
            flush=True,
        )
        later = wanted
    _announce(address)
    reason = _serve(arguments, later)
    return Answer({"address": address, "reason": reason}, [reason or "已停止。"], ok=not reason)


class NotReady(Exception):
    """The installation needs what `serve` may not do; the sentence says who does it."""


def _insist_nothing_is_being_restored() -> None:
    """Raises NotReady while a copy is on its way back and has not proved itself."""
    from django.conf import settings

    from hengjian.web.health_page import RESTORING

    if Path(settings.VAR_DIR, RESTORING).exists():
        raise NotReady("从备份恢复没有做完或没有通过核对，网站没有启动。请再执行一次 hengjian restore。")


def _insist_the_log_s_key_is_not_ours() -> None:
    """Raises NotReady in production where this account could read the log's private key."""
    from django.conf import settings

    if settings.PRODUCTION and os.access(settings.LOG_KEY_FILE, os.R_OK):
        raise NotReady(
            say(
                "网站的账号读得到日志私钥 {log_key_file}，网站没有启动。请把它交给封存账号（c"
                "hown、chmod 400），并从网站的设置里去掉 HENGJIAN_LOG_KEY_FI"
                "LE；封存由那个账号运行 hengjian log seal --follow。",
                log_key_file=settings.LOG_KEY_FILE,
            )
        )


def _insist_the_keys_fit() -> None:
    """Raises NotReady in production where a key is not the one with which the stored data were made."""
    from django.conf import settings

    from hengjian.cli import key_trial

    if settings.PRODUCTION and (found := key_trial.faults()):
        raise NotReady(listed([*found, "网站没有启动。"], "\n"))


def _make_files() -> None:
    """Translations and static files, where they are older than their sources. Raises NotReady where neither can be written."""
    from django.conf import settings

    from hengjian.cli import messages

    try:
        messages.compile_all(messages.LOCALE)
    except OSError as problem:  # the account of a site should not be able to write its code
        print(
            say(
                "英文译文没有编译（{strerror}），英文界面暂用旧的。请由能写代码目录的账号执行 hengjian messages。",
                strerror=problem.strerror,
            ),
            file=sys.stderr,
            flush=True,
        )
    try:
        _collect_static()
    except OSError as problem:
        raise NotReady(
            say(
                "写不了 {filename}（{strerror}），网站没有启动。请把 HENGJIAN_VAR 设为运行账号可写的目录。",
                filename=problem.filename or settings.VAR_DIR,
                strerror=problem.strerror,
            )
        ) from None


def _make_tables(*, scale: int, demo: bool) -> None:
    """Tables where they are `serve`'s to make, and the demo province where nobody has a seat yet."""
    from django.conf import settings

    from hengjian.cli.demo import loaded
    from hengjian.web.health_page import pending_migrations

    pending = pending_migrations()
    if pending and (settings.PRODUCTION or not _may_migrate()):
        raise NotReady(
            say(
                "数据库还有 {pending} 项更新没有执行（{pending2} 等），网站没有启动。请"
                "由库的所有者先执行 hengjian migrate。",
                pending=len(pending),
                pending2=pending[0],
            )
        )
    if pending:
        installation.migrate()
    _insist_the_keys_fit()
    if demo and settings.DEMO:
        from hengjian.demo import province

        if province.is_empty():
            loaded(scale)


def _may_migrate() -> bool:
    """Does this role own the tables, or may it make the first ones? The embedded database is its owner's."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT CASE WHEN to_regclass('django_migrations') IS NULL"
            " THEN has_schema_privilege(current_user, current_schema(), 'CREATE') ELSE"
            " (SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('django_migrations'))"
            " END"
        )
        return bool(cursor.fetchone()[0])


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

    lines = ["", say("衡鉴已启动：{address}", address=address)]
    if settings.PRODUCTION:
        lines = [
            "",
            say(
                "衡鉴已启动：{site_address}（代理转到 {address}；封存由另一个账号运行）",
                site_address=settings.SITE_ADDRESS,
                address=address,
            ),
        ]
    if settings.DEMO:
        lines += [*logins(), "  公众查询、验证证书、看公示不必登录。"]
    print("\n".join(map(for_the_terminal, [*lines, "按 Ctrl-C 停止。", ""])), flush=True)


def _serve(arguments: argparse.Namespace, later: Callable[[], None] | None) -> str:
    """Supervise until a signal; why it had to end without one, or nothing. `later` makes ready what could not be yet."""
    from django.conf import settings

    from hengjian.web.health_page import CHILDREN

    _allow_many_connections()
    _count_anew(Path(settings.VAR_DIR, "metrics"))
    children = [Child(name, command) for name, command in commands(arguments).items()]
    supervisor = Supervisor(children, Path(settings.VAR_DIR, CHILDREN))
    ended: list[str] = []

    def asked(number: int, frame: FrameType | None) -> None:
        supervisor.stop.set()

    def make_ready(made: Callable[[], None]) -> None:
        while not supervisor.stop.wait(RETRY_SECONDS):
            try:
                made()
            except NotReady as problem:
                ended.append(words_of(problem))
                supervisor.stop.set()
            except (DatabaseError, InterfaceError) as error:
                log.info("the database does not answer yet (%s)", type(error).__name__)
                continue
            return

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, asked)
    if later is not None:
        threading.Thread(target=make_ready, args=(later,), daemon=True).start()
    supervisor.run()
    return ended[0] if ended else ""


def commands(arguments: argparse.Namespace) -> dict[str, list[str]]:
    """Name → command line of each child; of them only the sealer reads the log's private key, and production has none."""
    from django.conf import settings

    web = [sys.executable, "-m", "granian", "--interface", "asginl", "--http", "1", "--no-ws", "--log-level", "warning"]
    web += ["--host", arguments.host, "--port", str(arguments.port), "--workers", str(arguments.workers)]
    # A slow head is cut off here, a slow body in `web/intake.py`; both wait without a thread, so many may.
    web += ["--http1-header-read-timeout", "10000", "--backlog", "2048", "--backpressure", "2048"]
    web += ["--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "10"]
    own, every = [sys.executable, "-m", "hengjian.cli"], ["--every", str(arguments.every)]
    sealer = {} if settings.PRODUCTION else {"sealer": [*own, "log", "seal", "--follow", *every]}
    return {
        "web": [*web, "hengjian.web.asgi:application"],
        "worker": [*own, "worker"],
        **sealer,
        "clock": [*own, "tick", *every],
        "post": [*own, "send", *every],
    }


def _count_anew(folder: Path) -> None:
    """Where the children keep their counters; each start of `serve` counts from nothing."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ[FOLDER] = str(folder)


def _allow_many_connections() -> None:
    """As many open files as this user may have: two hundred slow connections are two hundred of them."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 65_536) if most > 0 else 65_536, most))


def _insist_port_is_free(host: str, port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as problem:
            raise WrongUsage(
                say(
                    "{host}:{port} 用不了（{strerror}）。换个端口：make run PORT=8001。",
                    host=host,
                    port=port,
                    strerror=problem.strerror,
                )
            ) from None

"""The state of the installation: does the database answer, is the log sealed, do jobs run. For monitors and `hengjian health`.

It names nobody and no case. The database is asked with little patience, so that the answer comes when it is away too.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse

from hengjian.kernel import clock, files_kept, sealer
from hengjian.kernel.jobs import jobs
from hengjian.kernel.log_readings import unsealed
from hengjian.kernel.patience import Trouble, trouble_of
from hengjian.kernel.words import say
from hengjian.web.pages import Answer, Desk, page

CHILDREN = "serve.json"  # what `hengjian serve` writes about its children, in HENGJIAN_VAR
RESTORING = "restoring.json"  # what `hengjian restore` leaves there until everything has been proved
SEALED_WITHIN = 300  # seconds after which an unsealed entry, or a job nobody takes up, is a fault
TAKEN_WITHIN = 120


@page("health", "health", access="public")
def health_page(desk: Desk) -> Answer:
    """运行状态（JSON）。"""
    found = state()
    return JsonResponse(found, status=200 if found["ok"] else 503, json_dumps_params={"ensure_ascii": False})


def state() -> dict[str, Any]:
    """`ok`, `problems` (sentences), and what was looked at: database, log, jobs, children of `serve` on this machine."""
    problems: list[str] = []
    found: dict[str, Any] = {"database": {"vendor": connection.vendor, "answers": False}}
    try:
        found["database"]["pending_migrations"] = len(pending_migrations())
        found["database"]["answers"] = True
        if found["database"]["pending_migrations"]:
            problems.append("数据库有更新尚未执行，请由库的所有者执行 hengjian migrate。")
        else:
            found["log"], found["jobs"] = _log(problems), _jobs(problems)
            found["files"] = _files(problems)
    except (DatabaseError, InterfaceError) as error:
        trouble = trouble_of(error)
        found["database"]["answers"] = trouble is Trouble.BUSY
        problems.append("数据库正忙。" if trouble is Trouble.BUSY else "数据库没有应答。")
    if Path(settings.VAR_DIR, RESTORING).exists():
        problems.append("从备份恢复没有做完，请再执行一次 hengjian restore。")
    found["children"] = _children(problems)
    return {"ok": not problems, "problems": problems, **found}


def pending_migrations() -> list[str]:
    """`app.name` of each migration this code has and the database has not."""
    if _complete.cache_info().currsize:
        return []
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        _complete()
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


@cache
def _complete() -> bool:
    """Remembered for this process, whose code does not change."""
    return True


def _seconds_since(moment: datetime | None, now: datetime) -> int | None:
    return None if moment is None else max(0, int((now - moment).total_seconds()))


def _log(problems: list[str]) -> dict[str, Any]:
    waiting = unsealed()
    waited = _seconds_since(waiting.oldest, clock.now())
    if waited is not None and waited > SEALED_WITHIN:
        problems.append(
            say("存证日志有 {count} 条没有封存，最早的等了 {waited} 秒。", count=waiting.count, waited=waited)
        )
    head = sealer.latest()
    return {"sealed": head.size if head else 0, "waiting": waiting.count, "waited_seconds": waited}


def _jobs(problems: list[str]) -> dict[str, Any]:
    now = jobs()
    waited = _seconds_since(now.oldest, datetime.now(UTC))
    if waited is not None and waited > TAKEN_WITHIN:
        problems.append(
            say("有 {count} 项后台任务无人处理，最早的等了 {waited} 秒。", count=now.waiting, waited=waited)
        )
    return {
        "waiting": now.waiting,
        "waited_seconds": waited,
        "running": now.running,
    }


def _files(problems: list[str]) -> dict[str, Any]:
    state = files_kept.state()
    if not state.answers:
        problems.append("存放文件的地方没有应答，上传和打开文件暂时不能办理。")
    if state.faults:
        problems.append(
            say("有 {count} 份文件不在或与登记的摘要不符，请执行 hengjian files check 查看。", count=state.faults)
        )
    if state.overdue:
        problems.append(say("有 {count} 份文件超过两天没有核对。", count=state.overdue))
    return asdict(state)


def _file() -> dict[str, Any]:
    try:
        read: dict[str, Any] = json.loads(Path(settings.VAR_DIR, CHILDREN).read_text())
    except (OSError, ValueError):
        return {}
    return read


def _children(problems: list[str]) -> dict[str, Any]:
    found = {}
    for name, child in _file().get("children", {}).items():
        found[name] = {"up": child["up"], "restarts": child["restarts"]}
        if not child["up"]:
            problems.append(say("进程 {name} 停了，正在重新启动。", name=name))
    return found

"""`hengjian worker`: the background worker. What a worker of this machine left half done when it died is taken up first.

A job that has taken two workers with it is not tried a third time: whoever waits for it is told in a sentence.
"""

from __future__ import annotations

import argparse
import os
import resource
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django_tasks.base import TaskResultStatus

from hengjian.cli.answer import Answer, Commands, parser
from hengjian.cli.installation import start

TRIES = 2
# Data this process and its children may have: three times what a roster of 100,000 rows takes. A file that expands without
# end then ends with a sentence, and not with the machine.
MEMORY_BYTES = 1536 * 1024 * 1024
ORPHANED = timedelta(seconds=5)  # a run this old has its job, unless that is lost
LONGEST = timedelta(minutes=15)  # after which a job of another machine counts as lost
LOST = "后台核查意外中断，没有完成。请检查文件（过大的请分成几份）后重新上传；仍不成的，请联系负责的鉴定中心。"


def add_parser(commands: Commands) -> None:
    parser(commands, "worker", "后台任务进程（serve 会自动启动）")


def run(arguments: argparse.Namespace) -> Answer:
    start()
    from django.core.management import call_command

    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    take_up()
    call_command("db_worker", reload=False, startup_delay=False, interval=0.5, worker_id=own_id())
    return Answer({}, [])


def own_id() -> str:
    """`host:pid:moment of start`: unique for ever, and whether it lives can be told on its machine."""
    return f"{socket.gethostname()[:24]}:{os.getpid()}:{_started(os.getpid())}"


def lives(worker: str) -> bool | None:
    """Is the worker of this id running? None where another machine would have to be asked."""
    host, _, rest = worker.partition(":")
    pid, _, began = rest.partition(":")
    if host != socket.gethostname()[:24]:
        return None
    return bool(began) and _started(pid) == began


def _started(pid: int | str) -> str:
    """The moment a process began, in ticks since the machine did; empty where there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19]
    except (OSError, IndexError):
        return ""


def take_up() -> tuple[int, int]:
    """(jobs given back to the queue, runs failed with a sentence) of workers that are gone. Any process may call it."""
    from django_tasks_db.models import DBTaskResult

    again = failed = 0
    for job in DBTaskResult.objects.running().order_by("enqueued_at"):
        alive = lives(job.worker_ids[-1]) if job.worker_ids else False
        if alive is None:
            alive = job.started_at is not None and datetime.now(UTC) - job.started_at < LONGEST
        if alive:
            continue
        same = DBTaskResult.objects.running().filter(pk=job.pk, started_at=job.started_at)
        if len(job.worker_ids) < TRIES:
            again += same.update(status=TaskResultStatus.READY, started_at=None)
        else:
            failed += same.update(
                status=TaskResultStatus.FAILED, finished_at=datetime.now(UTC), exception_class_path="", traceback=LOST
            )
            for path, runs in _kinds_of_runs().items():
                if job.task_path == path:
                    runs.abandon(job.args_kwargs["args"][0], LOST)
    return again, failed + _fail_orphans()


def _kinds_of_runs() -> dict[str, Any]:
    """The path of each job that somebody watches a run of → the module that keeps these runs (`running`, `abandon`)."""
    from hengjian.rosters import dry_run
    from hengjian.web.takeovers import runs

    return {
        dry_run.examine_upload.module_path: dry_run,
        runs.examine_table.module_path: runs,
        runs.take_table.module_path: runs,
    }


def _fail_orphans() -> int:
    """Runs whose job is nowhere any more; a run just begun has its job within moments."""
    from django_tasks_db.models import DBTaskResult

    from hengjian.kernel import clock

    lost = 0
    paths = _kinds_of_runs()
    jobs = DBTaskResult.objects.filter(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING)).order_by("pk")
    for runs in dict.fromkeys(paths.values()):
        waiting = runs.running(before=clock.now() - ORPHANED)
        own = [path for path, of in paths.items() if of is runs]
        held = {job["args"][0] for job in jobs.filter(task_path__in=own).values_list("args_kwargs", flat=True)}
        for check in waiting:
            if check not in held:
                runs.abandon(check, LOST)
                lost += 1
    return lost

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

    from hengjian.rosters import dry_run

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
            if job.task_path == dry_run.examine_upload.module_path:
                dry_run.abandon(job.args_kwargs["args"][0], LOST)
    return again, failed + _fail_orphans()


def _fail_orphans() -> int:
    """Dry runs that no job will end any more: it was lost twice, or could not even write that it had failed."""
    from django_tasks_db.models import DBTaskResult

    from hengjian.kernel import clock
    from hengjian.rosters import dry_run

    waiting = dry_run.running(before=clock.now() - ORPHANED)
    if not waiting:
        return 0
    jobs = DBTaskResult.objects.filter(task_path=dry_run.examine_upload.module_path)
    jobs = jobs.filter(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING)).order_by("pk")
    held = {job["args"][0] for job in jobs.values_list("args_kwargs", flat=True)}
    lost = [check for check in waiting if check not in held]
    for check in lost:
        dry_run.abandon(check, LOST)
    return len(lost)

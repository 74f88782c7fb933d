"""The dry run of a table in the background, with progress and a way to stop; and the act itself where the table is large.

What the background performs is the act of the seat that asked, under the key of its form: sent twice it is one act.
"""

from __future__ import annotations

from django_tasks import task

from hengjian.authorities.models import Seat
from hengjian.authorities.seating import acting_seat
from hengjian.institutions import checks
from hengjian.institutions.checks import State, abandon, running
from hengjian.institutions.models import TakeoverCheck
from hengjian.kernel.asking import Asking
from hengjian.kernel.models import Upload
from hengjian.kernel.refusal import Refused
from hengjian.kernel.uploads import contents, keep_upload
from hengjian.kernel.words import say
from hengjian.tables.annotate import annotate
from hengjian.tables.grid import Watch
from hengjian.tables.limits import Cancelled, Unreadable
from hengjian.web.takeovers.kinds import BY_CODE, TableKind

__all__ = ["AT_ONCE", "abandon", "examine_table", "perform", "running", "start", "take_table"]

AT_ONCE = 2_000  # rows that a request may take over or mark itself: a bound on its work, not a number of the law
FAILED = "核查没有完成。请稍后重试；多次不成的，请联系系统管理岗。"
TOO_MUCH = "文件展开后占用的内存过大，没有读完。请删除空白行列和多余的工作表，或分成几个文件后重新上传。"
NO_SEAT = "您的席位已停用，没有承接。"


def start(kind: TableKind, upload: Upload, seat: Seat) -> TakeoverCheck:
    """Begin a dry run of the seat's own upload; returns at once where a worker runs."""
    check = checks.begin(kind.code, upload, seat)
    examine_table.enqueue(check.pk)
    check.refresh_from_db()
    return check


def perform(check: TakeoverCheck, key: str) -> None:
    """Have the worker perform the act of a checked table; asked twice it is done once."""
    if checks.claim(check, key):
        take_table.enqueue(check.pk)


@task()
def examine_table(check_id: int) -> None:
    check = checks.of(check_id)
    seat = acting_seat(check.seat_id)
    if check.cancel or seat is None:
        checks.end(check, State.CANCELLED)
        return
    kind, upload = BY_CODE[check.kind], checks.upload_of(check)
    watch = Watch(checks.teller(check_id), checks.asker(check_id))
    try:
        taking = kind.read(Asking(seat, None), contents(upload), upload.name, watch)
        if len(taking.fresh) > AT_ONCE and taking.findings:
            watch.tell("生成标注的表格")
            check.copy_id = keep_upload(upload.name, "", annotate(taking.opened, taking.findings), seat).pk
    except Cancelled:
        checks.end(check, State.CANCELLED)
    except Unreadable as unreadable:
        checks.end(check, State.REFUSED, unreadable.sentence)
    except MemoryError:
        checks.end(check, State.REFUSED, TOO_MUCH)
    except Exception:
        checks.end(check, State.REFUSED, FAILED)
        raise
    else:
        checks.keep(check, taking)


@task()
def take_table(check_id: int) -> None:
    check = checks.of(check_id)
    if check.state != State.TAKING:
        return
    seat = acting_seat(check.seat_id)
    if seat is None:
        checks.end(check, State.DONE, NO_SEAT)
        return
    checks.teller(check_id)(say("正在承接 {rows} 行", rows=check.fresh), 0, 0)
    try:
        takeover = BY_CODE[check.kind].act.once(check.key)(seat, upload_id=check.upload_id)
    except Refused as refused:
        checks.refused(check, refused.refusal)
    except Exception:
        checks.end(check, State.DONE, FAILED)
        raise
    else:
        check.takeover_id = takeover.pk
        checks.end(check, State.TAKEN)

"""The dry run of an upload: read and checked in the background, with progress and a way to stop; it decides nothing.

Its report lies encrypted in the free table `RosterCheck`; the annotated copy is made when asked for, from the upload.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django_tasks import task

from hengjian.kernel import clock
from hengjian.kernel.actor import CLOCK, Actor
from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.models import Upload
from hengjian.kernel.refusal import PRODUCT, Refusal, refuse
from hengjian.kernel.uploads import contents
from hengjian.plans.models import Batch
from hengjian.rosters.examining import Examined, answer
from hengjian.rosters.identity import person_key
from hengjian.rosters.models import RosterCheck
from hengjian.rosters.reading.roster import read_roster
from hengjian.tables.annotate import annotate
from hengjian.tables.findings import Finding
from hengjian.tables.limits import Cancelled

FAILED = "核查没有完成。请稍后重试；多次不成的，请联系负责的鉴定中心。"

TOO_MUCH = "文件展开后占用的内存过大，没有读完。请删除空白行列和多余的工作表，或分成几个文件后重新上传。"


def start(batch: Batch, upload: Upload, seat: Actor) -> RosterCheck:
    """Begin a dry run of the seat's own upload for a batch it may see; returns at once where a worker runs."""
    visible = disclosed(Batch, seat).filter(pk=batch.pk).exists()
    if not visible or upload.owner != seat.actor_id:
        raise refuse(
            "rosters.no_upload",
            "没有找到您上传的这份文件，请重新上传。",
            field="upload_id",
            remedy="请在本页重新选择文件上传，再办理一次。",
            clause=PRODUCT,
        )
    check = RosterCheck.objects.create(batch_id=batch.pk, upload_id=upload.pk, owner=seat.actor_id, at=clock.now())
    examine_upload.enqueue(check.pk)
    check.refresh_from_db()
    return check


def cancel(check: RosterCheck) -> None:
    """Ask the run to stop; it does so between two pieces of work."""
    RosterCheck.objects.filter(pk=check.pk, state=RosterCheck.State.RUNNING).update(cancel=True)


def abandon(check_id: int, sentence: str) -> None:
    """End a run whose worker is gone for good; the page shows the sentence."""
    RosterCheck.objects.filter(pk=check_id, state=RosterCheck.State.RUNNING).update(
        state=RosterCheck.State.REFUSED, sentence=sentence
    )


def running(before: datetime) -> list[int]:
    """Keys of runs begun before that moment and not ended."""
    wanted = RosterCheck.objects.filter(state=RosterCheck.State.RUNNING, at__lt=before)
    return list(wanted.order_by("pk").values_list("pk", flat=True))


def own(seat: Actor, check_id: int) -> RosterCheck | None:
    """The run, if it is disclosed to that seat."""
    return disclosed(RosterCheck, seat).filter(pk=check_id).order_by("pk").first()


@task()
def examine_upload(check_id: int) -> None:
    check = RosterCheck.objects.get(pk=check_id)
    if check.cancel:
        _end(check, state=RosterCheck.State.CANCELLED)
        return
    try:
        batch = Batch.objects.select_related("plan__institution").get(pk=check.batch_id)
        upload = Upload.objects.get(pk=check.upload_id)
        examined = answer(Asking(CLOCK, batch), upload, progress=_teller(check_id), cancelled=_asker(check_id))
    except Cancelled:
        _end(check, state=RosterCheck.State.CANCELLED)
    except MemoryError:
        _end(check, state=RosterCheck.State.REFUSED, sentence=TOO_MUCH)
    except Exception:
        _end(check, state=RosterCheck.State.REFUSED, sentence=FAILED)
        raise
    else:
        if isinstance(examined, Refusal):
            _keep_refusal(check, examined)
            _end(check, state=RosterCheck.State.REFUSED, sentence=examined.sentence)
        else:
            _keep(check, examined)


def findings_of(check: RosterCheck) -> list[Finding]:
    """The report, in the order of the file."""
    return [Finding.of_list(row) for row in _report(check)["findings"]]


def refusal_in(check: RosterCheck) -> Refusal | None:
    """The refusal the act would have met at the moment of the dry run."""
    told = _report(check)["refusal"]
    return Refusal.of_kept(told) if told else None


def _report(check: RosterCheck) -> dict[str, Any]:
    """Runs of earlier versions kept the findings alone."""
    told = json.loads(check.report or "[]")
    return told if isinstance(told, dict) else {"findings": told, "refusal": None}


def annotated(check: RosterCheck) -> bytes:
    """The user's own file with marks and sentences (an .xlsx)."""
    upload = Upload.objects.get(pk=check.upload_id)
    reading = read_roster(contents(upload), upload.name, key=person_key())
    return annotate(reading, findings_of(check))


def _keep(check: RosterCheck, examined: Examined) -> None:
    check.rows = check.done = check.total = examined.reading.people
    check.errors, check.warnings, check.notes = examined.errors, examined.warnings, examined.notes
    _keep_refusal(check, examined.refusal, examined.findings)
    _end(check, state=RosterCheck.State.DONE)


def _keep_refusal(check: RosterCheck, refusal: Refusal | None, findings: Iterable[Finding] = ()) -> None:
    report = {"findings": [finding.as_list() for finding in findings], "refusal": refusal and refusal.as_kept()}
    check.report = json.dumps(report, ensure_ascii=False)


def _end(check: RosterCheck, *, state: str, sentence: str = "") -> None:
    check.state, check.sentence = RosterCheck.State(state), sentence
    check.save(update_fields=["state", "sentence", "rows", "done", "total", "errors", "warnings", "notes", "report"])


def _teller(check_id: int) -> Callable[[str, int, int], None]:
    def tell(stage: str, done: int, total: int) -> None:
        RosterCheck.objects.filter(pk=check_id).update(sentence=stage, done=done, total=total)

    return tell


def _asker(check_id: int) -> Callable[[], bool]:
    def asked() -> bool:
        return RosterCheck.objects.filter(pk=check_id, cancel=True).exists()

    return asked

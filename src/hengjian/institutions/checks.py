"""The rows of dry runs of tables (`TakeoverCheck`): begun, told of, ended. They decide nothing; what runs behind them stands above the domains,
for a table may be of any of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from hengjian.authorities.models import Seat
from hengjian.institutions.models import TakeoverCheck
from hengjian.institutions.taking import Taking, refusal_of
from hengjian.kernel import clock
from hengjian.kernel.models import Upload
from hengjian.kernel.refusal import Refusal
from hengjian.tables.findings import Finding, Severity, counts

State = TakeoverCheck.State
KEPT = 20_000  # findings that are kept for the pages; the marked copy has all


def begin(kind: str, upload: Upload, seat: Seat) -> TakeoverCheck:
    """A dry run of the seat's own upload."""
    return TakeoverCheck.objects.create(
        kind=kind, upload_id=upload.pk, owner=seat.actor_id, seat_id=seat.pk, at=clock.now()
    )


def of(check_id: int) -> TakeoverCheck:
    """The row of a run, for who runs it."""
    return TakeoverCheck.objects.get(pk=check_id)


def upload_of(check: TakeoverCheck) -> Upload:
    """The table of a run."""
    return Upload.objects.get(pk=check.upload_id)


def claim(check: TakeoverCheck, key: str) -> bool:
    """Whether this is the first to ask for the act behind a finished check, under the key of the form."""
    done = TakeoverCheck.objects.filter(pk=check.pk, state=State.DONE)
    return bool(done.update(state=State.TAKING, key=key[:64], sentence="等待承接", done=0, total=0))


def cancel(check: TakeoverCheck) -> None:
    """Ask a dry run to stop; it does so between two pieces of work."""
    TakeoverCheck.objects.filter(pk=check.pk, state=State.RUNNING).update(cancel=True)


def abandon(check_id: int, sentence: str) -> None:
    """End a run whose worker is gone for good; the page shows the sentence. An act is done wholly or not at all: it may be asked again."""
    mine = TakeoverCheck.objects.filter(pk=check_id)
    mine.filter(state=State.RUNNING).update(state=State.REFUSED, sentence=sentence)
    mine.filter(state=State.TAKING).update(state=State.DONE, sentence=sentence)


def running(before: datetime) -> list[int]:
    """Keys of runs begun before that moment and not ended."""
    wanted = TakeoverCheck.objects.filter(state__in=(State.RUNNING, State.TAKING), at__lt=before)
    return list(wanted.order_by("pk").values_list("pk", flat=True))


def keep(check: TakeoverCheck, taking: Taking) -> None:
    """What was found, and how the act would be answered now."""
    count = counts(taking.findings)
    check.fresh, check.parts, check.known = len(taking.fresh), taking.parts, taking.known
    check.errors, check.warnings = count[Severity.ERROR], count[Severity.WARNING]
    ordered = sorted(taking.findings, key=lambda found: (found.severity.weight, found.sheet, found.row))
    refusal = refusal_of(taking)
    report = {
        "findings": [finding.as_list() for finding in ordered[:KEPT]],
        "refusal": refusal.as_kept() if refusal is not None else None,
    }
    check.report = json.dumps(report, ensure_ascii=False)
    end(check, State.DONE)


def refused(check: TakeoverCheck, refusal: Refusal) -> None:
    """The act behind the check was refused; the check stands with that answer."""
    check.report = json.dumps({**_report(check), "refusal": refusal.as_kept()}, ensure_ascii=False)
    end(check, State.DONE, refusal.sentence)


def end(check: TakeoverCheck, state: TakeoverCheck.State, sentence: str = "") -> None:
    check.state, check.sentence = state, sentence
    names = ("state", "sentence", "fresh", "parts", "known", "errors", "warnings", "report", "copy_id", "takeover_id")
    check.save(update_fields=names)


def findings_of(check: TakeoverCheck) -> list[Finding]:
    """What was found, the heaviest first; at most `KEPT`."""
    return [Finding.of_list(row) for row in _report(check)["findings"]]


def refusal_in(check: TakeoverCheck) -> Refusal | None:
    """The refusal the act would have met at the moment of the dry run, or met when it was tried."""
    told = _report(check)["refusal"]
    return Refusal.of_kept(told) if told else None


def teller(check_id: int) -> Callable[[str, int, int], None]:
    """Says on the row how far the run is."""

    def tell(stage: str, done: int, total: int) -> None:
        TakeoverCheck.objects.filter(pk=check_id).update(sentence=stage, done=done, total=total)

    return tell


def asker(check_id: int) -> Callable[[], bool]:
    """Whether the run was asked to stop."""

    def asked() -> bool:
        return TakeoverCheck.objects.filter(pk=check_id, cancel=True).exists()

    return asked


def _report(check: TakeoverCheck) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(check.report) if check.report else {"findings": [], "refusal": None}
    return found

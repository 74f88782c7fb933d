"""One upload from end to end as a dry run: read, checked, and handed back marked. Nothing is stored, nothing is filed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from hengjian.rosters.checks.from_roster import Setting
from hengjian.rosters.checks.roster import check_roster
from hengjian.rosters.checks.vocabulary import Vocabulary
from hengjian.rosters.reading import Cancelled, Limits, Reading, read_roster
from hengjian.tables.annotate import annotate
from hengjian.tables.collector import resting_collector
from hengjian.tables.findings import Finding, may_be_filed
from hengjian.tables.grid import Progress


@dataclass(frozen=True)
class Examined:
    """The reading, all findings of reading and checks, and the user's file with marks."""

    reading: Reading
    findings: tuple[Finding, ...]
    copy: bytes

    @property
    def may_be_filed(self) -> bool:
        return may_be_filed(self.findings)


def examine(
    data: bytes,
    filename: str,
    setting: Setting,
    *,
    key: bytes = b"",
    words: Vocabulary | None = None,
    beside: Mapping[str, pa.Table] | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    limits: Limits | None = None,
) -> Examined:
    """Raises only `Unreadable`; stopping it at any moment leaves nothing behind, for nothing is written."""

    def tell(stage: str) -> None:
        if cancelled is not None and cancelled():
            raise Cancelled
        if progress is not None:
            progress(stage, 0, 0)

    with resting_collector():
        reading = read_roster(data, filename, key=key, progress=progress, cancelled=cancelled, limits=limits)
        tell("逐项核查")
        checked = check_roster(reading.table, reading.findings, setting, words=words, beside=beside)
        findings = (*reading.findings, *checked)
        tell("标注原表")
        copy = annotate(reading, findings)
    return Examined(reading, findings, copy)

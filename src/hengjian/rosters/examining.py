"""One upload read and checked against the batch it is for: the answer of the dry run and of filing alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from hengjian.institutions.models import Institution
from hengjian.kernel.asking import Asking
from hengjian.kernel.models import Upload
from hengjian.kernel.refusal import PRODUCT, Kind, Refusal
from hengjian.kernel.stored_files import FileUnfit
from hengjian.kernel.uploads import contents
from hengjian.kernel.words import say
from hengjian.plans.models import Batch
from hengjian.rosters import identity
from hengjian.rosters.checks.clauses import STUDY_31
from hengjian.rosters.checks.from_roster import Setting
from hengjian.rosters.checks.roster import check_roster
from hengjian.rosters.checks.tables import EMPLOYER, SCHOOL, SOCIAL, occupation_number, text_key
from hengjian.rosters.history import known_beside, level_number, sitting_times
from hengjian.rosters.reading.roster import Reading, read_roster
from hengjian.tables.findings import Finding, Severity, counts
from hengjian.tables.grid import Progress
from hengjian.tables.limits import Cancelled, Unreadable

KINDS = {
    Institution.Kind.EMPLOYER: EMPLOYER,
    Institution.Kind.SOCIAL: SOCIAL,
    Institution.Kind.SCHOOL: SCHOOL,
}
UNREADABLE = "请改正文件，或者从下载的空表填写，再重新上传。"


@dataclass(frozen=True)
class Examined:
    """What was read, what was found; `flagged` are the places a person has to look at."""

    reading: Reading
    findings: tuple[Finding, ...]
    checked: tuple[Finding, ...]
    setting: Setting
    planned: int
    beside: Mapping[str, pa.Table]

    @property
    def pins(self) -> Mapping[Any, Any]:
        """What was read of the law, for the fact."""
        return self.setting.law.pins if isinstance(self.setting.law, Asking) else {}

    @property
    def person_keys(self) -> list[int]:
        """Of everybody whose number could be read."""
        return [key for key in self.reading.table["person_key"].to_pylist() if key]

    @property
    def errors(self) -> int:
        return self._count(Severity.ERROR)

    @property
    def warnings(self) -> int:
        return self._count(Severity.WARNING)

    @property
    def notes(self) -> int:
        return self._count(Severity.NOTE)

    @property
    def refusal(self) -> Refusal | None:
        """Why this roster cannot be filed: the answer of the dry run and of the act."""
        people = self.reading.people
        if people > self.planned:
            return _refusal(
                "rosters.over_headcount",
                say("名册有 {people} 人，超过计划人数 {planned} 人。", people=people, planned=self.planned),
                "核对名册，或变更计划人数重新备案。",
            )
        if self.errors:
            return _refusal(
                "rosters.has_errors",
                say(
                    "名册有 {errors} 处错误，涉及 {people_in_error} 人；另有 {warnings} 处须核实。",
                    errors=self.errors,
                    people_in_error=self.people_in_error,
                    warnings=self.warnings,
                ),
                "下载标注了错误的名册，逐处改正后重新上传。",
            )
        return None

    @property
    def people_in_error(self) -> int:
        return len({(f.sheet, f.row) for f in self.findings if f.severity is Severity.ERROR and f.row})

    def flags(self) -> dict[tuple[str, int], list[str]]:
        """Place → codes of the checks that fell on it; repairs of the reader are not among them."""
        found: dict[tuple[str, int], list[str]] = {}
        for finding in self.checked:
            found.setdefault((finding.sheet, finding.row), []).append(finding.code)
        return found

    def _count(self, severity: Severity) -> int:
        return counts(self.findings)[severity]


def _refusal(code: str, sentence: str, remedy: str, clause: str = STUDY_31) -> Refusal:
    return Refusal(code, sentence, clause=clause, remedy=remedy, field="upload_id", kind=Kind.INPUT)


def answer(
    asking: Asking[Batch],
    upload: Upload,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Examined | Refusal:
    """The upload read and checked, or why it cannot be filed; dry run and act ask here and nowhere else. Only `Cancelled`
    is raised."""
    try:
        return examine(asking, upload, progress=progress, cancelled=cancelled)
    except Cancelled:
        raise
    except (Unreadable, FileUnfit) as refused:
        return _refusal("rosters.unreadable", refused.sentence, UNREADABLE, clause=PRODUCT)


def examine(
    asking: Asking[Batch],
    upload: Upload,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Examined:
    """Raises `Unreadable` where the file is refused as a whole."""
    batch = asking.subject
    reading = read_roster(
        contents(upload),
        upload.name,
        key=identity.person_key(),
        progress=progress,
        cancelled=cancelled,
        today=asking.today,
    )
    if progress is not None:
        progress("逐项核查", 0, reading.people)
    setting = setting_of(asking, asking.today)
    keys = [key for key in reading.table["person_key"].to_pylist() if key]
    beside = known_beside(batch, keys)
    checked = check_roster(reading.table, reading.findings, setting, beside=beside)
    if progress is not None:
        progress("核查完成", reading.people, reading.people)
    findings = sorted([*reading.findings, *checked], key=lambda f: (f.sheet, f.row, f.severity.weight))
    return Examined(reading, tuple(findings), tuple(checked), setting, batch.headcount, beside)


def setting_of(asking: Asking[Batch], applied: date) -> Setting:
    """What the plan says of the batch, in the numbers of the checks; the law is that of the day of application."""
    batch = asking.subject
    plan = batch.plan
    kind = Institution.Kind(plan.institution.kind)
    own = plan.institution
    starts, ends = sitting_times([batch.pk]).get(batch.pk, (0, 0))
    return Setting(
        applied=applied,
        law=asking,
        exam=plan.held_on,
        edition=int(batch.conditions.removeprefix("STD")),
        batch=batch.pk,
        institution_kind=KINDS[kind],
        employer=plan.institution.name if kind is Institution.Kind.EMPLOYER else "",
        own_names=_keys(own.name, own.short_name, own.uscc) if kind is Institution.Kind.EMPLOYER else frozenset(),
        principal_names=_keys(plan.entrusted_by),
        occupation=occupation_number(batch.occupation_code),
        level=level_number(batch.level),
        starts=starts,
        ends=ends,
    )


def _keys(*names: str) -> frozenset[int]:
    return frozenset(key for name in names if (key := text_key(name)))

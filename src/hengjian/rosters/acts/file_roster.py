"""The roster is filed by an act that reads and checks the file itself, ahead of its transaction: nothing is filed while a row
has an error (R23–R26)."""

from __future__ import annotations

import hashlib

from django.db.models import Max

from hengjian.authorities.roles import Role
from hengjian.kernel import marks
from hengjian.kernel.act import Doing, Step, act
from hengjian.kernel.facts import canonical
from hengjian.kernel.models import Upload
from hengjian.kernel.refusal import refuse
from hengjian.plans.models import Batch
from hengjian.plans.states import BatchState
from hengjian.rosters import drawing, marking, rules
from hengjian.rosters.enrolling import Listed, read_and_check
from hengjian.rosters.facts import RosterFiled
from hengjian.rosters.models import Candidate, CandidateMark
from hengjian.rosters.policies import CONDITIONS_JUDGED_ON, OF_CHECKS

_REPLACED = (
    "name",
    "masked_name",
    "document_type",
    "document_number",
    "masked_number",
    "person_key",
    "birth",
    "sex",
    "entry_row",
    "facts",
    "row",
    "state",
    "reason",
    "sampled",
)


@act(
    "rosters.file_roster",
    Batch,
    by=Role.CLERK.of_own_institution,
    step=Step(BatchState.OPEN, to=BatchState.ROSTERED),
    requires=[rules.plan_takes_rosters],
    cites=[CONDITIONS_JUDGED_ON, *OF_CHECKS],
    before=read_and_check,
    clause=rules.CANDIDATES,
    turn=True,
)
def file_roster(doing: Doing[Batch], *, upload_id: int) -> RosterFiled:
    """提交名册。"""
    return _file(doing, upload_id)


@act(
    "rosters.replace_roster",
    Batch,
    by=Role.CLERK.of_own_institution,
    step=Step(BatchState.ROSTERED),
    requires=[rules.plan_takes_rosters, rules.no_sample_yet],
    cites=[CONDITIONS_JUDGED_ON, *OF_CHECKS],
    before=read_and_check,
    clause=rules.CANDIDATES,
)
def replace_roster(doing: Doing[Batch], *, upload_id: int) -> RosterFiled:
    """更换名册。

    Until the sample is drawn. Nobody is deleted: who is no longer listed stays as withdrawn, row numbers are not used again.
    """
    return _file(doing, upload_id)


def _file(doing: Doing[Batch], upload_id: int) -> RosterFiled:
    """What was read and checked ahead of the transaction is filed, unless what it rests on has changed since."""
    batch = doing.subject
    listed: Listed = doing.prepared
    if listed.changed_since(doing):
        raise refuse(
            "rosters.changed_meanwhile",
            "核查名册以后，认定计划或这些考生在别处的报名有变动，没有提交。",
            field="upload_id",
            clause=rules.CANDIDATES,
            remedy="请重新核查后再提交。",
        )
    examined = listed.examined
    doing.pins.update(examined.pins)
    upload = Upload.objects.only("pk", "sha256", "name").get(pk=upload_id)
    people = examined.reading.people
    replaced = batch.roster_rows > 0
    withdrawn = _enrol(doing, listed)
    batch.roster_sha256, batch.roster_name, batch.roster_upload_id = upload.sha256, upload.name, upload.pk
    batch.roster_rows, batch.roster_warnings, batch.roster_filed_on = people, examined.warnings, doing.today
    keys = drawing.secrets_of(batch)
    return RosterFiled(
        rows=people,
        warnings=examined.warnings,
        notes=examined.notes,
        sha256=upload.sha256,
        digest=_digest(batch),
        sample_commitment=keys.commitment,
        sample_code_hash=keys.code_hash,
        replaced=replaced,
        withdrawn=withdrawn,
    )


def _enrol(doing: Doing[Batch], roster: Listed) -> int:
    """Create the candidates; of a replaced roster keep whoever stays and withdraw the others. How many were withdrawn."""
    batch = doing.subject
    known = {bytes(row.document_index): row for row in Candidate.objects.filter(batch=batch).order_by("row")}
    last = Candidate.objects.filter(batch=batch).aggregate(last=Max("row"))["last"] or 0
    part = batch.plan.institution_id
    fresh, kept, unlike = [], [], []
    for candidate in roster.candidates:
        candidate.batch, candidate.row = batch, candidate.row + last
        former = known.pop(bytes(candidate.document_index), None)
        if former is None:
            fresh.append(candidate)
            continue
        if (former.name, former.document_number) != (candidate.name, candidate.document_number):
            unlike.append(marking.named(former, part))
        for name in _REPLACED:
            setattr(former, name, getattr(candidate, name))
        kept.append(former)
    gone = [row for row in known.values() if row.state != Candidate.State.EXCLUDED]
    for row in gone:
        row.state, row.reason = Candidate.State.EXCLUDED, drawing.WITHDRAWN
    if kept:
        doing.bulk_save(Candidate, kept, _REPLACED)
    if gone:
        doing.bulk_save(Candidate, gone, ["state", "reason"])
    doing.bulk(Candidate, fresh)
    marks.forget(CandidateMark, unlike)
    marks.write(CandidateMark, [marking.named(row, part) for row in (*kept, *fresh)])
    return len(gone)


def _digest(batch: Batch) -> str:
    """Over row numbers and blind indexes: the same people in the same order give the same digest."""
    rows = Candidate.objects.filter(batch=batch, state=Candidate.State.LISTED).order_by("row")
    listed = [[row, bytes(index).hex()] for row, index in rows.values_list("row", "document_index")]
    return hashlib.sha256(canonical(listed)).hexdigest()

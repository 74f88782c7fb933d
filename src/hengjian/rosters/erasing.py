"""A candidate erased from files: the roster that stands is laid out anew without the row, every other file that names the
candidate and belongs to the batch is destroyed, and so are dry runs with their reports. Digests stay in the facts.

What a filing's materials say of the same person is evidence of another case and kept with it; it is counted, so that the
office sees that something remains to be decided there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from hengjian.kernel import naming, stored_files
from hengjian.kernel.act import Doing
from hengjian.kernel.erasure import forget_files
from hengjian.kernel.models import Entry, Upload
from hengjian.plans.models import Batch
from hengjian.rosters.identity import person_key
from hengjian.rosters.models import Candidate, RosterCheck
from hengjian.rosters.reading.roster import read_roster
from hengjian.tables.annotate_rebuilt import rebuilt
from hengjian.tables.limits import Unreadable

MARKS = re.compile(r"[\s\-–—_]+")


@dataclass(frozen=True)
class Cleared:
    """Files destroyed; files of other cases that name the person; digest of the roster laid out anew, or nothing."""

    destroyed: int
    left: int
    roster_sha256: str


def clear_files(doing: Doing[Any], candidate: Candidate) -> Cleared:
    """Called in the act of erasure, while the candidate's number can still be read. A person is told by the number: a name
    may be a namesake's, and one telephone often stands for a whole workshop."""
    batch = Batch._base_manager.select_for_update().get(pk=candidate.batch_id)
    doomed, left = _others(batch, candidate.document_number, candidate.name)
    anew = ""
    if batch.roster_sha256 and _names(batch.roster_sha256, candidate.document_number):
        doomed.add(batch.roster_sha256)
        anew = batch.roster_sha256 if _laid_out_anew(doing, batch, candidate.document_number) else ""
    RosterCheck.objects.filter(batch_id=batch.pk).delete()
    forget_files(doing, sorted(doomed))
    return Cleared(len(doomed), left, anew)


def _others(batch: Batch, number: str, name: str) -> tuple[set[str], int]:
    """Files beside the roster that stands: which to destroy, and how many that name the person belong to other cases."""
    checked = RosterCheck.objects.filter(batch_id=batch.pk).order_by("pk")
    filed = Entry.objects.filter(subject_table=Batch._meta.db_table, subject_id=batch.pk).order_by("pk")
    owners = {*checked.values_list("owner", flat=True), *filed.values_list("actor", flat=True)}
    tried = Upload.objects.filter(pk__in=list(checked.values_list("upload_id", flat=True))).order_by("pk")
    handed_in = Upload.objects.filter(owner__in=owners).order_by("pk")
    kept, before = _kept_elsewhere(), _filed_before(filed)
    # A dry run decides nothing and binds nobody to keep it; a roster replaced may have the number wrong and the name right.
    doomed = {*tried.values_list("sha256", flat=True)} - before
    doomed |= {digest for digest in before if _names(digest, number, name)}
    doomed |= {digest for digest in set(handed_in.values_list("sha256", flat=True)) if _names(digest, number)}
    doomed.discard(batch.roster_sha256)
    return doomed - kept, sum(_names(digest, number) for digest in doomed & kept)


def _filed_before(entries: Any) -> set[str]:
    """The digests of every roster this batch has had."""
    from hengjian.kernel.ledger import opened
    from hengjian.rosters.facts import RosterFiled

    facts = (opened(entry).fact for entry in entries)
    return {fact.sha256 for fact in facts if isinstance(fact, RosterFiled)}


def _kept_elsewhere() -> set[str]:
    """Files that other cases hold: rosters of other batches, materials of filings."""
    from hengjian.institutions.models import Material

    rosters = Batch.objects.exclude(roster_sha256="").order_by("pk").values_list("roster_sha256", flat=True)
    return {*rosters, *Material.objects.order_by("pk").values_list("sha256", flat=True)}


def _names(digest: str, *words: str) -> bool:
    try:
        return naming.is_named(stored_files.contents(digest), words)
    except stored_files.FileUnfit:
        return False


def _laid_out_anew(doing: Doing[Any], batch: Batch, number: str) -> bool:
    """Put a roster without the candidate's row in the place of the one that stands; not, where the row cannot be told."""
    former = Upload.objects.filter(pk=batch.roster_upload_id or 0).order_by("pk").first()
    try:
        reading = read_roster(
            stored_files.contents(batch.roster_sha256), batch.roster_name, key=person_key(), today=doing.today
        )
    except (Unreadable, stored_files.FileUnfit):
        return False
    for sheet in reading.sheets:
        for row, cells in enumerate(sheet.grid.rows):
            if any(number in MARKS.sub("", str(cell)).upper() for cell in cells):
                sheet.grid.rows[row] = [""] * len(cells)
    data = rebuilt(reading, {})
    if naming.is_named(data, [number]) or former is None:
        return False
    batch.roster_sha256 = stored_files.store(data)
    batch.roster_name = f"{batch.roster_name.rsplit('.', 1)[0]}.xlsx"
    batch.roster_upload_id = Upload.objects.create(
        sha256=batch.roster_sha256,
        name=batch.roster_name,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        size=len(data),
        owner=former.owner,
        at=doing.now,
    ).pk
    doing.save(batch)
    return True

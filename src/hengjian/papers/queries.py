"""Papers as their readers may see them: whoever may see the case may see its papers; the public checks one by its code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from hengjian.kernel import codes, stored_files
from hengjian.kernel.actor import Actor
from hengjian.kernel.case import CaseModel
from hengjian.kernel.disclosure import Disclosures, disclosed
from hengjian.papers import making
from hengjian.papers.kinds import kinds
from hengjian.papers.models import Paper, PaperFacts
from hengjian.papers.proofs import issued_in_log
from hengjian.papers.states import PaperState


def papers_disclosed_to(actor: Actor) -> QuerySet[Paper]:
    """The papers of the cases that are disclosed to this actor."""
    cases = dict.fromkeys(kind.case for kind in kinds().values())
    seen = Q(pk__in=())
    for case in cases:
        seen |= Q(case_table=case._meta.db_table, case_id__in=disclosed(case, actor).order_by().values("pk"))
    return Paper.objects.filter(seen)


def facts_disclosed_to(actor: Actor) -> QuerySet[PaperFacts]:
    return PaperFacts.objects.filter(paper__in=papers_disclosed_to(actor).order_by().values("pk"))


DISCLOSED: Disclosures = {Paper: papers_disclosed_to, PaperFacts: facts_disclosed_to}


@dataclass(frozen=True)
class PaperRow:
    """A line of the register."""

    id: int
    number: str
    kind: str
    title: str
    issuer: str
    addressee: str
    signer: str
    issued_on: date
    made: bool
    file_sha256: str
    state: str
    state_label: str
    case_table: str
    case_id: int


@dataclass(frozen=True)
class PaperChecked:
    """What anybody learns who has the paper's code: that it is registered, whether it holds, and what its file hashes to."""

    number: str
    title: str
    issuer: str
    issued_at: datetime
    state: str
    state_label: str
    ended_on: date | None
    replaced_by: str
    file_sha256: str
    index: int | None
    leaf: str


def papers(actor: Actor, *, case: CaseModel | None = None) -> list[PaperRow]:
    """The papers this actor may see, newest first; of one case where it is named."""
    rows = disclosed(Paper, actor)
    if case is not None:
        rows = rows.filter(case_table=case._meta.db_table, case_id=case.pk)
    return [row(found) for found in rows.order_by("-pk")]


def row(found: Paper) -> PaperRow:
    return PaperRow(
        id=found.pk,
        number=found.number,
        kind=found.kind,
        title=found.title,
        issuer=found.issuer,
        addressee=found.addressee,
        signer=found.signer,
        issued_on=found.issued_on,
        made=found.made_at is not None,
        file_sha256=found.file_sha256 or "",
        state=found.state,
        state_label=str(PaperState(found.state).label),
        case_table=found.case_table,
        case_id=found.case_id,
    )


def file(actor: Actor, pk: int) -> tuple[PaperRow, bytes] | None:
    """The signed file; None where it is not disclosed or not made yet. Raises FileUnfit where the stored bytes are not it."""
    found = disclosed(Paper, actor).filter(pk=pk, file_sha256__isnull=False).first()
    if found is None or found.file_sha256 is None:
        return None
    return row(found), stored_files.contents(found.file_sha256)


def translation(actor: Actor, pk: int) -> tuple[PaperRow, bytes] | None:
    """The translation, made now; None as for the file. Raises FontsMissing, NoKey or Unmakeable."""
    found = disclosed(Paper, actor).filter(pk=pk, file_sha256__isnull=False).select_related("replaces").first()
    return (row(found), making.translation(found)) if found is not None else None


def code_face(paper: Paper) -> str:
    """The code as it is printed, in groups."""
    return codes.grouped(paper.code)


def register(*, number: str = "", limit: int = 50) -> list[PaperRow]:
    """The whole register, newest first, for who runs the installation."""
    rows = Paper.objects.filter(number__contains=number) if number else Paper.objects.all()
    return [row(found) for found in rows.order_by("-pk")[:limit]]


def file_of(number: str) -> bytes | None:
    """The signed file of this number, for who runs the installation."""
    digest = Paper.objects.filter(number=number).values_list("file_sha256", flat=True).first()
    return stored_files.contents(digest) if digest else None


def waiting() -> int:
    """How many papers in force have no file yet."""
    return Paper.objects.filter(state=PaperState.IN_FORCE, made_at__isnull=True).count()


def check(code: str) -> PaperChecked | None:
    """By the code that stands on the paper. It says nothing of the case or of whom the paper is for."""
    found = Paper.objects.filter(code=codes.read(code)).select_related("replaced_by").first()
    if found is None:
        return None
    issued = issued_in_log(found)
    return PaperChecked(
        number=found.number,
        title=found.title,
        issuer=found.issuer,
        issued_at=found.issued_at,
        state=found.state,
        state_label=str(PaperState(found.state).label),
        ended_on=found.ended_on,
        replaced_by=found.replaced_by.number if hasattr(found, "replaced_by") else "",
        file_sha256=found.file_sha256 or "",
        index=issued[0] if issued is not None else None,
        leaf=issued[1] if issued is not None else "",
    )

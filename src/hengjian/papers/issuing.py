"""Issuing a paper in the body of the act that decides: number, check code, who signs, what it says. Nothing is made here.

issue(doing, FILING_RECEIPT, filing, of_office(filing.office), FilingReceipt(…), addressee=filing.institution.name)
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from hengjian.authorities.models import Office, Seat
from hengjian.kernel import codes, numbering
from hengjian.kernel.case import CaseModel
from hengjian.kernel.doing import Doing
from hengjian.kernel.facts import canonical
from hengjian.kernel.words import listed
from hengjian.papers.kinds import PaperKind
from hengjian.papers.models import Paper, PaperFacts
from hengjian.papers.policies import CODE_SIGNS, OFFICE_MARKS

S = TypeVar("S", bound=CaseModel)
F = TypeVar("F")
BY_ITSELF = "平台按期自动办理"


@dataclass(frozen=True)
class Issuer:
    """Who issues: an office, or an institution. `mark` is its 代字; empty means the office's own, by policy."""

    name: str
    area_path: str
    office_id: int | None = None
    institution_id: int | None = None
    mark: str = ""


def of_office(office: Office) -> Issuer:
    return Issuer(office.name, office.area.path, office_id=office.pk)


def digest_of(kind: str, text: str) -> str:
    """What the register holds of a paper's content: SHA-256 of its kind and its facts as canonical JSON."""
    return hashlib.sha256(canonical([kind, text])).hexdigest()


def issue(doing: Doing[Any], kind: PaperKind[S, F], case: S, issuer: Issuer, facts: F, *, addressee: str = "") -> Paper:
    """The paper in the register, in force from now. Cites papers.OF_ISSUING."""
    return _entered(doing, kind, (case._meta.db_table, case.pk), issuer, canonical(facts).decode(), addressee)


def reissue(
    doing: Doing[Paper], kind: PaperKind[Any, Any], issuer: Issuer, *, addressee: str, correction: str
) -> Paper:
    """The same again under a number of its own, in place of the paper that is the act's subject."""
    old = doing.subject
    text = PaperFacts.objects.get(paper=old).text
    return _entered(
        doing, kind, (old.case_table, old.case_id), issuer, text, addressee, replaces=old, correction=correction
    )


def _entered(
    doing: Doing[Any],
    kind: PaperKind[Any, Any],
    case: tuple[str, int],
    issuer: Issuer,
    text: str,
    addressee: str,
    **more: Any,
) -> Paper:
    table, key = case
    paper = doing.create(
        Paper,
        number=_number(doing, kind, issuer),
        code=codes.fresh(doing.policy(CODE_SIGNS)),
        kind=kind.code,
        title=kind.title,
        case_table=table,
        case_id=key,
        office_id=issuer.office_id,
        institution_id=issuer.institution_id,
        area_path=issuer.area_path,
        issuer=issuer.name,
        addressee=addressee,
        signer=_signer(doing),
        act=doing.header.code,
        issued_at=doing.now,
        issued_on=doing.today,
        facts_sha256=digest_of(kind.code, text),
        **more,
    )
    doing.create(PaperFacts, paper=paper, text=text)
    return paper


def _number(doing: Doing[Any], kind: PaperKind[Any, Any], issuer: Issuer) -> str:
    """Mark of the issuer and of the kind, year, serial of that year; no leading zeros (GB/T 9704-2012, 7.2.5)."""
    mark = issuer.mark or office_mark(doing, issuer.area_path)
    year = doing.today.year
    (serial,) = numbering.take(doing, f"papers:{mark}{kind.mark}:{year}")
    return written(mark, kind.mark, doing.today, serial)


def written(mark: str, of_kind: str, on: date, serial: int) -> str:
    # not said: the number of a document
    return f"{mark}{of_kind}〔{on.year}〕{serial}号"


def office_mark(doing: Doing[Any], area_path: str) -> str:
    """The 代字 of the office: its city's; below a city the city's with the code of the county."""
    marks = doing.policy(OFFICE_MARKS)
    *_, code = area_path.strip("/").split("/")
    if code in marks:
        return str(marks[code])
    above = next((part for part in reversed(area_path.strip("/").split("/")) if part in marks), "")
    return f"{marks.get(above, '')}{code}"


def _signer(doing: Doing[Any]) -> str:
    actor = doing.actor
    if isinstance(actor, Seat):
        return listed((actor.label, actor.user.name), " ")
    return BY_ITSELF

"""Certificates as their readers may see them: the issuer, the office, and the public that holds one in its hands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from hengjian.certificates import coding
from hengjian.certificates.course import TraceLine, how_it_came_about
from hengjian.certificates.models import Certificate, EarlierCertificate
from hengjian.certificates.policies import LEVEL_TEXTS
from hengjian.kernel import clock
from hengjian.kernel.actor import Actor
from hengjian.kernel.certificate_number import spaced
from hengjian.kernel.clock import ZONE
from hengjian.kernel.disclosure import Disclosures, along_jurisdiction, disclosed
from hengjian.kernel.law import nationwide
from hengjian.rosters.codes import DOCUMENT


@dataclass(frozen=True)
class CertificateRow:
    """In a list, for the issuer and the office; masked, because a list is read over shoulders."""

    certificate: int
    number: str
    masked_name: str
    masked_number: str
    occupation: str
    level_text: str
    institution: str
    issued_on: date
    online_on: date | None
    state: str
    state_label: str
    standing: str
    standing_label: str


@dataclass(frozen=True)
class CertificatePaper:
    """Everything that is printed, for the issuer alone."""

    number: str
    spaced_number: str
    name: str
    document_type: str
    document_number: str
    institution: str
    occupation_name: str
    occupation_code: str
    trade: str
    level_text: str
    issued_on: date
    state: str


@dataclass(frozen=True)
class CheckAnswer:
    """What somebody learns who knows the number and the holder's name or number's tail: masked, and whether it holds."""

    certificate: int
    number: str
    spaced_number: str
    masked_name: str
    masked_number: str
    occupation_name: str
    occupation_code: str
    trade: str
    level_text: str
    institution: str
    issued_on: date
    online_on: date | None
    valid: bool
    state_label: str
    revoked_on: date | None
    # Of a certificate issued before this system: the office that took it over, when, and under which older numbering.
    taken_over_by: str = ""
    taken_over_on: date | None = None
    scheme: str = ""


@dataclass(frozen=True)
class EarlierRow:
    """A certificate taken over, in a list; masked, because a list is read over shoulders."""

    certificate: int
    number: str
    scheme: str
    masked_name: str
    masked_number: str
    occupation: str
    level_text: str
    institution: str
    issued_on: date
    taken_over_by: str
    state: str
    state_label: str


STANDINGS = {"offline": "待上网", "online": "有效", "revoked": "已注销"}
__all__ = [
    "DISCLOSED",
    "STANDINGS",
    "CertificatePaper",
    "CertificateRow",
    "CheckAnswer",
    "EarlierRow",
    "TraceLine",
    "certificate_row",
    "earlier_answer",
    "earlier_row",
    "how_it_came_about",
    "level_text",
    "paper",
    "standing",
]

DISCLOSED: Disclosures = along_jurisdiction(Certificate, EarlierCertificate)
_NOTHING = b"\0" * 16


def paper(actor: Actor, pk: int) -> CertificatePaper | None:
    """The full content, only for the institution that issued it."""
    found = disclosed(Certificate, actor).filter(pk=pk).select_related("score__candidate").first()
    if found is None or actor.reach.get("institution") != found.institution_id:
        return None
    return CertificatePaper(
        number=found.number,
        spaced_number=spaced(found.number, coding.layout_on(found.issued_on)),
        name=found.name,
        document_type=DOCUMENT.titles.get(found.score.candidate.document_type, "") if found.score else "",
        document_number=found.document_number,
        institution=found.institution_name,
        occupation_name=found.occupation_name,
        occupation_code=found.occupation_code,
        trade=found.trade,
        level_text=level_text(found),
        issued_on=found.issued_on,
        state=found.state,
    )


def level_text(found: Certificate | EarlierCertificate) -> str:
    """As printed: 三级/高级工; the top levels have their name alone. One of before this system is told in the words of today."""
    day = clock.today() if isinstance(found, EarlierCertificate) else found.issued_on
    texts = nationwide(day).policy(LEVEL_TEXTS)
    if found.level in texts:
        return str(texts[found.level])
    return coding.layout_on(day).level_name(found.level)


def standing(found: Certificate) -> str:
    """Whether it waits to be put online, holds, or was revoked: a word of `STANDINGS`."""
    if found.state == Certificate.State.REVOKED:
        return "revoked"
    return "offline" if found.online_on is None else "online"


def certificate_row(found: Certificate) -> CertificateRow:
    return CertificateRow(
        certificate=found.pk,
        number=found.number,
        masked_name=found.masked_name,
        masked_number=found.masked_number,
        occupation=found.occupation_name,
        level_text=level_text(found),
        institution=found.institution_name,
        issued_on=found.issued_on,
        online_on=found.online_on,
        state=found.state,
        state_label=str(Certificate.State(found.state).label),
        standing=standing(found),
        standing_label=STANDINGS[standing(found)],
    )


def earlier_row(found: EarlierCertificate) -> EarlierRow:
    return EarlierRow(
        found.pk,
        found.number,
        found.scheme,
        found.masked_name,
        found.masked_number,
        found.occupation_name,
        level_text(found),
        found.institution_name,
        found.issued_on,
        found.office_name,
        found.state,
        str(found.get_state_display()),
    )


def earlier_answer(found: Any) -> CheckAnswer:
    """What the public learns of a certificate taken over: what its record says, by whom it was brought, and no proof of more."""
    return CheckAnswer(
        certificate=0,
        number=found.number,
        spaced_number=found.number if found.scheme else spaced(found.number, coding.layout_on(clock.today())),
        masked_name=found.masked_name,
        masked_number=found.masked_number,
        occupation_name=found.occupation_name,
        occupation_code=found.occupation_code,
        trade=found.trade,
        level_text=level_text(found),
        institution=found.institution_name,
        issued_on=found.issued_on,
        online_on=None,
        valid=True,
        state_label=str(EarlierCertificate.State.STANDING.label),
        revoked_on=None,
        taken_over_by=found.office_name,
        taken_over_on=found.takeover.at.astimezone(ZONE).date(),
        scheme=found.scheme,
    )


def _answer(found: Any) -> CheckAnswer:
    return CheckAnswer(
        certificate=found.pk,
        number=found.number,
        spaced_number=spaced(found.number, coding.layout_on(found.issued_on)),
        masked_name=found.masked_name,
        masked_number=found.masked_number,
        occupation_name=found.occupation_name,
        occupation_code=found.occupation_code,
        trade=found.trade,
        level_text=level_text(found),
        institution=found.institution_name,
        issued_on=found.issued_on,
        online_on=found.online_on,
        valid=found.state == Certificate.State.ISSUED,
        state_label=str(Certificate.State(found.state).label),
        revoked_on=found.revoked_on,
    )

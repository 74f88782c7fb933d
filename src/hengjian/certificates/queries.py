"""Certificates as their readers may see them: the issuer, the office, and the public that holds one in its hands."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date
from typing import Any

from hengjian.certificates import coding, identity
from hengjian.certificates.course import TraceLine, how_it_came_about
from hengjian.certificates.models import Certificate
from hengjian.certificates.policies import LEVEL_TEXTS
from hengjian.kernel import clock
from hengjian.kernel.actor import Actor
from hengjian.kernel.certificate_number import Parts, parse, spaced
from hengjian.kernel.disclosure import Disclosures, along_jurisdiction, disclosed
from hengjian.kernel.law import nationwide
from hengjian.kernel.models import EntryRow
from hengjian.kernel.publication import receipt_of
from hengjian.kernel.rows import Rows


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


@dataclass(frozen=True)
class CertificatePaper:
    """Everything that is printed, for the issuer alone."""

    number: str
    spaced_number: str
    name: str
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


__all__ = [
    "DISCLOSED",
    "CertificatePaper",
    "CertificateRow",
    "CheckAnswer",
    "TraceLine",
    "certificates",
    "check",
    "how_it_came_about",
    "level_text",
    "paper",
    "receipt",
]

DISCLOSED: Disclosures = along_jurisdiction(Certificate)
_NOTHING = b"\0" * 16


def certificates(actor: Actor, *, sheet: int | None = None) -> Rows[CertificateRow]:
    """Certificates this seat may see, newest first."""
    rows = disclosed(Certificate, actor)
    if sheet is not None:
        rows = rows.filter(score__sheet=sheet)
    return Rows(rows.defer("name", "document_number").order_by("-pk"), _row)


def paper(actor: Actor, pk: int) -> CertificatePaper | None:
    """The full content, only for the institution that issued it."""
    found = disclosed(Certificate, actor).filter(pk=pk).first()
    if found is None or actor.reach.get("institution") != found.institution_id:
        return None
    return CertificatePaper(
        number=found.number,
        spaced_number=spaced(found.number, coding.layout_on(found.issued_on)),
        name=found.name,
        document_number=found.document_number,
        institution=found.institution_name,
        occupation_name=found.occupation_name,
        occupation_code=found.occupation_code,
        trade=found.trade,
        level_text=level_text(found),
        issued_on=found.issued_on,
        state=found.state,
    )


def check(number: str, *, name: str = "", tail: str = "") -> CheckAnswer | None:
    """One answer to every wrong question: nothing. The number alone, or a part that does not fit, opens nothing."""
    parts = parse(number, coding.layout_on(clock.today()))
    value = parts.value if isinstance(parts, Parts) else ""
    found = Certificate.objects.filter(number=value).defer("name", "document_number").order_by("pk").first()
    by_name, by_tail = identity.name_index(name), identity.tail_index(value, tail)
    # Both are always computed and compared, found or not, so that the time tells nothing.
    name_fits = hmac.compare_digest(by_name, bytes(found.name_index) if found else _NOTHING)
    tail_fits = hmac.compare_digest(by_tail, bytes(found.document_tail) if found else _NOTHING)
    given_name, given_tail = bool(name.strip()), len(tail.strip()) == identity.TAIL
    fits = (given_name or given_tail) and (name_fits or not given_name) and (tail_fits or not tail.strip())
    return _answer(found) if found is not None and fits else None


def receipt(certificate: int) -> str | None:
    """The receipt of the entry that issued it; raises NotSealed for the moments until it is sealed."""
    row = (
        EntryRow.objects.filter(table=Certificate._meta.db_table, row_id=certificate)
        .select_related("entry")
        .order_by("id")
        .first()
    )
    return receipt_of(row.entry, opened=False) if row is not None else None


def level_text(found: Certificate) -> str:
    """As printed: 三级/高级工; the top levels have their name alone."""
    texts = nationwide(found.issued_on).policy(LEVEL_TEXTS)
    if found.level in texts:
        return str(texts[found.level])
    return coding.layout_on(found.issued_on).level_name(found.level)


def _row(found: Certificate) -> CertificateRow:
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

"""The papers of a filing: acceptance, return for correction, grant, refusal. What each says; its face is its template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from hengjian.institutions.facts import ReturnedMaterial
from hengjian.institutions.models import Filing, Institution
from hengjian.institutions.states import MaterialState
from hengjian.kernel.doing import Doing
from hengjian.papers.issuing import issue, of_office
from hengjian.papers.kinds import PaperKind
from hengjian.papers.models import Paper


@dataclass(frozen=True)
class ScopeLine:
    """An occupation with the levels of it, highest last as they stand in the catalogue (`543`)."""

    code: str
    name: str
    levels: str


@dataclass(frozen=True)
class FilingAcceptance:
    kind: str
    submitted_on: date
    accepted_on: date
    items: int
    materials: int
    days: int
    due_on: date
    provisional: bool
    clause: str


@dataclass(frozen=True)
class CorrectionLine:
    kind: str
    reason: str


@dataclass(frozen=True)
class CorrectionNotice:
    kind: str
    submitted_on: date
    lines: tuple[CorrectionLine, ...]
    note: str
    items_reopened: bool
    returned_on: date
    days: int
    due_on: date
    provisional: bool


@dataclass(frozen=True)
class FilingGrant:
    kind: str
    submitted_on: date
    filing_number: str
    uscc: str
    site: str
    scope: tuple[ScopeLine, ...]
    valid_from: date
    valid_until: date
    reason: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class FilingRefusal:
    kind: str
    submitted_on: date
    scope: tuple[ScopeLine, ...]
    reason: str
    clauses: tuple[str, ...]


ACCEPTANCE = PaperKind("institutions.filing_receipt", "受理通知书", case=Filing, facts=FilingAcceptance)
CORRECTION = PaperKind("institutions.correction_notice", "补正通知书", case=Filing, facts=CorrectionNotice)
GRANT = PaperKind("institutions.filing_grant", "职业技能等级认定机构备案通知书", case=Filing, facts=FilingGrant)
REFUSAL = PaperKind("institutions.filing_refusal", "不予备案决定书", case=Filing, facts=FilingRefusal)


def accepted(doing: Doing[Filing], days: int, due_on: date, clause: str) -> Paper:
    filing = doing.subject
    standing = filing.materials.exclude(state=MaterialState.WITHDRAWN).count()
    said = FilingAcceptance(
        kind=_kind(filing),
        submitted_on=_submitted(filing),
        accepted_on=doing.today,
        items=filing.items.filter(withdrawn=False).count(),
        materials=standing,
        days=days,
        due_on=due_on,
        provisional=filing.due_provisional,
        clause=clause,
    )
    return _to_institution(doing, ACCEPTANCE, said)


def returned(doing: Doing[Filing], materials: Iterable[ReturnedMaterial], note: str, days: int, due_on: date) -> Paper:
    filing = doing.subject
    said = CorrectionNotice(
        kind=_kind(filing),
        submitted_on=_submitted(filing),
        lines=tuple(CorrectionLine(one.kind, one.reason) for one in materials),
        note=note,
        items_reopened=filing.items_reopened,
        returned_on=doing.today,
        days=days,
        due_on=due_on,
        provisional=filing.due_provisional,
    )
    return _to_institution(doing, CORRECTION, said)


def granted(doing: Doing[Filing], institution: Institution, valid_from: date) -> Paper:
    filing = doing.subject
    assert institution.valid_until is not None
    said = FilingGrant(
        kind=_kind(filing),
        submitted_on=_submitted(filing),
        filing_number=institution.filing_number or "",
        uscc=institution.uscc,
        site=institution.site_code or "",
        scope=scope_of(filing),
        valid_from=valid_from,
        valid_until=institution.valid_until,
        reason=filing.decision_reason,
        clauses=tuple(filing.decision_clauses),
    )
    return _to_institution(doing, GRANT, said)


def refused(doing: Doing[Filing]) -> Paper:
    filing = doing.subject
    said = FilingRefusal(
        _kind(filing), _submitted(filing), scope_of(filing), filing.decision_reason, tuple(filing.decision_clauses)
    )
    return _to_institution(doing, REFUSAL, said)


def scope_of(filing: Filing) -> tuple[ScopeLine, ...]:
    """What is applied for, one line for an occupation."""
    items = filing.items.filter(withdrawn=False).order_by("occupation_code", "-level")
    return tuple(
        ScopeLine(code, name, "".join(item.level for item in group))
        for (code, name), group in groupby(items, key=lambda item: (item.occupation_code, item.occupation_name))
    )


def _kind(filing: Filing) -> str:
    return str(Filing.Kind(filing.kind).label)


def _submitted(filing: Filing) -> date:
    assert filing.submitted_on is not None  # what is with the office was submitted
    return filing.submitted_on


def _to_institution(doing: Doing[Filing], kind: PaperKind[Filing, Any], said: object) -> Paper:
    filing = doing.subject
    return issue(doing, kind, filing, of_office(filing.office), said, addressee=filing.institution.name)

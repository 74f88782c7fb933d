"""Readings of institutions: the public register, the own file, a filing with its papers, what is in scope on a day (R10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Count, Max, Q

from hengjian.institutions.models import Filing, FilingItem, Institution, Material, ScopeItem, SiteVisit
from hengjian.institutions.policies import RECHECK_MONTHS
from hengjian.institutions.states import FilingState, InstitutionState, MaterialState
from hengjian.kernel.actor import Actor
from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import Disclosures, along_jurisdiction, disclosed
from hengjian.kernel.rows import Rows
from hengjian.kernel.spans import after_months


@dataclass(frozen=True)
class ScopeRow:
    occupation_code: str
    occupation_name: str
    level: str
    valid_from: date
    valid_until: date


@dataclass(frozen=True)
class InstitutionRow:
    """A line of a register; contact data are only for those who see the case."""

    id: int
    name: str
    short_name: str
    uscc: str
    kind: str
    kind_label: str
    ownership_label: str
    area_name: str
    office_id: int
    office_name: str
    office_reason: str
    site_code: str
    filing_number: str
    filed_on: date | None
    valid_until: date | None
    state: str
    state_label: str
    occupations: int
    address: str
    contact: str = ""
    contact_phone: str = ""


@dataclass(frozen=True)
class InstitutionFile:
    institution: InstitutionRow
    scope: tuple[ScopeRow, ...]


@dataclass(frozen=True)
class FilingRow:
    id: int
    institution_id: int
    institution_name: str
    kind: str
    kind_label: str
    state: str
    state_label: str
    submitted_on: date | None
    due_on: date | None
    due_provisional: bool
    items: int


@dataclass(frozen=True)
class ItemRow:
    occupation_code: str
    occupation_name: str
    level: str
    equipment: str
    assessors: int


@dataclass(frozen=True)
class MaterialRow:
    id: int
    kind: str
    name: str
    file_name: str
    upload_id: int
    sha256: str
    state: str
    state_label: str
    reason: str


@dataclass(frozen=True)
class VisitRow:
    id: int
    planned_on: date
    visited_on: date | None
    place: str
    team: tuple[dict[str, object], ...]
    sheets: tuple[dict[str, object], ...]
    findings: str
    conclusion: str


@dataclass(frozen=True)
class FilingFile:
    filing: FilingRow
    statement: str
    return_reason: str
    items_reopened: bool
    items: tuple[ItemRow, ...]
    materials: tuple[MaterialRow, ...]
    visits: tuple[VisitRow, ...]
    decided_on: date | None
    decided_by: str
    decision_reason: str
    decision_clauses: tuple[str, ...]


DISCLOSED: Disclosures = along_jurisdiction(Institution, ScopeItem, Filing, FilingItem, Material, SiteVisit)


def register(day: date, *, words: str = "", kind: str = "", limit: int = 200) -> list[InstitutionRow]:
    """The public register: filed institutions, without contact data."""
    rows = Institution.objects.exclude(state=InstitutionState.APPLYING)
    for word in words.split():
        rows = rows.filter(Q(name__contains=word) | Q(filing_number__contains=word) | Q(area__name__contains=word))
    if kind:
        rows = rows.filter(kind=kind)
    counted = rows.select_related("area", "office").annotate(in_scope=_in_scope_count(day)).order_by("name", "id")
    return [_institution(row, contact=False) for row in counted[:limit]]


def register_entry(filing_number: str, day: date) -> InstitutionFile | None:
    """One institution as the public sees it: scope with dates, state, validity."""
    row = (
        Institution.objects.filter(filing_number=filing_number)
        .select_related("area", "office")
        .annotate(in_scope=_in_scope_count(day))
        .first()
    )
    return InstitutionFile(_institution(row, contact=False), scope_of(row.pk)) if row else None


def institutions(actor: Actor, day: date, *, state: str = "", words: str = "") -> Rows[InstitutionRow]:
    """The institutions this seat may see."""
    rows = disclosed(Institution, actor)
    if state:
        rows = rows.filter(state=state)
    for word in words.split():
        rows = rows.filter(Q(name__contains=word) | Q(uscc=word) | Q(filing_number__contains=word))
    counted = rows.select_related("area", "office").annotate(in_scope=_in_scope_count(day)).order_by("id")
    return Rows(counted, partial(_institution, contact=True))


def institution(actor: Actor, institution_id: int, day: date) -> InstitutionFile | None:
    rows = disclosed(Institution, actor).filter(pk=institution_id).select_related("area", "office")
    row = rows.annotate(in_scope=_in_scope_count(day)).first()
    return InstitutionFile(_institution(row, contact=True), scope_of(row.pk)) if row else None


def names_of_all() -> list[tuple[int, str]]:
    """Every institution by number and name, to be named in a form; whoever names one need not see its file."""
    return list(Institution.objects.order_by("name", "id").values_list("pk", "name"))


def scope_of(institution_id: int) -> tuple[ScopeRow, ...]:
    rows = ScopeItem.objects.filter(institution_id=institution_id).order_by("occupation_code", "-level", "valid_from")
    return tuple(
        ScopeRow(row.occupation_code, row.occupation_name, row.level, row.valid_from, row.valid_until) for row in rows
    )


def scope_on(institution_id: int, day: date) -> set[tuple[str, str]]:
    """(occupation, level) pairs in scope on that day (R35)."""
    rows = ScopeItem.objects.filter(institution_id=institution_id, valid_from__lte=day, valid_until__gte=day)
    return set(rows.order_by("id").values_list("occupation_code", "level"))


def filings(actor: Actor, *, states: tuple[str, ...] = (), institution_id: int | None = None) -> Rows[FilingRow]:
    rows = disclosed(Filing, actor)
    if states:
        rows = rows.filter(state__in=states)
    if institution_id is not None:
        rows = rows.filter(institution_id=institution_id)
    counted = rows.select_related("institution").annotate(item_count=Count("items", filter=Q(items__withdrawn=False)))
    return Rows(counted.order_by("-id"), lambda row: _filing(row, row.item_count))


def filing(actor: Actor, filing_id: int) -> FilingFile | None:
    """A filing with its items, papers (the replaced ones too) and visits: five readings."""
    row = disclosed(Filing, actor).filter(pk=filing_id).select_related("institution").first()
    if row is None:
        return None
    items = tuple(
        ItemRow(item.occupation_code, item.occupation_name, item.level, item.equipment, item.assessors)
        for item in row.items.filter(withdrawn=False).order_by("occupation_code", "-level")
    )
    return FilingFile(
        filing=_filing(row, len(items)),
        statement=row.statement,
        return_reason=row.return_reason,
        items_reopened=row.items_reopened,
        items=items,
        materials=tuple(_material(item) for item in row.materials.order_by("id")),
        visits=tuple(_visit(visit) for visit in row.visits.order_by("-id")),
        decided_on=row.decided_on,
        decided_by=row.decided_by,
        decision_reason=row.decision_reason,
        decision_clauses=tuple(row.decision_clauses),
    )


def open_filings_of(actor: Actor) -> Rows[FilingRow]:
    """Filings that still wait for somebody."""
    closed = (FilingState.FILED, FilingState.REFUSED, FilingState.WITHDRAWN)
    return filings(actor, states=tuple(state for state in FilingState.values if state not in closed))


@dataclass(frozen=True)
class RecheckRow:
    institution_id: int
    institution_name: str
    last_visited_on: date | None
    due_on: date
    overdue: bool


def rechecks(actor: Actor, day: date) -> list[RecheckRow]:
    """When each institution in force is to be re-checked, the most overdue first (R20)."""
    asking = Asking(actor, None)
    rows = disclosed(Institution, actor).filter(
        state__in=[InstitutionState.FILED, InstitutionState.SUSPENDED], filed_on__isnull=False
    )
    found: list[RecheckRow] = []
    for row in rows.annotate(last_visit=Max("filings__visits__visited_on")).order_by("id"):
        last = row.last_visit
        due = after_months(last or row.filed_on or day, asking.about(row).policy(RECHECK_MONTHS, day))
        found.append(RecheckRow(row.pk, row.name, last, due, due < day))
    return sorted(found, key=lambda row: (row.due_on, row.institution_id))


def _in_scope_count(day: date) -> Count:
    return Count(
        "scope__occupation_code", distinct=True, filter=Q(scope__valid_from__lte=day, scope__valid_until__gte=day)
    )


def _institution(row: Institution, *, contact: bool) -> InstitutionRow:
    return InstitutionRow(
        id=row.pk,
        name=row.name,
        short_name=row.short_name,
        uscc=row.uscc,
        kind=row.kind,
        kind_label=row.get_kind_display(),
        ownership_label=row.get_ownership_display(),
        area_name=row.area.name,
        office_id=row.office_id,
        office_name=row.office.name,
        office_reason=row.office_reason,
        site_code=row.site_code or "",
        filing_number=row.filing_number or "",
        filed_on=row.filed_on,
        valid_until=row.valid_until,
        state=row.state,
        state_label=row.get_state_display(),
        occupations=getattr(row, "in_scope", 0),
        address=row.address,
        contact=row.contact if contact else "",
        contact_phone=row.contact_phone if contact else "",
    )


def _filing(row: Filing, items: int) -> FilingRow:
    return FilingRow(
        row.pk,
        row.institution_id,
        row.institution.name,
        row.kind,
        row.get_kind_display(),
        row.state,
        row.get_state_display(),
        row.submitted_on,
        row.due_on,
        row.due_provisional,
        items,
    )


def _material(row: Material) -> MaterialRow:
    return MaterialRow(
        row.pk,
        row.kind,
        row.title,
        row.file_name,
        row.upload_id,
        row.sha256,
        row.state,
        MaterialState(row.state).label,
        row.reason,
    )


def _visit(row: SiteVisit) -> VisitRow:
    return VisitRow(
        row.pk,
        row.planned_on,
        row.visited_on,
        row.place,
        tuple(row.team),
        tuple(row.sheets),
        row.findings,
        row.conclusion,
    )

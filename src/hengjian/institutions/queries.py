"""Readings of institutions: the public register, the own file, a filing with its papers, what is in scope on a day (R10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from hengjian.institutions.models import (
    Filing,
    FilingItem,
    Institution,
    Material,
    ScopeItem,
    SiteVisit,
    Takeover,
    TakeoverCheck,
)
from hengjian.institutions.policies import RECHECK_MONTHS
from hengjian.institutions.registration import Registration
from hengjian.institutions.states import InstitutionState, MaterialState
from hengjian.kernel.actor import Actor
from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import Disclosures, along_jurisdiction, disclosed
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
    levels: int = 0


@dataclass(frozen=True)
class RegisterRow:
    """A line of the public register: for anybody, so that nothing of it is about a person."""

    filing_number: str
    name: str
    kind: str
    kind_label: str
    area_name: str
    occupations: int
    filed_on: date | None
    valid_until: date
    state: str
    state_label: str


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
    institution_kind: str = ""
    institution_ownership_label: str = ""
    office_name: str = ""
    decided_on: date | None = None


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


def checks_disclosed_to(actor: Actor) -> QuerySet[TakeoverCheck]:
    """A dry run of a table, to the seat that began it."""
    return TakeoverCheck.objects.filter(owner=actor.actor_id)


DISCLOSED: Disclosures = {
    **along_jurisdiction(Institution, ScopeItem, Filing, FilingItem, Material, SiteVisit, Takeover, Registration),
    TakeoverCheck: checks_disclosed_to,
}


def register_entry(filing_number: str, day: date) -> InstitutionFile | None:
    """One institution as the public sees it: scope with dates, state, validity."""
    row = (
        Institution.objects.filter(filing_number=filing_number)
        .select_related("area", "office")
        .annotate(**in_scope(day))
        .first()
    )
    return InstitutionFile(institution_row(row, contact=False), scope_of(row.pk)) if row else None


def institution(actor: Actor, institution_id: int, day: date) -> InstitutionFile | None:
    rows = disclosed(Institution, actor).filter(pk=institution_id).select_related("area", "office")
    row = rows.annotate(**in_scope(day)).first()
    return InstitutionFile(institution_row(row, contact=True), scope_of(row.pk)) if row else None


def institutions_filed() -> int:
    """How many institutions are filed, for everybody to know."""
    return Institution.objects.filter(state=InstitutionState.FILED).count()


def occupations_of(subject: Filing | Institution, day: date) -> dict[str, str]:
    """Code and name of what is applied for, or of what is in scope that day, for whoever has this filing or institution."""
    if isinstance(subject, Filing):
        items = subject.items.filter(withdrawn=False).order_by("occupation_code")
        return dict(items.values_list("occupation_code", "occupation_name"))
    scope = subject.scope.filter(valid_from__lte=day, valid_until__gte=day).order_by("occupation_code")
    return dict(scope.values_list("occupation_code", "occupation_name"))


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


def filing(actor: Actor, filing_id: int) -> FilingFile | None:
    """A filing with its items, papers (the replaced ones too) and visits: five readings."""
    row = disclosed(Filing, actor).filter(pk=filing_id).select_related("institution", "office").first()
    if row is None:
        return None
    items = tuple(
        ItemRow(item.occupation_code, item.occupation_name, item.level, item.equipment, item.assessors)
        for item in row.items.filter(withdrawn=False).order_by("occupation_code", "-level")
    )
    return FilingFile(
        filing=filing_row(row, len(items)),
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


@dataclass(frozen=True)
class RecheckRow:
    institution_id: int
    institution_name: str
    last_visited_on: date | None
    due_on: date
    overdue: bool


def recheck(asking: Asking[Institution]) -> RecheckRow | None:
    """When an institution in force is to be re-checked (R20); None of one that is not in force."""
    row, day = asking.subject, asking.today
    if row.state not in (InstitutionState.FILED, InstitutionState.SUSPENDED) or row.filed_on is None:
        return None
    visits = disclosed(SiteVisit, asking.actor).filter(filing__institution=row)
    last = visits.aggregate(last=Max("visited_on"))["last"]
    due = after_months(last or row.filed_on, asking.policy(RECHECK_MONTHS))
    return RecheckRow(row.pk, row.name, last, due, due < day)


def in_scope(day: date) -> dict[str, Count]:
    """How many occupations, and levels of them, an institution may assess on that day; to annotate it with."""
    in_force = Q(scope__valid_from__lte=day, scope__valid_until__gte=day)
    return {
        "in_scope": Count("scope__occupation_code", distinct=True, filter=in_force),
        "levels_in_scope": Count("scope", distinct=True, filter=in_force),
    }


def institution_row(row: Institution, *, contact: bool) -> InstitutionRow:
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
        levels=getattr(row, "levels_in_scope", 0),
    )


def filing_row(row: Filing, items: int) -> FilingRow:
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
        row.institution.get_kind_display(),
        row.institution.get_ownership_display(),
        row.office.name,
        row.decided_on,
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

"""Readings of plans: lists along what a seat sees, one plan with batches and sittings, versions from the ledger (R40, R41)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from hengjian.kernel import ledger
from hengjian.kernel.actor import Actor
from hengjian.kernel.disclosure import Disclosures, along_jurisdiction, disclosed
from hengjian.kernel.rows import Rows
from hengjian.kernel.words import say
from hengjian.plans.facts import PlanRevised
from hengjian.plans.models import Batch, PastPlan, Plan, Sitting
from hengjian.plans.states import BatchState, PlanState

STANDING = ~Q(batches__state=BatchState.WITHDRAWN)


@dataclass(frozen=True)
class PlanRow:
    id: int
    number: str
    version: int
    name: str
    institution_id: int
    institution_name: str
    office_name: str
    venue: str
    held_on: date
    ends_on: date
    state: str
    state_label: str
    due_on: date | None
    due_provisional: bool
    batches: int
    headcount: int
    entrusted: bool
    institution_short_name: str = ""
    institution_kind: str = ""


@dataclass(frozen=True)
class BatchRow:
    id: int
    plan_id: int
    occupation_code: str
    occupation_name: str
    trade: str
    level: str
    standard: str
    conditions: str
    headcount: int
    state: str
    state_label: str
    roster_rows: int


@dataclass(frozen=True)
class SittingRow:
    id: int
    batch_id: int
    occupation_name: str
    level: str
    part: str
    part_label: str
    room: str
    starts_at: datetime
    ends_at: datetime
    seats: int
    staff: int


@dataclass(frozen=True)
class PlanFile:
    plan: PlanRow
    bank: str
    process: str
    timetable: str
    publicity: str
    entrusted_by: str
    held_path: str
    submitted_on: date | None
    filed_on: date | None
    filed_by: str
    return_reason: str
    batches: tuple[BatchRow, ...]
    sittings: tuple[SittingRow, ...]


@dataclass(frozen=True)
class VersionRow:
    """An earlier version: what the change was, field by field."""

    version: int
    changed_at: datetime
    by: str
    reason: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class PastPlanRow:
    """One occupation at a level of a plan carried out before this system."""

    id: int
    number: str
    title: str
    institution_name: str
    occupation: str
    occupation_code: str
    level: str
    held_on: date
    ends_on: date
    venue: str
    headcount: int
    passed: int | None
    state: str
    state_label: str
    office_name: str


DISCLOSED: Disclosures = along_jurisdiction(Plan, Batch, Sitting, PastPlan)


def has_filed_plan(since: date) -> Exists:
    """Of institutions: a plan of theirs is filed for a day after this one, whoever may see that plan."""
    return Exists(Plan.objects.filter(institution=OuterRef("pk"), state=PlanState.FILED, held_on__gt=since))


def plan(actor: Actor, plan_id: int) -> PlanFile | None:
    """One plan with its batches and sittings: three readings."""
    row = counted(disclosed(Plan, actor).filter(pk=plan_id)).first()
    if row is None:
        return None
    batches = Batch.objects.filter(plan=row).exclude(state=BatchState.WITHDRAWN)
    return PlanFile(
        plan=plan_row(row),
        bank=row.bank,
        process=row.process,
        timetable=row.timetable,
        publicity=row.publicity,
        entrusted_by=row.entrusted_by,
        held_path=row.held_path,
        submitted_on=row.submitted_on,
        filed_on=row.filed_on,
        filed_by=row.filed_by,
        return_reason=row.return_reason,
        batches=tuple(_batch(batch) for batch in batches.order_by("occupation_code", "-level", "id")),
        sittings=tuple(sittings(row.pk)),
    )


def sittings(plan_id: int) -> Rows[SittingRow]:
    """The sittings that stand, in the order of the day."""
    rows = Sitting.objects.filter(batch__plan_id=plan_id, withdrawn=False).exclude(batch__state=BatchState.WITHDRAWN)
    return Rows(rows.select_related("batch").order_by("starts_at", "room", "id"), _sitting)


def _sitting(row: Sitting) -> SittingRow:
    return SittingRow(
        row.pk,
        row.batch_id,
        row.batch.occupation_name,
        row.batch.level,
        row.part,
        row.get_part_display(),
        row.room,
        row.starts_at,
        row.ends_at,
        row.seats,
        row.staff,
    )


def versions(actor: Actor, plan_id: int) -> list[VersionRow] | None:
    """What each change after filing replaced, newest first, as the ledger keeps it; None where the plan is not shown."""
    row = disclosed(Plan, actor).filter(pk=plan_id).first()
    if row is None:
        return None
    found: list[VersionRow] = []
    for entry in ledger.course_of(row):
        fact = entry.fact
        if isinstance(fact, PlanRevised):
            changes = [(change.field, change.before, change.after) for change in fact.changes]
            changes += [
                (
                    say("场次 {sitting_id}", sitting_id=move.sitting_id),
                    f"{move.room_before} {move.starts_before:%Y-%m-%d %H:%M}",
                    f"{move.room_after} {move.starts_after:%Y-%m-%d %H:%M}",
                )
                for move in fact.sittings
            ]
            found.append(VersionRow(fact.old_version, entry.at, entry.who, fact.reason, tuple(changes)))
    return found


def counted(rows: QuerySet[Plan]) -> QuerySet[Plan]:
    return rows.select_related("institution", "office").annotate(
        batch_count=Count("batches", filter=STANDING), heads=Coalesce(Sum("batches__headcount", filter=STANDING), 0)
    )


def plan_row(row: Plan) -> PlanRow:
    return PlanRow(
        id=row.pk,
        number=row.number or "",
        version=row.version,
        name=row.title,
        institution_id=row.institution_id,
        institution_name=row.institution.name,
        office_name=row.office.name,
        venue=row.venue,
        held_on=row.held_on,
        ends_on=row.ends_on,
        state=row.state,
        state_label=row.get_state_display(),
        due_on=row.due_on,
        due_provisional=row.due_provisional,
        batches=getattr(row, "batch_count", 0),
        headcount=getattr(row, "heads", 0),
        entrusted=bool(row.entrusted_by),
        institution_short_name=row.institution.short_name,
        institution_kind=row.institution.get_kind_display(),
    )


def _batch(row: Batch) -> BatchRow:
    return BatchRow(
        row.pk,
        row.plan_id,
        row.occupation_code,
        row.occupation_name,
        row.trade,
        row.level,
        row.standard_title,
        row.conditions,
        row.headcount,
        row.state,
        row.get_state_display(),
        row.roster_rows,
    )


def past_plan_row(row: PastPlan) -> PastPlanRow:
    return PastPlanRow(
        row.pk,
        row.number,
        row.title,
        row.institution.short_name,
        row.occupation_name,
        row.occupation_code,
        row.level,
        row.held_on,
        row.ends_on,
        row.venue,
        row.headcount,
        row.passed,
        row.state,
        str(row.get_state_display()),
        row.office.name,
    )

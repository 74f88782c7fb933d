"""Results as institution and office may see them; what the public sees stands in `public_queries`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Case, Count, IntegerField, OuterRef, Subquery, When
from django.db.models.functions import Coalesce

from hengjian.kernel.actor import Actor
from hengjian.kernel.disclosure import Disclosures, along_jurisdiction, disclosed
from hengjian.kernel.rows import Rows
from hengjian.kernel.words import listed
from hengjian.occupations.levels import level_title
from hengjian.results.models import Objection, ObjectionBurst, ResultSheet, Score
from hengjian.results.states import (
    IN_TRIAGE,
    SETTLED,
    UNANSWERED,
    ObjectionPart,
    ObjectionState,
    ScoreState,
    SheetState,
)
from hengjian.results.totals import Totals, counts, totals_of


@dataclass(frozen=True)
class SheetRow:
    """One batch's results in a list, for institution and office."""

    sheet: int
    batch: int
    plan_number: str
    institution: str
    occupation: str
    level: str
    state: str
    state_label: str
    candidates: int
    passed: int
    open_objections: int
    notice_closes_on: date | None
    notice_provisional: bool
    due_on: date | None
    due_provisional: bool
    institution_short_name: str
    title: str
    held_on: date


@dataclass(frozen=True)
class ScoreLine:
    """One candidate's scores: the name stays masked even here, the ticket tells who it is."""

    score: int
    row: int
    ticket: str
    masked_name: str
    theory: Decimal | None
    practical: Decimal | None
    review: Decimal | None
    absent: bool
    passed: bool | None
    state: str
    state_label: str


class Marks(NamedTuple):
    """What one candidate got in each part; None where nothing is entered."""

    theory: Decimal | None
    practical: Decimal | None
    review: Decimal | None


@dataclass(frozen=True)
class SheetDetail:
    head: SheetRow
    totals: Totals
    lines: Sequence[ScoreLine]
    entered: bool
    marks: tuple[Marks, ...]
    notice_place: str
    notice_opened_on: date | None
    notice_days: int
    notice_root: str
    result_filed_on: date | None


@dataclass(frozen=True)
class ObjectionRow:
    """An objection as institution and office see it; who wrote it is not asked and not shown.

    `contact` is filled for the office that handles it and for nobody else. The institution complained of reads the text
    once the objection is accepted, and never that of a refused one. `row` is None where somebody says to be missing from
    the list; `claimed_name` and `claimed_ticket` say who.
    """

    objection: int
    sheet: int
    plan_number: str
    row: int | None
    masked_name: str
    part: str
    happened_on: date | None
    text: str
    contact: str
    claimed_name: str
    claimed_ticket: str
    received_on: date
    triage_due_on: date | None
    refusal_ground: str
    refusal_note: str
    instruction: str
    overdue_on: date | None
    due_on: date
    due_provisional: bool
    state: str
    state_label: str
    answer: str
    answered_on: date | None
    institution: str
    institution_short_name: str
    occupation: str
    level_title: str
    triaged_on: date | None


OF_OBJECTIONS = ("score__candidate", "sheet__batch__plan__institution")

DISCLOSED: Disclosures = along_jurisdiction(ResultSheet, Score, Objection, ObjectionBurst)


def sheet(actor: Actor, pk: int) -> SheetDetail | None:
    rows = disclosed(ResultSheet, actor).select_related("batch__plan__institution")
    found: Any = rows.filter(pk=pk).first()
    if found is None:
        return None
    totals = totals_of(pk)
    found.n_registered, found.n_passed = totals.registered, totals.passed
    found.n_open = Objection.objects.filter(sheet=pk, state__in=UNANSWERED).count()
    scores = Score.objects.filter(sheet=found).select_related("candidate").defer("candidate__facts")
    return SheetDetail(
        head=sheet_row(found),
        totals=totals,
        lines=Rows(scores.order_by("candidate__row"), _line),
        entered=not scores.filter(state=ScoreState.EMPTY).exists(),
        marks=tuple(Marks(*one) for one in scores.order_by("pk").values_list("theory", "practical", "review")),
        notice_place=found.notice_place,
        notice_opened_on=found.notice_opened_on,
        notice_days=found.notice_days,
        notice_root=found.notice_root,
        result_filed_on=found.result_filed_on,
    )


def objections(actor: Actor, *, sheet: int | None = None, most: int | None = None) -> Sequence[ObjectionRow]:
    """Objections this seat may see, those waiting first; at most so many."""
    rows = disclosed(Objection, actor).select_related(*OF_OBJECTIONS)
    if sheet is not None:
        rows = rows.filter(sheet=sheet)
    settled = Case(When(state__in=SETTLED, then=1), default=0, output_field=IntegerField())
    found = Rows(rows.alias(settled=settled).order_by("settled", "due_on", "pk"), partial(objection_row, actor))
    return found[:most] if most is not None else found


def objection(actor: Actor, pk: int) -> ObjectionRow | None:
    rows = disclosed(Objection, actor).select_related(*OF_OBJECTIONS)
    found = rows.filter(pk=pk).first()
    return objection_row(actor, found) if found is not None else None


def counted(rows: Any) -> Any:
    """With the totals of its scores; objections are counted apart, or a thousand of them would multiply the rows."""
    waiting = Objection.objects.filter(sheet=OuterRef("pk"), state__in=(*IN_TRIAGE, *UNANSWERED)).order_by()
    number = waiting.values("sheet").annotate(n=Count("id")).values("n")
    return rows.select_related("batch__plan__institution").annotate(
        **counts("scores__"), n_open=Coalesce(Subquery(number), 0)
    )


def sheet_row(found: Any) -> SheetRow:
    batch = found.batch
    return SheetRow(
        sheet=found.pk,
        batch=batch.pk,
        plan_number=batch.plan.number or "",
        institution=batch.plan.institution.name,
        occupation=batch.occupation_name,
        level=batch.level,
        state=found.state,
        state_label=str(SheetState(found.state).label),
        candidates=found.n_registered,
        passed=found.n_passed,
        open_objections=found.n_open,
        notice_closes_on=found.notice_closes_on,
        notice_provisional=found.notice_provisional,
        due_on=found.due_on,
        due_provisional=found.due_provisional,
        institution_short_name=batch.plan.institution.short_name,
        title=listed((batch.occupation_name, level_title(batch.level)), " "),
        held_on=batch.plan.held_on,
    )


def _line(score: Score) -> ScoreLine:
    return ScoreLine(
        score=score.pk,
        row=score.candidate.row,
        ticket=score.candidate.ticket,
        masked_name=score.candidate.masked_name,
        theory=score.theory,
        practical=score.practical,
        review=score.review,
        absent=score.absent,
        passed=score.passed,
        state=score.state,
        state_label=str(ScoreState(score.state).label),
    )


def objection_row(actor: Actor, row: Objection) -> ObjectionRow:
    plan = row.sheet.batch.plan
    handles = actor.reach.get("office") == plan.office_id
    complained_of = actor.reach.get("institution") == plan.institution_id
    told = not complained_of or row.state in (*UNANSWERED, ObjectionState.DISMISSED, ObjectionState.UPHELD)
    return ObjectionRow(
        objection=row.pk,
        sheet=row.sheet_id,
        plan_number=plan.number or "",
        row=row.score.candidate.row if row.score else None,
        masked_name=row.score.candidate.masked_name if row.score else "",
        part=str(ObjectionPart(row.part).label) if row.part else "",
        happened_on=row.happened_on,
        text=row.text if told else "",
        contact=row.contact if handles else "",
        claimed_name=(row.claimed_name or "") if told else "",
        claimed_ticket=(row.claimed_ticket or "") if told else "",
        received_on=row.received_on,
        triage_due_on=row.triage_due_on,
        refusal_ground=row.refusal_ground or "",
        refusal_note=row.refusal_note or "",
        instruction=row.instruction or "",
        overdue_on=row.overdue_on,
        due_on=row.due_on,
        due_provisional=row.due_provisional,
        state=row.state,
        state_label=str(ObjectionState(row.state).label),
        answer=row.answer,
        answered_on=row.answered_on,
        institution=plan.institution.name,
        institution_short_name=plan.institution.short_name,
        occupation=row.sheet.batch.occupation_name,
        level_title=level_title(row.sheet.batch.level),
        triaged_on=row.triaged_on,
    )

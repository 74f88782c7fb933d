"""Results as their readers may see them: the institution and the office their cases, the public the notice only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from hengjian.kernel.actor import Actor
from hengjian.kernel.models import EntryRow
from hengjian.kernel.publication import receipt_of
from hengjian.results.models import Objection, ResultSheet, Score
from hengjian.results.states import ObjectionState, ScoreState, SheetState
from hengjian.results.totals import Totals, totals_of


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


@dataclass(frozen=True)
class SheetDetail:
    head: SheetRow
    totals: Totals
    lines: tuple[ScoreLine, ...]
    notice_place: str
    notice_opened_on: date | None
    notice_days: int
    notice_root: str
    result_filed_on: date | None


@dataclass(frozen=True)
class ObjectionRow:
    """An objection as the institution and the office see it; who wrote it is not asked and not shown."""

    objection: int
    sheet: int
    row: int
    masked_name: str
    text: str
    received_on: date
    due_on: date
    due_provisional: bool
    state: str
    state_label: str
    answer: str
    answered_on: date | None


def sheets(actor: Actor) -> list[SheetRow]:
    """The result sheets this seat may see, newest first."""
    return [_row(sheet) for sheet in _counted(ResultSheet.objects.visible_to(actor)).order_by("-pk")]


def sheet(actor: Actor, pk: int) -> SheetDetail | None:
    found = _counted(ResultSheet.objects.visible_to(actor)).filter(pk=pk).first()
    if found is None:
        return None
    scores = Score.objects.filter(sheet=found).select_related("candidate").defer("candidate__facts")
    return SheetDetail(
        head=_row(found),
        totals=totals_of(found.pk),
        lines=tuple(_line(score) for score in scores.order_by("candidate__row")),
        notice_place=found.notice_place,
        notice_opened_on=found.notice_opened_on,
        notice_days=found.notice_days,
        notice_root=found.notice_root,
        result_filed_on=found.result_filed_on,
    )


def objections(actor: Actor, *, sheet: int | None = None) -> list[ObjectionRow]:
    """Objections this seat may see, those waiting first."""
    rows = Objection.objects.visible_to(actor).select_related("score__candidate")
    if sheet is not None:
        rows = rows.filter(sheet=sheet)
    found = [_objection(row) for row in rows.order_by("due_on", "pk")]
    return sorted(found, key=lambda row: row.state != ObjectionState.RECEIVED)


@dataclass(frozen=True)
class PublicNotice:
    """A notice in the public list: totals only."""

    sheet: int
    institution: str
    occupation: str
    level: str
    plan_number: str
    place: str
    opened_on: date
    closes_on: date
    provisional: bool
    days: int
    registered: int
    passed: int
    root: str


@dataclass(frozen=True)
class PublicLine:
    """One row of an open notice. `place`, the masks, `salt` and `find_hash` are what the root commits."""

    score: int
    place: int
    masked_name: str
    masked_number: str
    salt: str
    find_hash: str
    status: str


def public_notices() -> list[PublicNotice]:
    """The notices open now, those that end first at the top; anybody may read them (R57)."""
    rows = _counted(ResultSheet.objects.filter(state=SheetState.ON_NOTICE)).order_by("notice_closes_on", "pk")
    return [_notice(found) for found in rows]


def public_notice(pk: int) -> tuple[PublicNotice, tuple[PublicLine, ...]] | None:
    """An open notice with its rows. Once it is closed the rows are gone, and only the root remains."""
    found = _counted(ResultSheet.objects.filter(pk=pk, state=SheetState.ON_NOTICE)).first()
    if found is None:
        return None
    from hengjian.results.notice import shown
    from hengjian.results.policies import IDENTITY_SHOWN_ENDS

    assert found.notice_opened_on is not None
    ends = IDENTITY_SHOWN_ENDS.on(found.notice_opened_on)
    listed = Score.objects.filter(sheet=found).exclude(find_hash="").select_related("candidate")
    listed = listed.only(
        "state", "notice_salt", "find_hash", "candidate__masked_name", "candidate__masked_number", "candidate__row"
    ).order_by("candidate__row")
    lines = tuple(
        PublicLine(
            score=score.pk,
            place=place,
            masked_name=score.candidate.masked_name,
            masked_number=shown(score.candidate.masked_number, ends),
            salt=score.notice_salt,
            find_hash=score.find_hash,
            status=_status(score),
        )
        for place, score in enumerate(listed, start=1)
    )
    return _notice(found), lines


@dataclass(frozen=True)
class TrackedObjection:
    """What the tracking number opens: state, deadline and answer, not the text."""

    received_on: date
    due_on: date
    state: str
    state_label: str
    answer: str
    answered_on: date | None


def track_objection(code: str) -> TrackedObjection | None:
    found = Objection.objects.filter(code=code.strip().upper()).order_by("pk").first()
    if found is None:
        return None
    return TrackedObjection(
        found.received_on,
        found.due_on,
        found.state,
        str(ObjectionState(found.state).label),
        found.answer,
        found.answered_on,
    )


def objection_receipt(code: str) -> str | None:
    """The receipt of the objection's entry in the log; raises NotSealed for the moments until it is sealed."""
    found = Objection.objects.filter(code=code.strip().upper()).order_by("pk").values_list("pk", flat=True).first()
    if found is None:
        return None
    row = (
        EntryRow.objects.filter(table=Objection._meta.db_table, row_id=found)
        .select_related("entry")
        .order_by("id")
        .first()
    )
    return receipt_of(row.entry, opened=False) if row is not None else None


def _counted(rows: Any) -> Any:
    stands = ~Q(scores__state__in=[ScoreState.HELD, ScoreState.CANCELLED])
    return rows.select_related("batch__plan__institution").annotate(
        n_candidates=Count("scores", distinct=True),
        n_passed=Count("scores", filter=Q(scores__passed=True) & stands, distinct=True),
        n_open=Count("objections", filter=Q(objections__state=ObjectionState.RECEIVED), distinct=True),
    )


def _row(found: Any) -> SheetRow:
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
        candidates=found.n_candidates,
        passed=found.n_passed,
        open_objections=found.n_open,
        notice_closes_on=found.notice_closes_on,
        notice_provisional=found.notice_provisional,
        due_on=found.due_on,
        due_provisional=found.due_provisional,
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


def _objection(row: Objection) -> ObjectionRow:
    return ObjectionRow(
        objection=row.pk,
        sheet=row.sheet_id,
        row=row.score.candidate.row,
        masked_name=row.score.candidate.masked_name,
        text=row.text,
        received_on=row.received_on,
        due_on=row.due_on,
        due_provisional=row.due_provisional,
        state=row.state,
        state_label=str(ObjectionState(row.state).label),
        answer=row.answer,
        answered_on=row.answered_on,
    )


def _notice(found: Any) -> PublicNotice:
    return PublicNotice(
        sheet=found.pk,
        institution=found.batch.plan.institution.name,
        occupation=found.batch.occupation_name,
        level=found.batch.level,
        plan_number=found.batch.plan.number or "",
        place=found.notice_place,
        opened_on=found.notice_opened_on,
        closes_on=found.notice_closes_on,
        provisional=found.notice_provisional,
        days=found.notice_days,
        registered=found.n_candidates,
        passed=found.n_passed,
        root=found.notice_root,
    )


def _status(score: Score) -> str:
    if score.state == ScoreState.HELD:
        return "异议核查中"
    if score.state == ScoreState.CANCELLED:
        return "已取消"
    return "公示中"

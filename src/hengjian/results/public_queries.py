"""Results as the public may see them: notices running and over, the rows of a running one, an objection by its code.

Of a person a notice shows a masked name and a digest of a random code, nothing else: neither number nor birth, no hash of
either. What is asked by name and number is answered here, one person at a time, and published nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from hengjian.kernel import codes, typed
from hengjian.kernel.models import EntryRow
from hengjian.kernel.publication import receipt_of
from hengjian.results.models import Objection, ResultSheet, Score
from hengjian.results.states import IN_TRIAGE, OVERDUE, UNANSWERED, ObjectionState, ScoreState, SheetState
from hengjian.results.totals import Totals, counts, read
from hengjian.rosters.codes import DOCUMENT
from hengjian.rosters.identity import document_index

NOTICED = (SheetState.ON_NOTICE, SheetState.NOTICE_CLOSED, SheetState.FILED, SheetState.CERTIFIED)


@dataclass(frozen=True)
class PublicNotice:
    """A notice, running or over: totals only."""

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
    totals: Totals
    root: str
    running: bool


@dataclass(frozen=True)
class PublicLine:
    """One row of a running notice. `place`, `masked_name` and `digest` are what the root commits."""

    score: int
    place: int
    masked_name: str
    digest: str
    status: str


@dataclass(frozen=True)
class Outcomes:
    """How many objections a notice met, and what became of them; whose rows they were about is not told."""

    received: int
    in_triage: int
    refused: int
    waiting: int
    overdue: int
    upheld: int
    dismissed: int


def public_notices(*, running: bool = True) -> list[PublicNotice]:
    """The notices running now, those that end first at the top, or those that are over, the latest first (R57)."""
    rows = ResultSheet.objects.filter(state__in=NOTICED[:1] if running else NOTICED[1:])
    order = ("notice_closes_on", "pk") if running else ("-notice_closes_on", "-pk")
    return [_notice(found) for found in _counted(rows).order_by(*order)]


def public_notice(pk: int) -> tuple[PublicNotice, tuple[PublicLine, ...]] | None:
    """A notice, with its rows while it runs. Once it is over the rows are gone; root, totals and outcomes remain."""
    found = _counted(ResultSheet.objects.filter(pk=pk, state__in=NOTICED)).first()
    if found is None:
        return None
    notice = _notice(found)
    return notice, _lines(pk) if notice.running else ()


def noticed_score(sheet: int, score: int) -> Score | None:
    """The case an objection to a row of this notice is about, running or over: what may no longer be done says why."""
    return Score.objects.filter(pk=score, sheet=sheet, sheet__state__in=NOTICED, notice_place__isnull=False).first()


def noticed_sheet(sheet: int) -> ResultSheet | None:
    """The case an objection to what a notice left out is about, running or over."""
    return ResultSheet.objects.filter(pk=sheet, state__in=NOTICED).first()


def _lines(sheet: int) -> tuple[PublicLine, ...]:
    return tuple(_line(score) for score in _listed(sheet).order_by("notice_place"))


def find_by_number(sheet: int, name: str, number: str) -> PublicLine | None:
    """The row of the person of this name and whole identity number, on a running notice; the caller restrains asking."""
    wanted = typed.name_key(name)
    if not wanted or not typed.number_code(number):
        return None
    indexes = [document_index(kind, number) for kind in DOCUMENT.titles]
    for score in _listed(sheet).filter(candidate__document_index__in=indexes).order_by("notice_place"):
        if typed.name_key(score.candidate.name) == wanted:
            return _line(score)
    return None


def _listed(sheet: int) -> QuerySet[Any]:
    listed = Score.objects.filter(sheet=sheet, sheet__state=SheetState.ON_NOTICE, notice_place__isnull=False)
    asked = Objection.objects.filter(score=OuterRef("pk"), state__in=IN_TRIAGE)
    return (
        listed.annotate(in_triage=Exists(asked))
        .select_related("candidate")
        .only(
            "state",
            "passed",
            "notice_place",
            "find_digest",
            "candidate__masked_name",
            "candidate__row",
            "candidate__name",
        )
    )


def outcomes(sheet: int) -> Outcomes:
    states = list(Objection.objects.filter(sheet=sheet).order_by("pk").values_list("state", flat=True))
    return Outcomes(
        received=len(states),
        in_triage=sum(state in IN_TRIAGE for state in states),
        refused=states.count(ObjectionState.REFUSED),
        waiting=sum(state in UNANSWERED for state in states),
        overdue=sum(state in OVERDUE for state in states),
        upheld=states.count(ObjectionState.UPHELD),
        dismissed=states.count(ObjectionState.DISMISSED),
    )


@dataclass(frozen=True)
class TrackedObjection:
    """What the tracking number opens: state, deadlines, reasons and answer; not the text, and not who it is about."""

    received_on: date
    triage_due_on: date | None
    triaged_on: date | None
    due_on: date
    state: str
    state_label: str
    overdue_since: date | None
    climbed_to: str
    refusal_ground: str
    refusal_note: str
    answer: str
    answered_on: date | None


def track_objection(code: str) -> TrackedObjection | None:
    rows = Objection.objects.select_related("sheet__batch__plan__office__parent")
    found = rows.filter(code=codes.read(code)).order_by("pk").first()
    if found is None:
        return None
    office = found.sheet.batch.plan.office
    above = {ObjectionState.TRIAGE_OVERDUE: office.parent or office, ObjectionState.ANSWER_OVERDUE: office}
    climbed = above.get(ObjectionState(found.state))
    return TrackedObjection(
        received_on=found.received_on,
        triage_due_on=found.triage_due_on,
        triaged_on=found.triaged_on,
        due_on=found.due_on,
        state=found.state,
        state_label=str(ObjectionState(found.state).label),
        overdue_since=found.overdue_on if climbed is not None else None,
        climbed_to=climbed.name if climbed is not None else "",
        refusal_ground=found.refusal_ground or "",
        refusal_note=found.refusal_note or "",
        answer=found.answer,
        answered_on=found.answered_on,
    )


def objection_receipt(code: str) -> str | None:
    """The receipt of the objection's entry in the log; raises NotSealed for the moments until it is sealed."""
    found = Objection.objects.filter(code=codes.read(code)).order_by("pk").values_list("pk", flat=True).first()
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
    return rows.select_related("batch__plan__institution").annotate(**counts("scores__"))


def _notice(found: Any) -> PublicNotice:
    plan = found.batch.plan
    return PublicNotice(
        sheet=found.pk,
        institution=plan.institution.name,
        occupation=found.batch.occupation_name,
        level=found.batch.level,
        plan_number=plan.number or "",
        place=found.notice_place,
        opened_on=found.notice_opened_on,
        closes_on=found.notice_closes_on,
        provisional=found.notice_provisional,
        days=found.notice_days,
        totals=read(vars(found)),
        root=found.notice_root,
        running=found.state == SheetState.ON_NOTICE,
    )


def _line(score: Any) -> PublicLine:
    assert score.notice_place is not None
    return PublicLine(score.pk, score.notice_place, score.candidate.masked_name, score.find_digest, _status(score))


def _status(score: Any) -> str:
    if score.state == ScoreState.CANCELLED:
        return "已取消"
    if not score.passed:
        return "更正后不合格"
    if score.state == ScoreState.HELD:
        return "异议核查中"
    if score.in_triage:
        return "核对中"
    return "公示中"

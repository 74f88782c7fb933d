"""Rosters as their readers may see them: masked for everybody; the full name only for the institution that employs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import Count, Q, QuerySet

from hengjian.kernel.actor import Actor
from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import Disclosures, along_jurisdiction, disclosed
from hengjian.kernel.rows import Rows
from hengjian.kernel.words import listed
from hengjian.occupations.levels import level_title
from hengjian.plans.models import Batch
from hengjian.plans.states import BatchState
from hengjian.rosters import drawing
from hengjian.rosters.checks import ALL as CHECKS
from hengjian.rosters.checks.tables import occupation_number
from hengjian.rosters.declared import declared
from hengjian.rosters.entry import entry_rows, rows_for
from hengjian.rosters.history import level_number
from hengjian.rosters.models import Candidate, RosterCheck, Sample
from hengjian.rosters.sampling.depth import CLAUSE, MODE_TITLES, Mode


@dataclass(frozen=True)
class RosterRow:
    """One batch's roster in a list."""

    batch: int
    plan: int
    plan_number: str
    institution: str
    occupation: str
    level: str
    headcount: int
    state: str
    state_label: str
    roster_name: str
    rows: int
    warnings: int
    admitted: int
    excluded: int
    sampled: int
    held_on: date
    institution_short_name: str = ""
    title: str = ""


@dataclass(frozen=True)
class CandidateRow:
    """One candidate; `name` is filled for the own institution alone."""

    candidate: int
    row: int
    ticket: str
    name: str
    masked_name: str
    masked_number: str
    sex: str
    birth_year: int | None
    entry_row: str
    state: str
    state_label: str
    reason: str
    sampled: bool
    flags: tuple[str, ...]


@dataclass(frozen=True)
class CandidateFile:
    """The rest of a sampled candidate's row, for the reviewer who reads the file: titles and values as the roster has them,
    and the titles of the checks that fell on it."""

    head: CandidateRow
    declared: tuple[tuple[str, str], ...]
    findings: tuple[str, ...]


@dataclass(frozen=True)
class Verification:
    """How a roster is verified and why, before or after the sample is drawn."""

    mode: str
    mode_label: str
    reason: str
    files: int
    accept: int
    drawn: bool
    second_approver: bool
    clause: str


@dataclass(frozen=True)
class RosterCheckRow:
    check: int
    batch: int
    state: str
    state_label: str
    sentence: str
    done: int
    total: int
    rows: int
    errors: int
    warnings: int
    notes: int
    at: datetime


def checks_disclosed_to(actor: Actor) -> QuerySet[RosterCheck]:
    """A dry run, to the seat that began it and for as long as its batch is disclosed to that seat."""
    return RosterCheck.objects.filter(
        owner=actor.actor_id, batch_id__in=disclosed(Batch, actor).order_by().values("pk")
    )


DISCLOSED: Disclosures = {**along_jurisdiction(Candidate, Sample), RosterCheck: checks_disclosed_to}


def roster(actor: Actor, batch: int) -> RosterRow | None:
    rows = disclosed(Batch, actor).filter(pk=batch).select_related("plan__institution")
    found = counted(rows).first()
    return roster_row(found) if found is not None else None


def candidates(actor: Actor, batch: int, *, sampled: bool = False) -> Rows[CandidateRow]:
    """The candidates of a batch, in the order of the roster."""
    rows = disclosed(Candidate, actor).filter(batch=batch).exclude(reason=drawing.WITHDRAWN)
    if sampled:
        rows = rows.filter(sampled=True)
    rows = rows.defer("document_number").select_related("batch__plan").order_by("row")
    return Rows(rows, partial(_candidate, actor))


def candidate(actor: Actor, pk: int) -> CandidateFile | None:
    found = disclosed(Candidate, actor).filter(pk=pk).select_related("batch__plan").first()
    if found is None:
        return None
    told = json.loads(found.facts or "{}")
    own = actor.reach.get("institution") == found.batch.plan.institution_id
    titles = {module.CHECK.code: module.CHECK.title for module in CHECKS}
    return CandidateFile(
        _candidate(actor, found),
        tuple(declared(told)) if own or found.sampled else (),
        tuple(titles[code] for code in told.get("flags", ()) if code in titles),
    )


def verification(actor: Actor, batch: int) -> Verification | None:
    """The depth as drawn, or as it would be drawn today."""
    found = disclosed(Batch, actor).filter(pk=batch).select_related("plan").first()
    if found is None or found.state == BatchState.OPEN:
        return None
    sample = drawing.sample_of(found)
    if sample is not None:
        return Verification(
            sample.mode,
            MODE_TITLES[Mode(sample.mode)],
            sample.reason,
            len(sample.rows),
            sample.accept,
            drawn=True,
            second_approver=bool(found.plan.entrusted_by),
            clause=CLAUSE,
        )
    chosen = drawing.depth_today(Asking(actor, found))
    return Verification(
        chosen.mode.value,
        MODE_TITLES[chosen.mode],
        chosen.reason,
        chosen.files,
        getattr(chosen.plan, "accept", 0),
        drawn=False,
        second_approver=chosen.second_approver,
        clause=chosen.clause,
    )


def checks(actor: Actor, batch: int) -> list[RosterCheckRow]:
    """The dry runs this seat has begun for a batch, newest first."""
    rows = disclosed(RosterCheck, actor).filter(batch_id=batch).defer("report").order_by("-pk")
    return [check_row(found) for found in rows]


def check_row(found: RosterCheck) -> RosterCheckRow:
    return RosterCheckRow(
        found.pk,
        found.batch_id,
        found.state,
        str(RosterCheck.State(found.state).label),
        found.sentence,
        found.done,
        found.total,
        found.rows,
        found.errors,
        found.warnings,
        found.notes,
        found.at,
    )


def counted(rows: Any) -> Any:
    listed = ~Q(candidates__reason=drawing.WITHDRAWN)
    return rows.annotate(
        n_admitted=Count("candidates", filter=Q(candidates__state=Candidate.State.ADMITTED)),
        n_excluded=Count("candidates", filter=Q(candidates__state=Candidate.State.EXCLUDED) & listed),
        n_sampled=Count("candidates", filter=Q(candidates__sampled=True) & listed),
    )


def roster_row(batch: Any) -> RosterRow:
    return RosterRow(
        batch=batch.pk,
        plan=batch.plan_id,
        plan_number=batch.plan.number or "",
        institution=batch.plan.institution.name,
        occupation=batch.occupation_name,
        level=batch.level,
        headcount=batch.headcount,
        state=batch.state,
        state_label=str(BatchState(batch.state).label),
        roster_name=batch.roster_name,
        rows=batch.roster_rows,
        warnings=batch.roster_warnings,
        admitted=batch.n_admitted,
        excluded=batch.n_excluded,
        sampled=batch.n_sampled,
        held_on=batch.plan.held_on,
        institution_short_name=batch.plan.institution.short_name,
        title=listed((batch.occupation_name, level_title(batch.level)), " "),
    )


def _candidate(actor: Actor, found: Candidate) -> CandidateRow:
    own = actor.reach.get("institution") == found.batch.plan.institution_id
    return CandidateRow(
        candidate=found.pk,
        row=found.row,
        ticket=found.ticket,
        name=found.name if own else "",
        masked_name=found.masked_name,
        masked_number=found.masked_number,
        sex={"1": "男", "2": "女"}.get(found.sex, ""),
        birth_year=found.birth.year if found.birth else None,
        entry_row=found.entry_row,
        state=found.state,
        state_label=str(Candidate.State(found.state).label),
        reason=found.reason,
        sampled=found.sampled,
        flags=tuple(json.loads(found.facts or "{}").get("flags", ())),
    )


def conditions_of(batch: Batch, on: date) -> tuple[tuple[str, str], ...]:
    """Number and words of each entry condition that a candidate of the batch may apply under."""
    edition = int(batch.conditions.removeprefix("STD"))
    rows = rows_for(edition, occupation_number(batch.occupation_code), level_number(batch.level), entry_rows(), on)
    return tuple((row.id, row.text) for row in rows)

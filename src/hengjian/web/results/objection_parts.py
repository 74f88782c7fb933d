"""Objections as a card of the sheet's page, as lines of a list and of the queue; bursts of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse

from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.words import say
from hengjian.kernel.workdays import Calendar
from hengjian.results.lists import whom
from hengjian.results.models import Objection, ObjectionBurst
from hengjian.results.queries import ObjectionRow
from hengjian.results.states import IN_TRIAGE, SETTLED, UNANSWERED, ObjectionState
from hengjian.web.components import Card, Cell, Chip, Empty, Link, Table, Tone, columns
from hengjian.web.occupations.labels import level_title
from hengjian.web.pages import Desk
from hengjian.web.parts import day, remaining
from hengjian.web.performing import address_of
from hengjian.web.work import Kind, Line

RELATED = ("sheet__batch__plan__institution", "sheet__batch__plan__office__parent", "score__candidate")
TONES: Mapping[ObjectionState, Tone] = {
    ObjectionState.RECEIVED: "warn",
    ObjectionState.TRIAGE_OVERDUE: "seal",
    ObjectionState.ACCEPTED: "warn",
    ObjectionState.ANSWER_OVERDUE: "seal",
    ObjectionState.REFUSED: "quiet",
    ObjectionState.DISMISSED: "normal",
    ObjectionState.UPHELD: "good",
}
MOST = 50  # objections in one card; the list has them all


def objection_chip(state: str) -> Chip:
    return Chip(str(ObjectionState(state).label), TONES[ObjectionState(state)])


def days_of(
    state: str, triage_due: date | None, due: date, settled: date | None, today: date, calendar: Calendar
) -> Cell:
    """The deadline that runs now: for the centre to look, for the institution to answer; settled, when."""
    if state in SETTLED:
        return Cell(day(settled), second=True)
    running = triage_due if state in IN_TRIAGE else due
    return Cell(chip=remaining(running, today, calendar=calendar), note="核对" if state in IN_TRIAGE else "答复")


def objections_card(desk: Desk, told: Sequence[ObjectionRow], total: int, *, only_open: bool = False) -> Card | None:
    """Those waiting first; on the overview only those, or nothing."""
    rows = [row for row in told if row.state not in SETTLED] if only_open else list(told)
    if only_open and not rows:
        return None
    calendar = stored_calendar()
    more = total > len(told)
    return Card(
        "尚未办结的异议" if only_open else "异议",
        hint="鉴定中心先核对，受理的暂缓所涉的一行，其余照常；答复后放行。核对中的不暂缓任何人。",
        table=Table(
            columns=columns("考生", "收到", "期限", "状态", "内容"),
            rows=[
                [
                    Cell(
                        whom(row.row, row.masked_name),
                        href=reverse("objection_case", kwargs={"pk": row.objection}),
                        note=row.part,
                    ),
                    day(row.received_on),
                    days_of(row.state, row.triage_due_on, row.due_on, row.answered_on, desk.today, calendar),
                    Cell(chip=objection_chip(row.state)),
                    Cell(row.text[:40] + ("…" if len(row.text) > 40 else ""), second=True),
                ]
                for row in rows[:MOST]
            ],
            empty=Empty("没有异议"),
        ),
        chips=[Chip(say("共 {total} 件，显示 {told} 件", total=total, told=len(told)), "quiet")] if more else (),
        link=Link("看全部", f"{reverse('objections')}?q={_number(told)}") if more else None,
    )


def _number(told: Sequence[ObjectionRow]) -> str:
    return told[0].plan_number if told else ""


def _line(objection: Objection) -> Line:
    batch, in_triage = objection.sheet.batch, objection.state in IN_TRIAGE
    score = objection.score
    who = score.candidate.masked_name if score is not None else "称名单遗漏"
    return Line(
        href=reverse("objection_case", kwargs={"pk": objection.pk}),
        title=say(
            "公示异议 · {who}（{occupation_name} {level_title}）",
            who=who,
            occupation_name=batch.occupation_name,
            level_title=level_title(batch.level),
        ),
        under=say("{received_on.month} 月 {received_on.day} 日提出", received_on=objection.received_on),
        institution=batch.plan.institution.short_name,
        institution_note=str(batch.plan.institution.get_kind_display()),
        due_on=objection.triage_due_on if in_triage else objection.due_on,
        provisional=bool(objection.triage_provisional) if in_triage else objection.due_provisional,
        hint="核对中，不暂缓任何人" if in_triage else "所涉的一行已暂缓，其余照常" if score is not None else "",
    )


def _burst_line(burst: ObjectionBurst) -> Line:
    batch = burst.sheet.batch
    return Line(
        href=address_of("results.settle_burst", burst.pk),
        title=say(
            "异议集中 · {occupation_name} {level_title}",
            occupation_name=batch.occupation_name,
            level_title=level_title(batch.level),
        ),
        under=say("短时间内收到 {number} 件异议", number=burst.number),
        institution=batch.plan.institution.short_name,
        institution_note=str(batch.plan.institution.get_kind_display()),
        hint="异议照常逐件核对，不因此暂缓任何人",
        hint_tone="seal",
    )


OBJECTION_QUEUE = Kind(
    _line,
    RELATED,
    "objections",
    running=((Q(state__in=IN_TRIAGE), "triage_due_on"), (Q(state__in=UNANSWERED), "due_on")),
)
BURST_QUEUE = Kind(_burst_line, ("sheet__batch__plan__institution",), "objections")
